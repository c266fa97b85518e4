using Consultation.Cases;
using Consultation.Cases.Access;
using Consultation.Cases.Calendar;
using Consultation.Cases.Forms;
using Consultation.Cases.Meetings;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Storage.Cases;
using Consultation.Storage.Reading.Cases;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Reading.Meetings;

/// <summary>A meeting with what its page shows.</summary>
/// <param name="Meeting">The meeting.</param>
/// <param name="Cases">Its cases that the viewer sees, in the order of the topics.</param>
/// <param name="Tasks">
/// Tasks of these cases that are open, and while the meeting is ahead those done since: what is prepared, what is
/// missing.
/// </param>
public sealed record MeetingFound(Meeting Meeting, IReadOnlyList<Case> Cases, IReadOnlyList<WorkTask> Tasks);

/// <summary>
/// Reads meetings. A meeting is seen by whoever sees one of its cases; a restricted case hides it as it hides itself.
/// </summary>
public sealed class MeetingReader(Database database, DirectoryCache directories)
{
    /// <summary>Meetings from one day to another, the earliest first. At most 500.</summary>
    public async Task<IReadOnlyList<Meeting>> ListAsync(
        CaseScope scope, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(scope.OrganisationId);
        var seen = scope.CasesIn(db.Tables()).Select(one => one.Id);
        return await db.Meetings.AsNoTracking()
            .Where(row => row.OrganisationId == scope.OrganisationId && row.On >= from && row.On <= to
                && row.Topics.Any(topic => seen.Contains(topic.CaseId)))
            .OrderBy(row => row.On).ThenBy(row => row.From).Take(500).ToListAsync(cancellationToken);
    }

    /// <summary>
    /// Halls that are taken from one day to another: of meetings that the viewer does not see only hall, day and hours.
    /// </summary>
    public async Task<IReadOnlyList<HallBooking>> BookingsAsync(
        OrganisationId organisation, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        return await db.Meetings.AsNoTracking()
            .Where(row => row.OrganisationId == organisation && row.On >= from && row.On <= to && row.HallId != null
                && row.State != MeetingState.CalledOff)
            .OrderBy(row => row.On).ThenBy(row => row.From)
            .Select(row => new HallBooking(row.Id, row.HallId!.Value, row.On, row.From, row.To))
            .Take(500).ToListAsync(cancellationToken);
    }

    /// <summary>The meeting, or null when there is none that the viewer sees.</summary>
    public async Task<MeetingFound?> FindAsync(CaseScope scope, MeetingId id, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(scope.OrganisationId);
        var organisation = scope.OrganisationId;
        var meeting = await db.Meetings.AsNoTracking()
            .FirstOrDefaultAsync(row => row.OrganisationId == organisation && row.Id == id, cancellationToken);
        if (meeting is null) return null;
        var topics = meeting.Topics.OrderBy(topic => topic.Number).Select(topic => topic.CaseId).ToList();
        var cases = await scope.CasesIn(db.Tables()).AsNoTracking().Where(one => topics.Contains(one.Id))
            .ToListAsync(cancellationToken);
        if (cases.Count == 0) return null;
        var ids = cases.ConvertAll(one => one.Id);
        // What was prepared since the meeting stands, until it is held; afterwards only what is open.
        var done = meeting.IsAhead ? meeting.PlannedAt : DateTimeOffset.MaxValue;
        var tasks = await db.Tasks.AsNoTracking()
            .Where(task => task.OrganisationId == organisation && ids.Contains(task.CaseId)
                && (task.State == TaskState.Open || (task.State == TaskState.Done && task.OpenedAt >= done)))
            .ToListAsync(cancellationToken);
        return new(meeting, [.. cases.OrderBy(one => topics.IndexOf(one.Id))], tasks);
    }

    /// <summary>
    /// A meeting as its door knows it; null when there is none, or its organisation is gone. The code at the door is
    /// the permission, so nobody's scope is asked.
    /// </summary>
    public async Task<MeetingDoor?> AtDoorAsync(
        OrganisationId organisation, MeetingId id, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        if (await directories.FindAsync(db, organisation, cancellationToken) is not { } known) return null;
        var meeting = await db.Meetings.AsNoTracking()
            .FirstOrDefaultAsync(row => row.OrganisationId == organisation && row.Id == id, cancellationToken);
        if (meeting is null) return null;
        var topics = meeting.Topics.Select(topic => topic.CaseId).ToList();
        var isRestricted = await db.Cases.AnyAsync(
            row => row.OrganisationId == organisation && topics.Contains(row.Id) && row.Restricted, cancellationToken);
        return new(meeting, known.Directory, known.Calendar, isRestricted);
    }

