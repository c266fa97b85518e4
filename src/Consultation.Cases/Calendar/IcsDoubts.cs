namespace Consultation.Cases.Calendar;

/// <summary>What looks odd about the days of a calendar, for whoever confirms them.</summary>
public static class IcsDoubts
{
    /// <summary>So many days off on weekdays of a year are more than nobody makes up for.</summary>
    private const int ManyWeekdaysOff = 10;

    /// <summary>True for Saturday and Sunday.</summary>
    public static bool IsWeekend(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    /// <summary>
    /// Make-up days on which people work anyway, years that are not begun or have none, more years than one.
    /// </summary>
    public static IReadOnlyList<LocalText> Of(IReadOnlyCollection<CalendarDayEntry> days)
    {
        var doubts = new List<LocalText>();
        foreach (var day in days.Where(day => day.Kind == CalendarDayKind.MakeUpWorkday && !IsWeekend(day.Date)))
        {
            doubts.Add(new(
                $"{Said(day)}标为上班，但那天本来就是工作日，请核对。",
                $"{IsoDay.Iso(day.Date)} “{day.Name}” is marked as a make-up day, but people work on that day anyway; "
                    + "please check."));
        }

        var years = days.GroupBy(day => day.Date.Year).OrderBy(year => year.Key).ToList();
        foreach (var year in years.Where(year =>
            year.Count(day => day.Kind == CalendarDayKind.Holiday && !IsWeekend(day.Date)) >= ManyWeekdaysOff
            && year.All(day => day.Kind == CalendarDayKind.Holiday)))
        {
            doubts.Add(new(
                $"{year.Key} 年没有一天调休上班，请核对日历是否完整。",
                $"{year.Key} has no make-up day at all; check whether the calendar is complete."));
        }

        if (years.Count > 1)
        {
            doubts.Add(new(
                $"文件含有 {string.Join('、', years.Select(year => year.Key))} 几年的日子，请核对。",
                $"The file holds days of {string.Join(", ", years.Select(year => year.Key))}; please check."));
        }

        return doubts;
    }

    /// <summary>
    /// Where the days differ from what the State Council published, between the first and the last of them; nothing for
    /// a year that is not known.
    /// </summary>
    /// <param name="days">The days of the file.</param>
    /// <param name="published">The published days of a year; none when it is not known.</param>
    public static IReadOnlyList<LocalText> AgainstPublished(
        IReadOnlyCollection<CalendarDayEntry> days, Func<int, IReadOnlyList<CalendarDayEntry>> published)
    {
        var doubts = new List<LocalText>();
        foreach (var year in days.GroupBy(day => day.Date.Year).OrderBy(year => year.Key))
        {
            var known = published(year.Key).ToDictionary(day => day.Date);
            if (known.Count == 0) continue;
            var read = year.ToDictionary(day => day.Date);
            doubts.AddRange(read.Values.Where(day => Differs(day, known.GetValueOrDefault(day.Date)))
                .Select(day => new LocalText(
                    $"{Said(day)}与国务院公布的安排不同，请核对。",
                    $"{IsoDay.Iso(day.Date)} “{day.Name}” differs from what the State Council published; please "
                        + "check.")));
            doubts.AddRange(known.Values.Where(day => !read.ContainsKey(day.Date) && Differs(day, null)
                    && day.Date > read.Keys.Min() && day.Date < read.Keys.Max())
                .Select(day => new LocalText(
                    $"国务院公布的{Said(day)}不在文件里，请核对。",
                    $"{IsoDay.Iso(day.Date)} “{day.Name}”, which the State Council published, is not in the file; "
                        + "please check.")));
        }

        return doubts;
    }

    /// <summary>True when people would work on the day in one of the two and not in the other.</summary>
    private static bool Differs(CalendarDayEntry day, CalendarDayEntry? other) =>
        Works(day.Date, day.Kind) != Works(day.Date, other?.Kind);

    private static bool Works(DateOnly day, CalendarDayKind? kind) =>
        kind is { } known ? known == CalendarDayKind.MakeUpWorkday : !IsWeekend(day);

    private static string Said(CalendarDayEntry day) => $"{day.Date.Year}年{day.Date.Month}月{day.Date.Day}日“{day.Name}”";
}
