using Consultation.Cases.Forms;
using Ical.Net;
using Ical.Net.CalendarComponents;

namespace Consultation.Cases.Calendar;

/// <summary>
/// Reads holidays and make-up days from an iCalendar file (RFC 5545): all-day events with DTSTART;VALUE=DATE and an
/// exclusive DTEND, which <see cref="IcsMarks"/> tells apart. Observances, solar terms and cancelled events are left
/// out; what is read without being sure is said in the notes. Repetitions are refused, never counted out.
/// </summary>
public static class IcsCalendar
{
    /// <summary>
    /// Largest file in characters, most parts (events, alarms, time zones) in it, longest line when joined, longest
    /// event in days. A year of holidays has some 40 events; what is beyond these would keep the reader busy for
    /// seconds.
    /// </summary>
    public const int LargestFile = 1_000_000, MostParts = 2_000, LongestLine = 20_000, LongestEvent = 31;

    /// <summary>A longer rest than any that the State Council gave is worth a second look.</summary>
    private const int LongestRest = 9;

    /// <summary>Reads a file's bytes, in UTF-8 or GB18030.</summary>
    public static CalendarReading Read(byte[] content)
    {
        if (content.Length > LargestFile * 3) return Read(new string(' ', LargestFile + 1));
        if (FileText.Decode(content) is not var (text, encoding))
        {
            return Refuse(
                "无法识别文件编码，请另存为 UTF-8 编码的 .ics 再导入。",
                "The file's encoding is not known; save it as UTF-8 and try again.");
        }

        return Read(text) switch
        {
            CalendarReading.Read read when encoding == FileText.OlderChinese => read with
            {
                Notes =
                [
                    new($"文件按 {encoding} 编码读取，请核对名称是否正确。",
                        $"The file was read as {encoding}; check that the names are right."),
                    .. read.Notes,
                ],
            },
            var reading => reading,
        };
    }

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
            return new Reading(lines).Of([.. calendars.SelectMany(calendar => calendar.Events)],
                calendars.Any(calendar => "CANCEL".Equals(calendar.Method, StringComparison.OrdinalIgnoreCase)));
        }
