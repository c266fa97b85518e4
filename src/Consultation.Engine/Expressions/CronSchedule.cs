using System.Numerics;
using Consultation.Engine.Expressions.Cron;

namespace Consultation.Engine.Expressions;

/// <summary>
/// A repeating time as Elsa writes it: five fields (minute hour day month weekday) or six (seconds first), with
/// <c>* , - / ? L W #</c>, names of months and weekdays, and <c>@hourly @daily @midnight @weekly @monthly @yearly
/// @annually @every_minute @every_second</c>. If both day and weekday are restricted, both must hold.
/// </summary>
public sealed class CronSchedule
{
    /// <summary>The Gregorian calendar repeats after 28 years unless a century lies between; 40 covers that.</summary>
    private const int YearsSearched = 40;

    private readonly CronFields _fields;

    private CronSchedule(string text, CronFields fields)
    {
        Text = text;
        _fields = fields;
    }

    /// <summary>The expression as given.</summary>
    public string Text { get; }

    /// <summary>Reads an expression.</summary>
    /// <exception cref="ExpressionException">It is not valid; the message names the field and what it may
    /// hold.</exception>
    public static CronSchedule Parse(string expression)
    {
        ArgumentNullException.ThrowIfNull(expression);
        return new CronSchedule(expression, CronParser.Parse(expression));
    }

    /// <summary>
    /// The first time after <paramref name="after"/>, in the offset the zone has then; null if there is none within
    /// 40 years (30 February). A time that a clock change skips happens at the moment of the change. A time that a
    /// clock change repeats happens once, the first time, except that schedules repeating within the hour keep their
    /// rhythm.
    /// </summary>
    public DateTimeOffset? Next(DateTimeOffset after, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var from = TimeZoneInfo.ConvertTime(after, zone);
        var local = NextLocal(Truncate(from.DateTime).AddSeconds(1));
        if (_fields.RepeatsWithinHour)
        {
            // In the repeated hour the clock shows times again that have gone by; search each half on its own offset.
            var candidate = local is { } first ? Settle(first, zone, from.Offset) : null;
            var changed = NextInRepeatedHour(after, zone, from, candidate);
            return changed ?? candidate;
        }

        while (local is { } time)
        {
            var instant = Settle(time, zone, null);
            if (instant > after) return instant;
            local = NextLocal(time.AddSeconds(1));
        }

        return null;
    }

    private static DateTime Truncate(DateTime time) =>
        new(time.Ticks - (time.Ticks % TimeSpan.TicksPerSecond), DateTimeKind.Unspecified);

    private static DateTimeOffset? Settle(DateTime time, TimeZoneInfo zone, TimeSpan? preferred)
    {
        if (zone.IsInvalidTime(time))
        {
            var before = zone.GetUtcOffset(time.AddHours(-3));
            var moved = new DateTimeOffset(time, before).ToUniversalTime();
            // The moment of the change: the last second of the old offset plus one.
            var low = moved.AddHours(-3);
            var high = moved.AddHours(3);
            while (high - low > TimeSpan.FromSeconds(1))
            {
                var middle = low + ((high - low) / 2);
                if (zone.GetUtcOffset(middle) == before) low = middle;
                else high = middle;
            }

            var change = new DateTimeOffset(high.Ticks - (high.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
            return TimeZoneInfo.ConvertTime(change, zone);
        }

        if (!zone.IsAmbiguousTime(time)) return new DateTimeOffset(time, zone.GetUtcOffset(time));
        var offsets = zone.GetAmbiguousTimeOffsets(time);
        if (preferred is { } offset && Array.IndexOf(offsets, offset) >= 0) return new DateTimeOffset(time, offset);
        return new DateTimeOffset(time, offsets.Max());
    }

    private DateTimeOffset? NextInRepeatedHour(
        DateTimeOffset after, TimeZoneInfo zone, DateTimeOffset from, DateTimeOffset? candidate)
    {
        if (!zone.SupportsDaylightSavingTime) return null;
        // The clock goes back within the gap between now and the candidate: the repeated hour may hold an earlier time.
        var end = candidate ?? after.AddHours(3);
        if (end - after > TimeSpan.FromHours(4) || zone.GetUtcOffset(end) >= from.Offset) return null;
        var offset = zone.GetUtcOffset(end);
        var low = after;
        var high = end;
        while (high - low > TimeSpan.FromMilliseconds(500))
        {
            var middle = low + ((high - low) / 2);
            if (zone.GetUtcOffset(middle) == from.Offset) low = middle;
            else high = middle;
        }

        var change = new DateTimeOffset(high.Ticks - (high.Ticks % TimeSpan.TicksPerSecond), high.Offset);
        var local = NextLocal(change.ToOffset(offset).DateTime);
        if (local is not { } time) return null;
        var instant = new DateTimeOffset(time, offset);
        return candidate is null || instant < candidate ? instant : null;
    }

    /// <summary>The first matching clock time at or after <paramref name="start"/>, without regard to zones.</summary>
    private DateTime? NextLocal(DateTime start)
    {
        var day = start.Date;
        var lastYear = Math.Min(start.Year + YearsSearched, 9998);
        var seconds = (int)(start - day).TotalSeconds;
        while (day.Year <= lastYear)
        {
            if ((_fields.Months >> day.Month & 1) == 0)
            {
                day = new DateTime(day.Year, day.Month, 1).AddMonths(1);
                seconds = 0;
                continue;
            }

            if (_fields.MatchesDay(day) && NextInDay(seconds) is { } found) return day.AddSeconds(found);
            day = day.AddDays(1);
            seconds = 0;
        }

        return null;
    }

    private int? NextInDay(int start)
    {
        var (hour, minute, second) = (start / 3600, start / 60 % 60, start % 60);
        var nextSecond = NextBit(_fields.Seconds, second);
        if (nextSecond < 0)
        {
            minute++;
            nextSecond = NextBit(_fields.Seconds, 0);
        }

        var nextMinute = minute > 59 ? -1 : NextBit(_fields.Minutes, minute);
        if (nextMinute != minute) nextSecond = NextBit(_fields.Seconds, 0);
        if (nextMinute < 0)
        {
            hour++;
            nextMinute = NextBit(_fields.Minutes, 0);
        }

        var nextHour = hour > 23 ? -1 : NextBit(_fields.Hours, hour);
        if (nextHour < 0) return null;
        if (nextHour != hour)
        {
            nextMinute = NextBit(_fields.Minutes, 0);
            nextSecond = NextBit(_fields.Seconds, 0);
        }

        return (nextHour * 3600) + (nextMinute * 60) + nextSecond;
    }

    private static int NextBit(ulong bits, int from)
    {
        var rest = from > 63 ? 0 : bits >> from << from;
        return rest == 0 ? -1 : BitOperations.TrailingZeroCount(rest);
    }
}
