using System.Text;
using Consultation.Activities.Notices;
using Consultation.Cases;
using Consultation.Cases.Meetings;
using Consultation.Cases.Tasks;
using Consultation.Mail.Templates;
using Consultation.Testing.Mail;
using Consultation.Tests.Cases.Meetings;
using Ical.Net.CalendarComponents;
using District = Consultation.Tests.Cases.District;

namespace Consultation.Tests.Activities;

/// <summary>What the calendar file of a meeting notice says of a case.</summary>
public sealed class MeetingFileTests
{
    private readonly District _district = new();
    private readonly CaseFile _file;

    public MeetingFileTests() => _file = new(
        _district.Directory,
        _district.Calendar,
        new()
        {
            OrganisationId = _district.Organisation.Id,
            Id = CaseId.New(),
            Kind = CaseKind.SixStep,
            Title = "停车",
            OpenedAt = MailMaking.Noon,
        },
        [])
    { Policies = PolicySet.None };

    [Fact]
    public void A_meeting_that_was_moved_has_a_higher_sequence_and_the_next_is_another_one()
    {
        MeetingFile.Of(_file, Draft(), null, MailMaking.Noon).Should().BeEmpty("there is no meeting");
        var planned = Plan();
        var first = Meeting();
        planned.Move(new("2026-04-13", "09:00", "11:00", null, "五楼会议室"), _district.Directory);
        var moved = Meeting();
        Plan();
        var next = Meeting();

        (first.Sequence, first.Location).Should().Be((0, "三楼会议室"));
        (moved.Uid, moved.Sequence, moved.Location).Should().Be((first.Uid, 1, "五楼会议室"));
        moved.DtStart!.AsUtc.Should().Be(new DateTime(2026, 4, 13, 1, 0, 0, DateTimeKind.Utc));
        (next.Uid == first.Uid, next.Sequence).Should().Be((false, 0));
    }

    [Fact]
    public void A_cancellation_takes_the_meeting_out_of_the_calendar()
    {
        Plan().CallOff("台风");

        var file = MeetingFile.Of(
            _file, Draft() with { Template = MailTemplateCatalogue.MeetingCancelled }, null, MailMaking.Noon).Single();

        file.ContentType.Should().EndWith("method=CANCEL");
        var text = Encoding.UTF8.GetString(file.Content);
        text.Should().Contain("METHOD:CANCEL").And.Contain("STATUS:CANCELLED").And.Contain("SEQUENCE:1");
        text.Should().NotContain("VALARM");
    }

    [Theory]
    [InlineData("zh", "会议通知.ics")]
    [InlineData("en", "meeting.ics")]
    public void The_file_has_a_name_in_the_reader_s_language(string language, string name)
    {
        Plan();

        MeetingFile.Of(_file, Draft(language), null, MailMaking.Noon).Single().Name.Should().Be(name);
    }

    [Fact]
    public void A_mail_without_an_organiser_asks_for_no_answer()
    {
        Plan();

        MeetingFile.Of(_file, Draft() with { Organiser = null }, null, MailMaking.Noon).Single()
            .ContentType.Should().Be("text/calendar; charset=utf-8; method=PUBLISH");
    }

    private CalendarEvent Meeting()
    {
        var file = MeetingFile.Of(_file, Draft(), null, MailMaking.Noon).Should().ContainSingle().Subject;
        return Ical.Net.Calendar.Load(Encoding.UTF8.GetString(file.Content))!.Events.Single();
    }

    private static MailDraft Draft(string language = "zh") =>
        MailMaking.Draft(MailTemplateCatalogue.MeetingNotice, language);

    /// <summary>The newest meeting stands first.</summary>
    private Meeting Plan()
    {
        var meeting = Made.Meeting(_district, _file.Case, new(2026, 4, 10), _district.Ma);
        _file.Meetings.Insert(0, meeting);
        return meeting;
    }
}
