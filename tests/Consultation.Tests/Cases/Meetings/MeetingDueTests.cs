using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.History;
using Consultation.Cases.Meetings;
using Consultation.Cases.Tasks;

namespace Consultation.Tests.Cases.Meetings;

/// <summary>
/// Days counted from a meeting, by the State Council calendar of 2026: 25–27 September and 1–7 October off, Sunday 20
/// September and Saturday 10 October worked.
/// </summary>
public sealed class MeetingDueTests
{
    private static readonly DateTimeOffset September = new(2026, 9, 14, 1, 0, 0, TimeSpan.Zero);

    private readonly District _district = new();
    private readonly WorkingCalendar _calendar;
    private readonly Case _case;

    public MeetingDueTests()
    {
        _case = Made.Case(_district);
        _calendar = new(
            [
                .. Enumerable.Range(25, 3).Select(day => Day(new(2026, 9, day), CalendarDayKind.Holiday)),
                .. Enumerable.Range(1, 7).Select(day => Day(new(2026, 10, day), CalendarDayKind.Holiday)),
                Day(new(2026, 9, 20), CalendarDayKind.MakeUpWorkday),
                Day(new(2026, 10, 10), CalendarDayKind.MakeUpWorkday),
            ],
            TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"));
    }

    [Theory]
    [InlineData("2026-10-16", "-1wd", "2026-10-15")]
    [InlineData("2026-10-16", "-2wd", "2026-10-14")]
    [InlineData("2026-10-16", "-3wd", "2026-10-13")]
    [InlineData("2026-10-16", "-5wd", "2026-10-10")]
    [InlineData("2026-10-12", "-1wd", "2026-10-10")]
    [InlineData("2026-10-12", "-2wd", "2026-10-09")]
    [InlineData("2026-10-12", "-3wd", "2026-10-08")]
    [InlineData("2026-10-12", "-4wd", "2026-09-30")]
    [InlineData("2026-10-12", "-5wd", "2026-09-29")]
    [InlineData("2026-09-23", "2wd", "2026-09-28")]
    [InlineData("2026-09-23", "4wd", "2026-09-30")]
    [InlineData("2026-09-23", "5wd", "2026-10-08")]
    public void Spans_lead_from_the_meeting_in_working_days(string meeting, string span, string day)
    {
        WorkingDuration.TryParseSpan(span, out var within).Should().BeTrue();

        var (at, basis) = DueTimes.OfMeeting(within, Meeting(meeting), _calendar, September);

        _calendar.DayOf(at).Should().Be(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture));
        basis.Due(_calendar).Should().Be(at);
        _calendar.Add(Meeting(meeting).On, within).Should().Be(_calendar.DayOf(at));
    }

    [Theory]
    [InlineData("minutes", 9, 28)]
    [InlineData("minutes", 9, 30)]
    public void Minutes_sent_on_23_September_are_reminded_twice_and_end_on_8_October(string policy, int month, int day)
    {
        var reminders = PolicyDefaults.Reminders(_district.Id).Single(one => one.Key == policy);
        var sent = new DateTimeOffset(2026, 9, 23, 2, 0, 0, TimeSpan.Zero);
        var due = _calendar.DueAfter(sent, new(5, DayCount.WorkingDays));
        var first = ReminderClock.Next(reminders, due, 0, _calendar, sent)!.Value;
        var second = ReminderClock.Next(reminders, due, 1, _calendar, first)!.Value;

        _calendar.DayOf(due).Should().Be(new DateOnly(2026, 10, 8));
        new[] { _calendar.DayOf(first), _calendar.DayOf(second) }.Should().Contain(new DateOnly(2026, month, day));
        ReminderClock.IsTime(reminders, due, 0, _calendar, first).Should().BeTrue();
        ReminderClock.IsTime(reminders, due, 1, _calendar, first).Should().BeFalse();
        ReminderClock.Next(reminders, due, 2, _calendar, second).Should().BeNull();
    }

    [Fact]
    public void The_ladder_of_a_task_due_before_the_holidays_climbs_on_8_13_and_20_October()
    {
        var ladder = PolicyDefaults.Ladders(_district.Id).Single(one => one.Key == "standard");
        var due = _calendar.At(new(2026, 9, 30), new TimeOnly(18, 0));

        ladder.Rungs.Take(3).Select(rung => _calendar.DayOf(LadderPosition.RungAt(rung, due, _calendar)!.Value))
            .Should().Equal(new DateOnly(2026, 10, 8), new(2026, 10, 13), new(2026, 10, 20));
    }

    [Fact]
    public void A_plan_from_21_September_ends_its_second_week_on_10_October() =>
        new Consultation.Cases.Plans.PlannedPhase("p", 1, new("一"), 1, 2).Days(_case, new(2026, 9, 21), _calendar).To
            .Should().Be(new DateOnly(2026, 10, 10));

