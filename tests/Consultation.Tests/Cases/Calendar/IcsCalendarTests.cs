using System.Text;
using Consultation.Cases.Calendar;

namespace Consultation.Tests.Cases.Calendar;

/// <summary>
/// Calendar files as people find them: what is off, what is worked, what is neither, and what is doubted (O4).
/// </summary>
public sealed class IcsCalendarTests
{
    private const CalendarDayKind Off = CalendarDayKind.Holiday, On = CalendarDayKind.MakeUpWorkday;

    [Theory]
    [InlineData("国庆节（休）", Off)]
    [InlineData("国庆节 休", Off)]
    [InlineData("春节放假", Off)]
    [InlineData("春节假期", Off)]
    [InlineData("National Day holiday", Off)]
    [InlineData("Day off for Qingming", Off)]
    [InlineData("国庆节", Off)]
    [InlineData("清明", Off)]
    [InlineData("Spring Festival", Off)]
    [InlineData("今天不上班", Off)]
    [InlineData("Non-working day", Off)]
    [InlineData("春节（班）", On)]
    [InlineData("国庆节(班)", On)]
    [InlineData("国庆节（ 班 ）", On)]
    [InlineData("补班", On)]
    [InlineData("補班", On)]
    [InlineData("春节调休上班", On)]
    [InlineData("调休工作日", On)]
    [InlineData("Workday", On)]
    [InlineData("Ｗｏｒｋｄａｙ", On)]
    [InlineData("Special Working Day", On)]
    [InlineData("SPECIAL WORKING DAY", On)]
    [InlineData("Make-up workday for Spring Festival", On)]
    [InlineData("植树节", null)]
    [InlineData("教师节", null)]
    [InlineData("春分", null)]
    [InlineData("国际劳动妇女节", null)]
    [InlineData("青年节", null)]
    [InlineData("元宵节", null)]
    [InlineData("退休干部座谈", null)]
    [InlineData("Arbor Day", null)]
    [InlineData("International Workers' Day rehearsal", null)]
    [InlineData("已取消：国庆节（休）", null)]
    [InlineData("Canceled: National Day holiday", null)]
    public void A_name_says_whether_people_work(string name, CalendarDayKind? kind) =>
        KindOf($"SUMMARY:{name}").Should().Be(kind);

    [Theory]
    [InlineData("SUMMARY:春节\r\nX-APPLE-SPECIAL-DAY:ALTERNATE-WORKDAY", On)]
    [InlineData("SUMMARY:春节\r\nX-APPLE-SPECIAL-DAY:WORK-HOLIDAY", Off)]
    [InlineData("SUMMARY:立春\r\nX-APPLE-SPECIAL-DAY:WORK-HOLIDAY", Off)]
    [InlineData("SUMMARY:清明节\r\nDESCRIPTION:Public holiday", Off)]
    [InlineData("SUMMARY:三月三\r\nDESCRIPTION:公共假期", Off)]
    [InlineData("SUMMARY:Special Working Day\r\nDESCRIPTION:Observance", On)]
    [InlineData("SUMMARY:National Day\r\nDESCRIPTION:Observance\\nTo hide observances go to settings", null)]
    [InlineData("SUMMARY:国庆节（休）\r\nSTATUS:CANCELLED", null)]
    [InlineData("SUMMARY:植树节\r\nRRULE:FREQ=YEARLY", null)]
    public void What_calendar_programs_write_beside_the_name_counts(string lines, CalendarDayKind? kind) =>
        KindOf(lines).Should().Be(kind);

    [Fact]
    public void A_bare_exchange_is_decided_by_the_weekday_and_pointed_out()
    {
        var read = Read(Event("20261010", "SUMMARY:国庆节调休"), Event("20261009", "SUMMARY:国庆节调休"));

        read.Days.Select(day => day.Kind).Should().Equal(Off, On);
        read.Notes.Should().Contain(note => note.Zh.Contains("只写了调休"));
    }

    [Fact]
    public void A_bare_name_counts_where_nothing_says_more_about_the_day()
    {
        var read = Read(Event("20260405", "SUMMARY:清明"), Event("20260405", "SUMMARY:清明节（休）"),
            Event("20260406", "SUMMARY:清明节（休）"), Event("20260501", "SUMMARY:劳动节"));

        read.Days.Select(day => (day.Date.Day, day.Kind)).Should().Equal((5, Off), (6, Off), (1, Off));
        read.Notes.Should().ContainSingle().Which.Zh.Should().Contain("“劳动节”没有写明放假，按法定节假日读入，请核对");
    }

