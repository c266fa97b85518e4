using Consultation.Cases;
using Consultation.Cases.Meetings;

namespace Consultation.Tests.Cases.Meetings;

/// <summary>The day of a meeting: sign-in, run sheet, turns, questions, and the record that keeps them.</summary>
public sealed class MeetingDayTests
{
    private static readonly DateTimeOffset Begin = new(2026, 3, 16, 6, 30, 0, TimeSpan.Zero);

    private readonly District _district = new();
    private readonly CaseFile _file;
    private readonly Meeting _meeting;
    private readonly List<MeetingLine> _lines = [];

    public MeetingDayTests()
    {
        var @case = Made.Case(_district);
        _meeting = Made.Meeting(_district, @case, new(2026, 3, 16), _district.Ma, _district.Na, _district.Chair);
        _file = Made.File(_district, @case, _meeting);
    }

    [Fact]
    public void Nothing_of_the_day_is_taken_before_it()
    {
        var early = Check(new MeetingAct.Note("提前写好", null)
        {
            OrganisationId = default,
            MeetingId = default,
            CaseId = default,
            ActorId = _district.Secretary.Id,
            OperationId = ""
        }, Made.Now);

        early.Should().ContainSingle().Which.Message.Zh.Should().Contain("会议在2026-03-16召开");
    }

    [Fact]
    public void Everything_of_the_day_is_a_line_of_one_chain()
    {
        Do(id => new MeetingAct.SignIn(Seat(_district.Ma).Id, true)
        {
            OrganisationId = _district.Id,
            MeetingId = _meeting.Id,
            CaseId = _file.Case.Id,
            ActorId = _district.Secretary.Id,
            OperationId = id
        });
        _lines.AddRange(_meeting.Begin("opening", _district.Secretary.Id, Begin));
        _lines.AddRange(_meeting.Begin("discussion", _district.Secretary.Id, Begin.AddMinutes(10)));
        _lines.Add(_meeting.Note("主持人致辞", null, _district.Secretary.Id, Begin.AddMinutes(11)));

        _lines.Select(line => line.Text).Should().Equal(
            "马委员 签到", "开始：开场致辞", "结束：开场致辞", "开始：自由讨论", "主持人致辞");
        _lines.Select(line => line.Number).Should().Equal(1, 2, 3, 4, 5);
        RecordChain.FirstBroken(_meeting, _lines).Should().BeNull();
        _meeting.RunSheet[0].Should().Match<RunSheetItem>(item => item.EndedAt == Begin.AddMinutes(10));
    }

    [Fact]
    public void A_correction_is_a_new_line_and_a_changed_or_missing_line_shows()
    {
        foreach (var text in new[] { "一", "二", "三" })
        {
            _lines.Add(_meeting.Note(text, null, _district.Secretary.Id, Begin));
        }

        _lines.Add(_meeting.Note("第二条应为：贰", 2, _district.Secretary.Id, Begin));

        _lines[3].Should().Match<MeetingLine>(line => line.Corrects == 2 && line.Kind == RecordKind.Correction);
        _lines[1].Text.Should().Be("二", "a line is never changed");
        RecordChain.FirstBroken(_meeting, _lines).Should().BeNull();
        RecordChain.FirstBroken(_meeting, [.. _lines.Where(line => line.Number != 2)]).Should().Be(2);
        RecordChain.FirstBroken(_meeting, _lines[..3]).Should().Be(4, "the last one was cut off");
        RecordChain.FirstBroken(_meeting, [_lines[0], Forged(_lines[1]), .. _lines[2..]]).Should().Be(2);
    }

    [Fact]
    public void Everybody_present_gets_a_turn_and_who_passes_is_noted()
    {
        foreach (var person in new[] { _district.Ma, _district.Na, _district.Chair })
        {
            _meeting.SignIn(Seat(person), "", _file.Directory, _file.Calendar, _district.Secretary.Id, Begin);
        }

        _meeting.Queue(Seat(_district.Ma), Begin);
        _meeting.Queue(Seat(_district.Ma), Begin);
        var turn = _meeting.Turns.Should().ContainSingle("asking twice is asking once").Subject;
        _meeting.Speak(turn.Id, Name, _district.Secretary.Id, Begin);
        _meeting.Ends(turn.Id, "建议错时开放", Name, _district.Secretary.Id, Begin.AddMinutes(2.5)).Single().Text
            .Should().Be("马委员 发言3分钟：建议错时开放");
        _meeting.Pass(Seat(_district.Na), "那委员", _district.Secretary.Id, Begin).Text.Should().Be("那委员 放弃发言");

        _meeting.WithoutTurn().Should().ContainSingle().Which.PersonId.Should().Be(_district.Chair.Id);
    }

