using System.Globalization;

namespace Consultation.Engine.Expressions.JavaScript;

/// <summary>What a script wants to see of a date, as the options of <c>toLocaleString</c> name it.</summary>
internal sealed record DateWishes
{
    private static readonly DateWishes Nothing = new();

    public string? Weekday { get; init; }

    public string? Year { get; init; }

    public string? Month { get; init; }

    public string? Day { get; init; }

    public string? Hour { get; init; }

    public string? Minute { get; init; }

    public string? Second { get; init; }

    public bool? TwelveHours { get; init; }

    /// <summary>True if midnight is 24 o'clock, as <c>hour12: false</c> makes it in English.</summary>
    public bool CountsTo24 { get; init; }

    public string? DateStyle { get; init; }

    public string? TimeStyle { get; init; }

    /// <summary>True if the zone is to be named.</summary>
    public bool NamesZone { get; init; }

    public bool HasDate => (Weekday ?? Year ?? Month ?? Day) is not null;

    public bool HasTime => (Hour ?? Minute ?? Second) is not null;

    public bool HasStyle => (DateStyle ?? TimeStyle) is not null;

    /// <summary>Adds what is shown where nothing was asked for.</summary>
    public DateWishes WithDefaults(bool date, bool time)
    {
        if (HasStyle || (date && HasDate) || (time && HasTime)) return this;
        var wishes = this;
        if (date) wishes = wishes with { Year = "numeric", Month = "numeric", Day = "numeric" };
        return time ? wishes with { Hour = "numeric", Minute = "numeric", Second = "numeric" } : wishes;
    }

    /// <summary>The parts that a style stands for.</summary>
    public DateWishes Spelled(bool isChinese)
    {
        if (!HasStyle) return this;
        var wishes = Nothing with
        {
            TwelveHours = TwelveHours,
            CountsTo24 = CountsTo24,
            DateStyle = DateStyle,
            TimeStyle = TimeStyle,
        };
        wishes = DateStyle switch
        {
            null => wishes,
            "full" => wishes with { Year = "numeric", Month = "long", Day = "numeric", Weekday = "long" },
            "long" => wishes with { Year = "numeric", Month = "long", Day = "numeric" },
            "medium" => wishes with { Year = "numeric", Month = "short", Day = "numeric" },
            _ => wishes with { Year = isChinese ? "numeric" : "2-digit", Month = "numeric", Day = "numeric" },
        };
        if (TimeStyle is null) return wishes;
        return wishes with
        {
            Hour = "numeric",
            Minute = isChinese ? "numeric" : "2-digit",
            Second = TimeStyle == "short" ? null : "2-digit",
            NamesZone = TimeStyle is "full" or "long",
        };
    }
}

/// <summary>Dates and times in Chinese and English, as Node.js writes them.</summary>
internal static class DateText
{
    private const string ChineseDays = "日一二三四五六";

