using Consultation.Cases.Calendar;
using Consultation.Cases.Tasks;
using Consultation.Cases.TrackedItems;

namespace Consultation.Cases.Plans;

/// <summary>
/// How far ahead plans and cases reach: where that is a year whose holidays are not entered yet, their days are counted
/// wrongly, and somebody has to be told (O4). Pure.
/// </summary>
public static class PlanReach
{
    /// <summary>So many days ahead the steps of a case usually ask for something; product default.</summary>
    public const int DaysOfCase = 90;

    /// <summary>The last day of a plan that begins on a day.</summary>
    public static DateOnly OfNew(PlanOutline outline, DateOnly start, WorkingCalendar calendar) =>
        outline.Phases.Select(phase => new WorkingDuration(Math.Max(0, (phase.ToWeek * 5) - 1), DayCount.WorkingDays))
            .Concat(outline.Works.Where(work => work.FromPlanStart).Select(work => work.DueAfter)
                .OfType<WorkingDuration>())
            .Select(length => calendar.Add(start, length)).Append(start).Max();

    /// <summary>Years of open dates of a case or plan whose holidays are not entered; none when it is over.</summary>
    public static IReadOnlyList<int> UnknownYears(
        Case file, WorkingCalendar calendar, DateOnly today, PlanOutline outline, IReadOnlyList<PlanPhase> phases,
        IReadOnlyCollection<WorkTask> tasks, IReadOnlyCollection<TrackedItem> items)
    {
        if (file.ClosedAt is not null) return [];
        var days = PlanSchedule.Of(file, calendar, outline, phases, tasks, items).Select(part => part.Until)
            .Concat(tasks.Where(task => task is { State: TaskState.Open, DueAt: not null })
                .Select(task => calendar.DayOf(task.DueAt!.Value)))
            .Concat(items.Where(item => item is { ClosedAt: null, DueOn: not null }).Select(item => item.DueOn!.Value));
        return calendar.UnknownYears(today, days.Append(today).Max());
    }
}
