using Consultation.Cases.Calendar;
using Consultation.Mail.Incoming;
using Consultation.Testing.Mail;

namespace Consultation.Tests.Mail.Incoming;

/// <summary>What mail servers and calendar programs say is read, and bent to nothing else.</summary>
public sealed class ReportReadingTests
{
    private static readonly Guid Meeting = new("0199a000-0000-7000-8000-00000000000a");

    [Theory]
    [InlineData("failed", IncomingKind.Bounce)]
    [InlineData("delayed", IncomingKind.Delay)]
    [InlineData("delivered", IncomingKind.Receipt)]
    [InlineData("relayed", IncomingKind.Receipt)]
    public void A_report_names_the_mail_the_address_and_the_server_s_words(string action, IncomingKind kind)
    {
        var mail = Read(new Letter
        {
            From = "MAILER-DAEMON@mail.tonghe.example",
            Results = null,
            Body = Letter.Report("<approval-request.abc@tongzhou.example.gov.cn>", "Li.Min@Tonghe.Example", action),
        });

        mail.Kind.Should().Be(kind);
        mail.Report!.MessageIds.Should().Equal("<approval-request.abc@tongzhou.example.gov.cn>");
        mail.Report.Address.Should().Be("li.min@tonghe.example");
        mail.Report.Words.Should().Contain("no such user");
    }

    [Fact]
    public void The_older_kind_of_bounce_is_known_by_its_header()
    {
        var mail = Read(new Letter
        {
            From = "postmaster@tonghe.example",
            More = ["X-Failed-Recipients: li.min@tonghe.example", "References: <a.b@tongzhou.example.gov.cn>"],
            Text = "no such user\n",
        });

        mail.Kind.Should().Be(IncomingKind.Bounce);
        mail.Report!.MessageIds.Should().Equal("<a.b@tongzhou.example.gov.cn>");
    }

    [Theory]
    [InlineData("ACCEPTED", Participation.Accepted)]
    [InlineData("DECLINED", Participation.Declined)]
    [InlineData("TENTATIVE", Participation.Tentative)]
    public void A_calendar_s_answer_names_meeting_attendee_and_what_it_says(string status, Participation says)
    {
        var mail = Read(new Letter { Body = Letter.Calendar(Meeting, 2, "Li.Min@tonghe.example", status) });

        mail.Kind.Should().Be(IncomingKind.Calendar);
        CalendarAnswer.Read(mail.Calendar!).Should()
            .Be(new CalendarAnswer(Meeting, 2, "li.min@tonghe.example", says, ""));
    }

    [Fact]
    public void Calendar_programs_that_mark_their_answers_as_automatic_are_heard()
    {
        var mail = Read(new Letter
        {
            More = ["Auto-Submitted: auto-generated"],
            Body = Letter.Calendar(Meeting, 0, "li.min@tonghe.example", "ACCEPTED"),
        });

        mail.Closed.Should().BeNull();
    }

    [Theory]
    [InlineData("REQUEST")]
    [InlineData("COUNTER")]
    [InlineData("CANCEL")]
    public void Another_method_is_no_answer(string method) =>
        Answer(Letter.Calendar(Meeting, 0, "li.min@tonghe.example", "ACCEPTED", method)).Should().BeNull();

    [Theory]
    [InlineData("NEEDS-ACTION")]
    [InlineData("DELEGATED")]
    [InlineData("")]
    public void Another_status_is_no_answer(string status) =>
        Answer(Letter.Calendar(Meeting, 0, "li.min@tonghe.example", status)).Should().BeNull();

    [Fact]
    public void A_file_with_two_meetings_two_attendees_or_a_foreign_one_is_no_answer()
    {
        var good = Letter.Calendar(Meeting, 0, "li.min@tonghe.example", "ACCEPTED");
        var attendee = "ATTENDEE;PARTSTAT=ACCEPTED:mailto:wang.fang@tonghe.example\n";

        Answer(good.Replace("SUMMARY:", attendee + "SUMMARY:", StringComparison.Ordinal)).Should().BeNull();
        var second = "BEGIN:VEVENT\nUID:x\nEND:VEVENT\nEND:VCALENDAR";
        Answer(good.Replace("END:VCALENDAR", second, StringComparison.Ordinal)).Should().BeNull();
        Answer(good.Replace(Meeting.ToString("D"), "somebody-elses-uid", StringComparison.Ordinal)).Should().BeNull();
        Answer(good.Replace("SUMMARY:", "RRULE:FREQ=SECONDLY\nSUMMARY:", StringComparison.Ordinal)).Should().BeNull();
        Answer(good.Replace("END:VEVENT\n", "", StringComparison.Ordinal)).Should().BeNull();
    }

    private static CalendarAnswer? Answer(string body) =>
        CalendarAnswer.Read(Read(new Letter { Body = body }).Calendar ?? "");

    private static ReadMail Read(Letter letter) => Replying.Reader.Read(letter.Bytes(Replying.Now));
}
