using System.Globalization;

namespace Consultation.Engine.Expressions;

public static partial class PlainData
{
    private const NumberStyles NumberText =
        NumberStyles.Float | NumberStyles.AllowThousands;

    /// <summary>
    /// Converts to the type that an Elsa alias names, such as <c>String</c>, <c>Int32</c>, <c>Boolean</c>,
    /// <c>DateTimeOffset</c>, <c>TimeSpan</c>, <c>Object</c>, <c>ObjectDictionary</c>, <c>String[]</c> or
    /// <c>List&lt;Int32&gt;</c>. An unknown alias and <c>Object</c> leave the value as it is. Null stays null, whatever
    /// the type.
    /// </summary>
    /// <exception cref="FormatException">The value does not fit; the message says which and why.</exception>
    public static object? ConvertTo(object? value, string? typeAlias)
    {
        if (value is null || string.IsNullOrWhiteSpace(typeAlias)) return value;
        if (ElementAlias(typeAlias) is { } element) return ToList(value, element);
        return typeAlias switch
        {
            "String" or "Guid" or "Uri" => ToText(value),
            "Boolean" => ToBoolean(value),
            "Byte" => Whole(value, byte.MinValue, byte.MaxValue, typeAlias),
            "Int16" => Whole(value, short.MinValue, short.MaxValue, typeAlias),
            "Int32" => Whole(value, int.MinValue, int.MaxValue, typeAlias),
            "UInt32" => Whole(value, uint.MinValue, uint.MaxValue, typeAlias),
            "Int64" or "Long" or "UInt64" => ToWhole(value),
            "Single" or "Double" or "Decimal" => ToNumber(value),
            "DateTime" or "DateTimeOffset" or "DateOnly" => ToInstant(value),
            "TimeSpan" => ToSpan(value),
            "ObjectDictionary" or "StringDictionary" or "JsonObject" or "ExpandoObject" => ToMap(value),
            _ => value,
        };
    }

    /// <summary>What a condition takes it for: false, 0, null, empty text and the text "false" are false.</summary>
    public static bool ToBoolean(object? value) => value switch
    {
        null => false,
        bool flag => flag,
        long whole => whole != 0,
        double number => number != 0 && !double.IsNaN(number),
        string text => text.Length > 0 && !text.Trim().Equals("false", StringComparison.OrdinalIgnoreCase),
        _ => true,
    };

    /// <summary>A number, also from text.</summary>
    /// <exception cref="FormatException">The value is not a number.</exception>
    public static double ToNumber(object? value) => value switch
    {
        double number => number,
        long whole => whole,
        bool flag => flag ? 1 : 0,
        string text when double.TryParse(text, NumberText, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw Unfit(value, "a number"),
    };

    /// <summary>A whole number, also from text; a fraction is rounded to the nearest, halves to even.</summary>
    /// <exception cref="FormatException">The value is not a number in the 64-bit range.</exception>
    public static long ToWhole(object? value)
    {
        if (value is long whole) return whole;
        if (value is string text && long.TryParse(text, NumberText, CultureInfo.InvariantCulture, out whole))
        {
            return whole;
        }
        var rounded = Math.Round(ToNumber(value));
        return rounded is >= -9.2233720368547758E18 and < 9.2233720368547758E18
            ? (long)rounded
            : throw Unfit(value, "a whole number");
    }

    /// <summary>
    /// The text of a value: numbers without grouping, instants in ISO 8601, lists and objects as JSON.
    /// </summary>
    public static string ToText(object? value) => value switch
    {
        null => "",
        string text => text,
        bool flag => flag ? "true" : "false",
        long whole => whole.ToString(CultureInfo.InvariantCulture),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        DateTimeOffset instant => instant.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture),
        TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
        List<object?> or Dictionary<string, object?> => ToJson(value),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    /// <summary>An instant, also from ISO text (without offset: UTC) or from milliseconds since 1970.</summary>
    /// <exception cref="FormatException">The value is not a date or time.</exception>
    public static DateTimeOffset ToInstant(object? value)
    {
        switch (value)
        {
            case DateTimeOffset instant:
                return instant;
            case string text when DateTimeOffset.TryParse(
                text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed):
                return parsed;
            case long or double when ToNumber(value) is >= -62135596800000 and <= 253402300799999:
                return DateTimeOffset.FromUnixTimeMilliseconds((long)ToNumber(value));
            default:
                throw Unfit(value, "a date and time, for example 2026-03-01T09:30:00+08:00");
        }
    }

    /// <summary>A span of time, from <c>[d.]hh:mm:ss</c>, ISO 8601 (<c>P3DT4H</c>) or milliseconds.</summary>
    /// <exception cref="FormatException">The value is not a span.</exception>
    public static TimeSpan ToSpan(object? value)
    {
        switch (value)
        {
            case TimeSpan span:
                return span;
            case string text when TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var parsed):
                return parsed;
            case string text when text.StartsWith('P') && TryIsoSpan(text, out var parsed):
                return parsed;
            case long or double when Math.Abs(ToNumber(value)) <= TimeSpan.MaxValue.TotalMilliseconds / 2:
                return TimeSpan.FromMilliseconds(ToNumber(value));
            default:
                throw Unfit(value, "a length of time, for example 3.04:30:00 for 3 days, 4 hours, 30 minutes");
        }
    }

    private static bool TryIsoSpan(string text, out TimeSpan span)
    {
        try
        {
            span = System.Xml.XmlConvert.ToTimeSpan(text);
            return true;
        }
        catch (Exception unreadable) when (unreadable is FormatException or OverflowException)
        {
            span = default;
            return false;
        }
    }

    private static string? ElementAlias(string alias)
    {
        if (alias.EndsWith("[]", StringComparison.Ordinal)) return alias[..^2];
        var open = alias.IndexOf('<', StringComparison.Ordinal);
        if (open < 0 || !alias.EndsWith('>')) return alias is "ObjectList" or "Array" ? "Object" : null;
        return alias[..open] is "List" or "Collection" or "IEnumerable" or "ICollection" or "HashSet" or "IList"
            ? alias[(open + 1)..^1]
            : null;
    }

    private static List<object?> ToList(object value, string element)
    {
        if (value is string text && text.TrimStart().StartsWith('[')) value = FromJson(text) ?? value;
        if (value is not List<object?> items) return [ConvertTo(value, element)];
        var list = new List<object?>(items.Count);
        foreach (var item in items) list.Add(ConvertTo(item, element));
        return list;
    }

    private static Dictionary<string, object?> ToMap(object value)
    {
        if (value is string text && text.TrimStart().StartsWith('{')) value = FromJson(text) ?? value;
        return value as Dictionary<string, object?> ?? throw Unfit(value, "an object with named values");
    }

    private static long Whole(object value, long smallest, long largest, string alias)
    {
        var whole = ToWhole(value);
        if (whole >= smallest && whole <= largest) return whole;
        throw Unfit(value, $"{alias} (a whole number from {smallest} to {largest})");
    }

    private static FormatException Unfit(object? value, string wanted)
    {
        var shown = value is null ? "Nothing" : $"\"{ToText(value)}\"";
        if (shown.Length > 80) shown = shown[..77] + "...\"";
        return new FormatException($"{shown} cannot be read as {wanted}.");
    }
}
