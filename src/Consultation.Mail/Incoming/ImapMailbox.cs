using Consultation.Mail.Smtp;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using MailKit.Security;
using Microsoft.Extensions.Logging;

namespace Consultation.Mail.Incoming;

/// <summary>
/// A mailbox on an IMAP server. A mail that was taken gets a keyword of ours, so that people may look into the mailbox
/// too; where the server keeps no keywords it is marked as seen. New mail is told by the server (IDLE), or looked for.
/// </summary>
internal sealed class ImapMailbox(
    MailOptions options, MessageReader reader, TimeProvider time, ILogger<MailReader> log) : IMailbox
{
    private const string Keyword = "ConsultationRead";

    /// <summary>Most mails in one look.</summary>
    private const int Most = 500;

    /// <summary>Mail from before this was there before anybody thought of reading it here.</summary>
    private static readonly TimeSpan OldMailbox = TimeSpan.FromDays(30);

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private readonly AccessToken _token = new(options.Incoming.Imap.OAuth, "Mail:Incoming:Imap", time);
    private ImapClient? _client;

    /// <summary>The server has told of a change since the last look began.</summary>
    private volatile bool _changed;
    private volatile CancellationTokenSource? _waiting;

    public async Task<int> ReadAsync(
        Func<ReadMail, CancellationToken, Task> take, CancellationToken cancellationToken)
    {
        var folder = await OpenAsync(cancellationToken);
        _changed = false;
        var keeps = KeepsKeywords(folder);
        var since = (time.GetUtcNow() - OldMailbox - options.Incoming.OldAfter).UtcDateTime;
        var query = SearchQuery.DeliveredAfter(since)
            .And(keeps ? SearchQuery.NotKeyword(Keyword) : SearchQuery.NotSeen).And(SearchQuery.NotDeleted);
        var found = (await folder.SearchAsync(query, cancellationToken)).Take(Most).ToList();
        if (found.Count == 0) return 0;
        var sizes = await folder.FetchAsync(found, MessageSummaryItems.UniqueId | MessageSummaryItems.Size,
            cancellationToken);
        var taken = 0;
        foreach (var one in sizes)
        {
            // A connection that breaks ends the look; what a mail holds, or the desk says, does not.
            var mail = await ReadAsync(folder, one, cancellationToken);
            try
            {
                await take(mail, cancellationToken);
            }
#pragma warning disable CA1031 // One mail that cannot be taken now must not hold up the others.
            catch (Exception failure) when (failure is not OperationCanceledException)
#pragma warning restore CA1031
            {
                log.MailNotTaken(failure);
                continue;
            }

            await MarkAsync(folder, one.UniqueId, keeps, cancellationToken);
            taken++;
        }

        return taken;
    }

    public async Task WaitAsync(TimeSpan most, CancellationToken cancellationToken)
    {
        if (_client is not { IsConnected: true } client || !client.Capabilities.HasFlag(ImapCapabilities.Idle))
        {
            await Task.Delay(most, time, cancellationToken);
            return;
        }

        using var done = new CancellationTokenSource(most, time);
        _waiting = done;
        try
        {
            // Told before anybody waited: while the last mails were marked.
            if (!_changed) await client.IdleAsync(done.Token, cancellationToken);
        }
        finally
        {
            _waiting = null;
        }
    }

    private void OnChanged(object? sender, EventArgs arguments)
    {
        _changed = true;
        try
        {
            _waiting?.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The wait is over, and the server was still talking.
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_client is not { } client) return;
        _client = null;
        try
        {
            if (client.IsConnected) await client.DisconnectAsync(true, CancellationToken.None);
        }
        catch (Exception gone) when (gone is IOException or ProtocolException or ServiceNotConnectedException
            or CommandException)
        {
            // The server hung up first.
        }

        client.Dispose();
    }

    private async Task<ReadMail> ReadAsync(
        IMailFolder folder, IMessageSummary one, CancellationToken cancellationToken)
    {
        var isWhole = one.Size is { } size && size <= options.Incoming.MostBytes;
        await using var stream = isWhole
            ? await folder.GetStreamAsync(one.UniqueId, "", cancellationToken)
            : await folder.GetStreamAsync(one.UniqueId, "", 0, MessageBounds.LongestHead, cancellationToken);
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, cancellationToken);
        var raw = bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
        return isWhole ? reader.Read(raw) : MessageReader.Head(raw, IncomingReason.TooBig);
    }

    private async Task MarkAsync(
        IMailFolder folder, UniqueId mail, bool keepsKeywords, CancellationToken cancellationToken)
    {
        var mark = keepsKeywords
            ? new StoreFlagsRequest(StoreAction.Add, MessageFlags.None, [Keyword]) { Silent = true }
            : new StoreFlagsRequest(StoreAction.Add, MessageFlags.Seen) { Silent = true };
        await folder.StoreAsync(mail, mark, cancellationToken);
        if (options.Incoming.Imap.MoveTo is not { Length: > 0 } name) return;
        var done = await _client!.GetFolderAsync(name, cancellationToken);
        await folder.MoveToAsync(mail, done, cancellationToken);
    }

    private static bool KeepsKeywords(IMailFolder folder) =>
        folder.PermanentFlags.HasFlag(MessageFlags.UserDefined) || folder.PermanentKeywords.Contains(Keyword);

    /// <summary>The folder, on the connection that is there or a new one.</summary>
    private async Task<IMailFolder> OpenAsync(CancellationToken cancellationToken)
    {
        var settings = options.Incoming.Imap;
        if (_client is { IsConnected: true, IsAuthenticated: true } known
            && await known.GetFolderAsync(settings.Mailbox, cancellationToken) is { IsOpen: true } open)
        {
            return open;
        }

        await DisposeAsync();
        var client = new ImapClient { Timeout = (int)Timeout.TotalMilliseconds };
        _client = client;
        var trust = new ServerTrust(settings.AuthorityFile, checkRevocation: false);
        client.CheckCertificateRevocation = false;
        client.ServerCertificateValidationCallback = (_, certificate, chain, errors) =>
            trust.Trusts(certificate, chain, errors);
        await client.ConnectAsync(settings.Host, settings.Port, Options(settings.Security), cancellationToken);
        await LogIn.DoAsync(
            client, settings.LogIn, settings.User, settings.PasswordFile, _token, cancellationToken);
        var folder = await client.GetFolderAsync(settings.Mailbox, cancellationToken);
        await folder.OpenAsync(FolderAccess.ReadWrite, cancellationToken);
        folder.CountChanged += OnChanged;
        return folder;
    }

    private static SecureSocketOptions Options(SmtpSecurity security) => security switch
    {
        SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect,
        SmtpSecurity.None => SecureSocketOptions.None,
        _ => SecureSocketOptions.StartTls,
    };
}
