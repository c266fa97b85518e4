using Consultation.Cases;
using Consultation.Cases.Tasks;
using Consultation.Cases.TrackedItems;
using Consultation.Mail.ActionLinks;
using Consultation.Mail.Outgoing;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Mail;

/// <summary>A mail as its recipient reads it on a page, and what it is about as that stands now.</summary>
/// <param name="Mail">The mail.</param>
/// <param name="Case">The case; null when it is about none.</param>
/// <param name="Task">The task; null when it is about none.</param>
/// <param name="Item">The tracked item of the task; null when it is about none.</param>
public sealed record SentNotice(OutgoingMail Mail, Case? Case, WorkTask? Task, TrackedItem? Item)
{
    /// <summary>The links of a digest: whoever reads it may open what it lists.</summary>
    public IReadOnlyList<ActionLink> Links { get; init; } = [];
}

/// <summary>Reads a mail for whoever comes by its own address. Only reads: looking changes nothing.</summary>
public sealed class NoticeReader(Database database)
{
    /// <summary>The mail, or null when the organisation has none of that id.</summary>
    public async Task<SentNotice?> FindAsync(
        OrganisationId organisation, MailId id, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        var mail = await db.Mails.AsNoTracking()
            .FirstOrDefaultAsync(one => one.OrganisationId == organisation.Value && one.Id == id, cancellationToken);
        if (mail is null) return null;
        var task = mail.TaskId is not { } taskId ? null : await db.Tasks.AsNoTracking().FirstOrDefaultAsync(
            one => one.OrganisationId == organisation && one.Id == new TaskId(taskId), cancellationToken);
        var @case = mail.CaseId is not { } caseId ? null : await db.Cases.AsNoTracking().FirstOrDefaultAsync(
            one => one.OrganisationId == organisation && one.Id == new CaseId(caseId), cancellationToken);
        var item = task?.TrackedItemId is not { } itemId ? null : await db.TrackedItems.AsNoTracking()
            .FirstOrDefaultAsync(one => one.OrganisationId == organisation && one.Id == itemId, cancellationToken);
        return new(mail, @case, task, item)
        {
            Links = !mail.IsDigest ? [] : await db.ActionLinks.AsNoTracking()
                .Where(one => one.OrganisationId == organisation.Value && mail.LinkIds.Contains(one.Id)
                    && one.PersonId == mail.PersonId)
                .ToListAsync(cancellationToken),
        };
    }
}
