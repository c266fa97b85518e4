using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime.Descriptors;
using Jint.Runtime.Interop;

namespace Consultation.Engine.Expressions.JavaScript;

/// <summary>
/// <c>toLocaleString</c> of dates and its kin in Chinese and English. Other languages, calendars and rare wishes are
/// left to the evaluator.
/// </summary>
internal static class DateMethods
{
    /// <summary>Where a date of .NET ends, less the widest offset of a zone.</summary>
    private const double Earliest = -62135000000000;
    private const double Latest = 253402200000000;

    private static readonly string[] Rare =
        ["era", "dayPeriod", "fractionalSecondDigits", "calendar", "numberingSystem"];

    private static readonly (string Name, bool Date, bool Time)[] Methods =
        [("toLocaleString", true, true), ("toLocaleDateString", true, false), ("toLocaleTimeString", false, true)];

    public static void Install(Evaluation run)
    {
        var prototype = (ObjectInstance)run.Engine.Global.Get("Date").Get("prototype");
        foreach (var (name, date, time) in Methods)
        {
            var original = prototype.Get(name);
            var written = new ClrFunction(
                run.Engine,
                name,
                (self, a) => Write(run, self, At(a, 0), At(a, 1), date, time) is { } text
                    ? text
                    : run.Engine.Call(original, self, a),
                0,
                PropertyFlag.Configurable);
            prototype.FastSetProperty(name, new PropertyDescriptor(written, PropertyFlag.NonEnumerable));
        }
    }

    /// <summary>The text, or null if the evaluator is to write it.</summary>
    public static string? Write(Evaluation run, JsValue self, JsValue locales, JsValue options, bool date, bool time)
    {
        if (self is not JsDate instant || LanguageOf(locales) is not { } language) return null;
        if (double.IsNaN(instant.DateValue)) return "Invalid Date";
        var given = options as ObjectInstance;
        if (given is null && options is not JsUndefined) return null;
        if (given is not null && Array.Exists(Rare, name => given.Get(name) is not JsUndefined)) return null;
        if (instant.DateValue is < Earliest or > Latest || ZoneOf(run, given) is not { } zone) return null;
        var local = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds((long)instant.DateValue), zone);
        return DateText.Of(local, Wishes(run, given).WithDefaults(date, time), language == "zh");
    }

    private static DateWishes Wishes(Evaluation run, ObjectInstance? given)
    {
        if (given is null) return new DateWishes();
        string? Wish(string name) => given.Get(name) is var value and not JsUndefined ? Evaluation.TextOf(value) : null;
        bool? halves = given.Get("hour12") is JsBoolean flag ? flag == JsBoolean.True : null;
        return new DateWishes
        {
            Weekday = Wish("weekday"),
            Year = Wish("year"),
            Month = Wish("month"),
            Day = Wish("day"),
            Hour = Wish("hour"),
            Minute = Wish("minute"),
            Second = Wish("second"),
            TwelveHours = halves ?? (Wish("hourCycle") is { } cycle ? cycle is "h11" or "h12" : null),
            CountsTo24 = halves == false,
            DateStyle = Wish("dateStyle"),
            TimeStyle = Wish("timeStyle"),
            NamesZone = given.Get("timeZoneName") is not JsUndefined,
        };
    }

    private static TimeZoneInfo? ZoneOf(Evaluation run, ObjectInstance? given)
    {
        var named = given?.Get("timeZone");
        if (named is null or JsUndefined) return run.Scope.Zone;
        return TimeZoneInfo.TryFindSystemTimeZoneById(Evaluation.TextOf(named), out var zone) ? zone : null;
    }

    private static string? LanguageOf(JsValue locales) => locales switch
    {
        JsUndefined => "en",
        JsString => locales.ToString() switch
        {
            "zh" or "zh-CN" or "zh-Hans" or "zh-Hans-CN" => "zh",
            "en" or "en-US" => "en",
            _ => null,
        },
        JsArray { Length: 0 } => "en",
        JsArray { Length: > 0 } list => LanguageOf(list[0]),
        _ => null,
    };

    private static JsValue At(JsValue[] arguments, int place) =>
        place < arguments.Length ? arguments[place] : JsValue.Undefined;
}
