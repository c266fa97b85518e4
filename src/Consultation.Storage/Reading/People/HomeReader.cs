using Consultation.Cases;
using Consultation.Cases.Tasks;
using Consultation.Cases.TrackedItems;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Reading.People;

/// <summary>One open task on the home page.</summary>
public sealed record HomeTask(TaskId Id, string Number, LocalText Title, DateTimeOffset? DueAt, CaseId CaseId, string CaseTitle);

/// <summary>Numbers on the home page.</summary>
/// <param name="MyTasks">Open tasks that wait for the viewer.</param>
/// <param name="MyLateTasks">Those of them that are overdue.</param>
/// <param name="OpenCases">Cases being worked on.</param>
/// <param name="LateTasks">Overdue tasks of anybody.</param>
/// <param name="OpenItems">Tracked items not yet closed.</param>
/// <param name="Matters">Matters ever registered; zero on an empty desk.</param>
public sealed record HomeCounts(int MyTasks, int MyLateTasks, int OpenCases, int LateTasks, int OpenItems, int Matters);

/// <summary>What waits for a person, and how the organisation stands.</summary>
public sealed class HomeReader(Database database)
{
    private const int Shown = 8;

    /// <summary>The next tasks of a person by due time, and the numbers.</summary>
    public async Task<(IReadOnlyList<HomeTask> Tasks, HomeCounts Counts)> ReadAsync(
        OrganisationId organisation, PersonId person, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        var open = db.Tasks.Where(task => task.OrganisationId == organisation && task.State == TaskState.Open);
        var mine = open.Where(task => task.Assignees.Any(one => one.PersonId == person && one.Active && one.AnsweredAt == null));
        var tasks = await (
            from task in mine
            join @case in db.Cases.Where(one => one.OrganisationId == organisation) on task.CaseId equals @case.Id
            orderby task.DueAt == null, task.DueAt
            select new HomeTask(task.Id, task.Number, task.Title, task.DueAt, @case.Id, @case.Title)).Take(Shown).ToListAsync(cancellationToken);
        var counts = new HomeCounts(
            await mine.CountAsync(cancellationToken),
            await mine.CountAsync(task => task.DueAt < now, cancellationToken),
            await db.Cases.CountAsync(one => one.OrganisationId == organisation && one.State == CaseState.Open, cancellationToken),
            await open.CountAsync(task => task.DueAt < now, cancellationToken),
            await db.TrackedItems.CountAsync(item => item.OrganisationId == organisation && item.State != TrackedItemState.Done && item.State != TrackedItemState.Abandoned, cancellationToken),
            await db.Matters.CountAsync(matter => matter.OrganisationId == organisation, cancellationToken));
        return (tasks, counts);
    }
}
