using System.Globalization;
using Consultation.Web.SignIn;

namespace Consultation.Web.Texts;

/// <summary>
/// Writes days and instants as people of the organisation read them: in its time zone and the language of the request.
/// </summary>
public sealed class DeskTime(Viewer viewer, TimeProvider time)
{
    private static readonly string[] ZhDays = ["周日", "周一", "周二", "周三", "周四", "周五", "周六"];

    /// <summary>The zone in which days begin and end.</summary>
    public TimeZoneInfo Zone => viewer.Zone;

    /// <summary>Now.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Today in the organisation's zone.</summary>
    public DateOnly Today => DateOnly.FromDateTime(Local(Now).DateTime);

    /// <summary>An instant in the organisation's zone.</summary>
    public DateTimeOffset Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Zone);

    /// <summary>"3月5日 周四 15:20" or "Thu 5 Mar, 15:20"; with the year when it is not this one.</summary>
    public string At(DateTimeOffset? instant)
    {
        if (instant is not { } known)
        {
            return "";
        }

        var local = Local(known);
        var day = DateOnly.FromDateTime(local.DateTime);
        return DeskTexts.IsEnglish
            ? $"{Day(day)}, {local:HH:mm}"
            : $"{Day(day)} {local.ToString("HH:mm", CultureInfo.InvariantCulture)}";
    }

    /// <summary>"3月5日 周四" or "Thu 5 Mar"; with the year when it is not this one.</summary>
    public string Day(DateOnly? day)
    {
        if (day is not { } known)
        {
            return "";
        }

        var thisYear = known.Year == Today.Year;
        if (DeskTexts.IsEnglish)
        {
            return known.ToString(thisYear ? "ddd d MMM" : "ddd d MMM yyyy", CultureInfo.GetCultureInfo("en-GB"));
        }

        var text = $"{known.Month}月{known.Day}日 {ZhDays[(int)known.DayOfWeek]}";
        return thisYear ? text : $"{known.Year}年{text}";
    }

    /// <summary>"2026年3月5日" or "5 March 2026": with its year always, for what official papers name.</summary>
    public static string Official(DateOnly? day) => day is not { } known ? ""
        : DeskTexts.IsEnglish ? known.ToString("d MMMM yyyy", CultureInfo.GetCultureInfo("en-GB"))
        : $"{known.Year}年{known.Month}月{known.Day}日";

    /// <summary>"2026-03-05 15:20" for tables and exports.</summary>
    public string Exact(DateTimeOffset? instant) =>
        instant is { } known ? Local(known).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : "";
}
