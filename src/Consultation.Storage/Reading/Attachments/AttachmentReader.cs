using Consultation.Cases;
using Consultation.Cases.Access;
using Consultation.Cases.Attachments;
using Consultation.Storage.Attachments;
using Consultation.Storage.Reading.Cases;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Reading.Attachments;

/// <summary>How much of the organisation's space is taken.</summary>
/// <param name="Used">Bytes.</param>
/// <param name="Files">Files that stand.</param>
/// <param name="Due">Files whose time is over.</param>
public sealed record MaterialStanding(long Used, int Files, int Due);

/// <summary>
/// Reads files of matters, cases and meetings. A file is seen by whoever sees what it hangs on, and by nobody else:
/// <see cref="CaseScope"/> is asked for every file. One that is not attached is shown to nobody.
/// </summary>
public sealed class AttachmentReader
{
    private readonly Database _database;
    private readonly ContentKeeper _contents;

    internal AttachmentReader(Database database, ContentKeeper contents) =>
        (_database, _contents) = (database, contents);

    /// <summary>The file, or null when there is none that the scope sees.</summary>
    public async Task<Attachment?> FindAsync(CaseScope scope, AttachmentId id, CancellationToken cancellationToken)
    {
        await using var db = _database.ForOrganisation(scope.OrganisationId);
        return await Seen(db, scope).FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
    }

    /// <summary>The case in whose access log a look at a file stands, or null.</summary>
    public async Task<Case?> CaseOfAsync(Attachment file, CancellationToken cancellationToken)
    {
        await using var db = _database.ForOrganisation(file.OrganisationId);
        var organisation = file.OrganisationId;
        var id = file.CaseId ?? await AttachmentWorker.CaseToTellAsync(db, file, cancellationToken);
        return id is null ? null : await db.Cases.AsNoTracking().FirstOrDefaultAsync(
            row => row.OrganisationId == organisation && row.Id == id, cancellationToken);
    }

    /// <summary>
    /// Files of a case, of its matters and of its meetings, newest first, those that were refused included. Call it
    /// with a case that the viewer sees.
    /// </summary>
    public async Task<IReadOnlyList<Attachment>> OfCaseAsync(Case one, CancellationToken cancellationToken)
    {
        await using var db = _database.ForOrganisation(one.OrganisationId);
        return await Of(db, one.OrganisationId, one.Id)
            .OrderByDescending(row => row.AttachedAt).Take(Most).ToListAsync(cancellationToken);
    }

    /// <summary>The files of a case, of its matters and of its meetings.</summary>
    internal static IQueryable<Attachment> Of(ConsultationDb db, OrganisationId organisation, CaseId id)
    {
        var matters = db.Matters.Where(row => row.OrganisationId == organisation && row.CaseId == id)
            .Select(row => (MatterId?)row.Id);
        var meetings = db.Meetings
            .Where(row => row.OrganisationId == organisation && row.Topics.Any(topic => topic.CaseId == id))
            .Select(row => (MeetingId?)row.Id);
        return Shown(db, organisation)
            .Where(row => row.CaseId == id || matters.Contains(row.MatterId) || meetings.Contains(row.MeetingId));
    }

    /// <summary>Files of matters. Call it with matters that the viewer sees.</summary>
    public async Task<IReadOnlyList<Attachment>> OfMattersAsync(
        OrganisationId organisation, IReadOnlyCollection<MatterId> matters, CancellationToken cancellationToken)
    {
        if (matters.Count == 0) return [];
        await using var db = _database.ForOrganisation(organisation);
        var ids = matters.Select(id => (MatterId?)id).ToList();
        return await Shown(db, organisation).Where(row => ids.Contains(row.MatterId))
            .OrderBy(row => row.AttachedAt).Take(Most).ToListAsync(cancellationToken);
    }

    /// <summary>Files that came with answers to tasks. Call it with tasks whose answers the viewer sees.</summary>
    public async Task<IReadOnlyList<Attachment>> OfTasksAsync(
        OrganisationId organisation, IReadOnlyCollection<TaskId> tasks, CancellationToken cancellationToken)
    {
        if (tasks.Count == 0) return [];
        await using var db = _database.ForOrganisation(organisation);
        var ids = tasks.Select(id => (TaskId?)id).ToList();
        return await Shown(db, organisation).Where(row => ids.Contains(row.TaskId))
            .OrderBy(row => row.AttachedAt).Take(Most).ToListAsync(cancellationToken);
    }

