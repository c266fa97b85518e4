using Consultation.Cases;
using Consultation.Cases.Matters;
using Consultation.Cases.Tasks;
using Consultation.Tests.Activities.Escalation;
using Consultation.Tests.Activities.Plans;

namespace Consultation.Tests.Activities.Closing;

public sealed class CloseCaseTests
{
    [Fact]
    public void The_case_ends_with_its_state_and_words()
    {
        var world = Closed(("State", "Closed"), ("Outcome", "路灯已安装。"), ("OutcomeEn", "The lamps stand."));

        (world.Case.State, world.Case.ClosedAt, world.Case.Outcome!.For("en")).Should()
            .Be((CaseState.Closed, StepWorld.Monday, "The lamps stand."));
        world.Told("case.closed").For("en").Should().Be("Case is closed. The lamps stand.");
        world.Outcomes.Should().Equal("Done");
    }

    [Theory]
    [InlineData("Closed", MatterState.Closed)]
    [InlineData("Rejected", MatterState.Closed)]
    [InlineData("Excluded", MatterState.Excluded)]
    public void Its_matters_end_with_it(string state, MatterState matter)
    {
        var world = Closed(("State", state));

        world.Scenario.Matters.Should().OnlyContain(one => one.State == matter);
    }

    [Fact]
    public void A_matter_that_was_merged_into_another_stays_merged()
    {
        var world = new StepWorld("CloseCase", ("State", "Closed"));
        world.Scenario.Matters[0].State = MatterState.Merged;

        world.Run();

        world.Scenario.Matters[0].State.Should().Be(MatterState.Merged);
    }

    [Fact]
    public void Proposers_are_told_where_the_node_names_a_mail()
    {
        Closed(("State", "Closed"), ("Template", "case-result")).Mails.Should().Equal("case-result to 居民 刘洋");
        Closed(("State", "Closed")).Mails.Should().BeEmpty();
    }

    [Fact]
    public void Open_tasks_are_taken_off_people_and_the_phase_is_left()
    {
        var world = new StepWorld("CloseCase", ("State", "Closed"));
        var task = LateTask.Of(world, "another-run", StepWorld.Monday.AddDays(5));
        var phase = EnterStepTests.Phase(world, "weeks-9-10", 4, entered: StepWorld.Monday.AddDays(-7));

        world.Run();

        (task.State, task.ClosedAt, task.Revision).Should().Be((TaskState.Cancelled, StepWorld.Monday, 2));
        phase.LeftAt.Should().Be(StepWorld.Monday);
    }

    [Fact]
    public void A_state_that_does_not_exist_stops_the_case_with_the_ones_that_do()
    {
        var world = Closed(("State", Script.Text("Finished")));

        world.Incidents.Should().ContainSingle().Which.Message.Should().Contain("没有“Finished”这种协商事项状态")
            .And.Contain("Closed");
        world.Case.ClosedAt.Should().BeNull();
    }

    private static StepWorld Closed(params (string Name, object Value)[] inputs) =>
        new StepWorld("CloseCase", inputs).Run();
}
