using System.Globalization;
using System.Net.Mail;
using Consultation.Mail.Outgoing;
using Consultation.Mail.Smtp;

namespace Consultation.Mail.Pickup;

/// <summary>
/// Writes each mail as an .eml file, so that the product can be tried, and its mails looked at, without a mail server.
/// A file appears whole or not at all; the same mail written again replaces its file.
/// </summary>
public sealed class PickupFolderTransport(MailOptions options) : IMailTransport
{
    /// <inheritdoc/>
    public string Name => "pickup";

    /// <summary>Name of a mail's file: when, to whom, what for.</summary>
    public static string FileName(OutgoingMail mail) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{mail.CreatedAt.UtcDateTime:yyyyMMdd-HHmmss}-{Plain(mail.RecipientAddress)}-{mail.Purpose}"
                + $"-{mail.Id.Value.ToString("N")[^8..]}.eml");

    /// <inheritdoc/>
    public async Task<TransportResult> SendAsync(ReadyMail mail, CancellationToken cancellationToken)
    {
        var folder = Path.GetFullPath(options.PickupFolder);
        var draft = Path.Combine(folder, $".writing-{Guid.NewGuid():N}");
        try
        {
            // Real links stand in these files: for the owner's eyes only.
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(draft);
            }
            else
            {
                Directory.CreateDirectory(
                    draft, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            using var message = MimeMessage.Build(mail, options);
            using var client = new SmtpClient
            {
                DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory,
                PickupDirectoryLocation = draft,
            };
            await client.SendMailAsync(message, cancellationToken);
            File.Move(Directory.EnumerateFiles(draft).Single(), Path.Combine(folder, FileName(mail.Mail)),
                overwrite: true);
            return new TransportResult.Delivered();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or SmtpException)
        {
            return new TransportResult.Transient(
                MailAddressRule.OneLine($"{options.PickupFolder}: {exception.Message}", 500));
        }
        finally
        {
            if (Directory.Exists(draft))
            {
                Directory.Delete(draft, recursive: true);
            }
        }
    }

    private static string Plain(string address) =>
        new([.. address.Select(
            character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '_' ? character : '_')]);
}
