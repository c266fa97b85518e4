using Consultation.Cases;
using Consultation.Cases.Tasks;
using Consultation.Cases.Topics;

namespace Consultation.Tests.Activities.Approvals;

public sealed class RequestApprovalTests
{
    private const string Director = "role:CommitteeDirector@case.committee";
    private const string Committee = "role:CommitteeDirector@case.committee; role:CommitteeMember@case.committee";

    [Fact]
    public void The_gate_asks_with_a_button_for_each_outcome()
    {
        var world = Gate(Director, ("Question", "是否同意确定为协商议题？"), ("QuestionEn", "Is this the topic?"));

        world.Task.Outcomes.Select(outcome => outcome.Label.Zh).Should()
            .Equal("同意", "退回修改", "不予通过", "弃权", "回避");
        world.Task.Question.For("en").Should().Be("Is this the topic?");
        world.Task.Kind.Should().Be(TaskKind.Approval);
        world.Task.Rows.Should().Equal("Q85", "P22");
        world.Mails.Should().Equal("approval-request to 主任 李敏");
    }

    [Theory]
    [InlineData("Confirm", null)]
    [InlineData("Return", "请补充现状部分。")]
    [InlineData("Reject", "不属于协商范围。")]
    public void The_decision_leads_out_with_its_reason(string outcome, string? reason)
    {
        var world = Gate(Director);

        world.Answer(world.District.Director, outcome, reason);

        world.Outcomes.Should().Equal(outcome);
        (world.Output("Outcome"), world.Output("Reason")).Should().Be((outcome, reason ?? ""));
        world.Output("TaskId").Should().Be(world.Scenario.Tasks.Single().Id.Value.ToString("N"));
    }

    [Fact]
    public void A_return_without_a_reason_is_refused_and_changes_nothing()
    {
        var world = Gate(Director);

        var result = world.Answer(world.District.Director, "Return");

        result.Should().BeOfType<AnswerResult.Invalid>().Which.Errors.Should()
            .ContainSingle(error => error.Field == "reason");
        world.Outcomes.Should().BeEmpty();
        world.Verbs.Should().NotContain("task.answered");
    }

    [Fact]
    public void A_decision_is_held_for_its_take_back_time_and_then_takes_effect()
    {
        var world = Gate(Director, ("TakeBackMinutes", 10));
        world.Scenario.WaitsOutTakeBack = false;

        world.Answer(world.District.Director, "Confirm");
        var held = (world.Outcomes.Count, world.Task.State);
        world.Scenario.Pass(TimeSpan.FromMinutes(10));

        held.Should().Be((0, TaskState.Open));
        world.Outcomes.Should().Equal("Confirm");
    }

    [Fact]
    public void A_decision_that_is_taken_back_can_be_made_anew()
    {
        var world = Gate(Director, ("TakeBackMinutes", 10));
        world.Scenario.WaitsOutTakeBack = false;
        world.Answer(world.District.Director, "Confirm");

        var taken = world.Scenario.TakeBack(world.Task, world.District.Director);
        world.Scenario.Pass(TimeSpan.FromMinutes(30));
        world.Answer(world.District.Director, "Reject", "另行处理。");
        world.Scenario.Pass(TimeSpan.FromMinutes(10));

        taken.Should().Be(new AnswerResult.Accepted(false, null));
        world.Outcomes.Should().Equal("Reject");
    }

    [Fact]
    public void While_a_decision_is_held_nobody_else_is_heard()
    {
        var world = Gate(Committee, ("Mode", "AnyOne"), ("TakeBackMinutes", 10));
        world.Scenario.WaitsOutTakeBack = false;
        world.Answer(world.District.MemberA, "Confirm");

        var late = world.Answer(world.District.MemberB, "Reject", "不同意。");

        late.Should().BeOfType<AnswerResult.AlreadyDecided>().Which.ByName.Should().Be("委员 赵强");
    }

    [Fact]
    public void No_time_for_taking_back_lets_a_decision_take_effect_at_once()
    {
        var world = Gate(Director, ("TakeBackMinutes", 0));
        world.Scenario.WaitsOutTakeBack = false;

        world.Answer(world.District.Director, "Confirm");

        world.Outcomes.Should().Equal("Confirm");
    }

    [Fact]
    public void In_the_chairs_mode_the_members_opinions_wait_for_the_chair()
    {
        var world = Gate(Committee, ("TakeBackMinutes", 0));

        world.Answer(world.District.MemberA, "Reject", "缺少数据。");
        world.Answer(world.District.MemberB, "Confirm");
        var before = world.Outcomes.Count;
        world.Answer(world.District.Director, "Confirm");

        before.Should().Be(0);
        world.Outcomes.Should().Equal("Confirm");
    }

    [Fact]
    public void Where_all_must_agree_one_refusal_refuses()
    {
        var world = Gate(Committee, ("Mode", "All"), ("TakeBackMinutes", 0));

        world.Answer(world.District.MemberA, "Confirm");
        world.Answer(world.District.MemberB, "Reject", "不成熟。");

        world.Outcomes.Should().Equal("Reject");
    }

