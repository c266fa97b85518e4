using System.Globalization;

namespace Consultation.Engine.Expressions.Cron;

/// <summary>Reads the text of a cron expression into <see cref="CronFields"/>.</summary>
internal sealed class CronParser
{
    private const int MaxLength = 500;

    private static readonly string[] MonthNames =
        ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

    private static readonly string[] WeekdayNames = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    private readonly CronFields _fields = new();

    private readonly record struct Field(string Name, int Least, int Most, string[] Names, int FirstName);

    private static readonly Field Second = new("seconds", 0, 59, [], 0);
    private static readonly Field Minute = new("minutes", 0, 59, [], 0);
    private static readonly Field Hour = new("hours", 0, 23, [], 0);
    private static readonly Field Day = new("day of the month", 1, 31, [], 0);
    private static readonly Field Month = new("month", 1, 12, MonthNames, 1);
    private static readonly Field Weekday = new("day of the week", 0, 7, WeekdayNames, 0);

    public static CronFields Parse(string expression)
    {
        if (expression.Length > MaxLength) throw Wrong("The schedule is too long.", 1);
        var text = expression.Trim();
        if (text.StartsWith('@')) text = Macro(text);
        var parts = Split(text, expression.IndexOf(text, StringComparison.Ordinal));
        if (parts.Count is not (5 or 6))
        {
            throw Wrong(
                $"A schedule has 5 fields (minute hour day month weekday) or 6 (seconds first); this one has "
                    + $"{parts.Count}.",
                1);
        }

        return new CronParser().Read(parts);
    }

    private CronFields Read(List<(string Text, int Column)> parts)
    {
        var first = parts.Count - 5;
        _fields.Seconds = first == 1 ? Bits(parts[0], Second) : 1;
        _fields.Minutes = Bits(parts[first], Minute);
        _fields.Hours = Bits(parts[first + 1], Hour);
        _fields.Days = Days(parts[first + 2]);
        _fields.Months = Bits(parts[first + 3], Month);
        _fields.Weekdays = Weekdays(parts[first + 4]);
        _fields.RepeatsWithinHour =
            (first == 1 && IsInterval(parts[0])) || IsInterval(parts[first]) || IsInterval(parts[first + 1]);
        return _fields;
    }

    private static bool IsInterval((string Text, int Column) part) => part.Text.AsSpan().IndexOfAny("*-/") >= 0;

    private static string Macro(string text) => text.ToUpperInvariant() switch
    {
        "@EVERY_SECOND" => "* * * * * *",
        "@EVERY_MINUTE" => "* * * * *",
        "@HOURLY" => "0 * * * *",
        "@DAILY" or "@MIDNIGHT" => "0 0 * * *",
        "@WEEKLY" => "0 0 * * 0",
        "@MONTHLY" => "0 0 1 * *",
        "@YEARLY" or "@ANNUALLY" => "0 0 1 1 *",
        _ => throw Wrong($"\"{text}\" is not known; use @hourly, @daily, @weekly, @monthly or @yearly.", 1),
    };

    private static List<(string Text, int Column)> Split(string text, int offset)
    {
        var parts = new List<(string, int)>(6);
        var i = 0;
        while (i < text.Length)
        {
            if (char.IsWhiteSpace(text[i]))
            {
                i++;
                continue;
            }

            var start = i;
            while (i < text.Length && !char.IsWhiteSpace(text[i])) i++;
            parts.Add((text[start..i].ToUpperInvariant(), Math.Max(offset, 0) + start + 1));
        }

        return parts;
    }

    private ulong Days((string Text, int Column) part)
    {
        if (part.Text.StartsWith('L'))
        {
            var rest = part.Text[1..];
            if (rest.EndsWith('W'))
            {
                _fields.NearestWeekday = true;
                rest = rest[..^1];
            }

            _fields.DaysBeforeLast = rest.Length == 0 ? 0
                : rest[0] == '-' && int.TryParse(rest[1..], NumberStyles.None, CultureInfo.InvariantCulture, out var n)
                    && n <= 30 ? n
                : throw Wrong($"\"{part.Text}\" is not a day of the month; write L, LW or L-3.", part.Column);
            return ulong.MaxValue;
        }

        if (!part.Text.EndsWith('W')) return Bits(part, Day);
        _fields.NearestWeekday = true;
        return 1UL << Number(part.Text[..^1], Day, part.Column);
    }

    private ulong Weekdays((string Text, int Column) part)
    {
        var text = part.Text;
        var mark = text.IndexOf('#', StringComparison.Ordinal);
        if (mark > 0)
        {
            if (mark != text.Length - 2 || text[^1] is < '1' or > '5')
            {
                throw Wrong($"\"{text}\" is not a day of the week; write for example MON#2 for the second Monday.",
                    part.Column);
            }

            _fields.NthWeekday = text[^1] - '0';
            text = text[..mark];
        }
        else if (text.Length > 1 && text.EndsWith('L') && !text.Contains(','))
        {
            _fields.LastWeekday = true;
            text = text[..^1];
        }

        var bits = Bits((text, part.Column), Weekday);
        // Sunday is 0 and 7.
        return (bits >> 7 & 1) != 0 ? bits | 1 : bits;
    }

    private static ulong Bits((string Text, int Column) part, Field field)
    {
        var bits = 0UL;
        var column = part.Column;
        foreach (var item in part.Text.Split(','))
        {
            bits |= Item(item, field, column);
            column += item.Length + 1;
        }

        return bits;
    }

    private static ulong Item(string item, Field field, int column)
    {
        var slash = item.IndexOf('/', StringComparison.Ordinal);
        var range = slash < 0 ? item : item[..slash];
        var step = 1;
        if (slash >= 0
            && (!int.TryParse(item[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out step)
                || step < 1))
        {
            throw Wrong($"The step after / in \"{item}\" ({field.Name}) is not a number from 1.", column);
        }

        int from, to;
        var dash = range.IndexOf('-', StringComparison.Ordinal);
        if (range is "*" or "?")
        {
            if (range == "?" && field != Day && field != Weekday)
            {
                throw Wrong($"? may stand only for the day, not for {field.Name}.", column);
            }

            (from, to) = (field.Least, field == Weekday ? 6 : field.Most);
        }
        else if (dash > 0)
        {
            (from, to) = (Number(range[..dash], field, column), Number(range[(dash + 1)..], field, column));
        }
        else
        {
            from = Number(range, field, column);
            to = slash < 0 ? from : field.Most;
        }

        var bits = 0UL;
        if (from <= to)
        {
            for (var value = from; value <= to; value += step) bits |= 1UL << value;
            return bits;
        }

        // 22-2 runs over the end: hours 22, 23, 0, 1, 2.
        var size = (field == Weekday ? 6 : field.Most) - field.Least + 1;
        for (var value = from; value <= to + size; value += step)
        {
            bits |= 1UL << (((value - field.Least) % size) + field.Least);
        }

        return bits;
    }

    private static int Number(string text, Field field, int column)
    {
        var named = Array.IndexOf(field.Names, text);
        if (named >= 0) return named + field.FirstName;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            && value >= field.Least && value <= field.Most)
        {
            return value;
        }

        throw Wrong($"\"{text}\" is not allowed for {field.Name}; use {field.Least} to {field.Most}.", column);
    }

    private static ExpressionException Wrong(string problem, int column) =>
        new(ExpressionErrorKind.Syntax, problem, 1, column);
}
