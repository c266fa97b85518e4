namespace Consultation.Cases.Calendar;

/// <summary>A due time that a calendar edit would move.</summary>
/// <typeparam name="T">What is due: a task, a tracked item.</typeparam>
/// <param name="Subject">What is due.</param>
/// <param name="Before">Due now.</param>
/// <param name="After">Due under the new calendar, or the end of the next working day when that has passed
/// already.</param>
/// <param name="Passed">The new calendar's time has passed already.</param>
public sealed record DueShift<T>(T Subject, DateTimeOffset Before, DateTimeOffset After, bool Passed = false);

/// <summary>Finds what a calendar edit would move. Pure: nothing is changed.</summary>
public static class DueShifts
{
    /// <summary>
    /// Those whose due time differs under the new calendar. What has no basis, had passed its planned day, or does not
    /// stand at its basis (moved by hand), stays; so does what was overdue and would be overdue all the same.
    /// </summary>
    public static IReadOnlyList<DueShift<T>> Of<T>(
        IEnumerable<T> subjects, Func<T, (DateTimeOffset? DueAt, DueBasis? Basis)> due, WorkingCalendar before,
        WorkingCalendar after, DateTimeOffset now) =>
        [.. subjects.Select(subject => Shift(subject, due(subject), before, after, now)).OfType<DueShift<T>>()];

    /// <summary>A day that somebody named: the next working day when the edit takes it off, otherwise itself.</summary>
    public static DateOnly Named(DateOnly day, WorkingCalendar before, WorkingCalendar after) =>
        before.IsWorkingDay(day) && !after.IsWorkingDay(day)
        ? after.Add(day, new WorkingDuration(0, DayCount.WorkingDays))
        : day;

    /// <summary>
    /// A day planned so many working days after the plan's start: as many after it by the new calendar (P14).
    /// </summary>
    public static DateOnly Planned(DateOnly day, DateOnly start, WorkingCalendar before, WorkingCalendar after) =>
        day < start
        ? day
        : after.Add(start, new WorkingDuration(before.WorkingDaysBetween(start, day), DayCount.WorkingDays));

    private static DueShift<T>? Shift<T>(
        T subject, (DateTimeOffset? DueAt, DueBasis? Basis) due, WorkingCalendar before, WorkingCalendar after,
        DateTimeOffset now)
    {
        if (due.DueAt is not { } dueAt || due.Basis is not { PassedOn: null } basis || basis.Due(before) != dueAt)
        {
            return null;
        }

        var moved = basis.Due(after);
        return moved == dueAt || (moved <= now && dueAt <= now) ? null
            : moved > now ? new(subject, dueAt, moved)
            : new(subject, dueAt, after.DueAfter(now, new WorkingDuration(1, DayCount.WorkingDays)), Passed: true);
    }
}
