using Consultation.Cases;
using Consultation.Cases.Tasks;
using Consultation.Mail.ActionLinks;
using Consultation.Mail.Outgoing;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Mail;

/// <summary>
/// The sender's view of the mail table. Rows are claimed by one conditional update; no lock is held while a mail is
/// sent.
/// </summary>
internal sealed class MailQueue(Database database) : IMailQueue
{
    public Task WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken) =>
        database.MailWritten.WaitAsync(atMost, time, cancellationToken);

    public Task<IReadOnlyList<OutgoingMail>> ClaimDueAsync(
        string sender, int most, DateTimeOffset now, TimeSpan lease, CancellationToken cancellationToken) =>
        ClaimAsync(MessageWay.Mail, DeliveryNotes.MaybeTwice, sender, most, now, lease, cancellationToken);

    public Task<IReadOnlyList<OutgoingMail>> ClaimChannelAsync(
        string sender, int most, DateTimeOffset now, TimeSpan lease, CancellationToken cancellationToken) =>
        ClaimAsync(
            MessageWay.Channel, DeliveryNotes.MaybeTwiceByChannel, sender, most, now, lease, cancellationToken);

    private async Task<IReadOnlyList<OutgoingMail>> ClaimAsync(
        MessageWay way, string note, string sender, int most, DateTimeOffset now, TimeSpan lease,
        CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var held = await PausedAsync(db, cancellationToken);
        var due = db.Mails.Where(mail =>
            !held.Contains(mail.OrganisationId)
            && mail.State == MailState.Pending && mail.Way == way && mail.DigestLine == null && mail.NotBefore <= now
            && (mail.NextAttemptAt == null || mail.NextAttemptAt <= now)
            && (mail.LeasedUntil == null || mail.LeasedUntil < now));
        var ids = await due.OrderBy(mail => mail.NotBefore).ThenBy(mail => mail.Id).Select(mail => mail.Id).Take(most)
            .ToListAsync(cancellationToken);
        if (ids.Count == 0) return [];

        // The name of this claim tells its rows from those of an earlier one of the same sender.
        var claim = $"{sender}/{Guid.NewGuid():N}";
        var until = now + lease;
        await due.Where(mail => ids.Contains(mail.Id)).ExecuteUpdateAsync(
            set => set
                .SetProperty(mail => mail.DeliveryNote, mail => mail.LeasedUntil != null
                    ? note
                    : mail.DeliveryNote)
                .SetProperty(mail => mail.LeasedBy, claim)
                .SetProperty(mail => mail.LeasedUntil, until)
                .SetProperty(mail => mail.Attempts, mail => mail.Attempts + 1),
            cancellationToken);
        return await db.Mails.AsNoTracking().Where(mail => mail.LeasedBy == claim).OrderBy(mail => mail.NotBefore)
            .ThenBy(mail => mail.Id)
            .ToListAsync(cancellationToken);
    }

    public async Task GiveBackAsync(
        IReadOnlyCollection<OutgoingMail> claimed, DateTimeOffset? until, CancellationToken cancellationToken)
    {
        if (claimed.Count == 0) return;
        var (ids, claims) = (claimed.Select(mail => mail.Id).ToList(),
            claimed.Select(mail => mail.LeasedBy).Distinct().ToList());
        await using var db = database.Open();
        await db.Mails.Where(mail => ids.Contains(mail.Id) && claims.Contains(mail.LeasedBy)).ExecuteUpdateAsync(
            set => set
                .SetProperty(mail => mail.Attempts, mail => mail.Attempts - 1)
                .SetProperty(mail => mail.NextAttemptAt, mail => until ?? mail.NextAttemptAt)
                .SetProperty(mail => mail.LeasedBy, (string?)null)
                .SetProperty(mail => mail.LeasedUntil, (DateTimeOffset?)null),
            cancellationToken);
    }

    public async Task<IReadOnlyList<OutgoingMail>> DueForDigestAsync(
        int most, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        // While sending is paused no digest is made: what is decided meanwhile would still stand in it.
        var held = await PausedAsync(db, cancellationToken);
        var due = db.Mails.AsNoTracking().Where(mail => !held.Contains(mail.OrganisationId)
            && mail.State == MailState.Pending && mail.DigestLine != null && mail.NotBefore <= now);
        var addresses = await due.Select(mail => mail.RecipientAddress).Distinct()
            .OrderBy(address => address).Take(most).ToListAsync(cancellationToken);
        return addresses.Count == 0
            ? []
            : await due.Where(mail => addresses.Contains(mail.RecipientAddress)).OrderBy(mail => mail.Id)
            .ToListAsync(cancellationToken);
    }

    public async Task<bool> AddDigestAsync(
        OutgoingMail digest, IReadOnlyList<MailId> carried, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var rows = await db.Mails.Where(mail => carried.Contains(mail.Id) && mail.State == MailState.Pending)
            .ToListAsync(cancellationToken);
        if (rows.Count != carried.Count) return false;
        foreach (var row in rows)
        {
            row.State = MailState.Cancelled;
            row.CarriedById = digest.Id;
            row.LastError = DeliveryNotes.InDigest;
        }

        db.Add(digest);
        return await SaveAsync(db, cancellationToken);
    }

    public async Task<IReadOnlyDictionary<Guid, ActionLink>> LinksAsync(
        IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0) return new Dictionary<Guid, ActionLink>();
        await using var db = database.Open();
        return await db.ActionLinks.AsNoTracking().Where(link => ids.Contains(link.Id))
            .ToDictionaryAsync(link => link.Id, cancellationToken);
    }

    public async Task MarkSentAsync(MailId mail, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        // A gateway's report of a failure may have been quicker than this note.
        await db.Mails.Where(row => row.Id == mail && row.State != MailState.Failed).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.State, MailState.Sent)
                .SetProperty(row => row.SentAt, now)
                .SetProperty(row => row.LastError, (string?)null)
                .SetProperty(row => row.Secret, (string?)null)
                .SetProperty(row => row.NextAttemptAt, (DateTimeOffset?)null)
                .SetProperty(row => row.LeasedBy, (string?)null)
                .SetProperty(row => row.LeasedUntil, (DateTimeOffset?)null),
            cancellationToken);
    }

    public async Task MarkRetryAsync(
        MailId mail, string error, string? note, DateTimeOffset nextAttemptAt, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        await db.Mails.Where(row => row.Id == mail && row.State == MailState.Pending).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.LastError, error)
                .SetProperty(row => row.DeliveryNote, row => note ?? row.DeliveryNote)
                .SetProperty(row => row.NextAttemptAt, nextAttemptAt)
                .SetProperty(row => row.LeasedBy, (string?)null)
                .SetProperty(row => row.LeasedUntil, (DateTimeOffset?)null),
            cancellationToken);
    }

    public async Task MarkFailedAsync(
        MailId mail, string error, OutgoingMail? notice, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // A step may change the mail or its task in between; then the failure is written on what the step left.
        for (var attempt = 0; attempt < 5; attempt++)
        {
            await using var db = database.Open();
            var row = await db.Mails.SingleOrDefaultAsync(one => one.Id == mail, cancellationToken);
            if (row is not { State: MailState.Pending }) return;
            row.State = MailState.Failed;
            row.LastError = error;
            row.Secret = null;
            row.NextAttemptAt = null;
            row.LeasedBy = null;
            row.LeasedUntil = null;
            if (row.TaskId is { } id)
            {
                var (organisation, taskId) = (new OrganisationId(row.OrganisationId), new TaskId(id));
                var task = await db.Tasks.SingleOrDefaultAsync(
                    one => one.OrganisationId == organisation && one.Id == taskId, cancellationToken);
                if (task is not null) task.Flag = DeliveryNotes.NotDelivered(row);
            }

            if (notice is not null) db.Add(notice);
            if (await SaveAsync(db, cancellationToken)) return;
        }
    }

    public async Task<OutgoingMail?> FindChannelAsync(MailId message, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        return await db.Mails.AsNoTracking().SingleOrDefaultAsync(
            row => row.Id == message && row.Way == MessageWay.Channel, cancellationToken);
    }

    public async Task MarkArrivedAsync(MailId message, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        await db.Mails
            .Where(row => row.Id == message && row.Way == MessageWay.Channel && row.ArrivedAt == null
                && row.State != MailState.Failed)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(row => row.State, MailState.Sent)
                    .SetProperty(row => row.SentAt, row => row.SentAt ?? at)
                    .SetProperty(row => row.ArrivedAt, at)
                    .SetProperty(row => row.DeliveryNote, DeliveryNotes.Arrived)
                    .SetProperty(row => row.LastError, (string?)null)
                    .SetProperty(row => row.NextAttemptAt, (DateTimeOffset?)null)
                    .SetProperty(row => row.LeasedBy, (string?)null)
                    .SetProperty(row => row.LeasedUntil, (DateTimeOffset?)null),
                cancellationToken);
    }

    public async Task<bool> MarkChannelFailedAsync(
        MailId message, string error, OutgoingMail? notice, OutgoingMail? instead, CancellationToken cancellationToken)
    {
        // A step may change the message or its task in between; then the failure is written on what the step left.
        for (var attempt = 0; attempt < 5; attempt++)
        {
            await using var db = database.Open();
            var row = await db.Mails.SingleOrDefaultAsync(one => one.Id == message, cancellationToken);
            if (row is not { Way: MessageWay.Channel, State: MailState.Pending or MailState.Sent, ArrivedAt: null })
            {
                return false;
            }

            (row.State, row.LastError, row.NextAttemptAt) = (MailState.Failed, error, null);
            (row.LeasedBy, row.LeasedUntil) = (null, null);
            var isNeeded = true;
            if (row.TaskId is { } id)
            {
                var (organisation, taskId) = (new OrganisationId(row.OrganisationId), new TaskId(id));
                var task = await db.Tasks.SingleOrDefaultAsync(
                    one => one.OrganisationId == organisation && one.Id == taskId, cancellationToken);
                isNeeded = task is { State: TaskState.Open };
                if (isNeeded) task!.Flag = DeliveryNotes.NotDelivered(row);
            }

            // Once the task is decided nobody needs the message, nor a word about it.
            if (isNeeded && notice is not null) db.Add(notice);
            if (isNeeded && instead is not null) db.Add(instead);
            if (await SaveAsync(db, cancellationToken)) return true;
        }

        return false;
    }

    /// <summary>Organisations whose mail waits because somebody paused it.</summary>
    private static async Task<List<Guid>> PausedAsync(ConsultationDb db, CancellationToken cancellationToken) =>
        [.. (await db.Organisations.Where(one => one.MailPausedAt != null).Select(one => one.Id)
            .ToListAsync(cancellationToken)).Select(one => one.Value)];

    private static async Task<bool> SaveAsync(ConsultationDb db, CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
    }
}