    private static readonly string[] ChineseMonths =
        ["一月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "十一月", "十二月"];

    public static string Of(DateTimeOffset time, DateWishes wishes, bool isChinese)
    {
        wishes = wishes.Spelled(isChinese);
        var date = !wishes.HasDate ? "" : isChinese ? ChineseDate(time, wishes) : EnglishDate(time, wishes);
        var clock = wishes.HasTime ? Clock(time, wishes, isChinese) : "";
        var zone = wishes.NamesZone ? Zone(time, wishes, isChinese) : "";
        var timed = isChinese ? Joined(" ", zone, clock) : Joined(" ", clock, zone);
        if (isChinese) return Joined(" ", date, timed);
        var isSpoken = wishes.DateStyle is null ? wishes.Month == "long" : wishes.DateStyle is "full" or "long";
        var isDayAlone = (wishes.Year ?? wishes.Month ?? wishes.Day) is null;
        return Joined(isDayAlone ? " " : isSpoken ? " at " : ", ", date, timed);
    }

    private static string ChineseDate(DateTimeOffset time, DateWishes wishes)
    {
        var (year, month, day) = (wishes.Year, wishes.Month, wishes.Day);
        var name = wishes.Weekday switch { null => "", "long" => "星期", "short" => "周", _ => "" }
            + (wishes.Weekday is null ? "" : ChineseDays[(int)time.DayOfWeek]);
        string text;
        if (year is not null && day is null && month == "2-digit") text = $"{Year(time, year)}年{time.Month}月";
        else if (month is "long" or "short" or "narrow" || IsWhole(wishes))
        {
            var alone = year is null && day is null;
            text = year is null ? "" : Year(time, year) + "年";
            text += alone && month == "long" ? ChineseMonths[time.Month - 1]
                : Number(time.Month, month) + (alone && month == "narrow" ? "" : "月");
            if (day is not null) text += Number(time.Day, day) + "日";
        }
        else
        {
            var years = year is null ? "" : Year(time, year);
            var months = month is null ? "" : Number(time.Month, month);
            var days = day is null || (month is null && year is not null) ? "" : Number(time.Day, day);
            text = Joined("/", years, months, days);
            var unit = year is not null ? '年' : month is not null ? '月' : '日';
            if (text.Length > 0 && !text.Contains('/', StringComparison.Ordinal)) text += unit;
            if (day is not null && year is not null && month is null) text += $" {Number(time.Day, day)}日";
        }

        return text + (name.Length > 0 && text.Length > 0 && day is null ? " " : "") + name;
    }

    private static bool IsWhole(DateWishes wishes) =>
        wishes is { Year: not null, Month: not null, Day: not null, Weekday: "long" };

    private static string EnglishDate(DateTimeOffset time, DateWishes wishes)
    {
        var (year, month, day) = (wishes.Year, wishes.Month, wishes.Day);
        var names = CultureInfo.InvariantCulture.DateTimeFormat;
        var name = wishes.Weekday is null ? "" : Cut(names.GetDayName(time.DayOfWeek), wishes.Weekday);
        var years = year is null ? "" : Year(time, year);
        var days = day is null ? "" : Number(time.Day, day);
        if (month is null) return Joined(" ", days, name, years);
        string text;
        if (month is "long" or "short" or "narrow")
        {
            text = Joined(" ", Cut(names.GetMonthName(time.Month), month), days);
            if (year is not null) text += (day is null ? " " : ", ") + years;
        }
        else text = Joined("/", Number(time.Month, month), days, years);

        return name.Length == 0 ? text : day is null ? $"{text} {name}" : $"{name}, {text}";
    }

    private static string Clock(DateTimeOffset time, DateWishes wishes, bool isChinese)
    {
        var (hour, minute, second) = (wishes.Hour, wishes.Minute, wishes.Second);
        if (hour is null)
        {
            if (minute is not null && second is not null) return $"{time:mm\\:ss}";
            return Number(minute is null ? time.Second : time.Minute, null);
        }

        var halves = wishes.TwelveHours ?? !isChinese;
        var shown = halves ? time.Hour % 12 : time.Hour;
        if (shown == 0 && !isChinese) shown = halves ? 12 : wishes.CountsTo24 ? 24 : 0;
        var padded = hour == "2-digit" || (!halves && (!isChinese || minute == "numeric"));
        var text = Number(shown, padded ? "2-digit" : null);
        if (minute is not null) text += $":{time.Minute:00}";
        if (minute is not null && second is not null) text += $":{time.Second:00}";
        if (isChinese && minute is null) text += "时";
        if (isChinese) return halves ? (time.Hour < 12 ? "上午" : "下午") + text : text;
        return halves ? $"{text} {(time.Hour < 12 ? "AM" : "PM")}" : text;
    }

    private static string Zone(DateTimeOffset time, DateWishes wishes, bool isChinese)
    {
        var offset = time.Offset;
        if (wishes.TimeStyle == "full" && offset == TimeSpan.FromHours(8))
        {
            return isChinese ? "中国标准时间" : "China Standard Time";
        }

        if (offset == TimeSpan.Zero) return "UTC";
        var minutes = offset.Minutes == 0 ? "" : $":{Math.Abs(offset.Minutes):00}";
        return $"GMT{(offset < TimeSpan.Zero ? '-' : '+')}{Math.Abs(offset.Hours)}{minutes}";
    }

    private static string Year(DateTimeOffset time, string how) =>
        how == "2-digit" ? Number(time.Year % 100, how) : Number(time.Year, null);

    private static string Number(int number, string? how) =>
        number.ToString(how == "2-digit" ? "00" : "0", CultureInfo.InvariantCulture);

    private static string Cut(string name, string how) =>
        how switch { "short" => name[..3], "narrow" => name[..1], _ => name };

    private static string Joined(string between, params string[] parts) =>
        string.Join(between, parts.Where(part => part.Length > 0));
}
