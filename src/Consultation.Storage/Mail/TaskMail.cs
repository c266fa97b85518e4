using Consultation.Cases;
using Consultation.Mail.Outgoing;
using Consultation.Storage.Runs;
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
    /// their links back. A link whose operation this step carries out is marked used instead. Mails and links that the
    /// step itself adds are not touched.
    /// </summary>
    public static async Task SettleAsync(
        ConsultationDb db, IEnumerable<CaseFile> cases, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await MarkUsedAsync(db, now, cancellationToken);
        foreach (var file in cases.Where(file => file.CancelMailOf.Count > 0))
        {
            var organisation = file.Case.OrganisationId.Value;
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

    private static async Task MarkUsedAsync(ConsultationDb db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // The operation is that of the link, a point, and a digest of the entries; only an answer that was accepted
        // uses the link up.
        const string prefix = "link-", accepted = "\"accepted\"";
        const int idLength = 32;
        var ids = db.ChangeTracker.Entries<OperationRow>()
            .Where(entry => entry.State == EntityState.Added
                && entry.Entity.Id.StartsWith(prefix, StringComparison.Ordinal)
                && entry.Entity.Id.Length >= prefix.Length + idLength
                && entry.Entity.Answer?.Contains(accepted, StringComparison.Ordinal) == true)
            .Select(entry => Guid.TryParseExact(entry.Entity.Id.AsSpan(prefix.Length, idLength), "N", out var id)
                ? id
                : Guid.Empty)
            .Where(id => id != Guid.Empty)
            .ToList();
        if (ids.Count == 0) return;
        foreach (var link in await db.ActionLinks.Where(link => ids.Contains(link.Id) && link.UsedAt == null)
            .ToListAsync(cancellationToken))
        {
            link.UsedAt = now;
            link.UsedByOperation = link.OperationId;
        }
    }
}
