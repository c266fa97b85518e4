using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.Meetings;

namespace Consultation.Tests.Cases.Meetings;

/// <summary>Signing in by the code at the door, by the list, late, for somebody else, from outside.</summary>
public sealed class ArrivalTests
{
    private static readonly DateTimeOffset Begin = new(2026, 3, 16, 6, 30, 0, TimeSpan.Zero);

    private readonly District _district = new();
    private readonly CaseFile _file;
    private readonly Meeting _meeting;

    public ArrivalTests()
    {
        _district.Ma.Phone = "138-1234 5678";
        _district.Na.Phone = "13911112222";
        var @case = Made.Case(_district);
        _meeting = Made.Meeting(_district, @case, new(2026, 3, 16), _district.Ma, _district.Na, _district.Chair);
        _file = Made.File(_district, @case, _meeting);
    }

    [Theory]
    [InlineData("马委员", "5678", true)]
    [InlineData(" 马 委员 ", "５６７８", true)]
    [InlineData("马委员", "5679", false)]
    [InlineData("马委员", "678", false)]
    [InlineData("陈主任", "", false)]
    [InlineData("陈主任", "0000", false)]
    [InlineData("过路人", "5678", false)]
    [InlineData("", "5678", false)]
    public void Name_and_last_digits_find_the_seat(string name, string digits, bool isFound) =>
        (Arrival.Find(_meeting, _district.Directory, name, digits) is not null).Should().Be(isFound);

    [Fact]
    public void Without_a_number_on_file_the_recorder_is_named_who_signs_them_in()
    {
        var chair = _meeting.SeatOf(_district.Chair.Id)!;

        Arrival.KnowsNumberOf(chair, _district.Directory).Should().BeFalse();
        Arrival.KnowsNumberOf(_meeting.SeatOf(_district.Ma.Id)!, _district.Directory).Should().BeTrue();
        MeetingEdit.Check(
            new MeetingAct.Arrive("陈主任", "0000")
            {
                OrganisationId = _district.Id,
                MeetingId = _meeting.Id,
                CaseId = _file.Case.Id,
                ActorId = default,
                OperationId = "arrive",
            },
            _meeting, _file, _district.Calendar, Begin).Should().ContainSingle().Which.Message.Zh.Should()
            .Contain("没有登记过手机号").And.Contain("记录人孙秘书");
    }

    [Fact]
    public void Two_who_fit_are_left_to_the_recorder()
    {
        foreach (var unit in new[] { "甲社区", "乙社区" })
        {
            _meeting.Enrol(_file.Case, Enrol("王芳", $"13900001234，{unit}"), Begin);
        }

        Arrival.Find(_meeting, _district.Directory, "王芳", "1234").Should().BeNull();
    }

    [Theory]
    [InlineData(-121, false)]
    [InlineData(-120, true)]
    [InlineData(30, true)]
    [InlineData(600, false)]
    public void The_door_opens_two_hours_before_and_closes_with_the_day(int minutes, bool isOpen) =>
        (Arrival.IsClosed(_meeting, _district.Calendar, Begin.AddMinutes(minutes)) is null).Should().Be(isOpen);

    [Fact]
    public void The_door_is_closed_once_the_meeting_is_over_or_called_off()
    {
        Sign(_district.Ma);
        _meeting.Hold(seat => seat.NameIn(_district.Directory), _district.Secretary.Id, Begin.AddHours(1));

        Arrive("那委员", "2222", Begin.AddHours(1)).Should().ContainSingle()
            .Which.Message.Zh.Should().Contain("会议已经结束");
        _meeting.CallOff("台风");
        Arrive("那委员", "2222", Begin).Should().ContainSingle().Which.Message.Zh.Should().Contain("已经取消");
    }

    [Fact]
    public void Whoever_signs_in_by_the_code_stands_in_the_record_and_once_only()
    {
        Arrive("马委员", "5678", Begin.AddMinutes(-5)).Should().BeEmpty();
        Arrive("马委员", "5678", Begin.AddMinutes(-4)).Should().BeEmpty("a second time changes nothing");

        var seat = _meeting.SeatOf(_district.Ma.Id)!;
        (seat.SignedInAt, seat.SignedInById).Should().Be((Begin.AddMinutes(-5), _district.Ma.Id));
        Lines.Should().Equal("马委员 扫码签到");
    }

    [Fact]
    public void A_wrong_number_says_how_to_go_on_and_names_nobody()
    {
        var error = Arrive("马委员", "0000", Begin).Should().ContainSingle().Subject;

        error.Message.Zh.Should().Contain("记录人孙秘书，由其登记到会").And.NotContain("那委员");
        _meeting.Present.Should().BeEmpty();
    }

    [Fact]
    public void Whoever_comes_after_the_beginning_is_late_and_minutes_say_when()
    {
        Arrive("马委员", "5678", Begin.AddMinutes(20)).Should().BeEmpty();

        Lines.Should().Equal("马委员 扫码签到（迟到）");
        MeetingDraft.Minutes(_meeting, _file)["text"].Should().Contain("出席：马委员（14:50到会）");
    }

