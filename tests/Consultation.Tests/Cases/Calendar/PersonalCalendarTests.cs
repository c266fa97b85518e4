using System.Text;
using Consultation.Cases.Calendar;
using Consultation.Cases.Meetings;
using Consultation.Cases.Tasks;
using Consultation.Testing.Mail;
using Ical.Net;

namespace Consultation.Tests.Cases.Calendar;

/// <summary>The file that calendar programs subscribe to.</summary>
public sealed class PersonalCalendarTests
{
    private static readonly WorkingCalendar Days = new([], TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"));

    [Fact]
    public void A_meeting_bears_the_uid_and_sequence_of_its_mailed_notice()
    {
        var meeting = Meeting();
        meeting.Sequence = 3;

        var text = Calendar(new PersonalMeeting(meeting, false, false)).Write();
        var shown = Ical.Net.Calendar.Load(text)!.Events.Single();

        shown.Uid.Should().Be(meeting.Id.Value.ToString("D"));
        shown.Sequence.Should().Be(3);
        shown.DtStart!.AsUtc.Should().Be(new DateTime(2026, 3, 20, 6, 0, 0, DateTimeKind.Utc));
        shown.Status.Should().Be("CONFIRMED");
        shown.Location.Should().Be(meeting.Place);
        shown.Attendees.Should().BeEmpty("nobody answers to a calendar that is subscribed to");
    }

    [Fact]
    public void What_was_called_off_stands_as_cancelled()
    {
        Ical.Net.Calendar.Load(Calendar(new PersonalMeeting(Meeting(), true, false)).Write())!.Events.Single()
            .Status.Should().Be("CANCELLED");
    }

    [Fact]
    public void Of_a_restricted_case_hours_and_numbers_are_all_that_is_shown()
    {
        var task = TaskOf();
        var text = (Calendar(new PersonalMeeting(Meeting(), false, true)) with
        {
            Tasks = [new(task, null, true)],
        }).Write();

        Unfolded(text).Should().NotContainAny("加装电梯", "议事厅", "确定协商议题").And.Contain("限制查阅")
            .And.Contain(task.Number);
    }

    [Fact]
    public void A_due_day_is_an_all_day_entry_that_takes_no_time_and_leads_to_a_page_that_asks_for_sign_in()
    {
        var task = TaskOf();
        task.DueAt = new DateTimeOffset(2026, 3, 6, 18, 0, 0, TimeSpan.Zero);

        var text = (Calendar() with { Tasks = [new(task, new("受李敏委托", "delegated by Li Min"), false)] }).Write();
        var shown = Ical.Net.Calendar.Load(text)!.Events.Single();

        shown.IsAllDay.Should().BeTrue();
        shown.DtStart!.Date.Should().Be(new DateOnly(2026, 3, 7), "the day in the organisation's time zone");
        shown.Transparency.Should().Be(TransparencyType.Transparent);
        shown.Url!.AbsoluteUri.Should().Be($"https://desk.example/tasks/{task.Id.Value:D}");
        shown.Description.Should().Contain("受李敏委托");
        Unfolded(text).Should().NotContainAny("/link/", "/t/");
    }

    [Fact]
    public void Names_break_no_line_and_every_line_is_folded_at_75_bytes()
    {
        var meeting = Meeting(
            title: "议题\r\nATTENDEE:mailto:x@y\r\n；,\\;" + new string('长', 200), place: "厅\u2028BEGIN:VALARM");

        var text = Calendar(new PersonalMeeting(meeting, false, false)).Write();

        text.Split("\r\n").Should().OnlyContain(line => Encoding.UTF8.GetByteCount(line) <= 75)
            .And.NotContain(line => line.StartsWith("ATTENDEE") || line.StartsWith("BEGIN:VALARM"));
        text.Replace("\r\n", "").Should().NotContain("\n");
        Ical.Net.Calendar.Load(text)!.Events.Single().Summary.Should().StartWith("议题 ATTENDEE:mailto:x@y ；,\\;长");
    }

    [Fact]
    public void The_same_content_gives_the_same_file()
    {
        var calendar = Calendar(new PersonalMeeting(Meeting(), false, false)) with
        {
            Tasks = [new(TaskOf(), null, false)],
        };

        calendar.Write().Should().Be(calendar.Write());
        calendar.LastChanged.Should().Be(MailMaking.Noon);
        (calendar with { Meetings = [], Tasks = [] }).Write().Should().Contain("BEGIN:VCALENDAR");
    }

    private static PersonalCalendar Calendar(params PersonalMeeting[] meetings) => new()
    {
        Organisation = new("通州区政协"),
        Person = "李敏",
        Language = "zh",
        Days = Days,
        Desk = "https://desk.example",
        Meetings = meetings,
    };

    private static WorkTask TaskOf()
    {
        var task = MailMaking.Task();
        task.DueAt = MailMaking.Noon.AddDays(1);
        return task;
    }

    private static Meeting Meeting(string title = "老旧小区加装电梯", string place = "新华街道协商议事厅") => new()
    {
        OrganisationId = new(MailMaking.Organisation),
        Id = new(Guid.CreateVersion7()),
        Title = title,
        Place = place,
        On = new(2026, 3, 20),
        From = new(14, 0),
        To = new(16, 0),
        OrganiserId = new(Guid.NewGuid()),
        PlannedAt = MailMaking.Noon.AddDays(-1),
        NoticedAt = MailMaking.Noon,
    };

    private static string Unfolded(string text) => text.Replace("\r\n ", "");
}