#pragma warning disable CA1031 // Whatever a stranger's file does to the library, who chose it is told in words.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            var words = string.Join(' ', exception.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            var cut = PlainText.Cut(TypedText.Line(words), 200, "…");
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

        private readonly List<(int Number, DateOnly Start, long Length, string Name)> _named = [];

        public CalendarReading Of(IReadOnlyList<CalendarEvent> events, bool cancelled)
        {
            for (var number = 0; number < events.Count; number++) Take(number, events[number], cancelled);
            foreach (var (number, start, length, name) in _named) TakeNamed(number, start, length, name);
            return _errors.Count > 0 ? new CalendarReading.Refused(_errors)
                : _days.Count == 0 && _notes.Count == 0
                    ? Refuse("文件里没有全天事件。", "The file holds no all-day events.")
                : _days.Count > 0
                    ? new CalendarReading.Read([.. _days.Values], [.. _notes, .. IcsDoubts.Of(_days.Values)])
                : new CalendarReading.Refused(
                [
                    new("file", new(
                        "文件里没有全天的放假或调休上班事件。放假的事件请写明“休”，调休上班的写明“班”。",
                        "The file holds no all-day events that say day off or working day; write (休) or (班) into "
                            + "their names.")),
                    .. _notes.Take(20).Select(note => new FieldError("file", note)),
                ]);
        }

        private void Take(int number, CalendarEvent one, bool cancelled)
        {
            var name = one.Summary ?? "";
            var mark = cancelled ? IcsMark.Cancelled
                : IcsMarks.Of(name, one.Description, Property(one, "X-APPLE-SPECIAL-DAY"), one.Status);
            if (Unread(one, "DTSTART", one.DtStart) || Unread(one, "DTEND", one.DtEnd))
            {
                var property = Unread(one, "DTSTART", one.DtStart) ? "DTSTART" : "DTEND";
                var value = lines.ValueOf(number, property);
                Wrong(number, property, $"{property} 的日期“{value}”无法识别，应为 20260101 的样子。",
                    $"the {property} “{value}” is no date such as 20260101.");
            }
            else if (one.DtStart is not { } start)
            {
                Wrong(number, "", "事件没有开始日期（DTSTART）。", "the event has no start (DTSTART).");
            }
            else if (start.HasTime || one.DtEnd is { HasTime: true })
            {
                Note(number, "DTSTART", "事件带有钟点，不是全天事件，已略过。", "an event with a time of day is left out.");
            }
            else if (mark == IcsMark.Cancelled)
            {
                Note(number, "", $"“{ShortName(name)}”已取消，已略过。", $"“{ShortName(name)}” is cancelled and left out.");
            }
            else if (mark == IcsMark.Observance && name.Length > 0)
            {
                Note(number, "", $"“{ShortName(name)}”没有写明放假，按纪念日或节气略过；确实放假的，请在日历里逐日补上。",
                    $"“{ShortName(name)}” does not say that it is a day off and is left out as an observance; if it is "
                        + "one, enter it in the calendar by hand.");
            }
            else if (one.Properties.ContainsKey("RRULE"))
            {
                Wrong(number, "RRULE", "不支持重复事件（RRULE），请导入列出每一天的日历。",
                    "repeated events (RRULE) are not read; import a calendar that lists the days.");
            }
            else
            {
                Take(number, mark, start.Date, DaysOf(one, start.Date), name);
            }
        }

        private void Take(int number, IcsMark mark, DateOnly start, long length, string name)
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

            switch (mark)
            {
                case IcsMark.Named:
                    _named.Add((number, start, length, name));
                    return;
                case IcsMark.Observance:
                    Note(number, "", "事件没有名称，看不出是放假还是上班，已略过。",
                        "the event has no name that says whether people work, and is left out.");
                    return;
                case IcsMark.Exchanged:
                    Note(number, "", $"“{ShortName(name)}”只写了调休：周末的按上班读入，周一至周五的按放假读入，请核对。",
                        $"“{ShortName(name)}” only says exchanged: taken as a working day on a weekend, as a day off "
                            + "on a weekday; please check.");
                    break;
                case IcsMark.Off when length > LongestRest:
                    Note(number, "", $"“{ShortName(name)}”连放 {length} 天，请核对。",
                        $"“{ShortName(name)}” takes {length} days off; please check.");
                    break;
                default:
                    break;
            }

            for (var day = start; length > 0; day = day.AddDays(1), length--)
            {
                Add(day, mark == IcsMark.Work || (mark == IcsMark.Exchanged && IcsDoubts.IsWeekend(day))
                    ? CalendarDayKind.MakeUpWorkday
                    : CalendarDayKind.Holiday, name);
            }
        }

        /// <summary>
        /// A holiday's bare name counts where no event says more about the day: many calendars have both.
        /// </summary>
        private void TakeNamed(int number, DateOnly start, long length, string name)
        {
            var doubtful = false;
            for (var day = start; length > 0; day = day.AddDays(1), length--)
            {
                if (_days.ContainsKey(day)) continue;
                Add(day, CalendarDayKind.Holiday, name);
                doubtful = true;
            }

            if (doubtful)
            {
                Note(number, "", $"“{ShortName(name)}”没有写明放假，按法定节假日读入，请核对。",
                    $"“{ShortName(name)}” does not say that it is a day off; it is taken as the public holiday of that "
                        + "name; please check.");
            }
        }

        private void Add(DateOnly day, CalendarDayKind kind, string name)
        {
            if (!_days.TryAdd(day, new CalendarDayEntry(day, kind, ShortName(name))) && _days[day].Kind != kind)
            {
                _notes.Add(new(
                    $"{day.Year}年{day.Month}月{day.Day}日既是放假又是上班，以先出现的为准，请核对。",
                    $"{IsoDay.Iso(day)} is both off and on; the first one counts; please check."));
            }
        }

        private void Note(int number, string property, string zh, string en) =>
            _notes.Add(Line(lines.LineOf(number, property), zh, en).Message);

        private static string? Property(CalendarEvent one, string name) => one.Properties.Get<string>(name);

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
            var line = TypedText.Line(summary);
            var cut = line.IndexOfAny(['(', '\uFF08']);
            var name = (cut > 0 ? line[..cut] : line).Trim();
            return name.Length == 0 ? "节假日" : PlainText.Cut(name, 40);
        }
    }
}
