using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Consultation.Mail.Smtp;

/// <summary>One connection to the mail server, encrypted and logged in as the settings want it.</summary>
internal sealed class SmtpConnection(SmtpSettings settings) : SmtpClient
{
    private ServerTrust? _trust;
    private bool _begun;

    /// <summary>
    /// The server had accepted the last message's recipient, so that it may have taken the text that follows.
    /// </summary>
    public bool MaybeTaken { get; private set; }

    /// <summary>Why the server's certificate is not trusted; null while nothing is wrong with it.</summary>
    public string? CertificateProblem => _trust?.Problem;

    /// <summary>Connects, encrypts, logs in.</summary>
    public async Task OpenAsync(AccessToken token, CancellationToken cancellationToken)
    {
        var trust = _trust = new ServerTrust(settings.AuthorityFile, settings.CheckRevocation);
        CheckCertificateRevocation = settings.CheckRevocation;
        ServerCertificateValidationCallback = (_, certificate, chain, errors) =>
            trust.Trusts(certificate, chain, errors);
        await ConnectAsync(settings.Host, settings.Port, Options(settings.Security), cancellationToken);
        if (settings.User is not { Length: > 0 } user) return;
        if (settings.Security == SmtpSecurity.StartTlsIfOffered && !IsEncrypted)
        {
            throw new UnencryptedLogInException();
        }

        await LogIn.DoAsync(this, settings.LogIn, user, settings.PasswordFile, token, cancellationToken);
    }

    /// <summary>Hands over one message to its one recipient.</summary>
    public async Task HandOverAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        _begun = MaybeTaken = false;
        await SendAsync(message, (MailboxAddress)message.From[0], [(MailboxAddress)message.To[0]], cancellationToken);
    }

    /// <summary>
    /// The server had hung up before it took notice of the last message: it may be sent again on a new connection
    /// without arriving twice.
    /// </summary>
    public bool HadHungUp(Exception exception) => !_begun
        && exception is IOException or ProtocolException or ServiceNotConnectedException
            or SmtpCommandException { StatusCode: SmtpStatusCode.ServiceNotAvailable };

    /// <inheritdoc/>
    protected override void OnSenderAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) =>
        _begun = true;

    /// <inheritdoc/>
    protected override void OnRecipientAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) =>
        MaybeTaken = true;

    private static SecureSocketOptions Options(SmtpSecurity security) => security switch
    {
        SmtpSecurity.StartTls => SecureSocketOptions.StartTls,
        SmtpSecurity.StartTlsIfOffered => SecureSocketOptions.StartTlsWhenAvailable,
        SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect,
        _ => SecureSocketOptions.None,
    };
}

/// <summary>The server offered no encryption, and the password must not be read on the way.</summary>
internal sealed class UnencryptedLogInException : Exception;
