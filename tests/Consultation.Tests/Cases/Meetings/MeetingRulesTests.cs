using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.Forms;
using Consultation.Cases.Meetings;

namespace Consultation.Tests.Cases.Meetings;

/// <summary>What is wrong with the plan of a meeting, at its field. Today is Monday, 2 March 2026.</summary>
public sealed class MeetingRulesTests
{
    private readonly District _district = new();

    [Fact]
    public void A_plan_well_ahead_in_a_free_hall_is_right() => Check(Slot("2026-03-16")).Should().BeEmpty();

    [Theory]
    [InlineData("2025-01-01", "14:30", "", "on", "已经过去")]
    [InlineData("2026-03-02", "08:00", "", "on", "已经过去")]
    [InlineData("", "14:30", "", "on", "无效")]
    [InlineData("2026-03-16", "25:99", "", "from", "不是有效的时间")]
    [InlineData("2026-03-16", "14:30", "14:00", "from", "结束应晚于开始")]
    public void A_day_in_the_past_and_a_time_that_is_none_are_refused(
        string on, string from, string to, string field, string message) =>
        Check(Slot(on) with { From = from, To = to }).Should().ContainSingle(error => error.Field == field)
            .Which.Message.Zh.Should().Contain(message);

    [Theory]
    [InlineData("2026-03-17", "在会议日期2026-03-16之后")]
    [InlineData("2026-02-27", "已经过去")]
    [InlineData("下周", "无效")]
    public void Replies_after_the_day_are_refused(string replyBy, string message) =>
        Check(Slot("2026-03-16") with { ReplyBy = replyBy }).Should().ContainSingle(error => error.Field == "reply-by")
            .Which.Message.Zh.Should().Contain(message);

    [Fact]
    public void A_notice_later_than_the_rule_needs_a_reason()
    {
        var tomorrow = Slot("2026-03-03");

        Check(tomorrow).Should().ContainSingle(error => error.Field == "short-notice").Which.Message.Zh.Should()
            .Contain("2026-02-24").And.Contain("会前 5 个工作日");
        Check(tomorrow with { ShortNotice = "汛情" }).Should().BeEmpty();
        Check(Slot("2026-03-09")).Should().BeEmpty("that leaves the five working days");
    }

    [Fact]
    public void Whoever_a_joining_case_brings_is_not_at_another_meeting_at_that_time()
    {
        var joined = Made.Meeting(_district, Made.Case(_district), new(2026, 3, 16), _district.Ma);
        var other = Made.Meeting(_district, Made.Case(_district, "加装电梯"), new(2026, 3, 16), _district.Na);
        (other.HostId, other.RecorderId) = (null, null);

        MeetingRules.CheckJoining(joined, [_district.Na.Id], [joined, other], _district.Directory).Should()
            .ContainSingle(error => error.Field == "people").Which.Message.Zh.Should().Contain("那委员");
        MeetingRules.CheckJoining(joined, [_district.Ma.Id], [joined, other], _district.Directory).Should().BeEmpty();
    }

    [Fact]
    public void Two_residents_of_one_name_have_two_seats_and_one_entered_twice_has_one()
    {
        Dictionary<string, string> Guest(string contact) =>
            new() { ["name"] = "张伟", ["contact"] = contact, ["class"] = "resident", ["vote"] = FormValues.No };
        var fields = Made.Fields(_district, new(2026, 3, 16));
        fields["others"] = FormValues.Write([Guest("13800000001"), Guest("13900000002"), Guest("13800000001")]);

        var meeting = MeetingPlan.Make(
            Made.Case(_district), "停车", fields, _district.Directory, _district.Secretary.Id, District.Now);

        meeting.Seats.Select(seat => seat.GuestContact).Should().Equal("13800000001", "13900000002");
    }

