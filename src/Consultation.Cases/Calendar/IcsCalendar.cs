using System.Globalization;
using Consultation.Cases.Forms;

namespace Consultation.Cases.Calendar;

/// <summary>
/// Reads holidays and make-up days from an iCalendar file (RFC 5545): all-day events with DTSTART;VALUE=DATE and an
/// exclusive DTEND. A summary with 班, 调休上班, 补班 or "work" makes working days; anything else makes days off.
/// </summary>
public static class IcsCalendar
{
    /// <summary>Largest file in characters and longest event in days.</summary>
    public const int LargestFile = 2_000_000, LongestEvent = 31;

    private static readonly string[] WorkWords = ["班", "补班", "上班", "工作日", "workday", "work day", "make-up"];

    /// <summary>Reads a file; any event that cannot be read refuses the whole file with its line.</summary>
    public static CalendarReading Read(string text)
    {
        if (text.Length > LargestFile)
        {
            return Refuse("文件太大，请只导入一年的节假日日历。", "The file is too large; import one year of holidays.");
        }

        var lines = Unfold(text);
        if (!lines.Exists(line => line.Text.Equals("BEGIN:VCALENDAR", StringComparison.OrdinalIgnoreCase)))
        {
            return Refuse("文件不是 .ics 日历（没有 BEGIN:VCALENDAR）。", "This is no .ics calendar: BEGIN:VCALENDAR is missing.");
        }

        var errors = new List<FieldError>();
        var notes = new List<LocalText>();
        var days = new SortedDictionary<DateOnly, CalendarDayEntry>();
        Event? open = null;
        foreach (var (number, line) in lines)
        {
            var (name, parameters, value) = Property(line);
            switch (name)
            {
                case "BEGIN" when value.Equals("VEVENT", StringComparison.OrdinalIgnoreCase):
                    open = new Event(number);
                    break;
                case "END" when value.Equals("VEVENT", StringComparison.OrdinalIgnoreCase) && open is not null:
                    Take(open, days, errors, notes);
                    open = null;
                    break;
                case "DTSTART" when open is not null:
                    open.Start = Date(number, parameters, value, "DTSTART", errors, notes, open);
                    break;
                case "DTEND" when open is not null:
                    open.End = Date(number, parameters, value, "DTEND", errors, notes, open);
                    break;
                case "SUMMARY" when open is not null:
                    open.Summary = value.Replace("\\,", ",", StringComparison.Ordinal)
                        .Replace("\\;", ";", StringComparison.Ordinal)
                        .Replace("\\n", " ", StringComparison.OrdinalIgnoreCase)
                        .Replace("\\\\", "\\", StringComparison.Ordinal).Trim();
                    break;
                case "RRULE" when open is not null:
                    errors.Add(Line(number, "不支持重复事件（RRULE），请导入列出每一天的日历。",
                        "repeated events (RRULE) are not read; import a calendar that lists the days."));
                    break;
            }
        }

        if (open is not null)
        {
            errors.Add(Line(open.Line, "事件没有结束（缺少 END:VEVENT），文件可能不完整。",
                "the event does not end (END:VEVENT is missing); the file may be cut off."));
        }

        if (errors.Count == 0 && days.Count == 0)
        {
            return Refuse("文件里没有全天事件。", "The file holds no all-day events.");
        }

        return errors.Count > 0
            ? new CalendarReading.Refused(errors)
            : new CalendarReading.Read([.. days.Values], notes);
    }

