using Consultation.Cases;
using Consultation.Cases.Access;
using Consultation.Cases.Documents;
using Consultation.Cases.History;
using Consultation.Cases.Matters;
using Consultation.Cases.Plans;
using Consultation.Cases.Screening;
using Consultation.Cases.Tasks;
using Consultation.Cases.Topics;
using Consultation.Cases.TrackedItems;
using Consultation.Mail.Outgoing;
using Consultation.Storage.Reading.Attachments;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Reading.Cases;

/// <summary>A document without its content.</summary>
public sealed record DocumentRow(
    DocumentId Id, string Kind, LocalText Title, string? Number, string FileName, PersonId? ById, DateTimeOffset At);

/// <summary>A mail without its body.</summary>
public sealed record MailRow(
    MailId Id, string Purpose, string RecipientName, string Subject, MailState State, DateTimeOffset CreatedAt,
    DateTimeOffset? SentAt, string? LastError);

/// <summary>How many things of each kind a case has, for the tabs of its page.</summary>
public sealed record CaseCounts(
    int Tasks, int Matters, int Records, int Items, int Documents, int Mails, int History, int Files);

/// <summary>
/// Reads one case, part by part. Only <see cref="FindAsync"/> asks whether the viewer may see the case: call the others
/// with a case that it gave.
/// </summary>
public sealed class CaseReader(Database database)
{
    /// <summary>The case, or null when there is none that the scope sees.</summary>
    public async Task<Case?> FindAsync(CaseScope scope, CaseId id, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(scope.OrganisationId);
        return await scope.CasesIn(db.Tables()).FirstOrDefaultAsync(one => one.Id == id, cancellationToken);
    }

    /// <summary>What there is in the case.</summary>
    public async Task<CaseCounts> CountAsync(Case one, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(one.OrganisationId);
        var (organisation, id, guid, tenant) = (one.OrganisationId, one.Id, one.Id.Value, one.OrganisationId.Value);
        return new(
            await db.Set<WorkTask>()
                .CountAsync(task => task.OrganisationId == organisation && task.CaseId == id, cancellationToken),
            await db.Set<Matter>()
                .CountAsync(matter => matter.OrganisationId == organisation && matter.CaseId == id, cancellationToken),
            await db.Set<CaseRecord>()
                .CountAsync(record => record.OrganisationId == organisation && record.CaseId == id, cancellationToken),
            await db.Set<TrackedItem>()
                .CountAsync(item => item.OrganisationId == organisation && item.CaseId == id, cancellationToken),
            await db.Set<CaseDocument>().CountAsync(
                document => document.OrganisationId == organisation && document.CaseId == id, cancellationToken),
            await db.Set<OutgoingMail>()
                .CountAsync(mail => mail.OrganisationId == tenant && mail.CaseId == guid, cancellationToken),
            await db.Set<HistoryEntry>()
                .CountAsync(entry => entry.OrganisationId == organisation && entry.CaseId == id, cancellationToken),
            await AttachmentReader.Of(db, organisation, id).CountAsync(cancellationToken));
    }

    /// <summary>Tasks, open ones first, then newest first.</summary>
    public async Task<IReadOnlyList<WorkTask>> TasksAsync(Case one, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(one.OrganisationId);
        var tasks = await db.Set<WorkTask>().AsNoTracking()
            .Where(task => task.OrganisationId == one.OrganisationId && task.CaseId == one.Id)
            .ToListAsync(cancellationToken);
        return [.. tasks.OrderBy(task => task.State == TaskState.Open ? 0 : 1)
            .ThenBy(task => task.State == TaskState.Open ? task.DueAt : null)
            .ThenByDescending(task => task.OpenedAt)];
    }

    /// <summary>Matters, the oldest first.</summary>
    public async Task<IReadOnlyList<Matter>> MattersAsync(Case one, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(one.OrganisationId);
        return await db.Set<Matter>().AsNoTracking()
            .Where(matter => matter.OrganisationId == one.OrganisationId && matter.CaseId == one.Id)
            .OrderBy(matter => matter.ReceivedAt).ToListAsync(cancellationToken);
    }

