using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.Forms;
using Consultation.Cases.Meetings;
using Consultation.Cases.Rules;

namespace Consultation.Tests.Cases.Meetings;

/// <summary>A roster keeps its least numbers when somebody goes, and a day off is pointed out.</summary>
public sealed class RosterShortageTests
{
    private static readonly RuleSet OneMember = new(new Dictionary<string, string>
    {
        [RuleKeys.RosterMinimums] = "member: 2",
    });

    private readonly District _district = new();
    private readonly Case _case;
    private readonly Meeting _meeting;

    public RosterShortageTests()
    {
        _case = Made.Case(_district);
        _meeting = Made.Meeting(_district, _case, new(2026, 3, 16), _district.Ma, _district.Na, _district.Outsider);
    }

    [Fact]
    public void Whoever_goes_is_checked_against_the_least_number_and_why_can_be_said()
    {
        MeetingRules.CheckLeaving(_meeting, _meeting.SeatOf(_district.Ma.Id)!, OneMember, "").Should().BeEmpty();
        _meeting.Drop(_meeting.SeatOf(_district.Outsider.Id)!, "出差");
        var seat = _meeting.SeatOf(_district.Ma.Id)!;

        var error = MeetingRules.CheckLeaving(_meeting, seat, OneMember, "").Should().ContainSingle().Subject;

        error.Field.Should().Be("short-roster");
        error.Message.Zh.Should().Contain("至少要有2名政协委员，现有1名").And.Contain("写明原因");
        MeetingRules.CheckLeaving(_meeting, seat, OneMember, "只有一名委员了解情况").Should().BeEmpty();
        _meeting.Drop(seat, "出差", "只有一名委员了解情况");
        seat.RemovedWhy.Should().Be("出差（名单少于规定人数：只有一名委员了解情况）");
    }

    [Fact]
    public void Whoever_declined_does_not_count()
    {
        _meeting.Reply(_meeting.SeatOf(_district.Ma.Id)!, Made.Reply("no"), Made.Now);
        _meeting.Reply(_meeting.SeatOf(_district.Na.Id)!, Made.Reply("no"), Made.Now);

        MeetingRules.Shortages(_meeting, OneMember).Should().ContainSingle().Which.Message.Zh.Should().Contain("现有1名");
    }

    [Fact]
    public void Somebody_is_dismissed_only_with_the_reason_for_the_shortage()
    {
        var file = Made.File(_district, _case, _meeting);
        var act = new MeetingAct.Dismiss(_meeting.SeatOf(_district.Ma.Id)!.Id, "出差")
        {
            OrganisationId = _district.Id,
            MeetingId = _meeting.Id,
            CaseId = _case.Id,
            ActorId = _district.Secretary.Id,
            OperationId = "dismiss",
        };

        MeetingEdit.Check(act, _meeting, file, _district.Calendar, Made.Now).Should()
            .ContainSingle("the product's rule wants residents and the platform as well")
            .Which.Field.Should().Be("short-roster");
        MeetingEdit.Check(act with { ShortRoster = "再请不到人" }, _meeting, file, _district.Calendar, Made.Now)
            .Should().BeEmpty();
    }

    [Theory]
    [InlineData("2026-03-21", "周六")]
    [InlineData("2026-04-06", "清明节假期")]
    public void A_day_off_is_pointed_out_with_its_name_and_may_be_kept(string day, string name)
    {
        var calendar = new WorkingCalendar(
            [new CalendarDay
            {
                OrganisationId = _district.Id,
                Date = new(2026, 4, 6),
                Kind = CalendarDayKind.Holiday,
                Name = "清明节",
                Source = "test",
            }],
            _district.Calendar.Zone);
        var slot = new MeetingSlot(day, "14:30", "16:30", null, "三楼");

        IReadOnlyList<FieldError> Check(MeetingSlot asked) => MeetingRules.Check(
            asked, [], [], _district.Directory, calendar, new(5, DayCount.WorkingDays), Made.Now);

        Check(slot).Should().ContainSingle(error => error.Field == "rest-day").Which.Message.Zh.Should()
            .Contain(name).And.Contain("写明在这一天召开的原因");
        Check(slot with { RestDay = "居民平时上班" }).Should().BeEmpty();
    }

    [Fact]
    public void A_make_up_day_is_no_day_off()
    {
        var calendar = new WorkingCalendar(
            [new CalendarDay
            {
                OrganisationId = _district.Id,
                Date = new(2026, 3, 21),
                Kind = CalendarDayKind.MakeUpWorkday,
                Name = "补班",
                Source = "test",
            }],
            _district.Calendar.Zone);

        MeetingRules.Check(
            new("2026-03-21", "14:30", "", null, "三楼"), [], [], _district.Directory, calendar,
            new(5, DayCount.WorkingDays), Made.Now).Should().BeEmpty();
    }

    [Fact]
    public void The_calendar_file_that_cancels_is_higher_than_the_one_that_asked()
    {
        (_district.Ma.Email, _district.Na.Email) = ("ma@example.org", "na@example.org");
        int Of(string address, bool isCancelled = false) =>
            _meeting.SequenceFor(address, _district.Directory, isCancelled);
        var asked = Of("ma@example.org");

        _meeting.Drop(_meeting.SeatOf(_district.Ma.Id)!, "出差");
        var cancelled = Of("MA@example.org", isCancelled: true);

        cancelled.Should().BeGreaterThan(asked);
        Of("ma@example.org").Should().BeGreaterThan(cancelled, "needed again, after all");
        Of("na@example.org").Should().Be(0, "nothing changed for the others, whose answers still fit");
        Of("delegate@example.org", isCancelled: true).Should().BeGreaterThan(0);
        _meeting.CallOff("停电");
        Of("na@example.org", isCancelled: true).Should().Be(1);
    }
}