    [Fact]
    public void A_mode_that_does_not_exist_stops_the_case_with_the_ones_that_do()
    {
        var world = Gate(Director, ("Mode", Script.Text("Coin")));

        world.Incidents.Should().ContainSingle().Which.Message.Should().Contain("没有“Coin”这种决定方式")
            .And.Contain("ChairLast");
    }

    [Fact]
    public void Who_drafted_what_is_judged_may_not_judge_it()
    {
        var world = new StepWorld("RequestApproval", ("Approvers", Committee), ("Title", "审核报告"),
            ("BarAuthorOf", "research-report"));
        world.Record("research-report", world.District.MemberA, ("findings", "步道无照明。"));

        world.Run();

        world.Task.Assignees.Select(seat => seat.PersonId).Should().NotContain(world.District.MemberA.Id)
            .And.HaveCount(2);
        world.Task.Shows[0].Should().Be("research-report", "what is judged comes first");
    }

    [Fact]
    public void Where_everybody_who_could_judge_wrote_it_the_case_stops_and_says_whom_to_add()
    {
        var world = new StepWorld("RequestApproval", ("Approvers", Director), ("Title", "审核报告"),
            ("BarAuthorOf", "research-report"));
        world.Record("research-report", world.District.Director, ("findings", "步道无照明。"));

        world.Run();

        world.Incidents.Should().ContainSingle().Which.Message.Should().Contain("请增加审核人")
            .And.Contain("add another reviewer");
    }

    [Fact]
    public void A_return_may_be_called_after_where_it_leads()
    {
        var world = Gate(Director, ("ReturnLabel", "退回起草人"), ("ReturnLabelEn", "Back to the drafter"));

        world.Task.Outcomes.Single(outcome => outcome.Key == "Return").Label.Should()
            .Be(new LocalText("退回起草人", "Back to the drafter"));
    }

    [Fact]
    public void Own_outcomes_are_buttons_and_ways_out()
    {
        var world = new StepWorld(
            "RequestApproval", ["Grant", "Refuse"], ("Approvers", Director), ("Title", "延期"),
            ("Outcomes", new[] { "Grant", "Refuse" })).Run();

        world.Answer(world.District.Director, "Grant");

        world.Scenario.Tasks[0].Outcomes.Select(outcome => outcome.Label.For("en")).Should()
            .Equal("Grant", "Refuse", "Abstain", "Stand aside");
        world.Outcomes.Should().Equal("Grant");
    }

    [Theory]
    [InlineData("Confirm", TopicState.Confirmed)]
    [InlineData("Return", TopicState.Returned)]
    [InlineData("Reject", TopicState.Rejected)]
    public void A_gate_that_decides_the_topic_sets_its_state(string outcome, TopicState state)
    {
        var world = new StepWorld("RequestApproval", ("Approvers", Director), ("Title", "确定议题"), ("Decides", "topic"));
        world.Scenario.Topic = Draft(world);
        world.Run();
        var asked = world.Scenario.Topic.State;

        world.Answer(world.District.Director, outcome, "理由。");

        asked.Should().Be(TopicState.Submitted);
        (world.Scenario.Topic.State, world.Scenario.Topic.DecisionReason).Should().Be((state, "理由。"));
    }

    [Fact]
    public void A_gate_for_the_flow_only_leaves_the_topic_alone()
    {
        var world = new StepWorld("RequestApproval", ("Approvers", Director), ("Title", "审核"));
        world.Scenario.Topic = Draft(world);

        world.Run().Answer(world.District.Director, "Confirm");

        world.Scenario.Topic.State.Should().Be(TopicState.Draft);
    }

    [Fact]
    public void An_exclusion_that_arose_meanwhile_suspends_the_case()
    {
        var world = Gate(Director, ("AskExclusions", true));

        world.Answer(world.District.Director, "Confirm", null, ("excl-3", "yes"), ("excl-3-reason", "已进入诉讼程序。"),
            ("excl-3-ref", "（2026）京01号"));

        world.Outcomes.Should().Equal("Suspended");
        (world.Case.SuspendedAt, world.Case.Restricted).Should().Be((StepWorld.Monday, false));
        world.Scenario.Tasks.Should().OnlyContain(task => task.State == TaskState.Cancelled);
        world.Told("case.suspended").For("en").Should().StartWith("Exclusion 3 arose");
    }

    [Fact]
    public void Asked_exclusions_that_do_not_apply_let_the_decision_stand()
    {
        var world = Gate(Director, ("AskExclusions", true));

        world.Answer(world.District.Director, "Confirm");

        world.Outcomes.Should().Equal("Confirm");
        world.Case.SuspendedAt.Should().BeNull();
    }

    private static StepWorld Gate(string approvers, params (string Name, object Value)[] inputs) =>
        new StepWorld("RequestApproval", [("Approvers", approvers), ("Title", "确定议题"), .. inputs]).Run();

    private static Topic Draft(StepWorld world) => new()
    {
        OrganisationId = world.Case.OrganisationId,
        Id = Guid.NewGuid(),
        CaseId = world.Case.Id,
        Title = "河边步道照明",
        DraftedById = world.District.Officer.Id,
        DraftedAt = StepWorld.Monday,
    };
}
