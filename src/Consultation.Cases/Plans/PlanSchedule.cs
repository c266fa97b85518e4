using Consultation.Cases.Calendar;
using Consultation.Cases.Tasks;
using Consultation.Cases.TrackedItems;

namespace Consultation.Cases.Plans;

/// <summary>What a part of a plan is.</summary>
public enum PlanPartKind
{
    /// <summary>阶段: a phase that is not over.</summary>
    Phase,
    /// <summary>进行中的任务: an open task whose time limit counts from the plan's start.</summary>
    Task,
    /// <summary>后续任务: a task that a later phase will give.</summary>
    Work,
    /// <summary>督办事项: a line of the implementation plan that is followed up (P58).</summary>
    Item,
}

/// <summary>A part of a plan with the day on which it ends.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Key of the phase, id of the task or item ("N"), activity of the task to come.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Until">Its last day as planned now.</param>
/// <param name="From">First day of a phase; null for the rest.</param>
/// <param name="Phase">Key of the phase in which a task is planned, or of the phase itself; null for items, which
/// follow no phase.</param>
public sealed record PlanPart(
    PlanPartKind Kind, string Id, LocalText Name, DateOnly Until, DateOnly? From = null, string? Phase = null)
{
    /// <summary>Tells it from all others, e.g. "phase.weeks-5-8".</summary>
    public string Key => KeyOf(Kind, Id);

    /// <summary>The key of a phase.</summary>
    public static string OfPhase(string key) => KeyOf(PlanPartKind.Phase, key);

    /// <summary>The key of a task that the plan's workflow gives.</summary>
    public static string OfWork(string activityId) => KeyOf(PlanPartKind.Work, activityId);

    private static string KeyOf(PlanPartKind kind, string id) => $"{kind}.{id}";
}

/// <summary>
/// A plan as it stands: what of it can get another day (P70). Phases that are not over, open tasks whose time limit
/// counts from the plan's start, tasks of later phases, tracked items. Pure.
/// </summary>
public static class PlanSchedule
{
    /// <summary>
    /// The parts: phases by their numbers, each followed by its tasks; items last. None when the case is no plan, or is
    /// over.
    /// </summary>
    public static IReadOnlyList<PlanPart> Of(
        Case file, WorkingCalendar calendar, PlanOutline outline, IReadOnlyList<PlanPhase> phases,
        IEnumerable<WorkTask> tasks, IEnumerable<TrackedItem> items)
    {
        if (file is not { StartDate: { } start, ClosedAt: null }) return [];
        var open = tasks.Where(
            task => task.State == TaskState.Open && task.TrackedItemId is null && CountsFrom(task, start)).ToList();
        var parts = new List<PlanPart>();
        foreach (var (phase, isAhead) in Phases(file, start, calendar, outline, phases))
        {
            parts.Add(phase);
            parts.AddRange(open.Where(task => task.Phase == phase.Id).OrderBy(task => task.DueAt)
                .Select(task => new PlanPart(PlanPartKind.Task, $"{task.Id.Value:N}", task.Title,
                    calendar.DayOf(task.DueAt!.Value), Phase: phase.Id)));
            if (!isAhead) continue;
            parts.AddRange(outline.Works.Where(work => work.Phase == phase.Id)
                .Select(work => (Work: work, Due: work.DueOn(file, start, calendar))).Where(one => one.Due is not null)
                .OrderBy(one => one.Due)
                .Select(one => new PlanPart(
                    PlanPartKind.Work, one.Work.ActivityId, one.Work.Title, one.Due!.Value, Phase: phase.Id)));
        }

        parts.AddRange(
            items.Where(item => item is { ClosedAt: null, DueOn: not null }).OrderBy(item => item.Number).Select(item =>
            new PlanPart(PlanPartKind.Item, $"{item.Id.Value:N}", new($"{item.Year}-{item.Number} {item.Advice}"),
                item.DueOn!.Value)));
        return parts;
    }

    /// <summary>The parts of the plan of a case file.</summary>
    public static IReadOnlyList<PlanPart> Of(CaseFile file) =>
        Of(file.Case, file.Calendar, file.Outline, file.Phases, file.Tasks, file.Items);

    /// <summary>Phases that are not over, and whether they have still to begin.</summary>
    private static IEnumerable<(PlanPart Phase, bool IsAhead)> Phases(
        Case file, DateOnly start, WorkingCalendar calendar, PlanOutline outline, IReadOnlyList<PlanPhase> phases)
    {
        var ahead = outline.Ahead(phases)
            .Select(phase => (phase.Number, phase.Key, phase.Name, Days: phase.Days(file, start, calendar)));
        return phases.Where(phase => phase.LeftAt is null)
            .Select(phase => (phase.Number, Part: PartOf(phase.Key, phase.Name, phase.PlannedFrom, phase.PlannedTo),
                IsAhead: phase.EnteredAt is null))
            .Concat(ahead.Select(phase =>
                (phase.Number, Part: PartOf(phase.Key, phase.Name, phase.Days.From, phase.Days.To), IsAhead: true)))
            .OrderBy(one => one.Number).Select(one => (one.Part, one.IsAhead));
    }

    private static PlanPart PartOf(string key, LocalText name, DateOnly from, DateOnly to) =>
        new(PlanPartKind.Phase, key, name, to, from, key);

    private static bool CountsFrom(WorkTask task, DateOnly start) =>
        task is { DueAt: not null, DueBasis: { Meeting: null } basis } && basis.From == start;
}
