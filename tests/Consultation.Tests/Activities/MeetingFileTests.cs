using System.Text;
using Consultation.Activities.Notices;
using Consultation.Cases;
using Consultation.Cases.Tasks;
using Consultation.Mail.Templates;
using Consultation.Testing.Mail;
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
    public void A_notice_written_again_moves_the_meeting_and_after_a_meeting_the_next_is_another_one()
    {
        Record("notice", day: 1);
        var first = Meeting();
        Record("notice", day: 2, place: "五楼会议室");
        var moved = Meeting();
        Record("meeting-record", day: 3);
        MeetingFile.Of(_file, Draft(), MailMaking.Noon).Should().BeEmpty("there is no meeting to come");
        Record("notice", day: 4);
        var next = Meeting();

        (first.Sequence, first.Location).Should().Be((0, "三楼会议室"));
        (moved.Uid, moved.Sequence, moved.Location).Should().Be((first.Uid, 1, "五楼会议室"));
        next.Uid.Should().NotBe(first.Uid);
        next.Sequence.Should().Be(0);
    }

    [Fact]
    public void An_hour_in_words_stands_in_the_text_of_a_whole_day()
    {
        Record("notice", day: 1, time: "下午两点半");

        var meeting = Meeting();

        meeting.IsAllDay.Should().BeTrue();
        meeting.Description.Should().Be("下午两点半\n陈述、讨论。\n请带材料");
    }

    [Theory]
    [InlineData("zh", "会议通知.ics")]
    [InlineData("en", "meeting.ics")]
    public void The_file_has_a_name_in_the_reader_s_language(string language, string name)
    {
        Record("notice", day: 1);

        MeetingFile.Of(_file, Draft(language), MailMaking.Noon).Single().Name.Should().Be(name);
    }

    [Fact]
    public void A_mail_without_an_organiser_asks_for_no_answer()
    {
        Record("notice", day: 1);

        MeetingFile.Of(_file, Draft() with { Organiser = null }, MailMaking.Noon).Single()
            .ContentType.Should().Be("text/calendar; charset=utf-8; method=PUBLISH");
    }

    private CalendarEvent Meeting()
    {
        var file = MeetingFile.Of(_file, Draft(), MailMaking.Noon).Should().ContainSingle().Subject;
        return Ical.Net.Calendar.Load(Encoding.UTF8.GetString(file.Content))!.Events.Single();
    }

    private static MailDraft Draft(string language = "zh") =>
        MailMaking.Draft(MailTemplateCatalogue.MeetingNotice, language);

    /// <summary>The newest record stands first.</summary>
    private void Record(string kind, int day, string time = "14:30", string place = "三楼会议室")
    {
        _file.Records.Insert(0, new()
        {
            OrganisationId = _district.Organisation.Id,
            Id = Guid.NewGuid(),
            CaseId = _file.Case.Id,
            Kind = kind,
            Title = new("会议"),
            Fields = new()
            {
                ["on"] = "2026-04-10",
                ["time"] = time,
                ["place"] = place,
                ["topic"] = "停车",
                ["agenda"] = "陈述、讨论。",
                ["remark"] = "请带材料",
            },
            ById = PersonId.New(),
            At = MailMaking.Noon.AddDays(day),
        });
    }
}
