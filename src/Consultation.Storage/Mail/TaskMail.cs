using Consultation.Cases;
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
    /// Cancels pending mails of tasks that were closed or given to somebody else (CaseFile.CancelMailOf), and takes
    /// their links back. A link by which this step was decided (CaseFile.UsedLinks) is marked used instead. Mails and
    /// links that the step itself adds are not touched.
    /// </summary>
    public static async Task SettleAsync(
        ConsultationDb db, IEnumerable<CaseFile> cases, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var file in cases.Where(file => file.CancelMailOf.Count + file.UsedLinks.Count > 0))
        {
            var organisation = file.Case.OrganisationId.Value;
            if (file.UsedLinks.Count > 0)
            {
                await MarkUsedAsync(db, organisation, [.. file.UsedLinks], now, cancellationToken);
            }
            if (file.CancelMailOf.Count == 0) continue;
            var tasks = file.CancelMailOf.Select(task => task.Value).ToList();
            await CancelAsync(db, organisation, tasks, now, cancellationToken);
        }
    }

    private static async Task CancelAsync(
        ConsultationDb db, Guid organisation, List<Guid> tasks, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Only the keys are read: the bodies would be most of what a step reads.
        var about = tasks.ConvertAll(task => (Guid?)task);
        var pending = await db.Mails.AsNoTracking()
            .Where(mail => mail.OrganisationId == organisation && about.Contains(mail.TaskId)
                && mail.State == MailState.Pending)
            .Select(mail => mail.Id)
            .ToListAsync(cancellationToken);
        foreach (var id in pending)
        {
            var mail = db.Mails.Local.FindEntryUntyped([organisation, id]) ?? db.Attach(Stub(organisation, id));
            mail.CurrentValues[nameof(OutgoingMail.State)] = MailState.Cancelled;
            mail.CurrentValues[nameof(OutgoingMail.LastError)] = DeliveryNotes.TaskClosed;
            mail.Property(nameof(OutgoingMail.Secret)).CurrentValue = null;
            mail.Property(nameof(OutgoingMail.Secret)).IsModified = true;
        }

        var links = await db.ActionLinks
            .Where(link => link.OrganisationId == organisation && tasks.Contains(link.TaskId) && link.RevokedAt == null
                && link.UsedAt == null)
            .ToListAsync(cancellationToken);
        // A link that this very step uses is tracked already, and no longer open.
        foreach (var link in links.Where(link => link.UsedAt is null)) link.RevokedAt = now;
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
