namespace Consultation.Cases.Calendar;

/// <summary>What an event of a calendar file says about its days.</summary>
internal enum IcsMark
{
    /// <summary>Nothing that makes anybody stay at home: a memorial day, a solar term, an appointment.</summary>
    Observance,
    /// <summary>A day off, by a word or a property that says so.</summary>
    Off,
    /// <summary>A working day in the place of another, by a word or a property that says so.</summary>
    Work,
    /// <summary>Exchanged for another day, without which of the two it is.</summary>
    Exchanged,
    /// <summary>The bare name of a public holiday.</summary>
    Named,
    /// <summary>Called off.</summary>
    Cancelled,
}

/// <summary>
/// Reads marks: the properties that Apple writes, the words in names (休, 班, Holiday, Special Working Day …) and the
/// descriptions with which Google tells public holidays from observances. The surer source counts first.
/// </summary>
internal static class IcsMarks
{
    private static readonly string[] Cancelled = ["已取消", "(取消)", "canceled:", "cancelled:"];

    /// <summary>Words with 班 or work that say the contrary.</summary>
    private static readonly string[] NoWork =
        ["不上班", "不用上班", "休班", "停班", "非工作日", "non-working", "nonworking", "non working", "day off", "days off",
            "no work"];

    private static readonly string[] Work =
        ["班", "工作日", "出勤", "workday", "work day", "work-day", "working day", "make-up", "make up day", "makeup",
            "compensatory work"];

    private static readonly string[] Exchange = ["调休", "調休", "in lieu", "换休", "換休"];

    private static readonly string[] Off =
        ["休", "放假", "假期", "假日", "节假", "節假", "holiday", "day off", "days off", "vacation"];

    /// <summary>休 in words that give nobody a day.</summary>
    private static readonly string[] OtherRest = ["退休", "离休", "午休", "休眠", "双休"];

    private static readonly string[] Observances = ["observance", "纪念日", "紀念日"];

    private static readonly string[] Public =
        ["public holiday", "national holiday", "statutory holiday", "公共假期", "公众假期", "公眾假期", "法定节假日", "法定假日",
            "国定假日"];

    /// <summary>The holidays of the State Council's regulation, as calendars name them, without 节.</summary>
    private static readonly HashSet<string> Names =
    [
        "元旦", "新年", "春节", "春節", "除夕", "农历新年", "農曆新年", "清明", "劳动", "勞動", "五一", "五一劳动", "五一国际劳动",
        "国际劳动", "端午", "中秋", "国庆", "國慶", "中秋国庆", "国庆中秋", "new year", "new year's day", "new year's",
        "spring festival", "chinese new year", "chinese new year's eve", "spring festival eve", "lunar new year",
        "qingming", "qing ming", "qingming festival", "qing ming jie", "tomb sweeping day", "tomb-sweeping day",
        "labour day", "labor day", "may day", "international workers' day", "dragon boat festival",
        "mid-autumn festival", "mid autumn festival", "moon festival", "national day",
    ];

    /// <summary>What the event says.</summary>
    /// <param name="summary">Its name.</param>
    /// <param name="description">Its description, or null.</param>
    /// <param name="special">Its X-APPLE-SPECIAL-DAY, or null.</param>
    /// <param name="status">Its STATUS, or null.</param>
    public static IcsMark Of(string summary, string? description, string? special, string? status)
    {
        var name = TypedText.Fold(summary);
        if (TypedText.Fold(status) is "cancelled" or "canceled" || Any(name, Cancelled)) return IcsMark.Cancelled;
        switch (TypedText.Fold(special))
        {
            case "work-holiday":
                return IcsMark.Off;
            case "alternate-workday":
                return IcsMark.Work;
            default:
                break;
        }

        if (Any(name, NoWork)) return IcsMark.Off;
        if (Any(name, Work)) return IcsMark.Work;
        return ByRest(name) ?? ByDescription(TypedText.Fold(description))
            ?? (Names.Contains(Bare(name)) ? IcsMark.Named : IcsMark.Observance);
    }

    private static IcsMark? ByRest(string name)
    {
        var rest = Without(name, [.. Exchange, .. OtherRest]);
        return Any(rest, Off) ? IcsMark.Off : Any(name, Exchange) ? IcsMark.Exchanged : null;
    }

    private static IcsMark? ByDescription(string description) =>
        Any(description, Observances) ? IcsMark.Observance
        : Any(description, Public) ? IcsMark.Off
        : null;

    /// <summary>国庆节(第一天) becomes 国庆.</summary>
    private static string Bare(string name)
    {
        var cut = name.AsSpan().IndexOf('(');
        return (cut > 0 ? name[..cut] : name).Trim().TrimEnd('节', '節');
    }

    private static string Without(string text, IEnumerable<string> words) =>
        words.Aggregate(text, (left, word) => left.Replace(word, " ", StringComparison.Ordinal));

    private static bool Any(string text, string[] words) =>
        Array.Exists(words, word => text.Contains(word, StringComparison.Ordinal));
}