    [Theory]
    [InlineData("2026-03-13T17:50:00+08:00", "2026-03-13T18:00:00+08:00", "1wd", false)]
    [InlineData("2026-03-13T17:50:00+08:00", "2026-03-13T18:00:00+08:00", "0wd", true)]
    [InlineData("2026-03-13T17:50:00+08:00", "2026-03-16T09:00:00+08:00", "1wd", true)]
    [InlineData("2026-03-13T17:50:00+08:00", "2026-03-16T09:00:00+08:00", "2wd", false)]
    public void Who_replied_a_moment_ago_is_not_asked_to_confirm_it(
        string replied, string now, string rest, bool isAsked)
    {
        var meeting = Made.Meeting(_district, Made.Case(_district), new(2026, 3, 18), _district.Ma);
        var seat = meeting.SeatOf(_district.Ma.Id)!;
        meeting.Reply(seat, Made.Reply(FormValues.Yes), At(replied));

        WorkingDuration.TryParse(rest, out var span).Should().BeTrue();
        seat.MayBeAskedAgain(span, _district.Calendar, At(now)).Should().Be(isAsked);

        static DateTimeOffset At(string text) =>
            DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
    }

    [Theory]
    [InlineData("16:00", "17:00", true)]
    [InlineData("16:30", "17:00", false)]
    [InlineData("13:00", "14:30", false)]
    [InlineData("09:00", "18:00", true)]
    public void Two_meetings_do_not_share_a_hall_at_one_time(string from, string to, bool clash)
    {
        var other = Other(_district.Na);
        other.HallId = _district.Platform.Id;

        var errors = Check(
            Slot("2026-03-16") with { From = from, To = to, Hall = _district.Platform.Id }, others: other);

        errors.Any(error => error.Field == "hall" && error.Message.Zh.Contains("已有会议")).Should().Be(clash);
    }

    [Fact]
    public void Nobody_is_at_two_meetings_at_one_time_but_who_declined_is_free()
    {
        var other = Other(_district.Na, _district.Ma);

        Check(Slot("2026-03-16"), [_district.Ma.Id], other).Should().ContainSingle().Which.Message.Zh.Should()
            .Contain("马委员在14:30–16:30要参加其他会议").And.NotContain("停车", "the other case may be restricted");
        other.Reply(other.SeatOf(_district.Ma.Id)!, Made.Reply("no"), Made.Now);
        Check(Slot("2026-03-16"), [_district.Ma.Id], other).Should().BeEmpty();
    }

    [Fact]
    public void A_meeting_that_was_called_off_takes_no_hall()
    {
        var other = Other(_district.Na);
        other.HallId = _district.Platform.Id;
        other.CallOff("台风");

        Check(Slot("2026-03-16") with { Hall = _district.Platform.Id }, others: other).Should().BeEmpty();
    }

    [Fact]
    public void Each_class_has_its_minimum_and_several_may_count_together()
    {
        var rules = MeetingRules.ReadMinimums("resident|firm: 1; member: 2")!;

        MeetingRules.CheckClasses(["firm", "member"], rules).Should().ContainSingle().Which.Message.Zh.Should()
            .Be("参会名单至少要有2名政协委员，现有1名。");
        MeetingRules.CheckClasses(["firm", "member", "member"], rules).Should().BeEmpty();
        MeetingRules.ReadMinimums("celebrity: 1").Should().BeNull();
    }

    private Meeting Other(params Consultation.Cases.People.Person[] people)
    {
        var other = Made.Meeting(_district, Made.Case(_district), new(2026, 3, 16), people);
        (other.HostId, other.RecorderId) = (null, null);
        return other;
    }

    private static MeetingSlot Slot(string on) => new(on, "14:30", "16:30", null, "三楼会议室");

    private IReadOnlyList<FieldError> Check(
        MeetingSlot slot, IReadOnlyCollection<PersonId>? people = null, params Meeting[] others) => MeetingRules.Check(
        slot, people ?? [], others, _district.Directory, _district.Calendar, new(5, DayCount.WorkingDays), Made.Now);
}
