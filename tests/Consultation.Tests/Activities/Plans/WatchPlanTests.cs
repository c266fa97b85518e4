using Consultation.Cases.Calendar;
using Consultation.Cases.Plans;

namespace Consultation.Tests.Activities.Plans;

public sealed class WatchPlanTests
{
    private static readonly DateTimeOffset EndOfFriday = new(2026, 3, 6, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_phase_that_is_not_left_by_its_end_is_warned_about_once()
    {
        var (world, phase) = Watching();

        world.Scenario.PassUntil(EndOfFriday.AddDays(10));

        world.Outcomes.Should().Equal("Slipped");
        world.Mails.Should().Equal("slip-warning to 主任 李敏");
        phase.SlipWarnedAt.Should().Be(EndOfFriday, "six in the evening of the last day");
        world.Told("plan.slipped").For("en").Should().Be("Phase 1 was not done by 2026-03-06; open: .");
    }

    [Fact]
    public void A_phase_that_is_left_in_time_ends_the_watch()
    {
        var (world, phase) = Watching();
        phase.LeftAt = EndOfFriday.AddHours(-3);

        world.Scenario.PassUntil(EndOfFriday);

        world.Outcomes.Should().Equal("OnTime");
        world.Mails.Should().BeEmpty();
    }

    [Fact]
    public void After_a_warning_the_watch_ends_by_no_way_out()
    {
        var (world, phase) = Watching();
        world.Scenario.PassUntil(EndOfFriday);
        phase.LeftAt = EndOfFriday.AddDays(1);

        world.Scenario.PassUntil(EndOfFriday.AddDays(10));

        world.Outcomes.Should().Equal("Slipped");
        world.Scenario.OpenRuns.Should().Be(0);
    }

    [Fact]
    public void Grace_moves_the_warning()
    {
        var (world, _) = Watching(("After", "2wd"));

        world.Scenario.PassUntil(EndOfFriday.AddDays(3));
        var onMonday = world.Outcomes.Count;
        world.Scenario.PassUntil(EndOfFriday.AddDays(4));

        onMonday.Should().Be(0);
        world.Outcomes.Should().Equal("Slipped");
    }

    [Fact]
    public void An_end_that_was_put_off_is_waited_for_and_warned_about_anew()
    {
        var (world, phase) = Watching();
        phase.PlannedTo = new DateOnly(2026, 3, 13);

        world.Scenario.PassUntil(EndOfFriday.AddDays(1));
        var atTheOldEnd = world.Outcomes.Count;
        world.Scenario.PassUntil(EndOfFriday.AddDays(7));

        atTheOldEnd.Should().Be(0);
        world.Outcomes.Should().Equal("Slipped");
    }

    [Fact]
    public void A_suspended_case_is_not_warned_about()
    {
        var (world, _) = Watching();
        Suspension.Begin(world.Case, StepWorld.Monday);

        world.Scenario.PassUntil(EndOfFriday.AddDays(10));

        world.Outcomes.Should().BeEmpty();
        world.Scenario.Timers.Should().ContainSingle().Which.Basis.Should()
            .Be(new TimerBasis.LookAgain(LookAgainReason.Suspended));
    }

    [Fact]
    public void A_phase_that_the_plan_does_not_have_stops_the_case_with_what_to_add()
    {
        var world = new StepWorld("WatchPlan", ("Phase", "weeks-9-10"), ("Recipients", "role:Secretary")).Run();

        world.Incidents.Should().ContainSingle().Which.Message.Should().Contain("没有阶段“weeks-9-10”")
            .And.Contain("put an EnterStep");
    }

    private static (StepWorld World, PlanPhase Phase) Watching(params (string Name, object Value)[] inputs)
    {
        var world = new StepWorld(
            "WatchPlan", [("Phase", "weeks-1-2"), ("Recipients", "role:CommitteeDirector@case.committee"), .. inputs]);
        var phase = EnterStepTests.Phase(
            world, "weeks-1-2", 1, entered: StepWorld.Monday, to: new DateOnly(2026, 3, 6));
        world.Run();
        return (world, phase);
    }
}
