using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.Meetings;

namespace Consultation.Tests.Cases.Meetings;

/// <summary>The roster of a meeting in its versions, and several cases at one meeting.</summary>
public sealed class RosterTests
{
    private readonly District _district = new();
    private readonly Case _case;
    private readonly Meeting _meeting;

    public RosterTests()
    {
        _case = Made.Case(_district);
        _meeting = Made.Meeting(_district, _case, new(2026, 3, 16), _district.Ma, _district.Na);
    }

    [Fact]
    public void Who_takes_a_place_keeps_class_and_vote_and_the_difference_can_be_read()
    {
        var seat = _meeting.SeatOf(_district.Ma.Id)!;

        _meeting.Replace(seat, _case, _district.Outsider.Id, "", "", "出差", Made.Now);
        _meeting.Drop(_meeting.SeatOf(_district.Na.Id)!, "不补");

        var versions = RosterVersions.Of(_meeting);
        versions.Select(version => version.Seats.Count).Should().Equal(2, 2, 1);
        versions[1].Went.Should().ContainSingle().Which.PersonId.Should().Be(_district.Ma.Id);
        versions[1].Came.Should().ContainSingle().Which.Should().Match<MeetingSeat>(
            one => one.PersonId == _district.Outsider.Id && one.HasVote && one.Class == "member"
                && one.Replaces == seat.Id);
        versions[2].Went.Should().ContainSingle().Which.RemovedWhy.Should().Be("不补");
    }

    [Fact]
    public void A_case_that_joins_brings_its_topic_and_those_who_have_no_seat_yet()
    {
        var other = Made.Case(_district, "照明");

        MeetingPlan.JoinTo(_meeting, other, "照明",
            Made.Fields(_district, new(2026, 3, 16), _district.Na, _district.Outsider), Made.Now);
        MeetingPlan.JoinTo(_meeting, other, "照明", Made.Fields(_district, new(2026, 3, 16)), Made.Now);

        _meeting.Topics.Select(topic => (topic.Number, topic.Title)).Should().Equal((1, "停车"), (2, "照明"));
        _meeting.Current.Should().HaveCount(3, "who is invited already gets no second seat");
        _meeting.SeatOf(_district.Outsider.Id).Should().Match<MeetingSeat>(
            seat => seat.CaseId == other.Id && seat.AddedIn == 2);
        _meeting.RosterVersion.Should().Be(2);
    }

    [Fact]
    public void A_meeting_of_two_cases_closes_with_the_minutes_of_the_second()
    {
        var other = Made.Case(_district, "照明");
        MeetingPlan.JoinTo(_meeting, other, "照明", new Dictionary<string, string>(), Made.Now);
        _meeting.Hold(_ => "", _district.Secretary.Id, Made.Now);

        _meeting.CloseTopic(_case.Id, Made.Now).Should().BeTrue();
        _meeting.State.Should().Be(MeetingState.Held);
        _meeting.CloseTopic(_case.Id, Made.Now).Should().BeFalse();
        _meeting.CloseTopic(other.Id, Made.Now);

        _meeting.State.Should().Be(MeetingState.Closed);
    }

    [Fact]
    public void Guests_have_seats_with_name_and_address()
    {
        var fields = Made.Fields(_district, new(2026, 3, 16), _district.Ma);
        fields["others"] = FormValues.Write([new Dictionary<string, string>
        {
            ["name"] = "刘阿姨",
            ["class"] = "resident",
            ["contact"] = "13800000000，liu@example.com",
            ["vote"] = "no",
        }]);

        var meeting = MeetingPlan.Make(_case, "停车", fields, _district.Directory, _district.Secretary.Id, Made.Now);

        var guest = meeting.Current.Single(seat => seat.IsGuest);
        guest.Resolve(_district.Directory, _district.Id)!.Person.Should().Match<Consultation.Cases.People.Person>(
            person => person.Name == "刘阿姨" && person.Email == "liu@example.com");
        meeting.Voters.Should().ContainSingle();
    }

    [Fact]
    public void Replies_can_be_changed_and_another_day_asks_for_them_again()
    {
        var seat = _meeting.SeatOf(_district.Ma.Id)!;

        _meeting.Reply(seat, Made.Reply("no"), Made.Now);
        (seat.Reply, seat.Reason).Should().Be((SeatReply.Declines, "出差"));
        _meeting.Reconfirm(seat, Made.Reply("yes"), Made.Now);
        (seat.Reply, seat.Reason, seat.ReconfirmedAt).Should().Be((SeatReply.Comes, null, Made.Now));
        _meeting.Move(new MeetingSlot("2026-03-17", "09:00", "10:00", null, "二楼"), _district.Directory);

        (seat.Reply, seat.ReconfirmedAt, _meeting.Sequence).Should().Be((SeatReply.Comes, null, 1));
    }
}