    private static void Take(
        Event open, SortedDictionary<DateOnly, CalendarDayEntry> days, List<FieldError> errors, List<LocalText> notes)
    {
        if (open.Timed || open.Wrong)
        {
            return;
        }

        if (open.Start is not { } start)
        {
            errors.Add(Line(open.Line, "事件没有开始日期（DTSTART）。", "the event has no start (DTSTART)."));
            return;
        }

        var end = open.End ?? start.AddDays(1);
        if (end == start)
        {
            end = start.AddDays(1);
        }

        if (end < start || end.DayNumber - start.DayNumber > LongestEvent)
        {
            errors.Add(Line(open.Line, $"事件的起止日期不合理（最长 {LongestEvent} 天）。",
                $"start and end do not fit (at most {LongestEvent} days)."));
            return;
        }

        var kind = Array.Exists(WorkWords, word => open.Summary.Contains(word, StringComparison.OrdinalIgnoreCase))
            ? CalendarDayKind.MakeUpWorkday
            : CalendarDayKind.Holiday;
        for (var day = start; day < end; day = day.AddDays(1))
        {
            if (!days.TryAdd(day, new CalendarDayEntry(day, kind, ShortName(open.Summary))) && days[day].Kind != kind)
            {
                notes.Add(new($"{ChineseDate(day)}既是放假又是上班，以先出现的为准。",
                    $"{day:yyyy-MM-dd} is both off and on; the first one counts."));
            }
        }
    }

    private static DateOnly? Date(
        int number, string parameters, string value, string name, List<FieldError> errors,
        List<LocalText> notes, Event open)
    {
        if (DateOnly.TryParseExact(value, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        if (value.Length > 8 && value[8] == 'T'
            && !parameters.Contains("VALUE=DATE;", StringComparison.OrdinalIgnoreCase))
        {
            if (!open.Timed)
            {
                notes.Add(new(
                    $"第 {number} 行：事件带有钟点，不是全天事件，已略过。", $"Line {number}: an event with a time of day is left out."));
            }

            open.Timed = true;
            return null;
        }

        open.Wrong = true;
        errors.Add(Line(
            number, $"{name} 的日期“{value}”无法识别，应为 20260101 的样子。", $"the {name} “{value}” is no date such as 20260101."));
        return null;
    }

    /// <summary>
    /// Joins folded lines (RFC 5545, 3.1): a line that begins with a blank continues the one before. Keeps the first
    /// line's number.
    /// </summary>
    private static List<(int Number, string Text)> Unfold(string text)
    {
        var lines = new List<(int Number, string Text)>();
        var number = 0;
        foreach (var raw in text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n'))
        {
            number++;
            if (raw.Length > 0 && raw[0] is ' ' or '\t' && lines.Count > 0)
            {
                lines[^1] = (lines[^1].Number, lines[^1].Text + raw[1..]);
            }
            else if (raw.Trim().Length > 0)
            {
                lines.Add((number, raw.Trim()));
            }
        }

        return lines;
    }

    /// <summary>
    /// "DTSTART;VALUE=DATE:20260101" into name, parameters and value. A colon inside quoted parameters does not end
    /// them.
    /// </summary>
    private static (string Name, string Parameters, string Value) Property(string line)
    {
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            quoted ^= line[i] == '"';
            if (line[i] == ':' && !quoted)
            {
                var head = line[..i].Split(';', 2);
                return (head[0].ToUpperInvariant(), (head.Length > 1 ? head[1] : "") + ";", line[(i + 1)..].Trim());
            }
        }

        return (line.ToUpperInvariant(), "", "");
    }

    /// <summary>春节(休) becomes 春节.</summary>
    private static string ShortName(string summary)
    {
        var cut = summary.IndexOfAny(['(', '\uFF08']);
        var name = (cut > 0 ? summary[..cut] : summary).Trim();
        return name.Length == 0 ? "节假日" : name.Length > 40 ? name[..40] : name;
    }

    private static string ChineseDate(DateOnly day) => $"{day.Year}年{day.Month}月{day.Day}日";

    private static FieldError Line(int number, string zh, string en) =>
        new("file", new($"第 {number} 行：{zh}", $"Line {number}: {en}"));

    private static CalendarReading.Refused Refuse(string zh, string en) => new([new("file", new(zh, en))]);

    private sealed class Event(int line)
    {
        internal int Line { get; } = line;
        internal DateOnly? Start { get; set; }
        internal DateOnly? End { get; set; }
        internal string Summary { get; set; } = "";

        /// <summary>Has a time of day: not a calendar day of ours.</summary>
        internal bool Timed { get; set; }

        /// <summary>An error was noted already.</summary>
        internal bool Wrong { get; set; }
    }
}
