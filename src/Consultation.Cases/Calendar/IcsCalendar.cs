using Consultation.Cases.Forms;
using Ical.Net;
using Ical.Net.CalendarComponents;

namespace Consultation.Cases.Calendar;

/// <summary>
/// Reads holidays and make-up days from an iCalendar file (RFC 5545): all-day events with DTSTART;VALUE=DATE and an
/// exclusive DTEND. A summary with 班, 调休上班, 补班 or "work" makes working days; anything else makes days off. Repetitions
/// are refused, never counted out.
/// </summary>
public static class IcsCalendar
{
    /// <summary>
    /// Largest file in characters, most parts (events, alarms, time zones) in it, longest line when joined, longest
    /// event in days. A year of holidays has some 40 events; what is beyond these would keep the reader busy for
    /// seconds.
    /// </summary>
    public const int LargestFile = 1_000_000, MostParts = 2_000, LongestLine = 20_000, LongestEvent = 31;

    private static readonly string[] WorkWords = ["班", "补班", "上班", "工作日", "workday", "work day", "make-up"];

    /// <summary>Reads a file; any event that cannot be read refuses the whole file with its line.</summary>
    public static CalendarReading Read(string text)
    {
        var lines = new IcsLines(text.Length > LargestFile ? "" : PlainText.Clean(text));
        if (text.Length > LargestFile || lines.Parts > MostParts || lines.Longest > LongestLine)
        {
            return Refuse("文件太大，请只导入一年的节假日日历。", "The file is too large; import one year of holidays.");
        }

        if (!lines.IsCalendar)
        {
            return Refuse("文件不是 .ics 日历（没有 BEGIN:VCALENDAR）。", "This is no .ics calendar: BEGIN:VCALENDAR is missing.");
        }

        if (lines.OpenEvent is { } open)
        {
            return new CalendarReading.Refused(
            [
                Line(
                    open,
                    "事件没有结束（缺少 END:VEVENT），文件可能不完整。",
                    "the event does not end (END:VEVENT is missing); the file may be cut off."),
            ]);
        }

        try
        {
            var calendars = CalendarCollection.Load(lines.Text);
            return new Reading(lines).Of([.. calendars.SelectMany(calendar => calendar.Events)]);
        }
#pragma warning disable CA1031 // Whatever a stranger's file does to the library, who chose it is told in words.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            var words = string.Join(' ', exception.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            var cut = PlainText.Cut(PlainText.Clean(words), 200, "…");
            return Refuse($"日历文件有无法识别的内容：{cut}", $"Something in the calendar file cannot be read: {cut}");
        }
    }

    private static FieldError Line(int number, string zh, string en) =>
        new("file", new($"第 {number} 行：{zh}", $"Line {number}: {en}"));

    private static CalendarReading.Refused Refuse(string zh, string en) => new([new("file", new(zh, en))]);

    /// <summary>What one file yields.</summary>
    private sealed class Reading(IcsLines lines)
    {
        private readonly List<FieldError> _errors = [];
        private readonly List<LocalText> _notes = [];
        private readonly SortedDictionary<DateOnly, CalendarDayEntry> _days = [];

        public CalendarReading Of(IReadOnlyList<CalendarEvent> events)
        {
            for (var number = 0; number < events.Count; number++) Take(number, events[number]);
            return _errors.Count > 0 ? new CalendarReading.Refused(_errors)
                : _days.Count > 0 ? new CalendarReading.Read([.. _days.Values], _notes)
                : Refuse("文件里没有全天事件。", "The file holds no all-day events.");
        }

        private void Take(int number, CalendarEvent one)
        {
            if (one.Properties.ContainsKey("RRULE"))
            {
                Wrong(number, "RRULE", "不支持重复事件（RRULE），请导入列出每一天的日历。",
                    "repeated events (RRULE) are not read; import a calendar that lists the days.");
            }
            else if (Unread(one, "DTSTART", one.DtStart) || Unread(one, "DTEND", one.DtEnd))
            {
                var name = Unread(one, "DTSTART", one.DtStart) ? "DTSTART" : "DTEND";
                var value = lines.ValueOf(number, name);
                Wrong(number, name, $"{name} 的日期“{value}”无法识别，应为 20260101 的样子。",
                    $"the {name} “{value}” is no date such as 20260101.");
            }
            else if (one.DtStart is not { } start)
            {
                Wrong(number, "", "事件没有开始日期（DTSTART）。", "the event has no start (DTSTART).");
            }
            else if (start.HasTime || one.DtEnd is { HasTime: true })
            {
                var line = lines.LineOf(number, "DTSTART");
                _notes.Add(new(
                    $"第 {line} 行：事件带有钟点，不是全天事件，已略过。", $"Line {line}: an event with a time of day is left out."));
            }
            else
            {
                Take(number, start.Date, DaysOf(one, start.Date), one.Summary ?? "");
            }
        }

        private void Take(int number, DateOnly start, long length, string summary)
        {
            if (length is < 1 or > LongestEvent)
            {
                Wrong(
                    number,
                    "",
                    $"事件的起止日期不合理（最长 {LongestEvent} 天）。",
                    $"start and end do not fit (at most {LongestEvent} days).");
                return;
            }

            var kind = Array.Exists(WorkWords, word => summary.Contains(word, StringComparison.OrdinalIgnoreCase))
                ? CalendarDayKind.MakeUpWorkday
                : CalendarDayKind.Holiday;
            for (var day = start; length > 0; day = day.AddDays(1), length--)
            {
                if (!_days.TryAdd(day, new CalendarDayEntry(day, kind, ShortName(summary))) && _days[day].Kind != kind)
                {
                    _notes.Add(new(
                        $"{day.Year}年{day.Month}月{day.Day}日既是放假又是上班，以先出现的为准。",
                        $"{IsoDay.Iso(day)} is both off and on; the first one counts."));
                }
            }
        }

        private void Wrong(int number, string property, string zh, string en) =>
            _errors.Add(Line(lines.LineOf(number, property), zh, en));

        /// <summary>The file names it, and the library could make nothing of it.</summary>
        private static bool Unread(CalendarEvent one, string property, object? read) =>
            read is null && one.Properties.ContainsKey(property);

        /// <summary>The end is exclusive; an event without one, or with one on its first day, is a day long.</summary>
        private static long DaysOf(CalendarEvent one, DateOnly start) => one switch
        {
            { DtEnd: { } end } => end.Date == start ? 1 : end.Date.DayNumber - start.DayNumber,
            { Duration: { } length } => length.Sign * (((length.Weeks ?? 0) * 7L) + (length.Days ?? 0)),
            _ => 1,
        };

        /// <summary>春节(休) becomes 春节.</summary>
        private static string ShortName(string summary)
        {
            var cut = summary.IndexOfAny(['(', '\uFF08']);
            var name = (cut > 0 ? summary[..cut] : summary).ReplaceLineEndings(" ").Trim();
            return name.Length == 0 ? "节假日" : PlainText.Cut(name, 40);
        }
    }
}
