using Microsoft.Extensions.Logging;

namespace Consultation.Mail.Incoming;

/// <summary>
/// A folder into which a mail server delivers: a Maildir, whose mails go from "new" to "cur" as with any reader; or a
/// folder of .eml files, which go to "read" in it. A file is moved only after its mail was taken.
/// </summary>
internal sealed class FolderMailbox(
    MailOptions options, MessageReader reader, TimeProvider time, ILogger<MailReader> log) : IMailbox
{
    /// <summary>Most mails in one look.</summary>
    private const int Most = 500;

    private readonly string _folder = Path.GetFullPath(options.Incoming.Folder);

    public async Task<int> ReadAsync(
        Func<ReadMail, CancellationToken, Task> take, CancellationToken cancellationToken)
    {
        var (from, to, suffix) = Places();
        if (!Directory.Exists(from)) return 0;
        var taken = 0;
        var files = new DirectoryInfo(from).EnumerateFiles(suffix.Length > 0 ? "*" : "*.eml")
            .Where(file => file.Name[0] != '.').OrderBy(file => file.Name, StringComparer.Ordinal).Take(Most).ToList();
        foreach (var file in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                await take(await ReadAsync(file, cancellationToken), cancellationToken);
                Directory.CreateDirectory(to);
                File.Move(file.FullName, Path.Combine(to, file.Name + suffix), overwrite: true);
                taken++;
            }
#pragma warning disable CA1031 // One mail that cannot be taken now must not hold up the others.
            catch (Exception failure) when (failure is not OperationCanceledException)
#pragma warning restore CA1031
            {
                log.MailNotTaken(failure);
            }
        }

        return taken;
    }

    public Task WaitAsync(TimeSpan most, CancellationToken cancellationToken) =>
        Task.Delay(most, time, cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>From where, to where, and what is put behind a name: Maildir's mark of a mail that was seen.</summary>
    private (string From, string To, string Suffix) Places()
    {
        var fresh = Path.Combine(_folder, "new");
        return Directory.Exists(fresh)
            ? (fresh, Path.Combine(_folder, "cur"), ":2,S")
            : (_folder, Path.Combine(_folder, "read"), "");
    }

    private async Task<ReadMail> ReadAsync(FileInfo file, CancellationToken cancellationToken)
    {
        var most = options.Incoming.MostBytes;
        if (file.Length <= most) return reader.Read(await File.ReadAllBytesAsync(file.FullName, cancellationToken));
        await using var stream = file.OpenRead();
        var head = new byte[MessageBounds.LongestHead];
        var length = await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
        return MessageReader.Head(head.AsMemory(0, length), IncomingReason.TooBig);
    }
}
