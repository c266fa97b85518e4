using System.Net;
using System.Net.Mail;
using System.Net.Sockets;
using System.Security.Authentication;
using Consultation.Mail.Outgoing;

namespace Consultation.Mail.Smtp;

/// <summary>
/// Hands mails to an SMTP server: STARTTLS, AUTH LOGIN, one connection per mail. The framework's client is the only one
/// there is; what it cannot do stands at <see cref="SmtpSettings"/>.
/// </summary>
public sealed class SmtpTransport(MailOptions options) : IMailTransport
{
    /// <inheritdoc/>
    public string Name => "smtp";

    /// <inheritdoc/>
    public async Task<TransportResult> SendAsync(ReadyMail mail, CancellationToken cancellationToken)
    {
        var settings = options.Smtp;
        using var message = MimeMessage.Build(mail, options);
        using var client = new SmtpClient(settings.Host, settings.Port) { EnableSsl = settings.StartTls };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(settings.SendTimeout);
        try
        {
            if (settings.User is { Length: > 0 } user)
            {
                client.Credentials = new NetworkCredential(user, await PasswordAsync(settings, cancellationToken));
            }

            await client.SendMailAsync(message, limit.Token);
            return new TransportResult.Delivered();
        }
        catch (SmtpFailedRecipientException exception)
        {
            return Judge(exception);
        }
        catch (SmtpException exception)
        {
            return Judge(exception);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new TransportResult.Transient(
                $"No answer from {settings.Host}:{settings.Port} within {settings.SendTimeout.TotalSeconds:0} s.");
        }
        catch (Exception exception) when (exception is IOException or SocketException or AuthenticationException)
        {
            return new TransportResult.Transient(Words(exception));
        }
    }

    /// <summary>
    /// 5xx to the address or the mail is for good. What concerns the connection or the log-in is not the recipient's
    /// fault: it is tried again, so that a wrong password does not fail a whole queue.
    /// </summary>
    private static TransportResult Judge(SmtpException exception)
    {
        var code = (int)exception.StatusCode;
        var ofConnection = code is >= 530 and <= 539 || exception.StatusCode is SmtpStatusCode.GeneralFailure
            or SmtpStatusCode.CommandUnrecognized or SmtpStatusCode.BadCommandSequence
            or SmtpStatusCode.CommandNotImplemented;
        return code is >= 500 and < 600 && !ofConnection ? new TransportResult.Permanent($"{code} {Words(exception)}")
            : new TransportResult.Transient(code > 0 ? $"{code} {Words(exception)}" : Words(exception));
    }

    private static string Words(Exception exception) =>
        MailAddressRule.OneLine(
            exception.InnerException is { } inner ? $"{exception.Message} {inner.Message}" : exception.Message, 500);

    private static async Task<string> PasswordAsync(SmtpSettings settings, CancellationToken cancellationToken)
    {
        var lines = await File.ReadAllLinesAsync(settings.PasswordFile!, cancellationToken);
        return lines.Length > 0 ? lines[0] : "";
    }
}
