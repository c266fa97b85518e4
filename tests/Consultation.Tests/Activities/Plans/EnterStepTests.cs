using Consultation.Cases.Plans;

namespace Consultation.Tests.Activities.Plans;

public sealed class EnterStepTests
{
    [Fact]
    public void The_case_stands_in_the_step_that_it_entered()
    {
        var world = new StepWorld("EnterStep", ("Key", "research"), ("Number", 2), ("StepName", "调研"),
            ("StepNameEn", "Research")).Run();

        (world.Case.Step, world.Case.StepNumber, world.Case.StepEnteredAt).Should()
            .Be(("research", 2, StepWorld.Monday));
        world.Case.StepName.For("en").Should().Be("Research");
        world.Told("step.entered").For("en").Should().Be("Entered step 2: Research.");
        world.Outcomes.Should().Equal("Done");
    }

    [Fact]
    public void A_step_without_a_name_is_called_as_the_designer_shows_it()
    {
        var world = new StepWorld("EnterStep", ("Key", "research"), ("Number", 2)).Run();

        world.Case.StepName.Zh.Should().Be(StepWorld.Step);
    }

    [Fact]
    public void A_step_of_the_procedure_makes_no_phase()
    {
        var world = new StepWorld("EnterStep", ("Key", "research"), ("Number", 2)).Run();

        world.Scenario.Phases.Should().BeEmpty();
        world.Case.StartDate.Should().BeNull();
    }

    [Fact]
    public void A_phase_is_planned_by_its_weeks_of_five_working_days()
    {
        var world = new StepWorld(
            "EnterStep", ("Key", "weeks-3-4"), ("Number", 2), ("StepName", "第三至四周"), ("FromWeek", 3), ("ToWeek", 4));
        world.Case.StartDate = new DateOnly(2026, 3, 2);

        world.Run();

        var phase = world.Scenario.Phases.Should().ContainSingle().Subject;
        (phase.Key, phase.PlannedFrom, phase.PlannedTo).Should()
            .Be(("weeks-3-4", new DateOnly(2026, 3, 16), new DateOnly(2026, 3, 27)));
        phase.EnteredAt.Should().Be(StepWorld.Monday);
    }

    [Fact]
    public void A_plan_that_names_no_first_day_begins_today()
    {
        var world = new StepWorld("EnterStep", ("Key", "weeks-1-2"), ("Number", 1), ("FromWeek", 1), ("ToWeek", 2))
            .Run();

        world.Case.StartDate.Should().Be(new DateOnly(2026, 3, 2));
        world.Scenario.Phases.Should().ContainSingle().Which.PlannedTo.Should().Be(new DateOnly(2026, 3, 13));
    }

    [Fact]
    public void The_phase_before_is_left_and_one_that_is_entered_again_keeps_its_first_day()
    {
        var world = new StepWorld("EnterStep", ("Key", "weeks-3-4"), ("Number", 2), ("FromWeek", 3), ("ToWeek", 4));
        world.Case.StartDate = new DateOnly(2026, 2, 16);
        var first = Phase(world, "weeks-1-2", 1, entered: StepWorld.Monday.AddDays(-14));
        var again = Phase(world, "weeks-3-4", 2, entered: StepWorld.Monday.AddDays(-20));
        again.LeftAt = StepWorld.Monday.AddDays(-15);

        world.Run();

        first.LeftAt.Should().Be(StepWorld.Monday);
        again.EnteredAt.Should().Be(StepWorld.Monday.AddDays(-20));
        world.Scenario.Phases.Should().HaveCount(2);
    }

    internal static PlanPhase Phase(
        StepWorld world, string key, int number, DateTimeOffset? entered = null, DateOnly? to = null)
    {
        var phase = new PlanPhase
        {
            OrganisationId = world.Case.OrganisationId,
            Id = Guid.NewGuid(),
            CaseId = world.Case.Id,
            Key = key,
            Number = number,
            Name = new($"第{number}阶段", $"Phase {number}"),
            PlannedFrom = new DateOnly(2026, 3, 2),
            PlannedTo = to ?? new DateOnly(2026, 3, 13),
            EnteredAt = entered,
        };
        world.Scenario.Phases.Add(phase);
        return phase;
    }
}
