using System.Globalization;

namespace Consultation.Cases.Calendar;

/// <summary>
/// What a due time was computed from: a duration and the instant it counts from. Written "5wd from
/// 2026-03-01T02:00:00Z" and kept with the timer, so that a calendar edit can show and move what it affects
/// (architecture section 5).
/// </summary>
/// <param name="Within">The duration.</param>
/// <param name="From">The instant it counts from.</param>
/// <param name="RestedDays">Working days by which it was put off because the case rested (O14).</param>
public readonly record struct DueBasis(WorkingDuration Within, DateTimeOffset From, int RestedDays = 0)
{
    private const string Rested = "; rested ";

    /// <summary>The due time under a calendar: end of the working day.</summary>
    public DateTimeOffset Due(WorkingCalendar calendar) => RestedDays == 0
        ? calendar.DueAfter(From, Within)
        : calendar.Shift(calendar.DueAfter(From, Within), new WorkingDuration(RestedDays, DayCount.WorkingDays));

    /// <summary>The stored form of something put off by so many more working days.</summary>
    public static string PutOff(string? text, int workingDays)
    {
        var parts = (text ?? "").Split(Rested, 2);
        return $"{parts[0]}{Rested}{new WorkingDuration(RestOf(parts) + workingDays, DayCount.WorkingDays)}";
    }

    /// <summary>Reads the stored form.</summary>
    public static bool TryParse(string? text, out DueBasis basis)
    {
        basis = default;
        var parts = (text ?? "").Split(Rested, 2);
        if (parts[0].Split(" from ", 2) is not [var within, var from]
            || !WorkingDuration.TryParse(within, out var duration)
            || !DateTimeOffset.TryParse(from, CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant))
        {
            return false;
        }

        basis = new(duration, instant, RestOf(parts));
        return true;
    }

    /// <summary>The stored form.</summary>
    public override string ToString()
    {
        var text = string.Create(
            CultureInfo.InvariantCulture, $"{Within} from {From.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}");
        return RestedDays == 0 ? text : PutOff(text, RestedDays);
    }

    /// <summary>For people: "自2026年3月1日起5个工作日".</summary>
    public LocalText Describe(WorkingCalendar calendar)
    {
        var day = calendar.DayOf(From);
        var (zh, en) = Within.Count == DayCount.WorkingDays ? ("个工作日", "working days") : ("天", "days");
        return new($"自{day.Year}年{day.Month}月{day.Day}日起 {Within.Days} {zh}",
            $"{Within.Days} {en} from {day:yyyy-MM-dd}");
    }

    private static int RestOf(string[] parts) =>
        parts is [_, var rest] && WorkingDuration.TryParse(rest, out var rested) ? rested.Days : 0;
}

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
    /// Those whose due time differs under the new calendar. What has no readable basis, or does not stand at its basis
    /// (moved by hand), stays; so does what was overdue and would be overdue all the same.
    /// </summary>
    public static IReadOnlyList<DueShift<T>> Of<T>(
        IEnumerable<T> subjects, Func<T, (DateTimeOffset? DueAt, string? Basis)> due, WorkingCalendar before,
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
        T subject, (DateTimeOffset? DueAt, string? Basis) due, WorkingCalendar before, WorkingCalendar after,
        DateTimeOffset now)
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