    [Fact]
    public void An_open_question_has_an_owner_and_a_day()
    {
        var question = new MeetingQuestion(Guid.NewGuid(), "何时开放？", "王阿姨");

        CheckAsk(question).Should().ContainSingle(error => error.Field == "answer");
        CheckAsk(question with { OwnerId = _district.Na.Id, DueOn = new(2026, 3, 1) })
            .Should().ContainSingle(error => error.Field == "due");
        CheckAsk(question with { OwnerId = _district.Na.Id, DueOn = new(2026, 3, 30) }).Should().BeEmpty();
        CheckAsk(question with { Answer = "四月起", AnsweredBy = "那委员" }).Should().BeEmpty();
    }

    [Fact]
    public void Only_those_who_run_the_meeting_enter_anything()
    {
        Check(new MeetingAct.Note("路过", null)
        {
            OrganisationId = default,
            MeetingId = default,
            CaseId = default,
            ActorId = _district.Outsider.Id,
            OperationId = ""
        }, Begin)
            .Should().ContainSingle().Which.Message.Zh.Should().Contain("组织人、主持人、记录人");
    }

    [Fact]
    public void The_record_and_the_minutes_are_drafted_from_the_day()
    {
        _meeting.SignIn(Seat(_district.Ma), "", _file.Directory, _file.Calendar, _district.Secretary.Id, Begin);
        _meeting.Pass(Seat(_district.Ma), "马委员", _district.Secretary.Id, Begin);
        _meeting.Note(
            new MeetingOption(Guid.NewGuid(), OptionKind.Advice, "夜间共享", "王阿姨"), _district.Secretary.Id, Begin);
        _meeting.Note(new MeetingQuestion(Guid.NewGuid(), "收费吗？", "王阿姨", OwnerId: _district.Na.Id,
            DueOn: new(2026, 3, 30)), "那委员", _district.Secretary.Id, Begin);

        var record = MeetingDraft.Record(_meeting, _file);
        var minutes = MeetingDraft.Minutes(_meeting, _file);

        record["discussion"].Should().Be("马委员：放弃发言");
        record["advice"].Should().Contain("夜间共享");
        record["questions"].Should().Contain("2026-03-30").And.Contain("那委员");
        minutes["text"].Should().ContainAll(
            "时间：2026年3月16日 14:30—16:30", "地点：三楼会议室", "主持：陈主任", "出席：马委员", "缺席：那委员、陈主任");
        minutes["actions"].Should().Contain("“收费吗？”由那委员在2026-03-30前答复");
    }

    [Fact]
    public void The_difference_of_two_drafts_names_what_went_and_what_came()
    {
        Dictionary<string, string> Draft(string text) => new() { ["text"] = text, ["actions"] = "开放车位" };

        MeetingDraft.Difference(Draft("一\n二\n三"), Draft("一\n贰\n三\n四")).Should().Be("－ 二\n＋ 贰\n＋ 四");
        MeetingDraft.Difference(Draft("一"), Draft("一")).Should().BeEmpty();
    }

    private static string Name(MeetingSeat seat) => "马委员";

    private MeetingSeat Seat(Consultation.Cases.People.Person person) => _meeting.SeatOf(person.Id)!;

    private IReadOnlyList<Consultation.Cases.Forms.FieldError> Check(MeetingAct act, DateTimeOffset now) =>
        MeetingEdit.Check(act, _meeting, _file, _district.Calendar, now);

    private IReadOnlyList<Consultation.Cases.Forms.FieldError> CheckAsk(MeetingQuestion question) =>
        Check(new MeetingAct.Ask(question)
        {
            OrganisationId = default,
            MeetingId = default,
            CaseId = default,
            ActorId = _district.Secretary.Id,
            OperationId = ""
        }, Begin);

    private void Do(Func<string, MeetingAct> make)
    {
        MeetingEdit.DoOnDay(make("1"), _meeting, _file, Begin);
        _lines.AddRange(_file.Added.OfType<MeetingLine>());
    }

    private static MeetingLine Forged(MeetingLine line) => new()
    {
        OrganisationId = line.OrganisationId,
        Id = line.Id,
        MeetingId = line.MeetingId,
        Number = line.Number,
        At = line.At,
        ById = line.ById,
        Kind = line.Kind,
        Text = "改过",
        Before = line.Before,
        Hash = line.Hash,
    };
}