    [Fact]
    public void A_substitute_signs_in_with_the_own_number_and_has_no_vote()
    {
        var seat = _meeting.SeatOf(_district.Ma.Id)!;
        _meeting.Reply(seat, new Dictionary<string, string>
        {
            ["reply"] = "substitute",
            ["substitute"] = "钱进",
            ["substitute-contact"] = "13700009999，qian@mail.example.com",
        }, Begin.AddDays(-3));

        Arrive("钱进", "9999", Begin).Should().BeEmpty();

        Lines.Should().Equal("钱进（代马委员） 扫码签到");
        seat.IsThereInPerson.Should().BeFalse("nobody votes for somebody else");
        seat.ResolveWhoCame(_district.Directory, _district.Id)!.Person.Should()
            .Match<Consultation.Cases.People.Person>(one => one.Name == "钱进" && one.Email == "qian@mail.example.com");
        MeetingDraft.Minutes(_meeting, _file)["text"].Should().Contain("出席：钱进（代马委员）");
    }

    [Fact]
    public void Whoever_announced_a_substitute_and_comes_after_all_is_there_in_person()
    {
        var seat = _meeting.SeatOf(_district.Ma.Id)!;
        _meeting.Reply(seat, new Dictionary<string, string>
        {
            ["reply"] = "substitute",
            ["substitute"] = "钱进",
            ["substitute-contact"] = "13700009999",
        }, Begin.AddDays(-3));

        Arrive("马委员", "5678", Begin).Should().BeEmpty();

        seat.IsThereInPerson.Should().BeTrue();
        Lines.Should().Equal("马委员 扫码签到");
    }

    [Fact]
    public void The_recorder_takes_a_sign_in_back_only_with_a_reason()
    {
        Sign(_district.Ma);
        var seat = _meeting.SeatOf(_district.Ma.Id)!;

        Do(SignIn(seat, false), Begin).Should().ContainSingle(error => error.Field == "why");
        Do(SignIn(seat, false, why: "同名，登记错了"), Begin).Should().BeEmpty();
        Do(SignIn(seat, true, "孙阳"), Begin.AddMinutes(1)).Should().BeEmpty();
        Do(SignIn(seat, true, "孙洋"), Begin.AddMinutes(2)).Should().BeEmpty("the name was misspelt");

        Lines.Should().Equal(
            "马委员 签到", "撤销 马委员 的签到，原因：同名，登记错了", "孙阳（代马委员） 签到（迟到）", "孙洋（代马委员） 签到（迟到）");
        seat.SignedInAt.Should().Be(Begin.AddMinutes(1), "the time stays");
        RecordChain.FirstBroken(_meeting, [.. _file.Added.OfType<MeetingLine>()]).Should().BeNull();
    }

    [Fact]
    public void Somebody_from_outside_the_roster_gets_a_seat_without_a_vote_and_is_there()
    {
        Do(WalkIn("马委员"), Begin).Should().ContainSingle(error => error.Field == "name", "has a seat already");
        Do(WalkIn("周记者"), Begin).Should().BeEmpty();

        var seat = _meeting.Present.Should().ContainSingle().Subject;
        seat.Should().Match<MeetingSeat>(one => one.GuestName == "周记者" && one.GuestUnit == "区融媒体中心"
            && !one.HasVote && one.AddedIn == 2);
        MeetingDraft.Minutes(_meeting, _file)["text"].Should().Contain("列席：周记者");
    }

    [Fact]
    public void Whoever_has_had_no_turn_at_the_end_stands_in_the_record()
    {
        Sign(_district.Ma);
        Sign(_district.Na);
        _meeting.Pass(_meeting.SeatOf(_district.Ma.Id)!, "马委员", _district.Secretary.Id, Begin);

        _meeting.Hold(seat => seat.NameIn(_district.Directory), _district.Secretary.Id, Begin.AddHours(1))
            .Select(line => line.Text).Should().Equal("未发言：那委员", "会议结束，到会2人");
    }

    private IEnumerable<string> Lines => _file.Added.OfType<MeetingLine>().Select(line => line.Text);

    private void Sign(Consultation.Cases.People.Person person) =>
        Do(SignIn(_meeting.SeatOf(person.Id)!, true), Begin).Should().BeEmpty();

    private static MeetingAct.Enrol Enrol(string name, string contact) =>
        new(null, name, contact, "resident", false, "补")
        {
            OrganisationId = default,
            MeetingId = default,
            CaseId = default,
            ActorId = default,
            OperationId = "",
        };

    private MeetingAct.SignIn SignIn(MeetingSeat seat, bool isThere, string substitute = "", string why = "") =>
        new(seat.Id, isThere, substitute, why)
        {
            OrganisationId = default,
            MeetingId = default,
            CaseId = default,
            ActorId = _district.Secretary.Id,
            OperationId = "",
        };

    private MeetingAct.WalkIn WalkIn(string name) => new(null, name, "区融媒体中心", "", "other", "采访")
    {
        OrganisationId = default,
        MeetingId = default,
        CaseId = default,
        ActorId = _district.Secretary.Id,
        OperationId = "",
    };

    private IReadOnlyList<FieldError> Arrive(string name, string digits, DateTimeOffset now) =>
        Do(new MeetingAct.Arrive(name, digits)
        {
            OrganisationId = default,
            MeetingId = default,
            CaseId = default,
            ActorId = default,
            OperationId = "",
        }, now);

    private IReadOnlyList<FieldError> Do(MeetingAct act, DateTimeOffset now)
    {
        var errors = MeetingEdit.Check(act, _meeting, _file, _district.Calendar, now);
        if (errors.Count == 0) MeetingEdit.DoOnDay(act, _meeting, _file, now);
        return errors;
    }
}
