using Consultation.Cases.Tasks;
using Consultation.Testing.Scenarios;
using static Consultation.ServerTests.Workflows.SixStepMoves;

namespace Consultation.ServerTests.Workflows;

/// <summary>
/// Every decision can be taken back for a short, shown time, through whatever door it came (mail rule 1).
/// </summary>
public sealed class TakeBackTests
{
    [Fact]
    public void Opinion_can_be_taken_back_while_the_gate_waits()
    {
        var scenario = Begin();
        Screen(scenario);
        Draft(scenario);
        var gate = scenario.TaskAt("CommitteeGate");
        scenario.Answer(gate, scenario.District.MemberA, "Confirm", scenario.FillWithExclusions("topic-decision"));

        scenario.TakeBack(gate, scenario.District.MemberA).Should().BeOfType<AnswerResult.Accepted>();

        gate.Assignees.Should().OnlyContain(seat => seat.Outcome == null);
        scenario.History.Should().Contain(line => line.Verb == "task.taken-back");
    }

    [Theory]
    [InlineData("link")]
    [InlineData("desk")]
    [InlineData("on-behalf")]
    public void Decision_through_any_door_can_be_taken_back_for_a_short_time_and_then_takes_effect(string channel)
    {
        var scenario = Begin();
        Screen(scenario);
        Draft(scenario);
        Opinions(scenario);
        scenario.WaitsOutTakeBack = false;
        var gate = scenario.TaskAt("CommitteeGate");
        var (director, actor) = (scenario.District.Director, channel == "on-behalf"
            ? scenario.District.Secretary
            : scenario.District.Director);
        AnswerResult Decide() => scenario.Answer(gate, actor, "Confirm", scenario.FillWithExclusions("topic-decision"),
            onBehalfOf: actor == director ? null : director, channel: channel);
        Decide().Should().Be(new AnswerResult.Accepted(true, "Confirm"));
        scenario.Answer(gate, director, "Return", reason: "再看看").Should().BeOfType<AnswerResult.AlreadyDecided>();
        scenario.Case.Step.Should().Be("topic", "nothing follows while it can be taken back");
        scenario.Pass(TimeSpan.FromMinutes(1));
        scenario.TakeBack(gate, actor).Should().BeOfType<AnswerResult.Accepted>();
        scenario.Pass(TimeSpan.FromMinutes(10));
        gate.State.Should().Be(TaskState.Open);

        Decide();
        scenario.Pass(Scenario.TakeBackTime);

        gate.State.Should().Be(TaskState.Done);
        scenario.Case.Step.Should().Be("research");
        scenario.TakeBack(gate, actor).Should().NotBeOfType<AnswerResult.Accepted>("the case has gone on");
    }

    [Fact]
    public void Members_opinion_taken_back_while_the_chairs_decision_is_held_stops_nothing_for_good()
    {
        var scenario = Begin();
        Screen(scenario);
        Draft(scenario);
        Opinions(scenario);
        scenario.WaitsOutTakeBack = false;
        var gate = scenario.TaskAt("CommitteeGate");
        scenario.Answer(gate, scenario.District.Director, "Confirm", scenario.FillWithExclusions("topic-decision"));

        scenario.TakeBack(gate, scenario.District.MemberA).Should().BeOfType<AnswerResult.Accepted>();
        scenario.Pass(TimeSpan.FromMinutes(5));

        gate.State.Should().Be(TaskState.Done, "the chair decides");
        scenario.Case.Step.Should().Be("research");
    }

    [Fact]
    public void Work_that_is_handed_in_goes_on_at_once()
    {
        var scenario = Begin();
        scenario.WaitsOutTakeBack = false;

        Screen(scenario);
        Draft(scenario);

        scenario.TaskAt("CommitteeGate").OpenedAt.Should().Be(Monday);
    }
}