    /// <summary>The topic, or null before it is drafted.</summary>
    public async Task<Topic?> TopicAsync(Case one, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(one.OrganisationId);
        return await db.Set<Topic>().AsNoTracking()
            .Where(topic => topic.OrganisationId == one.OrganisationId && topic.CaseId == one.Id)
            .OrderByDescending(topic => topic.DraftedAt).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Screenings, newest first.</summary>
    public async Task<IReadOnlyList<ScreeningRecord>> ScreeningsAsync(Case one, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(one.OrganisationId);
        return await db.Set<ScreeningRecord>().AsNoTracking()
            .Where(record => record.OrganisationId == one.OrganisationId && record.CaseId == one.Id)
            .OrderByDescending(record => record.ScreenedAt).ToListAsync(cancellationToken);
    }

    /// <summary>Recorded results, newest first.</summary>
    public async Task<IReadOnlyList<CaseRecord>> RecordsAsync(Case one, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(one.OrganisationId);
        return await db.Set<CaseRecord>().AsNoTracking()
            .Where(record => record.OrganisationId == one.OrganisationId && record.CaseId == one.Id)
            .OrderByDescending(record => record.At).ToListAsync(cancellationToken);
    }

    /// <summary>Tracked items by number.</summary>
    public async Task<IReadOnlyList<TrackedItem>> ItemsAsync(Case one, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(one.OrganisationId);
        return await db.Set<TrackedItem>().AsNoTracking()
            .Where(item => item.OrganisationId == one.OrganisationId && item.CaseId == one.Id)
            .OrderBy(item => item.Year).ThenBy(item => item.Number).ToListAsync(cancellationToken);
    }

    /// <summary>Phases of a ten-week plan by number.</summary>
    public async Task<IReadOnlyList<PlanPhase>> PhasesAsync(Case one, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(one.OrganisationId);
        return await db.Set<PlanPhase>().AsNoTracking()
            .Where(phase => phase.OrganisationId == one.OrganisationId && phase.CaseId == one.Id)
            .OrderBy(phase => phase.Number).ToListAsync(cancellationToken);
    }

    /// <summary>History, newest first.</summary>
    public async Task<IReadOnlyList<HistoryEntry>> HistoryAsync(
        Case one, int atMost, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(one.OrganisationId);
        return await db.Set<HistoryEntry>().AsNoTracking()
            .Where(entry => entry.OrganisationId == one.OrganisationId && entry.CaseId == one.Id)
            .OrderByDescending(entry => entry.At).ThenByDescending(entry => entry.Id).Take(atMost)
            .ToListAsync(cancellationToken);
    }

    /// <summary>The lines of history that moved days, oldest first (P70).</summary>
    public async Task<IReadOnlyList<HistoryEntry>> MovesAsync(Case one, CancellationToken cancellationToken)
    {
        string[] verbs = [PlanVersions.Changed, PlanVersions.Rested];
        await using var db = database.ForOrganisation(one.OrganisationId);
        return await db.Set<HistoryEntry>().AsNoTracking()
            .Where(entry => entry.OrganisationId == one.OrganisationId && entry.CaseId == one.Id
                && (entry.Moved != null || verbs.Contains(entry.Verb)))
            .OrderBy(entry => entry.At).ThenBy(entry => entry.Id).ToListAsync(cancellationToken);
    }

    /// <summary>
    /// Who opened the case, or was kept from it, newest first; nobody is noted for a case that is not restricted (O15).
    /// </summary>
    public async Task<IReadOnlyList<AccessEntry>> AccessAsync(Case one, int atMost, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(one.OrganisationId);
        return await db.Set<AccessEntry>().AsNoTracking()
            .Where(entry => entry.OrganisationId == one.OrganisationId && entry.CaseId == one.Id)
            .OrderByDescending(entry => entry.At).ThenByDescending(entry => entry.Id).Take(atMost)
            .ToListAsync(cancellationToken);
    }

    /// <summary>Documents, newest first, without their content.</summary>
    public async Task<IReadOnlyList<DocumentRow>> DocumentsAsync(Case one, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(one.OrganisationId);
        return await db.Set<CaseDocument>().AsNoTracking()
            .Where(document => document.OrganisationId == one.OrganisationId && document.CaseId == one.Id)
            .OrderByDescending(document => document.At)
            .Select(document => new DocumentRow(
                document.Id, document.Kind, document.Title, document.Number, document.FileName, document.ById,
                document.At))
            .ToListAsync(cancellationToken);
    }

    /// <summary>A document with its content, or null when there is none in this case.</summary>
    public async Task<CaseDocument?> DocumentAsync(Case one, DocumentId id, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(one.OrganisationId);
        return await db.Set<CaseDocument>().AsNoTracking()
            .FirstOrDefaultAsync(document => document.OrganisationId == one.OrganisationId && document.CaseId == one.Id
                && document.Id == id, cancellationToken);
    }

    /// <summary>Mails, newest first, without their bodies.</summary>
    public async Task<IReadOnlyList<MailRow>> MailsAsync(Case one, int atMost, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(one.OrganisationId);
        var (organisation, id) = (one.OrganisationId.Value, one.Id.Value);
        return await db.Set<OutgoingMail>().AsNoTracking()
            .Where(mail => mail.OrganisationId == organisation && mail.CaseId == id)
            .OrderByDescending(mail => mail.CreatedAt).Take(atMost)
            .Select(mail => new MailRow(
                mail.Id, mail.Purpose, mail.RecipientName, mail.Subject, mail.State, mail.CreatedAt, mail.SentAt,
                mail.LastError))
            .ToListAsync(cancellationToken);
    }
}
