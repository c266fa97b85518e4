using System.Globalization;
using Consultation.Mail.Mime;
using Consultation.Mail.Outgoing;

namespace Consultation.Mail.Pickup;

/// <summary>
/// Writes each mail as an .eml file, so that the product can be tried, and its mails looked at, without a mail server.
/// A file appears whole or not at all; the same mail written again replaces its file.
/// </summary>
public sealed class PickupFolderTransport(MailOptions options, TimeProvider time) : IMailTransport
{
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly MailMime _mime = new(options, time);

    /// <inheritdoc/>
    public string Name => "pickup";

    /// <summary>Name of a mail's file: when, to whom, what for.</summary>
    public static string FileName(OutgoingMail mail)
    {
        var (to, id) = (Plain(mail.RecipientAddress), mail.Id.Value.ToString("N")[^8..]);
        var invariant = CultureInfo.InvariantCulture;
        return string.Create(invariant, $"{mail.CreatedAt.UtcDateTime:yyyyMMdd-HHmmss}-{to}-{mail.Purpose}-{id}.eml");
    }

    /// <inheritdoc/>
    public async Task<TransportResult> SendAsync(ReadyMail mail, CancellationToken cancellationToken)
    {
        var folder = Path.GetFullPath(options.PickupFolder);
        var draft = Path.Combine(folder, $".writing-{Guid.NewGuid():N}");
        try
        {
            MakeFolder(folder);
            using (var message = _mime.Build(mail))
            await using (var file = new FileStream(draft, ForTheOwnerOnly()))
            {
                await message.WriteToAsync(Lines, file, cancellationToken);
            }

            File.Move(draft, Path.Combine(folder, FileName(mail.Mail)), overwrite: true);
            return new TransportResult.Delivered();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new TransportResult.Transient(
                MailAddressRule.OneLine($"{options.PickupFolder}: {exception.Message}", 500));
        }
        finally
        {
            if (File.Exists(draft)) File.Delete(draft);
        }
    }

    private static MimeKit.FormatOptions Lines { get; } = new() { NewLineFormat = MimeKit.NewLineFormat.Dos };

    /// <summary>Real links stand in these files.</summary>
    private static FileStreamOptions ForTheOwnerOnly()
    {
        var writing = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) writing.UnixCreateMode = OwnersFile;
        return writing;
    }

    private static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, OwnersFile | UnixFileMode.UserExecute);
    }

    private static string Plain(string address) =>
        new([.. address.Select(
            character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '_' ? character : '_')]);
}