    /// <summary>The lines of a meeting's record in order.</summary>
    public async Task<IReadOnlyList<MeetingLine>> LinesAsync(Meeting meeting, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(meeting.OrganisationId);
        return await db.MeetingLines.AsNoTracking()
            .Where(row => row.OrganisationId == meeting.OrganisationId && row.MeetingId == meeting.Id)
            .OrderBy(row => row.Number).ToListAsync(cancellationToken);
    }

    /// <summary>Meetings of a case, the newest first.</summary>
    public async Task<IReadOnlyList<Meeting>> OfCaseAsync(Case file, CancellationToken cancellationToken)
    {
        if (!file.Meets) return [];
        await using var db = database.ForOrganisation(file.OrganisationId);
        return await db.Meetings.AsNoTracking()
            .Where(row => row.OrganisationId == file.OrganisationId
                && row.Topics.Any(topic => topic.CaseId == file.Id))
            .OrderByDescending(row => row.PlannedAt).ToListAsync(cancellationToken);
    }

    /// <summary>
    /// Meetings that the case of an open task may join; none when the task plans none. A meeting about a restricted
    /// case is joined by nobody.
    /// </summary>
    public async Task<IReadOnlyList<Meeting>> JoinableAsync(
        WorkTask task, Case file, DateOnly today, CancellationToken cancellationToken)
    {
        if (task is not { State: TaskState.Open, FormKey: FormKeys.MeetingPlan }) return [];
        await using var db = database.ForOrganisation(file.OrganisationId);
        return await db.Meetings.AsNoTracking()
            .Where(row => row.OrganisationId == file.OrganisationId && row.On >= today
                && (row.State == MeetingState.Planned || row.State == MeetingState.Noticed)
                && !row.Topics.Any(topic => topic.CaseId == file.Id
                    || db.Cases.Any(one => one.Id == topic.CaseId && one.Restricted)))
            .OrderBy(row => row.On).Take(100).ToListAsync(cancellationToken);
    }

    /// <summary>The meeting that a task is about, for when and where; null for other tasks.</summary>
    public async Task<Meeting?> OfAsync(WorkTask task, CancellationToken cancellationToken)
    {
        if (Meeting.NamedBy(task) is not { } id) return null;
        await using var db = database.ForOrganisation(task.OrganisationId);
        return await db.Meetings.AsNoTracking().FirstOrDefaultAsync(
            row => row.OrganisationId == task.OrganisationId && row.Id == id, cancellationToken);
    }

    /// <summary>
    /// The file of one of the meeting's cases, as far as the meeting's own documents print it; null without an
    /// organisation.
    /// </summary>
    public async Task<CaseFile?> PaperAsync(MeetingFound found, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(found.Meeting.OrganisationId);
        var file = found.Cases[0];
        var known = await directories.FindAsync(db, file.OrganisationId, cancellationToken);
        if (known is not { } organisation) return null;
        return new CaseFile(organisation.Directory, organisation.Calendar, file, [])
        {
            Policies = PolicySet.None,
            Meetings = [found.Meeting],
            Topic = await db.Topics.AsNoTracking().FirstOrDefaultAsync(
                row => row.OrganisationId == file.OrganisationId && row.CaseId == file.Id, cancellationToken),
            Votes = await db.Votes.AsNoTracking()
                .Where(row => row.OrganisationId == file.OrganisationId && row.CaseId == file.Id)
                .OrderBy(row => row.OpenedAt).ToListAsync(cancellationToken),
            Records = await db.Records.AsNoTracking()
                .Where(row => row.OrganisationId == file.OrganisationId && row.CaseId == file.Id
                    && (row.Kind == FormKeys.MeetingPlan || row.Kind == FormKeys.Rules))
                .OrderByDescending(row => row.At).ToListAsync(cancellationToken),
        };
    }
}

/// <summary>A meeting with what signing in at its door needs.</summary>
/// <param name="Meeting">The meeting.</param>
/// <param name="Directory">Who is who.</param>
/// <param name="Calendar">Whose day it is.</param>
/// <param name="IsRestricted">A restricted case is consulted on: the door says no title (O15).</param>
public sealed record MeetingDoor(
    Meeting Meeting, OrganisationDirectory Directory, WorkingCalendar Calendar, bool IsRestricted);

/// <summary>A hall that is taken.</summary>
public sealed record HallBooking(MeetingId Id, UnitId Hall, DateOnly On, TimeOnly From, TimeOnly To);
