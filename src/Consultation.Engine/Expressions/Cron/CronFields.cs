namespace Consultation.Engine.Expressions.Cron;

/// <summary>The allowed values as bit sets, and the rules for days that depend on the month.</summary>
internal sealed class CronFields
{
    public ulong Seconds { get; set; }

    public ulong Minutes { get; set; }

    public ulong Hours { get; set; }

    public ulong Days { get; set; }

    public ulong Months { get; set; }

    /// <summary>0 is Sunday.</summary>
    public ulong Weekdays { get; set; }

    /// <summary><c>L</c> or <c>L-n</c>: n days before the last of the month; -1 if not used.</summary>
    public int DaysBeforeLast { get; set; } = -1;

    /// <summary><c>W</c>: the working weekday nearest to the day.</summary>
    public bool NearestWeekday { get; set; }

    /// <summary><c>5L</c>: the last such weekday of the month.</summary>
    public bool LastWeekday { get; set; }

    /// <summary><c>1#2</c>: the second such weekday of the month; 0 if not used.</summary>
    public int NthWeekday { get; set; }

    /// <summary>True if seconds, minutes or hours are given as a star, a range or a step, as for an interval.</summary>
    public bool RepeatsWithinHour { get; set; }

    public bool MatchesDay(DateTime day) => MatchesDayOfMonth(day) && MatchesWeekday(day);

    private bool MatchesWeekday(DateTime day)
    {
        if ((Weekdays >> (int)day.DayOfWeek & 1) == 0) return false;
        if (NthWeekday > 0) return ((day.Day - 1) / 7) + 1 == NthWeekday;
        return !LastWeekday || day.Day + 7 > DateTime.DaysInMonth(day.Year, day.Month);
    }

    private bool MatchesDayOfMonth(DateTime day)
    {
        var length = DateTime.DaysInMonth(day.Year, day.Month);
        if (DaysBeforeLast >= 0)
        {
            var wanted = length - DaysBeforeLast;
            if (wanted < 1) return false;
            return day.Day == (NearestWeekday ? Nearest(day, wanted, length) : wanted);
        }

        if (!NearestWeekday) return (Days >> day.Day & 1) != 0;
        for (var candidate = 1; candidate <= length; candidate++)
        {
            if ((Days >> candidate & 1) != 0 && day.Day == Nearest(day, candidate, length)) return true;
        }

        return false;
    }

    private static int Nearest(DateTime month, int day, int length)
    {
        var weekday = new DateTime(month.Year, month.Month, day).DayOfWeek;
        return weekday switch
        {
            DayOfWeek.Saturday => day == 1 ? 3 : day - 1,
            DayOfWeek.Sunday => day == length ? day - 2 : day + 1,
            _ => day,
        };
    }
}
