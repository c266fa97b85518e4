using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Cronos;

namespace Consultation.Engine.Expressions;

/// <summary>Reads cron text, and says in the words of its writer which field is wrong and what it may hold.</summary>
internal static partial class CronText
{
    private const int MaxLength = 500;

    private readonly record struct Field(string Name, int Least, int Most);

    private static readonly Field Day = new("day of the month", 1, 31);
    private static readonly Field Weekday = new("day of the week", 0, 7);

    private static readonly Field[] Fields =
        [new("seconds", 0, 59), new("minutes", 0, 59), new("hours", 0, 23), Day, new("month", 1, 12), Weekday];

    public static CronExpression Read(string text)
    {
        if (text.Length > MaxLength) throw Wrong("The schedule is too long.", 1);
        var parts = Part().Matches(text);
        if (parts is [{ Value: ['@', ..] } macro])
        {
            if (TryRead([macro.Value], out var known)) return known;
            throw Wrong(
                $"\"{macro.Value}\" is not known; use @hourly, @daily, @weekly, @monthly or @yearly.", macro.Index + 1);
        }

        if (parts.Count is not (5 or 6))
        {
            throw Wrong(
                $"A schedule has 5 fields (minute hour day month weekday) or 6 (seconds first), not {parts.Count}.",
                1);
        }

        var fields = Fields[^parts.Count..];
        for (var i = 0; i < fields.Length; i++)
        {
            // Cronos takes ? for a star everywhere; one who writes it for the minute has counted the fields wrongly.
            if (fields[i] == Day || fields[i] == Weekday || !parts[i].Value.Contains('?')) continue;
            throw Wrong($"? may stand only for the day, not for {fields[i].Name}.", parts[i].Index + 1);
        }

        return TryRead([.. parts.Select(part => part.Value)], out var times) ? times : throw Mistake(parts, fields);
    }

    private static bool TryRead(string[] parts, [NotNullWhen(true)] out CronExpression? times)
    {
        var format = parts.Length == Fields.Length ? CronFormat.IncludeSeconds : CronFormat.Standard;
        try
        {
            return CronExpression.TryParse(string.Join(' ', parts), format, out times);
        }
        catch (MissingSeedException)
        {
            // H stands for a time of the host's choice: then two hosts would not agree when a timer is due.
            times = null;
            return false;
        }
    }

    /// <summary>The first item that is wrong if it stands alone among stars.</summary>
    private static ExpressionException Mistake(MatchCollection parts, Field[] fields)
    {
        for (var i = 0; i < fields.Length; i++)
        {
            var column = parts[i].Index + 1;
            foreach (var item in parts[i].Value.Split(','))
            {
                if (!Stands(item)) return Wrong(Sentence(item, fields[i], Stands), column);
                column += item.Length + 1;
            }

            bool Stands(string item)
            {
                var alone = Enumerable.Repeat("*", fields.Length).ToArray();
                alone[i] = item;
                return TryRead(alone, out _);
            }
        }

        var list = parts.First(part => part.Value.Contains(','));
        return Wrong($"\"{list.Value}\": a day with L, W or # cannot stand in a list.", list.Index + 1);
    }

    private static string Sentence(string item, Field field, Func<string, bool> stands)
    {
        var slash = item.IndexOf('/', StringComparison.Ordinal);
        if (slash > 0 && stands(item[..slash]))
        {
            return $"The step after / in \"{item}\" ({field.Name}) is not a number from 1 to {field.Most}.";
        }

        if (field == Day && item.StartsWith('L'))
        {
            return $"\"{item}\" is not a day of the month; write L, LW or L-3.";
        }

        return field == Weekday && item.Contains('#')
            ? $"\"{item}\" is not a day of the week; write for example MON#2 for the second Monday."
            : $"\"{item}\" is not allowed for {field.Name}; use {field.Least} to {field.Most}.";
    }

    private static ExpressionException Wrong(string problem, int column) =>
        new(ExpressionErrorKind.Syntax, problem, 1, column);

    [GeneratedRegex(@"\S+")]
    private static partial Regex Part();
}
