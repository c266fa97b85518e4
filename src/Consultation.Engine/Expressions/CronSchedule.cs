using Cronos;

namespace Consultation.Engine.Expressions;

/// <summary>
/// A repeating time as Elsa writes it: five fields (minute hour day month weekday) or six (seconds first), with
/// <c>* , - / ? L W #</c>, names of months and weekdays, and <c>@hourly @daily @midnight @weekly @monthly @yearly
/// @annually @every_minute @every_second</c>. If both day and weekday are restricted, both must hold.
/// </summary>
public sealed class CronSchedule
{
    /// <summary>Times are looked for up to the end of this year; the next one has no days after its last.</summary>
    private const int LastYear = 9998;

    private readonly CronExpression _times;

    private CronSchedule(string text, CronExpression times)
    {
        Text = text;
        _times = times;
    }

    /// <summary>The expression as given.</summary>
    public string Text { get; }

    /// <summary>Reads an expression.</summary>
    /// <exception cref="ExpressionException">
    /// It is not valid; the message names the field and what it may hold.
    /// </exception>
    public static CronSchedule Parse(string expression)
    {
        ArgumentNullException.ThrowIfNull(expression);
        return new CronSchedule(expression, CronText.Read(expression));
    }

    /// <summary>
    /// The first time after <paramref name="after"/>, in the offset the zone has then; null if there is none (30
    /// February). A time that a clock change skips happens at the moment of the change. A time that a clock change
    /// repeats happens once, the first time, except that schedules repeating within the hour keep their rhythm.
    /// </summary>
    public DateTimeOffset? Next(DateTimeOffset after, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        return after.UtcDateTime.Year > LastYear ? null : _times.GetNextOccurrence(after, zone);
    }
}
