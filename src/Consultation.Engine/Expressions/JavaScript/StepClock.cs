using System.Globalization;
using System.Text.RegularExpressions;
using Jint.Runtime;

namespace Consultation.Engine.Expressions.JavaScript;

/// <summary>
/// The time of the step, which stands still during an evaluation, in the zone of its run; and the reading of dates, as
/// ECMA-262 and, for all other texts, as Node.js does it.
/// </summary>
internal sealed partial class StepClock(IExpressionScope scope)
    : DefaultTimeSystem(scope.Zone, CultureInfo.InvariantCulture)
{
    private const int LongestText = 100;

    private static readonly string[] Months =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    public override DateTimeOffset GetUtcNow() => scope.Now.ToUniversalTime();

    public override bool TryParse(string date, out long epochMilliseconds)
    {
        double? time = null;
        var text = date.Trim();
        if (text.Length is > 0 and <= LongestText)
        {
            if (IsoText().Match(text) is { Success: true } iso) time = OfIso(iso);
            else if (!IsoStart().IsMatch(text)) time = OfOther(text);
        }

        epochMilliseconds = (long)(time ?? 0);
        return time is >= -8.64e15 and <= 8.64e15;
    }

    private double? OfIso(Match match)
    {
        double Part(int group, double otherwise) => match.Groups[group].Length == 0
            ? otherwise
            : double.Parse(match.Groups[group].ValueSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var fraction = match.Groups[7].Value;
        var ms = fraction.Length == 0 ? 0 : Milliseconds(fraction);
        var (hour, minute, second) = (Part(4, 0), Part(5, 0), Part(6, 0));
        if (match.Groups[1].Value == "-000000" || hour > 24 || minute > 59 || second > 59) return null;
        if (hour == 24 && minute + second + ms > 0) return null;
        var zone = match.Groups[8].Value;

        // A day alone is meant in UTC, a day with time in local time.
        double? offset = zone.Length > 1 ? OffsetOf(zone) : zone == "Z" || match.Groups[4].Length == 0 ? 0 : null;
        return Time(Part(1, 0), Part(2, 1), Part(3, 1), ((hour * 60) + minute) * 60 + second, ms, offset);
    }

    private static double Milliseconds(string fraction) =>
        Math.Floor((double.Parse("0." + fraction, CultureInfo.InvariantCulture) * 1000) + 1e-7);

    /// <summary>
    /// Everything else, as browsers have come to read it: <c>Mar 7, 2026 10:00</c>, <c>2026/3/7</c>, <c>3/7/2026</c>.
    /// </summary>
    private double? OfOther(string text)
    {
        var numbers = new List<double>();
        var clock = new List<double>();
        double? offset = null;
        var (month, afternoon, ms) = (0, (bool?)null, 0d);
        foreach (Match word in Words().Matches(Remarks().Replace(text, " ")))
        {
            var part = word.Value;
            if (word.Groups["clock"].Success)
            {
                var pieces = part.Split(':', '.');
                clock.AddRange(pieces.Take(3).Select(piece => double.Parse(piece, CultureInfo.InvariantCulture)));
                if (pieces.Length > 3) ms = Milliseconds(pieces[3]);
            }
            else if (word.Groups["offset"].Success && (clock.Count > 0 || offset is not null)) offset = OffsetOf(part);
            else if (word.Groups["offset"].Success && part.Contains(':', StringComparison.Ordinal)) return null;
            else if (word.Groups["offset"].Success || word.Groups["number"].Success)
            {
                numbers.Add(double.Parse(part.TrimStart('+', '-'), CultureInfo.InvariantCulture));
            }
            else if (word.Groups["word"].Success)
            {
                var name = part.ToLowerInvariant();
                var known = name.Length >= 3 ? Array.IndexOf(Months, name[..3]) : -1;
                if (known >= 0) month = known + 1;
                else if (name is "am" or "pm") afternoon = name == "pm";
                else if (name is "gmt" or "utc" or "ut" or "z") offset = 0;
                else if (numbers.Count > 0 && name != "t") return null;
            }
            else if (word.Groups["other"].Success) return null;
        }

        if (numbers.Count is 0 or > 3 || clock.Count == 1) return null;
        if (Day(numbers, month) is not { } day || Clock(clock, afternoon) is not { } seconds) return null;
        return Time(day.Year, day.Month, day.Day, seconds, ms, offset);
    }

    private static (double Year, double Month, double Day)? Day(List<double> numbers, int month)
    {
        while (numbers.Count < 3) numbers.Add(1);
        var (a, b, c) = (numbers[0], numbers[1], numbers[2]);
        var isDay = a is >= 1 and <= 31;
        var (year, foundMonth, day) = month > 0
            ? isDay ? (b, month, a) : (a, month, b)
            : isDay ? (c, a, b) : (a, b, c);
        if (year is >= 0 and <= 49) year += 2000;
        else if (year is >= 50 and <= 99) year += 1900;
        return foundMonth is >= 1 and <= 12 && day is >= 1 and <= 31 ? (year, foundMonth, day) : null;
    }

    private static double? Clock(List<double> clock, bool? afternoon)
    {
        if (clock.Count == 0) return afternoon is null ? 0 : null;
        var (hour, minute, second) = (clock[0], clock[1], clock.Count > 2 ? clock[2] : 0);
        if (afternoon is { } late)
        {
            if (hour is < 1 or > 12) return null;
            hour = (hour % 12) + (late ? 12 : 0);
        }

        return hour > 24 || minute > 59 || second > 59 ? null : (((hour * 60) + minute) * 60) + second;
    }

    private static double OffsetOf(string zone)
    {
        var digits = zone[1..].Replace(":", "", StringComparison.Ordinal);
        var number = int.Parse(digits, CultureInfo.InvariantCulture);
        var minutes = digits.Length <= 2 ? number * 60 : (number / 100 * 60) + (number % 100);
        return zone[0] == '-' ? -minutes : minutes;
    }

    /// <summary>Milliseconds since 1970; without an offset in minutes, local time is meant.</summary>
    private double? Time(double year, double month, double day, double seconds, double ms, double? offset)
    {
        if (month is < 1 or > 12 || day is < 1 or > 31 || Math.Abs(year) > 275_760) return null;

        // Any year, by way of one that falls alike: the calendar repeats after 400.
        var alike = 2000 + (((int)year % 400) + 400) % 400;
        var days = (new DateTime(alike, (int)month, 1) - DateTime.UnixEpoch).TotalDays + day - 1;
        days += (year - alike) / 400 * 146_097;
        var time = (((days * 86_400) + seconds) * 1000) + ms;
        if (offset is { } minutes) return time - (minutes * 60_000);
        var guess = time - GetUtcOffset((long)time).TotalMilliseconds;
        return time - GetUtcOffset((long)guess).TotalMilliseconds;
    }

    [GeneratedRegex(
        @"^([+-]\d{6}|\d{4})(?:-(\d{2})(?:-(\d{2}))?)?"
        + @"(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?(Z|[+-]\d{2}:?\d{2})?$")]
    private static partial Regex IsoText();

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}T")]
    private static partial Regex IsoStart();

    [GeneratedRegex(@"\([^()]*\)|,")]
    private static partial Regex Remarks();

    [GeneratedRegex(
        @"(?<clock>\d{1,2}:\d{1,2}(?::\d{1,2}(?:\.\d{1,9})?)?)"
        + @"|(?<offset>[+-]\d{2}:?\d{2}(?!\d)|[+-]\d{1,2}(?![\d/-]))"
        + @"|(?<number>\d+)|(?<word>[A-Za-z]+)|(?<other>[^\s/.T-])")]
    private static partial Regex Words();
}
