using Consultation.Cases.History;
using Consultation.Cases.Plans;
using Consultation.Cases.Tasks;
using Consultation.Cases.TrackedItems;

namespace Consultation.Cases.Calendar;

/// <summary>The end of a suspension.</summary>
/// <param name="WorkingDays">Working days that the case rested.</param>
/// <param name="Tasks">Open tasks with a due time, as they were and as they are.</param>
/// <param name="Items">Tracked items that are due later now, with the days.</param>
/// <param name="Phases">Phases of the plan that are planned later now, with the days.</param>
public sealed record Resumption(
    int WorkingDays,
    IReadOnlyList<DueShift<WorkTask>> Tasks,
    IReadOnlyList<(TrackedItem Item, DateMove Days)> Items,
    IReadOnlyList<(PlanPhase Phase, DateMove Days)> Phases);

/// <summary>
/// A case that rests because an exclusion arose, or because somebody suspended it (O14). While it rests nothing falls
/// due; at its end everything that was running gets the working days of the rest: due times, and with them the
/// reminders and rungs that count from them, reports, due days of tracked items and phases of the plan. Pure but for
/// the case file.
/// </summary>
public static class Suspension
{
    /// <summary>The case rests from now on; nothing when it rests already.</summary>
    /// <param name="case">The case.</param>
    /// <param name="now">The instant.</param>
    /// <param name="until">The day on which it goes on by itself; null for an open end.</param>
    public static void Begin(Case @case, DateTimeOffset now, DateOnly? until = null)
    {
        if (@case.State == CaseState.Suspended) return;
        (@case.State, @case.SuspendedAt, @case.SuspendedUntil) = (CaseState.Suspended, now, until);
    }

    /// <summary>True for a task that rests with its case. What was asked because of the rest does not.</summary>
    public static bool Rests(Case @case, WorkTask task) => @case.Rests && task.OpenedAt < @case.SuspendedAt;

    /// <summary>What somebody is told who would answer a task that rests.</summary>
    public static readonly LocalText NoAnswer = new(
        "本事项暂停办理，各项时限顺延，现在不需要答复。恢复办理后会另行告知，届时再提交；您填写的内容还在这里。",
        "The case rests and due times move on; no answer is asked for now. You will hear when it goes on; what you "
            + "typed is still here.");

    /// <summary>
    /// The case goes on. What was asked for because of the suspension did not rest and stays as it is.
    /// </summary>
    public static Resumption End(CaseFile file, DateTimeOffset now)
    {
        var since = file.Case.SuspendedAt ?? now;
        var (from, today) = (file.Calendar.DayOf(since), file.Calendar.DayOf(now));
        var rest = new WorkingDuration(file.Calendar.WorkingDaysBetween(from, today), DayCount.WorkingDays);
        (file.Case.State, file.Case.SuspendedAt, file.Case.SuspendedUntil) = (CaseState.Open, null, null);
        file.Case.RestedDays += rest.Days;
        var tasks =
            file.Tasks.Where(task => task.State == TaskState.Open && task.OpenedAt < since && task.DueAt is not null)
            .Select(task => PutOff(task, file.Calendar, rest)).ToList();
        var items = file.Items.Where(item => item.ClosedAt is null && item.OpenedAt < since).ToList();
        foreach (var item in items)
        {
            item.RestedDays += today.DayNumber - from.DayNumber;
            if (rest.Days > 0 && item.NextEntryDueAt is { } next) item.NextEntryDueAt = file.Calendar.Shift(next, rest);
        }

        return rest.Days == 0
            ? new Resumption(0, tasks, [], [])
            : new Resumption(
                rest.Days,
                tasks,
                [.. items.Where(item => item.DueOn is not null)
                    .Select(item => (item, PutOff(item, file.Calendar, rest)))],
                [.. file.Phases.Where(phase => phase.LeftAt is null)
                    .Select(phase => (phase, PutOff(phase, file.Calendar, rest)))]);
    }

    private static DateMove PutOff(TrackedItem item, WorkingCalendar calendar, WorkingDuration rest)
    {
        var before = item.DueOn!.Value;
        item.DueOn = calendar.Add(before, rest);
        return new DateMove(before, item.DueOn.Value);
    }

    private static DateMove PutOff(PlanPhase phase, WorkingCalendar calendar, WorkingDuration rest)
    {
        var (from, to) = (phase.PlannedFrom, phase.PlannedTo);
        phase.PlannedTo = calendar.Add(to, rest);
        if (phase.EnteredAt is null) phase.PlannedFrom = calendar.Add(from, rest);
        return new DateMove(to, phase.PlannedTo, from, phase.PlannedFrom, phase.Key);
    }

    private static DueShift<WorkTask> PutOff(WorkTask task, WorkingCalendar calendar, WorkingDuration rest)
    {
        var before = task.DueBeforeRest ?? task.DueAt!.Value;
        task.DueBeforeRest = null;
        var stood = task.DueBasis is { Meeting: not null, PassedOn: null } basis && basis.Due(calendar) == before;
        if (rest.Days > 0) task.DueBasis = task.DueBasis?.PutOff(rest.Days);
        task.DueAt = rest.Days == 0 ? before : stood ? task.DueBasis!.Due(calendar) : calendar.Shift(before, rest);
        return new DueShift<WorkTask>(task, before, task.DueAt.Value);
    }
}
