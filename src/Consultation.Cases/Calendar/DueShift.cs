using System.Globalization;

namespace Consultation.Cases.Calendar;

/// <summary>
/// What a due time was computed from: a duration and the instant it counts from. Written "5wd from 2026-03-01T02:00:00Z" and kept with the
/// timer, so that a calendar edit can show and move what it affects (architecture section 5).
/// </summary>
/// <param name="Within">The duration.</param>
/// <param name="From">The instant it counts from.</param>
public readonly record struct DueBasis(WorkingDuration Within, DateTimeOffset From)
{
    /// <summary>The due time under a calendar: end of the working day.</summary>
    public DateTimeOffset Due(WorkingCalendar calendar) => calendar.DueAfter(From, Within);

    /// <summary>Reads the stored form.</summary>
    public static bool TryParse(string? text, out DueBasis basis)
    {
        basis = default;
        if (text?.Split(" from ", 2) is not [var within, var from]
            || !WorkingDuration.TryParse(within, out var duration)
            || !DateTimeOffset.TryParse(from, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant))
        {
            return false;
        }

        basis = new(duration, instant);
        return true;
    }

    /// <summary>The stored form.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Within} from {From.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}");

    /// <summary>For people: "自2026年3月1日起5个工作日".</summary>
    public LocalText Describe(WorkingCalendar calendar)
    {
        var day = calendar.DayOf(From);
        var (zh, en) = Within.Count == DayCount.WorkingDays ? ("个工作日", "working days") : ("天", "days");
        return new($"自{day.Year}年{day.Month}月{day.Day}日起 {Within.Days} {zh}", $"{Within.Days} {en} from {day:yyyy-MM-dd}");
    }
}

/// <summary>A due time that a calendar edit would move.</summary>
/// <typeparam name="T">What is due: a task, a tracked item.</typeparam>
/// <param name="Subject">What is due.</param>
/// <param name="Before">Due now.</param>
/// <param name="After">Due under the new calendar, or the end of the next working day when that has passed already.</param>
/// <param name="Passed">The new calendar's time has passed already.</param>
public sealed record DueShift<T>(T Subject, DateTimeOffset Before, DateTimeOffset After, bool Passed = false);

/// <summary>Finds what a calendar edit would move. Pure: nothing is changed.</summary>
public static class DueShifts
{
    /// <summary>
    /// Those whose due time differs under the new calendar. What has no readable basis, or does not stand at its basis (moved by hand), stays; so does
    /// what was overdue and would be overdue all the same.
    /// </summary>
    public static IReadOnlyList<DueShift<T>> Of<T>(
        IEnumerable<T> subjects, Func<T, (DateTimeOffset? DueAt, string? Basis)> due, WorkingCalendar before, WorkingCalendar after, DateTimeOffset now) =>
        [.. subjects.Select(subject => Shift(subject, due(subject), before, after, now)).OfType<DueShift<T>>()];

    private static DueShift<T>? Shift<T>(
        T subject, (DateTimeOffset? DueAt, string? Basis) due, WorkingCalendar before, WorkingCalendar after, DateTimeOffset now)
    {
        if (due.DueAt is not { } dueAt || !DueBasis.TryParse(due.Basis, out var basis) || basis.Due(before) != dueAt)
        {
            return null;
        }

        var moved = basis.Due(after);
        return moved == dueAt || (moved <= now && dueAt <= now) ? null
            : moved > now ? new(subject, dueAt, moved)
            : new(subject, dueAt, after.DueAfter(now, new WorkingDuration(1, DayCount.WorkingDays)), Passed: true);
    }
}