    /// <summary>Files of a meeting. Call it with a meeting that the viewer sees.</summary>
    public async Task<IReadOnlyList<Attachment>> OfMeetingAsync(
        OrganisationId organisation, MeetingId meeting, CancellationToken cancellationToken)
    {
        await using var db = _database.ForOrganisation(organisation);
        return await Shown(db, organisation).Where(row => row.MeetingId == meeting)
            .OrderByDescending(row => row.AttachedAt).Take(Most).ToListAsync(cancellationToken);
    }

    /// <summary>Files whose time is over, the oldest first, of those that the scope sees.</summary>
    public async Task<IReadOnlyList<Attachment>> DueAsync(
        CaseScope scope, DateOnly today, CancellationToken cancellationToken)
    {
        await using var db = _database.ForOrganisation(scope.OrganisationId);
        return await Seen(db, scope).Where(row => row.State == AttachmentState.Kept && row.KeepUntil < today)
            .OrderBy(row => row.KeepUntil).Take(Most).ToListAsync(cancellationToken);
    }

    /// <summary>
    /// Files that were removed, the latest first, of those that the scope sees: the record of removals.
    /// </summary>
    public async Task<IReadOnlyList<Attachment>> RemovedAsync(CaseScope scope, CancellationToken cancellationToken)
    {
        await using var db = _database.ForOrganisation(scope.OrganisationId);
        return await Seen(db, scope).Where(row => row.State == AttachmentState.Removed)
            .OrderByDescending(row => row.RemovedAt).Take(Most).ToListAsync(cancellationToken);
    }

    /// <summary>How much space is taken.</summary>
    public async Task<MaterialStanding> StandingAsync(
        OrganisationId organisation, DateOnly today, CancellationToken cancellationToken)
    {
        await using var db = _database.ForOrganisation(organisation);
        var standing = db.Set<Attachment>()
            .Where(row => row.OrganisationId == organisation && row.State == AttachmentState.Kept);
        return new(
            await UploadStore.UsedAsync(db, organisation, cancellationToken),
            await standing.CountAsync(cancellationToken),
            await standing.CountAsync(row => row.KeepUntil < today, cancellationToken));
    }

    /// <summary>The bytes of a content; null when they are gone. Call it with a file that the viewer sees.</summary>
    public Task<Stream?> OpenAsync(Attachment file, Guid content, CancellationToken cancellationToken) =>
        file.State == AttachmentState.Kept
        && (content == file.ContentId || content == file.ThumbnailId || content == file.PreviewId)
            ? _contents.OpenAsync(_database, file.OrganisationId, content, cancellationToken)
            : Task.FromResult<Stream?>(null);

    /// <summary>Most files of one list.</summary>
    private const int Most = 1000;

    internal static IQueryable<Attachment> Shown(ConsultationDb db, OrganisationId organisation) =>
        db.Set<Attachment>().AsNoTracking().Where(row => row.OrganisationId == organisation
            && row.AttachedAt != null && row.State != AttachmentState.Removed);

    private static IQueryable<Attachment> Seen(ConsultationDb db, CaseScope scope)
    {
        var tables = db.Tables();
        var organisation = scope.OrganisationId;
        var cases = scope.CasesIn(tables).Select(one => one.Id);
        var matters = scope.MattersIn(tables).Select(one => one.Id);
        return db.Set<Attachment>().AsNoTracking().Where(row => row.OrganisationId == organisation
            && row.AttachedAt != null
            && ((row.CaseId != null && cases.Contains(row.CaseId.Value))
                || (row.MatterId != null && matters.Contains(row.MatterId.Value))
                || (row.MeetingId != null && db.Meetings.Any(meeting => meeting.OrganisationId == organisation
                    && meeting.Id == row.MeetingId && meeting.Topics.Any(topic => cases.Contains(topic.CaseId))))));
    }
}
