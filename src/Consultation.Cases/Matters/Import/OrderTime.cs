using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Consultation.Cases.Calendar;

namespace Consultation.Cases.Matters.Import;

/// <summary>
/// Reads the time of a call as hotline systems and spreadsheets write it: with hyphens, slashes, points or 年月日, with
/// 上午 and 下午, fractions, a zone, in full-width digits, in one piece, or as a spreadsheet's number of days. Pure.
/// </summary>
internal static partial class OrderTime
{
    /// <summary>Longer texts are no time.</summary>
    private const int Longest = 60;

    /// <summary>Days of a spreadsheet from 2000 to 2099; another number is no date.</summary>
    private const int FirstSerial = 36_526, LastSerial = 73_050;

    internal static DateTimeOffset? Read(string text, bool starts1904, WorkingCalendar calendar)
    {
        if (text.Length > Longest) return null;
        var plain = text.Normalize(NormalizationForm.FormKC).Trim();
        if (Serial().IsMatch(plain) && double.Parse(plain, CultureInfo.InvariantCulture) is var days
            && days is >= FirstSerial and <= LastSerial)
        {
            var date = ExcelDate.Of(days, starts1904)!.Value;
            return calendar.At(DateOnly.FromDateTime(date), TimeOnly.FromDateTime(date));
        }

        var match = Written().Match(plain);
        if (!match.Success) match = InOnePiece().Match(plain);
        return match.Success ? Of(match, calendar) : null;
    }

    private static DateTimeOffset? Of(Match match, WorkingCalendar calendar)
    {
        var (year, month, day) = (Number(match, "y"), Number(match, "m"), Number(match, "d"));
        var (hour, minute, second) = (Number(match, "h"), Number(match, "n"), Number(match, "s"));
        hour = Hour(hour, match.Groups["half"].Value);
        if (year is < 1900 or > 2200 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || minute > 59 || second > 59 || hour > 24 || hour == 24 && minute + second > 0)
        {
            return null;
        }

        var local = new DateTime(year, month, day, 0, minute, second).AddHours(hour);
        if (match.Groups["zone"].Value is not { Length: > 0 } zone)
        {
            return calendar.At(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
        }

        var offset = zone is "Z" or "z" ? TimeSpan.Zero
            : (zone[0] == '-' ? -1 : 1) * new TimeSpan(Number(match, "zh"), Number(match, "zn"), 0);
        return offset.Duration() <= TimeSpan.FromHours(14) && Number(match, "zn") < 60
            ? new DateTimeOffset(local, offset).ToOffset(
                calendar.At(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local)).Offset)
            : null;
    }

    /// <summary>The hour of the day: 下午3 is 15, 下午15 too, 上午12 and 12 AM are midnight, 凌晨 stays.</summary>
    private static int Hour(int hour, string half) => half.ToUpperInvariant() switch
    {
        "下午" or "晚上" or "傍晚" or "PM" when hour < 12 => hour + 12,
        "中午" when hour is > 0 and < 6 => hour + 12,
        "上午" or "凌晨" or "AM" when hour == 12 => 0,
        _ => hour,
    };

    private static int Number(Match match, string group) =>
        match.Groups[group] is { Success: true, ValueSpan: var digits }
            ? int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture)
            : 0;

    [GeneratedRegex(@"^\d{5}(\.\d{1,17})?\z", RegexOptions.NonBacktracking)]
    private static partial Regex Serial();

    [GeneratedRegex(
        @"^(?<y>\d{4}) ?[-/.年] ?(?<m>\d{1,2}) ?[-/.月] ?(?<d>\d{1,2}) ?[日号]?"
            + @"([T,]? {0,4}((\(?(星期|周)[一二三四五六日天]\)?) {0,4})?(?<half>上午|下午|凌晨|早上|早晨|中午|傍晚|晚上|[aApP][mM])? ?"
            + @"(?<h>\d{1,2}) ?[:时点] ?((?<n>\d{1,2}) ?(([:分] ?(?<s>\d{1,2})([.,:]\d{1,9})? ?秒?)|分)?)?"
            + @" ?(?<half>[aApP][mM])?)?"
            + @"( ?(?<zone>[zZ]|[+-](?<zh>\d{2}):?(?<zn>\d{2})?))?( ?\(?(星期|周)[一二三四五六日天]\)?)?\z",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Written();

    [GeneratedRegex(
        @"^(?<y>\d{4})(?<m>\d{2})(?<d>\d{2})"
            + @"([T_ -]?(?<h>\d{2}):?(?<n>\d{2})(:?(?<s>\d{2})([.,]?\d{1,9})?)?)?"
            + @"(?<zone>[zZ]|[+-](?<zh>\d{2}):?(?<zn>\d{2}))?\z",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex InOnePiece();
}
