using Consultation.Cases.Calendar;
using Consultation.Cases.Rules;

namespace Consultation.Cases.Matters;

/// <summary>Classes of time of hotline orders (O21).</summary>
public enum HotlineClass
{
    /// <summary>紧急: water, power, danger to life; hours.</summary>
    Emergency,
    /// <summary>水电气热等: within a day.</summary>
    Utilities,
    /// <summary>一般.</summary>
    Ordinary,
    /// <summary>复杂疑难.</summary>
    Complex,
}

/// <summary>When an order of a class has to be settled (O21). Pure; the spans are rules of the organisation.</summary>
public static class HotlineTimes
{
    private static readonly Dictionary<HotlineClass, string> Keys = new()
    {
        [HotlineClass.Emergency] = RuleKeys.HotlineEmergency,
        [HotlineClass.Utilities] = RuleKeys.HotlineUtilities,
        [HotlineClass.Ordinary] = RuleKeys.HotlineOrdinary,
        [HotlineClass.Complex] = RuleKeys.HotlineComplex,
    };

    /// <summary>
    /// The instant by which an order of the class that was raised then is due: hours by the clock, days to the end of
    /// an office day.
    /// </summary>
    public static DateTimeOffset DueOf(
        HotlineClass @class, DateTimeOffset raised, RuleSet rules, WorkingCalendar calendar)
    {
        var value = rules[Keys[@class]];
        return Hours(value) is { } hours ? raised.AddHours(hours)
            : WorkingDuration.TryParse(value, out var span) ? calendar.DueAfter(raised, span)
            : raised;
    }

    /// <summary>"2h" as 2; null when it is no number of hours from 1 to 999.</summary>
    public static int? Hours(string value) =>
        value.Length is > 1 and < 5 && value[^1] == 'h' && int.TryParse(
            value.AsSpan(0, value.Length - 1), System.Globalization.NumberStyles.None,
            System.Globalization.CultureInfo.InvariantCulture, out var hours) && hours > 0 ? hours : null;
}
