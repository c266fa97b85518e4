using System.Globalization;
using System.Text.RegularExpressions;

namespace Consultation.Cases.Calendar;

/// <summary>When on its day a meeting takes place.</summary>
/// <param name="From">When it begins.</param>
/// <param name="To">When it ends.</param>
public sealed partial record MeetingTime(TimeOnly From, TimeOnly To)
{
    /// <summary>How long a meeting is taken to last whose notice says only when it begins.</summary>
    private static readonly TimeSpan Usual = TimeSpan.FromHours(2);

    /// <summary>
    /// Reads what a notice says: 14:30, 下午2:30, 9:00-11:30 and their like; null for anything else, and for a meeting
    /// that runs past midnight.
    /// </summary>
    public static MeetingTime? Read(string text)
    {
        var said = Shape().Match(TypedText.Code(text));
        if (!said.Success || TimeOf(said, "from", "half") is not { } from) return null;
        var half = said.Groups["half2"].Success ? "half2" : "half";
        var to = said.Groups["to"].Success ? TimeOf(said, "to", half) : from.Add(Usual);
        return to is { } end && end > from ? new(from, end) : null;
    }

    /// <summary>
    /// One hour, or two with a dash between, in one way of writing: "14:30" for １４：３０ and 下午2:30; null for what is no
    /// time.
    /// </summary>
    public static string? Normal(string text)
    {
        var said = Shape().Match(TypedText.Code(text));
        if (!said.Success || TimeOf(said, "from", "half") is not { } from) return null;
        if (!said.Groups["to"].Success) return Clock(from);
        return Read(text) is { } both ? $"{Clock(both.From)}-{Clock(both.To)}" : null;
    }

    private static string Clock(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static TimeOnly? TimeOf(Match said, string group, string half)
    {
        var parts = said.Groups[group].Value.Split(':', '\uFF1A');
        var hour = int.Parse(parts[0], CultureInfo.InvariantCulture);
        var minute = int.Parse(parts[1], CultureInfo.InvariantCulture);
        if (said.Groups[half].Value is "下午" or "晚上" && hour < 12) hour += 12;
        return hour < 24 && minute < 60 ? new TimeOnly(hour, minute) : null;
    }

    [GeneratedRegex(
        @"^(?<half>上午|下午|晚上)?\s*(?<from>[0-9]{1,2}[:\uFF1A][0-9]{2})"
            + @"(?:\s*[-~\u2013\u2014\uFF5E至到]\s*(?<half2>上午|下午|晚上)?\s*(?<to>[0-9]{1,2}[:\uFF1A][0-9]{2}))?\z",
        RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 200)]
    private static partial Regex Shape();
}
