using System.Globalization;
using System.Text;

namespace Consultation.Engine.Expressions.Liquid;

/// <summary>
/// The <c>date</c> filter with the codes of strftime, in local time. A format with Chinese characters, or <c>zh</c> as
/// second argument, gives Chinese names of days and months.
/// </summary>
internal static class DateText
{
    /// <summary>Bytes of what a character of a format may stand for: <c>%c</c> is a whole date.</summary>
    private const long LongestPiece = 32;

    private const int LongestDate = 100;

    private static readonly CultureInfo English = CultureInfo.InvariantCulture;

    private static readonly string[] ChineseDays = ["日", "一", "二", "三", "四", "五", "六"];

    private static readonly string[] ChineseMonths =
        ["一月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "十一月", "十二月"];

    public static object? Format(TemplateRun run, object? input, string format, string language)
    {
        if (Instant(run, input) is not { } instant) return input;
        run.Allocate(format.Length * LongestPiece);
        if (format.Length == 0) return TemplateValues.ToText(run, instant);
        var local = run.Local(instant);
        var chinese = language.Length > 0
            ? language.StartsWith("zh", StringComparison.OrdinalIgnoreCase)
            : format.AsSpan().IndexOfAnyInRange('\u4e00', '\u9fff') >= 0;
        var text = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 >= format.Length)
            {
                text.Append(format[i]);
                continue;
            }

            var flag = '\0';
            i++;
            while (i + 1 < format.Length && format[i] is '-' or '0' or '_' or '^' or '#' or ':') flag = format[i++];
            var piece = Piece(local, format[i], flag, chinese);
            text.Append(flag switch
            {
                '-' => Unpadded(piece),
                '_' => piece.StartsWith('0') && piece.Length > 1 ? Unpadded(piece).PadLeft(piece.Length) : piece,
                '^' => piece.ToUpperInvariant(),
                _ => piece,
            });
        }

        return text.ToString();
    }

    private static string Unpadded(string piece)
    {
        var trimmed = piece.TrimStart('0', ' ');
        return trimmed.Length == 0 ? "0" : trimmed;
    }

    private static DateTimeOffset? Instant(TemplateRun run, object? input)
    {
        switch (input)
        {
            case DateTimeOffset instant:
                return instant;
            case "now" or "today":
                return run.Now;
            case long seconds when seconds is > -62135596800 and < 253402300799:
                return DateTimeOffset.FromUnixTimeSeconds(seconds);
            case string { Length: <= LongestDate } text when DateTime.TryParse(
                text, English, DateTimeStyles.RoundtripKind, out var parsed):
                return parsed.Kind == DateTimeKind.Unspecified
                    ? Local(parsed, run.Limits.LocalOffset)
                    : new DateTimeOffset(parsed.ToUniversalTime());
            default:
                return null;
        }
    }

    private static DateTimeOffset? Local(DateTime time, TimeSpan offset) =>
        time.Ticks - offset.Ticks is >= 0 and var ticks && ticks < DateTime.MaxValue.Ticks
            ? new DateTimeOffset(time, offset)
            : null;

    private static string Pad(int number, int width = 2, char filler = '0') =>
        number.ToString(English).PadLeft(width, filler);

    private static string Piece(DateTimeOffset t, char code, char flag, bool chinese)
    {
        var hour12 = ((t.Hour + 11) % 12) + 1;
        switch (code)
        {
            case 'Y': return Pad(t.Year, 4);
            case 'C': return Pad(t.Year / 100);
            case 'y': return Pad(t.Year % 100);
            case 'm': return Pad(t.Month);
            case 'B': return chinese ? ChineseMonths[t.Month - 1] : English.DateTimeFormat.GetMonthName(t.Month);
            case 'b' or 'h': return chinese ? $"{t.Month}月" : English.DateTimeFormat.GetAbbreviatedMonthName(t.Month);
            case 'd': return Pad(t.Day);
            case 'e': return Pad(t.Day, 2, ' ');
            case 'j': return Pad(t.DayOfYear, 3);
            case 'H': return Pad(t.Hour);
            case 'k': return Pad(t.Hour, 2, ' ');
            case 'I': return Pad(hour12);
            case 'l': return Pad(hour12, 2, ' ');
            case 'M': return Pad(t.Minute);
            case 'S': return Pad(t.Second);
            case 'L': return Pad(t.Millisecond, 3);
            case 'N': return t.ToString("fffffff", English) + "00";
            case 'p': return chinese ? t.Hour < 12 ? "上午" : "下午" : t.Hour < 12 ? "AM" : "PM";
            case 'P': return t.Hour < 12 ? "am" : "pm";
            case 'A': return chinese ? "星期" + ChineseDays[(int)t.DayOfWeek] : t.DayOfWeek.ToString();
            case 'a': return chinese ? "周" + ChineseDays[(int)t.DayOfWeek] : t.DayOfWeek.ToString()[..3];
            case 'u': return Pad(t.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)t.DayOfWeek, 1);
            case 'w': return Pad((int)t.DayOfWeek, 1);
            case 'U': return Pad((t.DayOfYear + 6 - (int)t.DayOfWeek) / 7);
            case 'W': return Pad((t.DayOfYear + 6 - (((int)t.DayOfWeek + 6) % 7)) / 7);
            case 'V': return Pad(ISOWeek.GetWeekOfYear(t.DateTime));
            case 'G': return Pad(ISOWeek.GetYear(t.DateTime), 4);
            case 'z':
                return t.ToString("zzz", English) is var zone && flag == ':'
                    ? zone
                    : zone.Replace(":", "", StringComparison.Ordinal);
            case 'Z': return t.ToString("zzz", English);
            case 's': return t.ToUnixTimeSeconds().ToString(English);
            case 'F': return t.ToString("yyyy-MM-dd", English);
            case 'T' or 'X': return t.ToString("HH:mm:ss", English);
            case 'R': return t.ToString("HH:mm", English);
            case 'D' or 'x': return t.ToString("MM/dd/yy", English);
            case 'r': return t.ToString("hh:mm:ss tt", English);
            case 'c': return t.ToString("ddd MMM d HH:mm:ss yyyy", English);
            case 'n': return "\n";
            case 't': return "\t";
            case '%': return "%";
            default: return "%" + code;
        }
    }
}
