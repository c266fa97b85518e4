using Consultation.Cases;
using Consultation.Cases.Tasks;
using Consultation.Mail.ActionLinks;
using Consultation.Mail.Outgoing;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Mail;

/// <summary>
/// What a step does to the mails and links of its tasks (mail rules 2 and 8). Changes tracked rows only, so that
/// everything is written, or lost, with the step.
/// </summary>
internal static class TaskMail
{
    /// <summary>
    /// Marks links used whose answers counted (CaseFile.UsedLinks), and lets mails and links follow every task whose
    /// revision the step raised, for whatever reason: mails that are still pending are cancelled when the task takes
    /// no answers now, and those to people who were replaced; links go along with the task, or are revoked with it
    /// (<see cref="ActionLink.Follow"/>). Mails and links that the step itself adds are not touched.
    /// </summary>
    public static async Task SettleAsync(
        ConsultationDb db, IEnumerable<CaseFile> cases, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var file in cases)
        {
            var organisation = file.Case.OrganisationId.Value;
            foreach (var (task, person) in file.CancelMailTo)
            {
                await CancelToAsync(db, organisation, task.Value, person.Value, cancellationToken);
            }
            if (file.UsedLinks.Count > 0)
            {
                await MarkUsedAsync(db, organisation, [.. file.UsedLinks], now, cancellationToken);
            }

            if (file.DecidingMails.Count > 0)
            {
                await IncomingStore.MarkDecidedAsync(db, file.DecidingMails, now, cancellationToken);
            }

            var changed = file.Tasks.Where(task => HasNewRevision(db, task)).ToDictionary(task => task.Id.Value);
            if (changed.Count == 0) continue;
            await CancelMailsAsync(db, organisation, changed, cancellationToken);
            await FollowAsync(db, organisation, changed, now, cancellationToken);
        }
    }

    private static bool HasNewRevision(ConsultationDb db, WorkTask task) =>
        db.Entry(task) is { State: not (EntityState.Added or EntityState.Detached) } entry
        && entry.Property(one => one.Revision).OriginalValue != task.Revision;

    private static async Task CancelMailsAsync(
        ConsultationDb db, Guid organisation, Dictionary<Guid, WorkTask> tasks, CancellationToken cancellationToken)
    {
        // Only the keys are read: the bodies would be most of what a step reads.
        var about = tasks.Keys.Select(task => (Guid?)task).ToList();
        var pending = await db.Mails.AsNoTracking()
            .Where(mail => mail.OrganisationId == organisation && about.Contains(mail.TaskId)
                && (mail.State == MailState.Pending || mail.CarriedById != null))
            .Select(mail => new { mail.Id, mail.TaskId, mail.PersonId, mail.CarriedById })
            .ToListAsync(cancellationToken);
        var digests = new List<MailId>();
        foreach (var one in pending)
        {
            var task = tasks[one.TaskId!.Value];
            if (task.TakesAnswers && !(one.PersonId is { } to && task.HasLeft(new PersonId(to)))) continue;
            if (one.CarriedById is { } digest) digests.Add(digest);
            else Cancel(db, organisation, one.Id);
        }

        if (digests.Count > 0) await CancelDigestsAsync(db, organisation, tasks, digests, cancellationToken);
    }

    /// <summary>
    /// Cancels digests that have not gone out yet, because the servers are away or sending is paused, once nothing of
    /// what they carry waits any more.
    /// </summary>
    private static async Task CancelDigestsAsync(
        ConsultationDb db, Guid organisation, Dictionary<Guid, WorkTask> tasks, List<MailId> digests,
        CancellationToken cancellationToken)
    {
        var owner = new OrganisationId(organisation);
        var waiting = await db.Mails.AsNoTracking()
            .Where(mail => mail.OrganisationId == organisation && digests.Contains(mail.Id)
                && mail.State == MailState.Pending && mail.LeasedUntil == null)
            .Select(mail => mail.Id).ToListAsync(cancellationToken);
        foreach (var digest in waiting)
        {
            var carried = await db.Mails.AsNoTracking()
                .Where(mail => mail.OrganisationId == organisation && mail.CarriedById == digest && mail.TaskId != null)
                .Select(mail => mail.TaskId!.Value).Distinct().ToListAsync(cancellationToken);
            var others = carried.Where(id => !tasks.ContainsKey(id)).Select(id => new TaskId(id)).ToList();
            if (carried.Exists(id => tasks.GetValueOrDefault(id) is { TakesAnswers: true })
                || await db.Tasks.AnyAsync(task => task.OrganisationId == owner && others.Contains(task.Id)
                    && task.State == TaskState.Open && task.HeldUntil == null, cancellationToken))
            {
                continue;
            }

            Cancel(db, organisation, digest);
        }
    }

    private static async Task FollowAsync(
        ConsultationDb db, Guid organisation, Dictionary<Guid, WorkTask> tasks, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var ids = tasks.Keys.ToList();
        var links = await db.ActionLinks
            .Where(link => link.OrganisationId == organisation && ids.Contains(link.TaskId) && link.RevokedAt == null)
            .ToListAsync(cancellationToken);
        foreach (var link in links)
        {
            var (task, person) = (tasks[link.TaskId], new PersonId(link.PersonId));
            var goesOn = task.State == TaskState.Open && !task.HasLeft(person);
            link.Follow(goesOn ? task.Revision : null, task.IsFreeToAnswer(person), now);
        }
    }

    /// <summary>Cancels what was still to go out to one person about a task.</summary>
    private static async Task CancelToAsync(
        ConsultationDb db, Guid organisation, Guid task, Guid person, CancellationToken cancellationToken)
    {
        var pending = await db.Mails.AsNoTracking()
            .Where(mail => mail.OrganisationId == organisation && mail.TaskId == task && mail.PersonId == person
                && mail.State == MailState.Pending)
            .Select(mail => mail.Id).ToListAsync(cancellationToken);
        foreach (var id in pending) Cancel(db, organisation, id);
    }

    private static void Cancel(ConsultationDb db, Guid organisation, MailId id)
    {
        var mail = db.Mails.Local.FindEntryUntyped([organisation, id]) ?? db.Attach(Stub(organisation, id));
        mail.CurrentValues[nameof(OutgoingMail.State)] = MailState.Cancelled;
        mail.CurrentValues[nameof(OutgoingMail.LastError)] = DeliveryNotes.TaskClosed;
        mail.Property(nameof(OutgoingMail.Secret)).CurrentValue = null;
        mail.Property(nameof(OutgoingMail.Secret)).IsModified = true;
    }

    /// <summary>A pending mail to change by its key, without reading it.</summary>
    private static OutgoingMail Stub(Guid organisation, MailId id) => new()
    {
        OrganisationId = organisation,
        Id = id,
        RecipientAddress = "",
        RecipientName = "",
        Purpose = "",
        Subject = "",
        TextBody = "",
        HtmlBody = "",
        Language = "",
        MessageId = "",
        NotBefore = default,
        CreatedAt = default,
    };

    private static async Task MarkUsedAsync(
        ConsultationDb db, Guid organisation, List<Guid> ids, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var links = await db.ActionLinks
            .Where(link => link.OrganisationId == organisation && ids.Contains(link.Id) && link.UsedAt == null)
            .ToListAsync(cancellationToken);
        foreach (var link in links)
        {
            link.UsedAt = now;
            link.UsedByOperation = link.OperationId;
        }
    }
}