    [Fact]
    public void What_is_left_out_is_said_with_its_line()
    {
        var read = Read(Event("20260312", "SUMMARY:植树节"), Event("20261001", "SUMMARY:国庆节（休）"),
            Event("20261002", "SUMMARY:国庆节（休）\r\nSTATUS:CANCELLED"));

        read.Days.Should().ContainSingle().Which.Name.Should().Be("国庆节");
        read.Notes.Select(note => note.Zh).Should().Equal(
            "第 2 行：“植树节”没有写明放假，按纪念日或节气略过；确实放假的，请在日历里逐日补上。",
            "第 10 行：“国庆节”已取消，已略过。");
    }

    [Fact]
    public void A_calendar_of_observances_alone_is_refused_with_what_it_holds()
    {
        var refused = IcsCalendar.Read(File(Event("20260312", "SUMMARY:植树节")))
            .Should().BeOfType<CalendarReading.Refused>().Which;

        refused.Errors[0].Message.Zh.Should().Contain("没有全天的放假或调休上班事件");
        refused.Errors[1].Message.Zh.Should().Contain("植树节");
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("GB18030")]
    public void Older_Chinese_files_are_read_and_said_to_be(string encoding)
    {
        var bytes = CodePagesEncodingProvider.Instance.GetEncoding(encoding) ?? Encoding.UTF8;

        var read = IcsCalendar.Read(bytes.GetBytes(File(Event("20260214", "SUMMARY:春节（班）"))))
            .Should().BeOfType<CalendarReading.Read>().Which;

        read.Days.Should().Equal(new CalendarDayEntry(new(2026, 2, 14), On, "春节"));
        read.Notes.Any(note => note.Zh.Contains("GB18030")).Should().Be(encoding == "GB18030");
    }

    [Fact]
    public void An_unknown_encoding_is_refused_in_words() =>
        IcsCalendar.Read(Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("BEGIN")).ToArray())
            .Should().BeOfType<CalendarReading.Refused>()
            .Which.Errors.Should().ContainSingle().Which.Message.Zh.Should().Contain("无法识别文件编码");

    [Fact]
    public void Make_up_days_on_weekdays_years_without_any_and_long_rests_are_doubted()
    {
        var onWeekday = Read(Event("20260302", "SUMMARY:补班"));
        var none = Read(Event("20261001", "DTEND;VALUE=DATE:20261019\r\nSUMMARY:国庆节（休）"));
        var years = Read(Event("20260101", "SUMMARY:元旦（休）"), Event("20270101", "SUMMARY:元旦（休）"));

        onWeekday.Notes.Should().ContainSingle().Which.Zh.Should().Contain("2026年3月2日“补班”标为上班，但那天本来就是工作日");
        none.Notes.Should().Contain(note => note.Zh.Contains("连放 18 天"))
            .And.Contain(note => note.Zh.Contains("2026 年没有一天调休上班"));
        years.Notes.Should().ContainSingle().Which.Zh.Should().Contain("2026、2027");
    }

    [Fact]
    public void What_differs_from_the_published_days_is_doubted()
    {
        IReadOnlyList<CalendarDayEntry> published =
        [
            new(new(2026, 10, 1), Off, "国庆节"), new(new(2026, 10, 2), Off, "国庆节"), new(new(2026, 10, 10), On, "国庆节"),
        ];
        IReadOnlyList<CalendarDayEntry> read =
            [new(new(2026, 10, 1), Off, "国庆节"), new(new(2026, 10, 8), Off, "国庆节"), new(new(2026, 10, 11), Off, "周日")];

        var doubts = IcsDoubts.AgainstPublished(read, year => year == 2026 ? published : []);

        doubts.Select(doubt => doubt.Zh).Should().Equal(
            "2026年10月8日“国庆节”与国务院公布的安排不同，请核对。",
            "国务院公布的2026年10月2日“国庆节”不在文件里，请核对。",
            "国务院公布的2026年10月10日“国庆节”不在文件里，请核对。");
        IcsDoubts.AgainstPublished(read, _ => []).Should().BeEmpty();
    }

    private static CalendarDayKind? KindOf(string lines) =>
        IcsCalendar.Read(File(Event("20260214", lines))) is CalendarReading.Read { Days: [var day] } ? day.Kind : null;

    private static CalendarReading.Read Read(params string[] events) =>
        IcsCalendar.Read(File(events)).Should().BeOfType<CalendarReading.Read>().Which;

    private static string Event(string day, string lines) =>
        $"BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:{day}\r\n{lines}\r\nEND:VEVENT\r\n";

    private static string File(params string[] events) =>
        $"BEGIN:VCALENDAR\r\n{string.Concat(events)}END:VCALENDAR\r\n";
}
