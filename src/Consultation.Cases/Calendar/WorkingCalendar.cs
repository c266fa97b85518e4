namespace Consultation.Cases.Calendar;

/// <summary>
/// Working days of one organisation: Monday to Friday, less public holidays, plus make-up days (O4). Immutable.
/// </summary>
public sealed class WorkingCalendar
{
    /// <summary>Days off until then may belong to the New Year of the year before.</summary>
    private const int DaysOfNewYear = 7;

    private readonly Dictionary<DateOnly, CalendarDayKind> _exceptions;
    private readonly Dictionary<DateOnly, string> _names;
    private readonly Lazy<HashSet<int>> _known;

    /// <summary>Takes the exceptions of the weekly rhythm and the zone in which days begin.</summary>
    public WorkingCalendar(IEnumerable<CalendarDay> exceptions, TimeZoneInfo zone)
    {
        exceptions = [.. exceptions];
        _exceptions = exceptions.ToDictionary(day => day.Date, day => day.Kind);
        _names = exceptions.Where(day => day.Name.Length > 0).ToDictionary(day => day.Date, day => day.Name);
        _known = new(() => [.. _exceptions.Keys.Where(day => day.DayOfYear > DaysOfNewYear).Select(day => day.Year)]);
        Zone = zone;
    }

    /// <summary>The zone in which days begin and end.</summary>
    public TimeZoneInfo Zone { get; }

    /// <summary>True when people work on the day.</summary>
    public bool IsWorkingDay(DateOnly day) => _exceptions.TryGetValue(day, out var kind)
        ? kind == CalendarDayKind.MakeUpWorkday
        : day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    /// <summary>What a day off is called: the holiday, or the day of the week.</summary>
    public LocalText WhyOff(DateOnly day)
    {
        var (zh, en) = day.DayOfWeek == DayOfWeek.Saturday ? ("周六", "a Saturday")
            : day.DayOfWeek == DayOfWeek.Sunday ? ("周日", "a Sunday") : ("节假日", "a holiday");
        return _exceptions.ContainsKey(day) && _names.GetValueOrDefault(day) is { } name
            ? new($"{name}假期", $"a holiday ({name})") : new(zh, en);
    }

    /// <summary>
    /// Years between two days, both included, whose holidays nobody has entered: days in them count from Monday to
    /// Friday only. A few days at New Year come with the year before and make no year known.
    /// </summary>
    public IReadOnlyList<int> UnknownYears(DateOnly from, DateOnly to) =>
        to < from ? []
        : [.. Enumerable.Range(from.Year, to.Year - from.Year + 1).Where(year => !_known.Value.Contains(year))];

    /// <summary>The local day of an instant.</summary>
    public DateOnly DayOf(DateTimeOffset instant) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Zone).DateTime);

    /// <summary>
    /// The day that lies so many days after (or before, when negative direction or a negative span) a day. Zero working
    /// days from a day off is the next working day.
    /// </summary>
    public DateOnly Add(DateOnly from, WorkingDuration duration, int direction = 1)
    {
        if (duration.Days < 0) return Add(from, duration with { Days = -duration.Days }, -direction);
        if (duration.Count == DayCount.CalendarDays)
        {
            return from.AddDays(duration.Days * direction);
        }

        var day = from;
        for (var left = duration.Days; left > 0;)
        {
            day = day.AddDays(direction);
            left -= IsWorkingDay(day) ? 1 : 0;
        }

        while (!IsWorkingDay(day))
        {
            day = day.AddDays(direction);
        }

        return day;
    }

    /// <summary>
    /// The working day so many working days later, or earlier when the number is negative; itself for 0 when it is one.
    /// </summary>
    public DateOnly Move(DateOnly day, int workingDays) =>
        Add(day, new WorkingDuration(Math.Abs(workingDays), DayCount.WorkingDays), workingDays < 0 ? -1 : 1);

    /// <summary>
    /// End of the working day (18:00 local) that lies so many days after an instant: when something asked for at that
    /// instant is due.
    /// </summary>
    public DateTimeOffset DueAfter(DateTimeOffset from, WorkingDuration duration) => DueAfter(DayOf(from), duration);

    /// <summary>End of the working day (18:00 local) that lies so many days after a day.</summary>
    public DateTimeOffset DueAfter(DateOnly from, WorkingDuration duration) =>
        At(Add(from, duration), new TimeOnly(18, 0));

    /// <summary>
    /// The instant so many days later (earlier with direction -1), at the same local time of day; on a working day when
    /// working days are counted.
    /// </summary>
    public DateTimeOffset Shift(DateTimeOffset from, WorkingDuration duration, int direction = 1)
    {
        var local = TimeZoneInfo.ConvertTime(from, Zone).DateTime;
        return At(Add(DateOnly.FromDateTime(local), duration, direction), TimeOnly.FromDateTime(local));
    }

    /// <summary>
    /// A local day and time as an instant. A time that the clock skips is moved forward by what it skips.
    /// </summary>
    public DateTimeOffset At(DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time);
        if (Zone.IsInvalidTime(local))
        {
            local += Zone.GetUtcOffset(local.AddHours(2)) - Zone.GetUtcOffset(local.AddHours(-2));
        }

        return new DateTimeOffset(local, Zone.GetUtcOffset(local)).ToUniversalTime();
    }

    /// <summary>
    /// Working days after <paramref name="from"/> up to and including <paramref name="to"/>; negative when to lies
    /// before from.
    /// </summary>
    public int WorkingDaysBetween(DateOnly from, DateOnly to)
    {
        if (to < from)
        {
            return -WorkingDaysBetween(to, from);
        }

        var count = 0;
        for (var day = from.AddDays(1); day <= to; day = day.AddDays(1))
        {
            count += IsWorkingDay(day) ? 1 : 0;
        }

        return count;
    }
}