    [Theory]
    [InlineData("2026-10-16", "2026-10-14", "2026-10-14")]
    [InlineData("2026-10-18", "2026-10-14", "2026-10-14")]
    [InlineData("2026-10-18", "2026-10-16", "2026-10-16")]
    [InlineData("2026-10-16", "2026-10-11", "2026-10-12")]
    [InlineData("2026-10-12", "2026-10-11", "2026-10-10")]
    [InlineData("2026-10-09", "2026-10-02", "2026-10-08")]
    [InlineData("2026-10-16", "2026-10-16", "2026-10-16")]
    public void Replies_are_due_on_the_day_that_the_organiser_named_whatever_day_the_meeting_is_on(
        string meeting, string replyBy, string day)
    {
        var made = Meeting(meeting);
        made.ReplyBy = DateOnly.Parse(replyBy, System.Globalization.CultureInfo.InvariantCulture);

        var due = new DueBasis(made.ReplySpan(_calendar)!.Value, made.On).Due(_calendar);

        _calendar.DayOf(due).Should().Be(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void A_moved_meeting_takes_along_what_counts_from_it_and_its_timers_and_says_so()
    {
        var meeting = Meeting("2026-10-16");
        var (reply, other) = (Task(meeting, "-5wd"), Task(Meeting("2026-10-16"), "-5wd"));
        var timer = new Timer { DueAt = reply.DueAt, DueBasis = new TimerBasis.Due(reply.DueBasis).Write() };
        var wait = new Timer
        {
            InstanceId = "part",
            ActivityId = "w",
            DueAt = September.AddDays(20),
            DueBasis = new TimerBasis.WorkingDay(Span("-3wd"), meeting.On, meeting.Id).Write(),
        };
        var file = Made.File(_district, _case, meeting);
        var lines = new List<HistoryEntry>();

        meeting.Move(new MeetingSlot("2026-10-12", "14:30", "16:30", null, "三楼"), _district.Directory);
        file.MovedMeeting = meeting;
        file.MovedDues.AddRange(
            DueTimes.MoveWith(meeting, [reply, other], _calendar, _district.Secretary.Id, September, lines.Add));
        DueTimes.Follow(file, [timer, wait], September);

        _calendar.DayOf(reply.DueAt!.Value).Should().Be(new DateOnly(2026, 9, 29));
        reply.DueBasis.Should().Be(new DueBasis(Span("-5wd"), new(2026, 10, 12), Meeting: meeting.Id));
        (timer.DueAt, wait.DueAt).Should().Be((reply.DueAt, September));
        _calendar.DayOf(other.DueAt!.Value).Should().Be(new DateOnly(2026, 10, 10), "it counts from another meeting");
        lines.Should().ContainSingle().Which.Text.Zh.Should().Be("会议改期，“回执”的时限由2026-10-10改为2026-09-29。");
    }

    [Fact]
    public void A_day_that_has_passed_becomes_the_next_working_day_but_none_after_the_meeting_begins()
    {
        var meeting = Meeting("2026-09-15");

        var (at, basis) = DueTimes.OfMeeting(Span("-3wd"), meeting, _calendar, September);

        at.Should().Be(meeting.Begins(_calendar), "the end of the next working day comes after it has begun");
        basis.PassedOn.Should().Be(new DateOnly(2026, 9, 14));
    }

    [Fact]
    public void A_calendar_edit_moves_it_too()
    {
        var task = Task(Meeting("2026-10-16"), "-3wd");
        var after = new WorkingCalendar(
            [.. Enumerable.Range(1, 7).Append(15).Select(day => Day(new(2026, 10, day), CalendarDayKind.Holiday))],
            _calendar.Zone);

        DueTimes.Move(new([task], [], [], []), _calendar, after, PolicySet.None, null, September);

        after.DayOf(task.DueAt!.Value).Should().Be(new DateOnly(2026, 10, 12));
    }

    [Fact]
    public void A_suspension_puts_it_off_but_not_beyond_the_meeting()
    {
        var meeting = Meeting("2026-10-16");
        var (early, late) = (Task(meeting, "-5wd"), Task(meeting, "-1wd"));
        var file = new CaseFile(_district.Directory, _calendar, _case, [])
        {
            Policies = PolicySet.None,
            Tasks = [early, late],
            Meetings = [meeting],
        };
        Suspension.Begin(_case, September.AddHours(1));

        Suspension.End(file, September.AddDays(3));

        _calendar.DayOf(early.DueAt!.Value).Should().Be(new DateOnly(2026, 10, 14), "three working days on top");
        _calendar.DayOf(late.DueAt!.Value).Should().Be(meeting.On);
    }

    [Fact]
    public void What_was_set_by_hand_stays_when_the_meeting_moves()
    {
        var meeting = Meeting("2026-10-16");
        var task = Task(meeting, "-5wd");
        task.DueAt = task.DueAt!.Value.AddDays(1);

        meeting.Move(new MeetingSlot("2026-10-12", "14:30", "16:30", null, "三楼"), _district.Directory);
        DueTimes.MoveWith(meeting, [task], _calendar, _district.Secretary.Id, September, _ => { }).Should().BeEmpty();
    }

    private static WorkingDuration Span(string text) =>
        WorkingDuration.TryParseSpan(text, out var span) ? span : throw new ArgumentException(text);

    private Meeting Meeting(string on) => Made.Meeting(
        _district, _case, DateOnly.Parse(on, System.Globalization.CultureInfo.InvariantCulture), _district.Ma);

    private WorkTask Task(Meeting meeting, string span)
    {
        var (at, basis) = DueTimes.OfMeeting(Span(span), meeting, _calendar, September);
        return new()
        {
            OrganisationId = _district.Id,
            Id = TaskId.New(),
            CaseId = _case.Id,
            Number = "R2026-00001",
            InstanceId = "i",
            BookmarkId = "b",
            ActivityId = "a",
            Kind = TaskKind.Work,
            Title = new("回执", "Reply"),
            Mode = GateMode.AnyOne,
            Outcomes = [],
            Assignees = [],
            OpenedAt = September,
            DueAt = at,
            DueBasis = basis,
        };
    }

    private CalendarDay Day(DateOnly day, CalendarDayKind kind) =>
        new() { OrganisationId = _district.Id, Date = day, Kind = kind, Name = "", Source = "" };

    private sealed class Timer : IRunTimer
    {
        public string InstanceId { get; init; } = "i";
        public string ActivityId { get; init; } = "a";
        public string Name { get; init; } = "Consultation.Timer";
        public DateTimeOffset? DueAt { get; set; }
        public string? DueBasis { get; set; }
    }
}
