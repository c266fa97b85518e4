using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Consultation.Cases;
using Consultation.Cases.Tasks;
using Consultation.Mail.ActionLinks;
using Consultation.Mail.Incoming;
using Consultation.Mail.Outgoing;
using Consultation.Storage.Runs;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Mail;

/// <summary>
/// Keeps mail that came in. The unique key of a mail lets one of several processes keep it; whoever comes second writes
/// nothing.
/// </summary>
internal sealed class IncomingStore(Database database, TimeProvider clock) : IIncomingStore
{
    private const int Attempts = 5;

    public async Task<IncomingMail?> FindAsync(string key, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        return await db.IncomingMails.AsNoTracking().SingleOrDefaultAsync(row => row.Key == key, cancellationToken);
    }

    public async Task<bool> AddAsync(
        IncomingMail mail, IncomingEffects effects, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var db = database.ForOrganisation(new(mail.OrganisationId));
            if (await db.IncomingMails.AnyAsync(row => row.Key == mail.Key, cancellationToken)) return false;
            await ApplyAsync(db, mail, effects, cancellationToken);
            db.Add(mail);
            if (await SaveAsync(db, attempt, cancellationToken)) return true;
        }
    }

    public async Task SettleAsync(
        IncomingMail mail, IncomingReason reason, string detail, IncomingEffects effects,
        CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var db = database.ForOrganisation(new(mail.OrganisationId));
            var row = await db.IncomingMails.SingleOrDefaultAsync(one => one.Id == mail.Id, cancellationToken);
            if (row is not { State: IncomingState.Taken }) return;
            (row.State, row.Reason, row.Detail) = (IncomingState.Waiting, reason, detail);
            await ApplyAsync(db, row, effects, cancellationToken);
            if (await SaveAsync(db, attempt, cancellationToken)) return;
        }
    }

    public async Task<IReadOnlyList<IncomingMail>> UnsettledAsync(
        DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        return await db.IncomingMails.AsNoTracking()
            .Where(row => row.State == IncomingState.Taken && row.ReceivedAt < before)
            .OrderBy(row => row.ReceivedAt).Take(100).ToListAsync(cancellationToken);
    }

    public async Task<StoredLink?> FindLinkAsync(Guid link, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var row = await db.ActionLinks.AsNoTracking().SingleOrDefaultAsync(one => one.Id == link, cancellationToken);
        return row is null ? null : await ActionLinkStore.StandingAsync(db, row, cancellationToken);
    }

    public async Task<OutgoingMail?> FindSentAsync(
        IReadOnlyCollection<string> messageIds, CancellationToken cancellationToken)
    {
        if (messageIds.Count == 0) return null;
        await using var db = database.Open();
        return await db.Mails.AsNoTracking().Where(mail => messageIds.Contains(mail.MessageId))
            .OrderByDescending(mail => mail.CreatedAt).FirstOrDefaultAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<KnownSender>> FindPeopleAsync(string address, CancellationToken cancellationToken)
    {
        if (address.Length == 0) return [];
        await using var db = database.Open();
#pragma warning disable CA1304, CA1311, CA1862 // translated to the database's lower()
        var found = await db.People.AsNoTracking()
            // An address of somebody who was merged is still the person's.
            .Where(person => (person.Active || person.MergedIntoId != null) && person.Email != null
                && person.Email.ToLower() == address)
            .Join(db.Organisations, person => person.OrganisationId, one => one.Id, (person, one) => new
            {
                person.OrganisationId,
                Id = person.MergedIntoId ?? person.Id,
                one.IsSample,
            })
            .ToListAsync(cancellationToken);
#pragma warning restore CA1304, CA1311, CA1862
        return [.. found.OrderBy(one => one.IsSample)
            .Select(one => new KnownSender(one.OrganisationId.Value, one.Id.Value)).Distinct()];
    }

    public async Task<Guid?> FindHomeAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var all = await db.Organisations.AsNoTracking().Select(one => new { one.Id, one.IsSample })
            .ToListAsync(cancellationToken);
        return all.OrderBy(one => one.IsSample).ThenBy(one => one.Id.Value).FirstOrDefault()?.Id.Value;
    }

    public async Task<bool> HasLaterAsync(
        Guid task, Guid person, DateTimeOffset sentAt, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        return await db.IncomingMails.AnyAsync(
            row => row.TaskId == task && row.PersonId == person && row.State == IncomingState.Decided
                && row.SentAt >= sentAt,
            cancellationToken);
    }

    public async Task<int> CountBouncesAsync(
        Guid organisation, string address, MailId except, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(new(organisation));
        return await db.IncomingMails
            .Where(row => row.Kind == IncomingKind.Bounce && row.FailedAddress == address && row.AboutMailId != null
                && row.AboutMailId != except.Value)
            .Select(row => row.AboutMailId).Distinct().CountAsync(cancellationToken);
    }

    public async Task<bool> HandleAsync(
        Guid organisation, IncomingMailId mail, Guid person, string note, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var db = database.ForOrganisation(new(organisation));
        return await db.IncomingMails.Where(row => row.Id == mail && row.State == IncomingState.Waiting)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(row => row.State, IncomingState.Handled)
                    .SetProperty(row => row.HandledById, person)
                    .SetProperty(row => row.HandledAt, now)
                    .SetProperty(row => row.HandledNote, note),
                cancellationToken) == 1;
    }

    /// <summary>
    /// Mails that counted in a step are marked with it, so that they count with the answer or not at all.
    /// </summary>
    internal static async Task MarkDecidedAsync(
        ConsultationDb db, IReadOnlyCollection<Guid> mails, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ids = mails.Select(id => new IncomingMailId(id)).ToList();
        foreach (var row in await db.IncomingMails.Where(row => ids.Contains(row.Id)).ToListAsync(cancellationToken))
        {
            (row.State, row.Reason, row.HandledAt) = (IncomingState.Decided, IncomingReason.None, now);
        }
    }

    private async Task ApplyAsync(
        ConsultationDb db, IncomingMail row, IncomingEffects effects, CancellationToken cancellationToken)
    {
        if (effects.Failed is var (failed, words)) await FailAsync(db, failed, words, cancellationToken);
        if (effects.Delayed is var (delayed, note)
            && await db.Mails.SingleOrDefaultAsync(one => one.Id == delayed, cancellationToken) is { } waiting)
        {
            waiting.DeliveryNote = note;
        }

        foreach (var notice in effects.Notices) db.Add(notice);
        if (effects.Answer is not { } answer) return;
        // An attempt before this one may have been sure of it.
        row.AnsweredAt = null;
        // One answer to an address a day, whoever writes it: the name of the operation is taken once.
        var operation = OncePerDay(row, effects.AnswerDay);
        if (await db.Operations.AnyAsync(one => one.Id == operation, cancellationToken)) return;
        db.Operations.Add(new OperationRow
        {
            Id = operation,
            InstanceId = "",
            SubStatus = "",
            At = clock.GetUtcNow(),
        });
        db.Add(answer);
        row.AnsweredAt = clock.GetUtcNow();
    }

    private static async Task FailAsync(
        ConsultationDb db, MailId failed, string words, CancellationToken cancellationToken)
    {
        var mail = await db.Mails.SingleOrDefaultAsync(one => one.Id == failed, cancellationToken);
        if (mail is not { State: MailState.Sent }) return;
        (mail.State, mail.LastError) = (MailState.Failed, words);
        if (mail.TaskId is not { } id) return;
        var taskId = new TaskId(id);
        var task = await db.Tasks.SingleOrDefaultAsync(one => one.Id == taskId, cancellationToken);
        if (task is { State: TaskState.Open }) task.Flag = DeliveryNotes.NotDelivered(mail);
    }

    private static string OncePerDay(IncomingMail row, DateOnly day)
    {
        var address = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(row.FromAddress)))[..32];
        return string.Create(
            CultureInfo.InvariantCulture, $"mail-answer:{row.OrganisationId:N}:{address}:{day:yyyy-MM-dd}");
    }

    private static async Task<bool> SaveAsync(
        ConsultationDb db, int attempt, CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException failure)
            when (attempt < Attempts && db.Judge(failure).Kind == FailureKind.Conflict)
        {
            // Somebody was quicker, with the mail, its task or the answer: look again.
            return false;
        }
    }
}
