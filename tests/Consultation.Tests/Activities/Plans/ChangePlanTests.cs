using Consultation.Cases.Forms;
using Consultation.Cases.Plans;

namespace Consultation.Tests.Activities.Plans;

public sealed class ChangePlanTests
{
    [Fact]
    public void An_approved_change_moves_the_phase_and_says_so()
    {
        var (world, phase) = Planned();
        Ask(world, (PlanPart.OfPhase("weeks-1-2"), "2026-03-20"));

        world.Run();

        phase.PlannedTo.Should().Be(new DateOnly(2026, 3, 20));
        world.Output("Changes").Should().Be("第1阶段：2026-03-13 → 2026-03-20");
        world.Output("ChangesEn").Should().Be("Phase 1: 2026-03-13 → 2026-03-20");
        world.Outcomes.Should().Equal("Done");
    }

    [Fact]
    public void Every_part_that_moved_has_its_line_of_history_with_both_days()
    {
        var (world, _) = Planned();
        Ask(world, (PlanPart.OfPhase("weeks-1-2"), "2026-03-20"));

        world.Run();

        var line = world.Scenario.History.Should().ContainSingle(one => one.Verb == "phase.moved").Subject;
        (line.Moved!.Before, line.Moved.After, line.Moved.Phase).Should()
            .Be((new DateOnly(2026, 3, 13), new DateOnly(2026, 3, 20), "weeks-1-2"));
    }

    [Fact]
    public void Who_asked_for_the_change_is_named_with_the_reason()
    {
        var (world, _) = Planned();
        Ask(world, (PlanPart.OfPhase("weeks-1-2"), "2026-03-20"));

        world.Run();

        world.Told(PlanVersions.Changed).For("en").Should().Be("The plan was changed: 延后决策阶段 (reason: 场地未定)");
        world.Scenario.History.Single(one => one.Verb == PlanVersions.Changed).ActorId.Should()
            .Be(world.District.GroupLead.Id);
    }

    [Fact]
    public void A_part_that_is_over_by_now_stays_as_it_is()
    {
        var (world, phase) = Planned();
        phase.LeftAt = StepWorld.Monday.AddHours(-1);
        Ask(world, (PlanPart.OfPhase("weeks-1-2"), "2026-03-20"));

        world.Run();

        phase.PlannedTo.Should().Be(new DateOnly(2026, 3, 13));
        world.Output("Changes").Should().Be("");
    }

    [Fact]
    public void Without_a_request_the_case_stops_with_what_to_put_before()
    {
        var (world, _) = Planned();

        world.Run();

        world.Incidents.Should().ContainSingle().Which.Message.Should().Contain("没有方案调整申请")
            .And.Contain("ask for one before this step");
    }

    private static (StepWorld World, PlanPhase Phase) Planned()
    {
        var world = new StepWorld("ChangePlan");
        world.Case.StartDate = new DateOnly(2026, 3, 2);
        return (world, EnterStepTests.Phase(world, "weeks-1-2", 1, entered: StepWorld.Monday));
    }

    private static void Ask(StepWorld world, params (string Part, string Until)[] moves) => world.Record(
        PlanChange.Form, world.District.GroupLead, ("change", "延后决策阶段"), ("reason", "场地未定"),
        (PlanChange.Rows, FormValues.Write(moves.Select(move => new Dictionary<string, string>
        {
            [PlanChange.Part] = new PlanPartCell(move.Part, new("第1阶段", "Phase 1")).Write(),
            [PlanChange.Until] = move.Until,
            [PlanChange.Follows] = FormValues.No,
        }))));
}
