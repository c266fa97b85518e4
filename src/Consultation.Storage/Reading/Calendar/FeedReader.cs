using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.Meetings;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Storage.Cases;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Reading.Calendar;

/// <summary>
/// Reads what a private calendar address shows; the token is the only key to it, so nobody's scope is asked, and
/// nothing of a restricted case but hours and numbers is handed out. Looking changes nothing.
/// </summary>
public sealed class FeedReader(Database database, DirectoryCache directories, TimeProvider clock)
{
    /// <summary>Most meetings, and most tasks, in one calendar.</summary>
    public const int Most = 300;

    /// <summary>Tasks of all whose places the person may take, of which the own are picked.</summary>
    private const int MostLookedAt = 2000;

    private const int DaysBack = 60;

    /// <summary>
    /// The calendar of whoever the token's hash belongs to; null when it belongs to nobody, or to somebody who has
    /// left.
    /// </summary>
    public async Task<PersonalCalendar?> FindAsync(string hash, string desk, CancellationToken cancellationToken)
    {
        Person? found;
        await using (var any = database.Open())
        {
            found = await any.People.AsNoTracking()
                .FirstOrDefaultAsync(row => row.FeedHash == hash && row.Active, cancellationToken);
        }

        if (found is null) return null;
        var (organisation, now) = (found.OrganisationId, clock.GetUtcNow());
        await using var db = database.ForOrganisation(organisation);
        if (await directories.FindAsync(db, organisation, cancellationToken) is not { } known) return null;
        var meetings = await MeetingsAsync(db, organisation, found.Id, known.Calendar.DayOf(now), cancellationToken);
        var tasks = await TasksAsync(db, found.Id, known.Directory, now, cancellationToken);
        var cases = meetings.SelectMany(meeting => meeting.Topics).Select(topic => topic.CaseId)
            .Concat(tasks.Select(one => one.Task.CaseId)).Distinct().ToList();
        var restricted = (await db.Cases.AsNoTracking()
            .Where(one => one.OrganisationId == organisation && one.Restricted && cases.Contains(one.Id))
            .Select(one => one.Id).ToListAsync(cancellationToken)).ToHashSet();
        return new()
        {
            Organisation = known.Directory.Organisation.Name,
            Person = found.Name,
            Language = found.Language,
            Days = known.Calendar,
            Desk = desk.TrimEnd('/'),
            Meetings =
            [
                .. meetings.Select(meeting => new PersonalMeeting(
                    meeting,
                    meeting.State == MeetingState.CalledOff || !IsStillAsked(meeting, found.Id),
                    meeting.Topics.Exists(topic => restricted.Contains(topic.CaseId)))),
            ],
            Tasks =
            [
                .. tasks.Select(one => new PersonalTask(one.Task, one.Why, restricted.Contains(one.Task.CaseId))),
            ],
        };
    }

    private static bool IsStillAsked(Meeting meeting, PersonId person) =>
        meeting.SeatOf(person) is not null || Helps(meeting, person);

    private static bool Helps(Meeting meeting, PersonId person) =>
        meeting.OrganiserId == person || meeting.HostId == person || meeting.RecorderId == person
            || meeting.PhotographerId == person;

    /// <summary>Meetings that the person was asked to, or prepares; not those that nobody was told of yet.</summary>
    private static async Task<List<Meeting>> MeetingsAsync(
        ConsultationDb db, OrganisationId organisation, PersonId person, DateOnly today,
        CancellationToken cancellationToken)
    {
        var from = today.AddDays(-DaysBack);
        var found = await db.Meetings.AsNoTracking()
            .Where(row => row.OrganisationId == organisation && row.On >= from
                && (row.OrganiserId == person || row.HostId == person || row.RecorderId == person
                    || row.PhotographerId == person
                    || (row.NoticedAt != null
                        && row.Seats.Any(seat => seat.PersonId == person && seat.NoticedAt != null))))
            .OrderBy(row => row.On).ThenBy(row => row.Id).Take(Most).ToListAsync(cancellationToken);
        // Whoever said no does not come; the place in the calendar is free again.
        return found.FindAll(meeting => Helps(meeting, person)
            || meeting.SeatOf(person) is not { Reply: SeatReply.Declines });
    }

    /// <summary>
    /// Open tasks that are the person's to answer now: where a delegation is in force, or a holder is away, with
    /// whoever acts. The same rule says who is mailed.
    /// </summary>
    private static async Task<IReadOnlyList<(WorkTask Task, LocalText? Why)>> TasksAsync(
        ConsultationDb db, PersonId person, OrganisationDirectory directory, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var organisation = directory.Organisation.Id;
        List<PersonId> seats =
        [
            person,
            .. directory.DelegationsTo(person, now).Select(one => one.FromId),
            .. directory.People.Where(one => !one.IsPresent(now)).Select(one => one.Id),
        ];
        var open = await db.Tasks.AsNoTracking()
            .Where(task => task.OrganisationId == organisation && task.State == TaskState.Open
                && task.HeldUntil == null && task.DueAt != null
                && task.Assignees.Any(seat => seat.Active && seat.AnsweredAt == null && seats.Contains(seat.PersonId)))
            .OrderBy(task => task.DueAt).ThenBy(task => task.Id).Take(MostLookedAt).ToListAsync(cancellationToken);
        return
        [
            .. open.SelectMany(task => SeatContacts.Of(task, directory, now)
                .Where(contact => contact.Person.Id == person).Take(1)
                .Select(contact => (task, contact.Why))).Take(Most),
        ];
    }
}
