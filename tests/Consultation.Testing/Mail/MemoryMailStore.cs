using Consultation.Mail.ActionLinks;
using Consultation.Mail.Outgoing;
using Consultation.Mail.Templates;

namespace Consultation.Testing.Mail;

/// <summary>
/// Mail's ports in memory, for tests of what stands above them. The database's own behaviour is tested with databases.
/// </summary>
public sealed class MemoryMailStore : IMailQueue, IActionLinkStore, IMailTemplateStore
{
    public List<OutgoingMail> Mails { get; } = [];

    public List<ActionLink> Links { get; } = [];

    public List<MailTemplate> Templates { get; } = [];

    /// <summary>Revision of open tasks; a task that is not here is closed.</summary>
    public Dictionary<Guid, int> OpenTasks { get; } = [];

    /// <summary>Set to stop between the server's 250 and the note.</summary>
    public bool DieBeforeMarkingSent { get; set; }

    public Task WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken) =>
        Task.Delay(atMost, time, cancellationToken);

    public Task<IReadOnlyList<OutgoingMail>> ClaimDueAsync(
        string sender, int most, DateTimeOffset now, TimeSpan lease, CancellationToken cancellationToken) =>
        ClaimAsync(MessageWay.Mail, sender, most, now, lease);

    public Task<IReadOnlyList<OutgoingMail>> ClaimChannelAsync(
        string sender, int most, DateTimeOffset now, TimeSpan lease, CancellationToken cancellationToken) =>
        ClaimAsync(MessageWay.Channel, sender, most, now, lease);

    public Task<OutgoingMail?> FindChannelAsync(MailId message, CancellationToken cancellationToken) =>
        Task.FromResult(Mails.Find(mail => mail.Id == message && mail.Way == MessageWay.Channel));

    public Task MarkArrivedAsync(MailId message, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var row = Row(message);
        (row.State, row.SentAt, row.ArrivedAt) = (MailState.Sent, row.SentAt ?? at, at);
        return Task.CompletedTask;
    }

    public Task<bool> MarkChannelFailedAsync(
        MailId message, string error, OutgoingMail? notice, OutgoingMail? instead, CancellationToken cancellationToken)
    {
        var row = Row(message);
        if (row is not { State: MailState.Pending or MailState.Sent, ArrivedAt: null }) return Task.FromResult(false);
        (row.State, row.LastError, row.LeasedBy, row.LeasedUntil) = (MailState.Failed, error, null, null);
        Mails.AddRange(new[] { notice, instead }.OfType<OutgoingMail>());
        return Task.FromResult(true);
    }

    private Task<IReadOnlyList<OutgoingMail>> ClaimAsync(
        MessageWay way, string sender, int most, DateTimeOffset now, TimeSpan lease)
    {
        var due = Mails
            .Where(mail => mail is { State: MailState.Pending, DigestLine: null } && mail.NotBefore <= now)
            .Where(mail => mail.Way == way)
            .Where(mail => (mail.NextAttemptAt is not { } next || next <= now)
                && (mail.LeasedUntil is not { } until || until < now))
            .Take(most)
            .ToList();
        foreach (var mail in due)
        {
            mail.DeliveryNote = mail.LeasedUntil is null ? mail.DeliveryNote : DeliveryNotes.MaybeTwice;
            mail.Attempts++;
            (mail.LeasedBy, mail.LeasedUntil) = (sender, now + lease);
        }

        return Task.FromResult<IReadOnlyList<OutgoingMail>>(due);
    }

    public Task GiveBackAsync(
        IReadOnlyCollection<OutgoingMail> claimed, DateTimeOffset? until, CancellationToken cancellationToken)
    {
        foreach (var mail in claimed)
        {
            (mail.Attempts, mail.LeasedBy, mail.LeasedUntil) = (mail.Attempts - 1, null, null);
            mail.NextAttemptAt = until ?? mail.NextAttemptAt;
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<OutgoingMail>> DueForDigestAsync(
        int most, DateTimeOffset now, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<OutgoingMail>>(
            [.. Mails.Where(
                mail => mail is { State: MailState.Pending, DigestLine: not null } && mail.NotBefore <= now)]);

    public Task<bool> AddDigestAsync(
        OutgoingMail digest, IReadOnlyList<MailId> carried, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var mail in Mails.Where(mail => carried.Contains(mail.Id)))
        {
            (mail.State, mail.CarriedById) = (MailState.Cancelled, digest.Id);
        }

        Mails.Add(digest);
        return Task.FromResult(true);
    }

    public Task<IReadOnlyDictionary<Guid, ActionLink>> LinksAsync(
        IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<Guid, ActionLink>>(
            Links.Where(link => ids.Contains(link.Id)).ToDictionary(link => link.Id));

    public Task MarkSentAsync(MailId mail, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (DieBeforeMarkingSent)
        {
            throw new OperationCanceledException("The process died here.");
        }

        var row = Row(mail);
        (row.State, row.SentAt, row.Secret, row.LeasedBy, row.LeasedUntil) = (MailState.Sent, now, null, null, null);
        return Task.CompletedTask;
    }

    public Task MarkRetryAsync(
        MailId mail, string error, string? note, DateTimeOffset nextAttemptAt, CancellationToken cancellationToken)
    {
        var row = Row(mail);
        (row.LastError, row.NextAttemptAt, row.LeasedBy, row.LeasedUntil) = (error, nextAttemptAt, null, null);
        row.DeliveryNote = note ?? row.DeliveryNote;
        return Task.CompletedTask;
    }

    public Task MarkFailedAsync(
        MailId mail, string error, OutgoingMail? notice, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var row = Row(mail);
        (row.State, row.LastError, row.Secret, row.LeasedBy, row.LeasedUntil) =
            (MailState.Failed, error, null, null, null);
        if (notice is not null)
        {
            Mails.Add(notice);
        }

        return Task.CompletedTask;
    }

    public Task<StoredLink?> FindByHashAsync(string tokenHash, CancellationToken cancellationToken)
    {
        var link = Links.SingleOrDefault(one => one.TokenHash == tokenHash);
        return Task.FromResult(
            link is null ? null : new StoredLink(
                link, OpenTasks.ContainsKey(link.TaskId), OpenTasks.GetValueOrDefault(link.TaskId)));
    }

    public Task<StoredLink?> FindByReplyHashAsync(string replyHash, CancellationToken cancellationToken)
    {
        var link = Links.SingleOrDefault(one => one.ReplyHash == replyHash);
        return Task.FromResult(
            link is null ? null : new StoredLink(
                link, OpenTasks.ContainsKey(link.TaskId), OpenTasks.GetValueOrDefault(link.TaskId)));
    }

    public Task<IReadOnlySet<Guid>> WithoutEnglishAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlySet<Guid>>(WithoutEnglish);

    public HashSet<Guid> WithoutEnglish { get; } = [];

    public Task<IReadOnlyDictionary<(Guid Organisation, string Kind), string>> WaysAsync(
        CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<(Guid Organisation, string Kind), string>>(Ways);

    public Dictionary<(Guid Organisation, string Kind), string> Ways { get; } = [];

    public Task<IReadOnlyList<MailTemplate>> LoadAllAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<MailTemplate>>([.. Templates]);

    public Task SaveAsync(MailTemplate template, CancellationToken cancellationToken)
    {
        Templates.RemoveAll(row => Same(row, template.OrganisationId, template.Key, template.Language));
        Templates.Add(template);
        return Task.CompletedTask;
    }

    public Task RemoveAsync(
        Guid organisation, string key, string language, string by, CancellationToken cancellationToken)
    {
        Templates.RemoveAll(row => Same(row, organisation, key, language));
        return Task.CompletedTask;
    }

    private static bool Same(MailTemplate row, Guid organisation, string key, string language) =>
        row.OrganisationId == organisation && row.Key == key && row.Language == language;

    private OutgoingMail Row(MailId mail) => Mails.Single(row => row.Id == mail);
}

/// <summary>A transport that answers what a test says, and remembers what it took.</summary>
public sealed class MemoryTransport : IMailTransport
{
    public string Name => "memory";

    public List<ReadyMail> Taken { get; } = [];

    /// <summary>The answer for an address; taken over when there is none.</summary>
    public Dictionary<string, TransportResult> Answers { get; } = [];

    public Task<TransportResult> SendAsync(ReadyMail mail, CancellationToken cancellationToken)
    {
        var answer = Answers.GetValueOrDefault(mail.Mail.RecipientAddress, new TransportResult.Delivered());
        if (answer is TransportResult.Delivered)
        {
            Taken.Add(mail);
        }

        return Task.FromResult(answer);
    }
}
