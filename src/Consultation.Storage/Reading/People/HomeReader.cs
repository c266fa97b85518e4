using Consultation.Cases;
using Consultation.Cases.Access;
using Consultation.Cases.Tasks;
using Consultation.Cases.TrackedItems;
using Consultation.Storage.Reading.Cases;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Reading.People;

/// <summary>One open task on the home page; one that rests with its case is not late and asks for nothing.</summary>
public sealed record HomeTask(
    TaskId Id, string Number, LocalText Title, DateTimeOffset? DueAt, CaseId CaseId, string CaseTitle, bool Rests);

/// <summary>Numbers on the home page.</summary>
/// <param name="MyTasks">Open tasks that wait for the viewer.</param>
/// <param name="MyLateTasks">Those of them that are overdue.</param>
/// <param name="OpenCases">Cases being worked on that the viewer sees.</param>
/// <param name="OpenItems">Tracked items not yet closed that the viewer sees.</param>
/// <param name="HasMatters">Whether a matter was ever registered; not on an empty desk.</param>
public sealed record HomeCounts(int MyTasks, int MyLateTasks, int OpenCases, int OpenItems, bool HasMatters);

/// <summary>How far work in hand is planned; null for what there is none of.</summary>
/// <param name="LastDue">Latest due time of an open task.</param>
/// <param name="LastItem">Latest due day of an open tracked item.</param>
/// <param name="LastPhase">Latest planned end of a phase of an open plan.</param>
/// <param name="LastStart">Latest first day of an open plan.</param>
public sealed record HomeReach(DateTimeOffset? LastDue, DateOnly? LastItem, DateOnly? LastPhase, DateOnly? LastStart);

/// <summary>What waits for a person, and how what the person sees stands.</summary>
public sealed class HomeReader(Database database)
{
    private const int Shown = 8;

    /// <summary>The next tasks of a person by due time, and the numbers.</summary>
    public async Task<(IReadOnlyList<HomeTask> Tasks, HomeCounts Counts)> ReadAsync(
        CaseScope scope, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (organisation, person) = (scope.OrganisationId, scope.PersonId);
        await using var db = database.ForOrganisation(organisation);
        // While a decision is held, nobody has to answer.
        var open = db.Tasks.Where(task =>
            task.OrganisationId == organisation && task.State == TaskState.Open && task.HeldUntil == null);
        // From the seats to the tasks: a person has few seats, an organisation many tasks.
        var seats = open.SelectMany(task => task.Assignees, (task, seat) => new
        {
            task.Id,
            seat.PersonId,
            seat.Active,
            seat.AnsweredAt,
            IsNotYet = task.Mode == GateMode.ChairLast && task.ChairSince == null && seat.IsChair,
        })
            .Where(seat => seat.PersonId == person && seat.Active && seat.AnsweredAt == null && !seat.IsNotYet)
            .Select(seat => seat.Id);
        var mine = await open.AsNoTracking().Where(task => seats.Contains(task.Id))
            .OrderBy(task => task.DueAt == null).ThenBy(task => task.DueAt)
            .Select(task => new { task.Id, task.Number, task.Title, task.DueAt, task.CaseId, task.OpenedAt })
            .ToListAsync(cancellationToken);
        var next = mine.Take(Shown).ToList();
        var caseIds = next.ConvertAll(task => task.CaseId);
        var titles = await db.Cases.Where(one => one.OrganisationId == organisation && caseIds.Contains(one.Id))
            .Select(one => new { one.Id, one.Title })
            .ToDictionaryAsync(one => one.Id, one => one.Title, cancellationToken);
        var resting = await db.Cases.Where(one => one.OrganisationId == organisation && one.ClosedAt == null
                && one.SuspendedAt != null)
            .Select(one => new { one.Id, one.SuspendedAt })
            .ToDictionaryAsync(one => one.Id, one => one.SuspendedAt, cancellationToken);
        bool Rests(CaseId id, DateTimeOffset opened) => resting.TryGetValue(id, out var since) && opened < since;
        List<HomeTask> tasks = [.. next.Where(task => titles.ContainsKey(task.CaseId))
            .Select(task =>
                new HomeTask(task.Id, task.Number, task.Title, task.DueAt, task.CaseId, titles[task.CaseId],
                    Rests(task.CaseId, task.OpenedAt)))];
        var counts = new HomeCounts(
            mine.Count,
            mine.Count(task => TaskLateness.IsLate(task.DueAt, now) && !Rests(task.CaseId, task.OpenedAt)),
            await scope.CasesIn(db.Tables()).CountAsync(one => one.State == CaseState.Open, cancellationToken),
            await scope.ItemsIn(db.Tables()).CountAsync(item => item.State != TrackedItemState.Done
                && item.State != TrackedItemState.Abandoned, cancellationToken),
            await db.Matters.AnyAsync(matter => matter.OrganisationId == organisation, cancellationToken));
        return (tasks, counts);
    }

    /// <summary>How far the work in hand of an organisation is planned.</summary>
    public async Task<HomeReach> ReachAsync(OrganisationId organisation, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        var cases = db.Cases.Where(one => one.OrganisationId == organisation && one.ClosedAt == null);
        var open = cases.Select(one => one.Id);
        return new(
            await db.Tasks.Where(task => task.OrganisationId == organisation && task.State == TaskState.Open)
                .OrderByDescending(task => task.DueAt).Select(task => task.DueAt)
                .FirstOrDefaultAsync(cancellationToken),
            await db.TrackedItems.Where(item => item.OrganisationId == organisation && item.ClosedAt == null)
                .OrderByDescending(item => item.DueOn).Select(item => item.DueOn)
                .FirstOrDefaultAsync(cancellationToken),
            await db.PlanPhases.Where(phase => phase.OrganisationId == organisation && open.Contains(phase.CaseId))
                .OrderByDescending(phase => phase.PlannedTo).Select(phase => (DateOnly?)phase.PlannedTo)
                .FirstOrDefaultAsync(cancellationToken),
            await cases.Where(one => one.Kind == CaseKind.TenWeekPlan).OrderByDescending(one => one.StartDate)
                .Select(one => one.StartDate).FirstOrDefaultAsync(cancellationToken));
    }
}
