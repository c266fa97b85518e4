using Consultation.Cases.Forms;
using Consultation.Cases.Tasks;
using Consultation.Testing.Scenarios;

namespace Consultation.Tests.Activities.Approvals;

/// <summary>
/// A gate with a quorum is decided at its due day by what is there, or asks the chair; 回避 and 弃权 are answers, and
/// nobody waits for a gate that nobody can decide (O2, O10).
/// </summary>
public sealed class UndecidedTests
{
    private const string Committee = "role:CommitteeDirector@case.committee; role:CommitteeMember@case.committee";

    private static readonly DateTimeOffset Due = new(2026, 3, 9, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Two_of_three_in_favour_pass_at_once()
    {
        var world = Gate();

        world.Answer(world.District.MemberA, "Confirm");
        world.Answer(world.District.MemberB, "Confirm");

        world.Outcomes.Should().Equal("Confirm");
    }

    [Fact]
    public void At_its_due_day_a_gate_is_decided_by_what_is_there_and_nobody_is_late()
    {
        var world = Gate(("Quorum", "1/2"));
        world.Answer(world.District.MemberA, "Confirm");
        world.Answer(world.District.MemberB, "Return", "缺少数据。");

        world.Scenario.PassUntil(Due);

        world.Outcomes.Should().Equal("Return");
        world.Told("task.decided").Zh.Should().Contain("已到时限，按已有的答复决定：退回修改。应答复 3 人，已答复 2 人：同意 1、退回修改 1");
        world.Verbs.Should().NotContain("task.overdue").And.NotContain("task.escalated");
        world.Output("Reason").Should().Be("缺少数据。");
        CountOf(world)["silent"].Should().Be("主任 李敏");
    }

    [Fact]
    public void Without_a_quorum_the_chair_is_asked_with_the_count_and_decides_by_the_same_ways_out()
    {
        var world = Gate();
        world.Answer(world.District.MemberA, "Confirm");

        world.Scenario.PassUntil(Due);

        var asked = world.Task;
        asked.Assignees.Select(seat => seat.PersonId).Should().Equal(world.District.Director.Id);
        asked.Title.Zh.Should().Be("审定协商议题（提请您决定）");
        asked.Question.Zh.Should().Contain("应答复 3 人，已答复 1 人：同意 1；法定人数为 2/3，即 2 人，未达到");
        asked.Outcomes.Select(outcome => outcome.Key).Should()
            .Equal("Confirm", "Return", "Reject", "Prolong", "Recuse");
        asked.Shows[0].Should().Be(FormKeys.GateCount);
        world.Mails.Last().Should().Be("approval-request to 主任 李敏");
        world.Scenario.UsableLinks(asked, world.District.Director).Should().ContainSingle();
        world.Scenario.Tasks[0].Should().Match<WorkTask>(task => task.State == TaskState.Done
            && task.Outcome == OutcomeKeys.Undecided);
        world.Answer(world.District.Director, "Confirm");
        world.Outcomes.Should().Equal("Confirm");
    }

    [Fact]
    public void A_prolongation_keeps_the_answers_asks_the_others_alone_and_is_decided_at_its_end()
    {
        var world = Gate();
        world.Answer(world.District.MemberA, "Confirm");
        world.Scenario.PassUntil(Due);
        var known = world.Scenario.Mails.Count;

        world.Answer(world.District.Director, "Prolong");

        var again = world.Task;
        world.Scenario.Mails.Skip(known).Select(mail => $"{mail.Purpose} to {mail.RecipientName}").Should()
            .BeEquivalentTo("approval-request to 主任 李敏", "approval-request to 委员 孙丽");
        again.Assignees.Single(seat => seat.PersonId == world.District.MemberA.Id).Outcome.Should().Be("Confirm");
        again.DueAt.Should().Be(new DateTimeOffset(2026, 3, 12, 10, 0, 0, TimeSpan.Zero));
        world.Answer(world.District.MemberB, "Confirm");
        world.Outcomes.Should().Equal("Confirm");
    }

    [Fact]
    public void A_prolongation_that_ends_without_a_quorum_asks_the_chair_again()
    {
        var world = Gate();
        world.Scenario.PassUntil(Due);
        world.Answer(world.District.Director, "Prolong");

        world.Scenario.Pass(TimeSpan.FromDays(5));

        world.Task.Title.Zh.Should().Be("审定协商议题（提请您决定）");
        world.Answer(world.District.Director, "Reject", "长期没有意见。");
        world.Outcomes.Should().Equal("Reject");
    }

    [Fact]
    public void Who_stands_aside_is_not_counted_and_who_abstains_has_answered()
    {
        var world = Gate();

        world.Answer(world.District.MemberB, "Recuse", "当事人是我的亲属。");
        world.Answer(world.District.MemberA, "Abstain");
        var open = world.Task.State;
        world.Answer(world.District.Director, "Confirm");

        open.Should().Be(TaskState.Open);
        world.Task.Title.Zh.Should().Contain("提请您决定", "one of two is no majority");
        CountOf(world)["count"].Should().Be("应答复 2 人（另有 1 人回避，不计入），已答复 2 人：同意 1、弃权 1");
        FormValues.Rows(CountOf(world)["answers"]).Should().Contain(row => row["by"] == "委员 孙丽"
            && row["answer"] == "回避" && row["reason"] == "当事人是我的亲属。");
        world.Task.Outcomes.Select(outcome => outcome.Key).Should().NotContain("Prolong", "nobody is silent");
    }

    [Fact]
    public void Standing_aside_needs_its_reason_and_leaves_no_entry_of_the_form()
    {
        var world = Gate(("Form", "topic-decision"));

        world.Answer(world.District.MemberA, "Recuse", null, ("opinion", "")).Should().BeOfType<AnswerResult.Invalid>();
        world.Answer(world.District.MemberA, "Recuse", "利害关系。").Should().BeOfType<AnswerResult.Accepted>();

        world.Scenario.Records.Should().BeEmpty();
    }

    [Fact]
    public void The_secretary_enters_both_on_behalf()
    {
        var world = Gate();
        var (secretary, task) = (world.District.Secretary, world.Task);

        world.Scenario.Answer(task, secretary, "Recuse", reason: "来电说明与项目有关。", onBehalfOf: world.District.MemberA);
        world.Scenario.Answer(task, secretary, "Abstain", onBehalfOf: world.District.MemberB);

        task.Assignees.Where(seat => seat.AnsweredById == secretary.Id).Select(seat => seat.Outcome).Should()
            .BeEquivalentTo("Recuse", "Abstain");
    }

    [Fact]
    public void When_all_stand_aside_the_organiser_is_asked_rather_than_nobody()
    {
        var world = Gate();

        foreach (var one in new[] { world.District.MemberA, world.District.MemberB, world.District.Director })
        {
            world.Answer(one, "Recuse", "利害关系。").Should().BeOfType<AnswerResult.Accepted>();
        }

        world.Task.Assignees.Select(seat => seat.PersonId).Should().Equal(world.District.Secretary.Id);
        world.Answer(world.District.Secretary, "Recuse", "利害关系。").Should().BeOfType<AnswerResult.Invalid>()
            .Which.Errors.Single().Message.Zh.Should().Contain("没有其他人可以决定");
        world.Answer(world.District.Secretary, "Confirm");
        world.Outcomes.Should().Equal("Confirm");
    }

    [Fact]
    public void A_chair_who_stands_aside_passes_the_decision_on_and_the_opinions_with_it()
    {
        var world = Gate(("Mode", "ChairLast"));
        world.Answer(world.District.MemberA, "Confirm");
        world.Answer(world.District.MemberB, "Return", "缺少数据。");

        world.Answer(world.District.Director, "Recuse", "利害关系。");

        world.Task.Assignees.Select(seat => seat.PersonId).Should().Equal(world.District.Secretary.Id);
        world.Task.Question.Zh.Should().Contain("主任 李敏回避，没有人作最后决定");
        FormValues.Rows(CountOf(world)["answers"]).Should().HaveCount(3);
    }

    [Fact]
    public void A_single_reviewer_may_stand_aside_but_not_abstain()
    {
        var world = new StepWorld("RequestApproval", ("Approvers", "role:CommitteeMember@case.committee"),
            ("Mode", "AnyOne"), ("Title", "审定")).Run();

        world.Task.Outcomes.Select(outcome => outcome.Key).Should().Equal("Confirm", "Return", "Reject", "Recuse");
    }

    [Fact]
    public void Where_the_node_ends_when_its_time_is_over_what_is_there_decides_first()
    {
        var world = Gate(("AfterOverdue", "leave"), ("Quorum", "1/3"));
        world.Answer(world.District.MemberA, "Confirm");

        world.Scenario.PassUntil(Due);

        world.Outcomes.Should().Equal("Confirm");
    }

    [Fact]
    public void Where_all_must_agree_and_somebody_abstained_silence_asks_the_chair_and_climbs_no_ladder()
    {
        var world = Gate(("Mode", "All"));
        world.Answer(world.District.MemberA, "Abstain");
        world.Answer(world.District.MemberB, "Confirm");

        world.Scenario.PassUntil(Due.AddDays(1));

        world.Task.Title.Zh.Should().Be("审定协商议题（提请您决定）");
        world.Task.Question.Zh.Should().Contain("有人弃权，到时限仍有人未答复，未能全体同意");
        world.Verbs.Should().NotContain("task.overdue").And.NotContain("task.escalated");
        CountOf(world)["silent"].Should().Be("主任 李敏");
    }

    [Fact]
    public void Where_all_must_agree_and_nobody_abstained_who_is_silent_is_urged()
    {
        var world = Gate(("Mode", "All"));
        world.Answer(world.District.MemberA, "Confirm");

        world.Scenario.PassUntil(Due.AddDays(2));

        world.Verbs.Should().Contain("task.overdue").And.Contain("task.escalated");
    }

    [Fact]
    public void The_count_is_filed_as_a_paper_with_everybody_s_answer_the_quorum_and_what_follows()
    {
        var world = Gate(("Quorum", "1/2"));
        world.Answer(world.District.MemberA, "Recuse", "本人是该小区业主。");
        world.Answer(world.District.MemberB, "Return", "缺少数据。");
        world.Scenario.PassUntil(Due);

        var paper = world.Scenario.Documents.Should().ContainSingle().Subject;
        paper.Kind.Should().Be(FormKeys.GateCount);
        var text = WordText.Of(paper);
        text.Should().Contain("审定结果单").And.Contain("审定协商议题").And.Contain("达到法定人数后，过半数决定")
            .And.Contain("法定人数为计入人数的 1/2，即 1 人，已达到。").And.Contain("本人是该小区业主。").And.Contain("缺少数据。")
            .And.Contain("未答复").And.Contain("结果：退回修改。");
        world.Verbs.Should().Contain("document.made");
    }

    [Fact]
    public void A_count_that_does_not_decide_is_filed_as_such_and_what_the_chair_decides_is_no_count()
    {
        var world = Gate();
        world.Answer(world.District.MemberA, "Confirm");
        world.Scenario.PassUntil(Due);

        WordText.Of(world.Scenario.Documents.Should().ContainSingle().Subject).Should()
            .Contain("法定人数为计入人数的 2/3，即 2 人，未达到。").And.Contain("另请有权决定的人决定");
        world.Answer(world.District.Director, "Confirm");
        world.Scenario.Documents.Should().ContainSingle();
    }

    [Fact]
    public void A_share_that_is_none_is_found_before_publishing() =>
        StepWorld.Check("RequestApproval", ["Confirm", "Return", "Reject"], ("Approvers", Committee),
            ("Quorum", "zwei Drittel")).Should().ContainSingle(finding => finding.Code == "bad-share");

    private static Dictionary<string, string> CountOf(StepWorld world) =>
        world.Scenario.Records.First(record => record.Kind == FormKeys.GateCount).Fields;

    private static StepWorld Gate(params (string Name, object Value)[] inputs)
    {
        var known = inputs.Select(input => input.Name).ToHashSet();
        (string Name, object Value)[] usual =
        [
            ("Approvers", Committee), ("Mode", "MajorityWithQuorum"), ("Title", "审定协商议题"), ("Due", "5wd"),
            ("Reminders", "standard"), ("Ladder", "standard"), ("Quorum", "2/3"), ("TakeBackMinutes", 0),
        ];
        return new StepWorld(
            "RequestApproval", [.. usual.Where(input => !known.Contains(input.Name)), .. inputs]).Run();
    }
}
