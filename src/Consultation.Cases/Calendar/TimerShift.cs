using Consultation.Cases.Tasks;

namespace Consultation.Cases.Calendar;

/// <summary>A task's due time that was moved.</summary>
/// <param name="Task">The task, as it is now.</param>
/// <param name="Before">When it was due.</param>
/// <param name="BasisBefore">What that was computed from.</param>
public sealed record DueMove(WorkTask Task, DateTimeOffset Before, DueBasis? BasisBefore);

/// <summary>When a timer fires, and what that was computed from.</summary>
public sealed record TimerSetting(DateTimeOffset At, TimerBasis Basis);

/// <summary>
/// Finds where running timers go when what they were computed from moves: by an edit of the calendar or a change of the
/// plan (P70). Pure; a timer says in its basis what it is.
/// </summary>
public static class TimerShift
{
    /// <summary>The new setting of a due, reminder or rung timer; null when it stays.</summary>
    /// <param name="basis">What the timer says it was computed from.</param>
    /// <param name="move">The task and its due time before.</param>
    /// <param name="policies">Reminders and ladders by which it was set.</param>
    /// <param name="before">The calendar by which it was set.</param>
    /// <param name="after">The calendar now.</param>
    /// <param name="now">Nothing fires before this.</param>
    public static TimerSetting? Of(
        TimerBasis? basis, DueMove move, PolicySet policies, WorkingCalendar before, WorkingCalendar after,
        DateTimeOffset now)
    {
        if (move.Task.DueAt is not { } due) return null;
        if (basis is TimerBasis.Due { Of: { } counted })
        {
            return due != move.Before && counted.CountsLike(move.BasisBefore)
                ? new(due, new TimerBasis.Due(move.Task.DueBasis))
                : null;
        }

        return Next(basis, move.Task, policies, move.Before, before, now) is { } was
            && Next(basis, move.Task, policies, due, after, now) is { } next
            && next != was
                ? new(next, WithDue(basis!, after.DayOf(due)))
                : null;
    }

    /// <summary>The new setting of a timer that watches over the end of a phase; null for other timers.</summary>
    public static TimerSetting? OfSlip(
        TimerBasis? basis, DateOnly endBefore, DateOnly end, WorkingCalendar calendar, DateTimeOffset now)
    {
        if (basis is not TimerBasis.PhaseEnd watch || watch.Until != endBefore) return null;
        var at = calendar.DueAfter(end, watch.Grace);
        return new(at > now ? at : now, watch with { Until = end });
    }

    /// <summary>
    /// When a reminder or rung timer would fire, by what it says it was computed from; null for other timers.
    /// </summary>
    private static DateTimeOffset? Next(
        TimerBasis? basis, WorkTask task, PolicySet policies, DateTimeOffset due, WorkingCalendar calendar,
        DateTimeOffset now) => basis switch
        {
            TimerBasis.Reminder reminder when policies.Reminders.GetValueOrDefault(reminder.Policy) is { } policy =>
                ReminderClock.Next(policy, due, task.RemindersSent, calendar, now),
            TimerBasis.Rung rung when policies.Ladders.GetValueOrDefault(rung.Ladder) is { } ladder
                && task.Rung < ladder.Rungs.Count =>
                LadderPosition.RungAt(ladder.Rungs[task.Rung], due, calendar),
            _ => null,
        };

    private static TimerBasis WithDue(TimerBasis basis, DateOnly dueOn) => basis switch
    {
        TimerBasis.Reminder reminder => reminder with { DueOn = dueOn },
        TimerBasis.Rung rung => rung with { DueOn = dueOn },
        _ => basis,
    };
}
