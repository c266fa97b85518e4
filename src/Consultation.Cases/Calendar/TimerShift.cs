using Consultation.Cases.Tasks;
using static Consultation.Cases.Calendar.IsoDay;

namespace Consultation.Cases.Calendar;

/// <summary>A task's due time that was moved.</summary>
/// <param name="Task">The task, as it is now.</param>
/// <param name="Before">When it was due.</param>
/// <param name="BasisBefore">What that was computed from.</param>
public sealed record DueMove(WorkTask Task, DateTimeOffset Before, string? BasisBefore);

/// <summary>When a timer fires, and what that was computed from.</summary>
public sealed record TimerSetting(DateTimeOffset At, string Basis);

/// <summary>
/// Finds where running timers go when what they were computed from moves: by an edit of the calendar or a change of the
/// plan (architecture section 5, P70). Pure; a timer says in its basis what it is.
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
        string basis, DueMove move, PolicySet policies, WorkingCalendar before, WorkingCalendar after,
        DateTimeOffset now)
    {
        var task = move.Task;
        if (task.DueAt is not { } due) return null;
        if (Next(basis, task, policies, move.Before, before, now) is { } was
            && Next(basis, task, policies, due, after, now) is { } next)
        {
            return next == was ? null : new(
                next, basis.Replace(Iso(before.DayOf(move.Before)), Iso(after.DayOf(due)), StringComparison.Ordinal));
        }

        return due != move.Before && Stem(basis) == Stem(move.BasisBefore) ? new(due, task.DueBasis ?? "") : null;
    }

    /// <summary>
    /// The new setting of a timer that watches over the end of a phase, as <see cref="SlipBasis"/> names it; null for
    /// other timers.
    /// </summary>
    public static TimerSetting? OfSlip(
        string basis, DateOnly endBefore, DateOnly end, WorkingCalendar calendar, DateTimeOffset now)
    {
        if (basis.Split(" after ") is not [var grace, var day] || day != Iso(endBefore)
            || !WorkingDuration.TryParse(grace, out var wait))
        {
            return null;
        }
        var at = calendar.DueAfter(calendar.At(end, TimeOnly.MinValue), wait);
        return new(at > now ? at : now, SlipBasis(grace, end));
    }

    /// <summary>What a timer over a phase was computed from: the grace, e.g. "0wd", and the planned last day.</summary>
    public static string SlipBasis(string grace, DateOnly end) => $"{grace} after {Iso(end)}";

    /// <summary>
    /// When a reminder or rung timer would fire, by what it says it was computed from; null for other timers.
    /// </summary>
    private static DateTimeOffset? Next(
        string basis, WorkTask task, PolicySet policies, DateTimeOffset due, WorkingCalendar calendar,
        DateTimeOffset now) => basis.Split(' ') switch
        {
            ["policy", var key, ..] when policies.Reminders.GetValueOrDefault(key.TrimEnd(';')) is { } policy =>
                ReminderClock.Next(policy, due, task.RemindersSent, calendar, now),
            ["ladder", var key, ..] when policies.Ladders.GetValueOrDefault(key) is { } ladder
                && task.Rung < ladder.Rungs.Count =>
                LadderPosition.RungAt(ladder.Rungs[task.Rung], due, calendar),
            _ => null,
        };

    /// <summary>What a due time was computed from, without what happened to it since.</summary>
    private static string? Stem(string? basis) => basis?.Split(';')[0];
}
