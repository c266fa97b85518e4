using System.Text;
using Consultation.Cases.Calendar;
using Ical.Net.CalendarComponents;

namespace Consultation.Tests.Cases.Calendar;

public sealed class MeetingInvitationTests
{
    private static readonly MeetingInvitation Meeting = new()
    {
        Uid = new("0199a000-0000-7000-8000-000000000001"),
        Sequence = 0,
        Written = new(2026, 3, 5, 12, 0, 0, TimeSpan.FromHours(8)),
        On = new(2026, 3, 20),
        Hours = (At(14, 30), At(16, 30)),
        Title = "河边步道夜间照明",
        Place = "通州区政协三楼会议室",
        Description = "开场致辞；\n议题陈述，自由讨论。",
        Organiser = new("王芳", "wang.fang@tongzhou.example.gov.cn"),
        Attendee = new("李敏", "li.min@tongzhou.example.gov.cn"),
    };

    [Fact]
    public void An_invitation_reads_as_calendar_programs_expect_it()
    {
        Meeting.Write().Should().Be(string.Join("\r\n",
            "BEGIN:VCALENDAR", "METHOD:REQUEST", "PRODID:-//Consultation//Meetings//ZH", "VERSION:2.0", "BEGIN:VEVENT",
            "ATTENDEE;CN=李敏;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION:mailto:li.min", " @tongzhou.example.gov.cn",
            "DESCRIPTION:开场致辞；\\n议题陈述，自由讨论。",
            "DTEND:20260320T083000Z", "DTSTAMP:20260305T040000Z", "DTSTART:20260320T063000Z",
            "LOCATION:通州区政协三楼会议室",
            "ORGANIZER;CN=王芳:mailto:wang.fang@tongzhou.example.gov.cn", "SEQUENCE:0", "STATUS:CONFIRMED",
            "SUMMARY:河边步道夜间照明", "UID:0199a000-0000-7000-8000-000000000001", "BEGIN:VALARM",
            "ACTION:DISPLAY", "DESCRIPTION:河边步道夜间照明",
            "TRIGGER:-P1D", "END:VALARM", "END:VEVENT", "END:VCALENDAR", ""));
    }

    [Fact]
    public void Long_Chinese_lines_are_folded_at_75_bytes_between_characters_and_read_back_whole()
    {
        var title = string.Concat(Enumerable.Repeat("老旧小区加装电梯的协商，𠮷祥里；", 20));
        var written = (Meeting with { Title = title, Description = title + "\n" + title }).Write();

        written.Split("\r\n")
            .Should().AllSatisfy(line => Encoding.UTF8.GetByteCount(line).Should().BeLessThanOrEqualTo(75));
        written.Should().NotContain("\uFFFD").And.NotMatchRegex("(?<!\r)\n");
        var read = Read(written);
        (read.Summary, read.Description).Should().Be((title, title + "\n" + title));
    }

    [Fact]
    public void Nothing_that_people_typed_begins_a_line_of_its_own()
    {
        const string evil = "会议\r\nATTENDEE:mailto:thief@evil.example\nEND:VEVENT\u2028\u0007\"; X=1: a, b\\n";
        var written = (Meeting with
        {
            Title = evil,
            Place = evil,
            Description = evil,
            Organiser = new(evil, "wang.fang@tongzhou.example.gov.cn"),
            Attendee = new(evil, "li.min@tongzhou.example.gov.cn"),
        }).Write();

        var read = Read(written);
        read.Attendees.Select(one => one.Value!.ToString()).Should().Equal("mailto:li.min@tongzhou.example.gov.cn");
        read.Summary.Should().Be("会议 ATTENDEE:mailto:thief@evil.example END:VEVENT \"; X=1: a, b\\n");
        read.Description.Should().StartWith("会议\nATTENDEE:mailto:thief@evil.example\nEND:VEVENT");
        written.Split("\r\n").Count(line => line.StartsWith("ATTENDEE", StringComparison.Ordinal)).Should().Be(1);
    }

    [Fact]
    public void A_changed_meeting_keeps_its_name_and_counts_up()
    {
        var changed = Read((Meeting with { Sequence = 1, Place = "五楼会议室" }).Write());

        (changed.Uid, changed.Sequence, changed.Location).Should().Be((Read(Meeting.Write()).Uid, 1, "五楼会议室"));
    }

    [Fact]
    public void A_meeting_whose_hour_is_said_in_words_takes_the_whole_day()
    {
        var read = Read((Meeting with { Hours = null }).Write());

        read.IsAllDay.Should().BeTrue();
        (read.DtStart!.Date, read.DtEnd!.Date).Should().Be((new DateOnly(2026, 3, 20), new DateOnly(2026, 3, 21)));
    }

    [Fact]
    public void Without_anybody_to_answer_to_the_file_asks_for_no_answer()
    {
        var written = (Meeting with { Organiser = null }).Write();

        written.Should().Contain("METHOD:PUBLISH").And.NotContain("ATTENDEE").And.NotContain("ORGANIZER");
    }

    [Theory]
    [InlineData("14:30", "14:30", "16:30")]
    [InlineData(" 9：05 ", "09:05", "11:05")]
    [InlineData("下午2:30", "14:30", "16:30")]
    [InlineData("上午9:00-11:30", "09:00", "11:30")]
    [InlineData("下午2:00至5:00", "14:00", "17:00")]
    [InlineData("上午10:00到下午1:30", "10:00", "13:30")]
    [InlineData("9:00 – 12:00", "09:00", "12:00")]
    public void The_hour_of_a_notice_is_understood(string text, string from, string to) =>
        MeetingTime.Read(text).Should().Be(new MeetingTime(
            TimeOnly.ParseExact(from, "HH:mm", System.Globalization.CultureInfo.InvariantCulture),
            TimeOnly.ParseExact(to, "HH:mm", System.Globalization.CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("")]
    [InlineData("下午两点半")]
    [InlineData("25:00")]
    [InlineData("14:75")]
    [InlineData("16:00-14:00")]
    [InlineData("23:00")]
    [InlineData("14:30\n15:00")]
    public void An_hour_in_other_words_is_left_to_people(string text) => MeetingTime.Read(text).Should().BeNull();

    private static DateTimeOffset At(int hour, int minute) => new(2026, 3, 20, hour, minute, 0, TimeSpan.FromHours(8));

    private static CalendarEvent Read(string written) => Ical.Net.Calendar.Load(written)!.Events.Single();
}
