using Consultation.Cases;
using Consultation.Cases.Screening;
using Consultation.Cases.TrackedItems;
using Consultation.Testing.Scenarios;
using Consultation.Tests.Activities.Escalation;
using Consultation.Tests.Activities.Plans;

namespace Consultation.Tests.Activities.Closing;

public sealed class SetCaseStateTests
{
    [Fact]
    public void A_case_that_is_suspended_rests_from_now()
    {
        var world = new StepWorld("SetCaseState", ("State", "Suspended")).Run();

        (world.Case.State, world.Case.SuspendedAt).Should().Be((CaseState.Suspended, StepWorld.Monday));
        world.Told("case.state").Zh.Should().Be("协商事项暂停。");
        world.Outcomes.Should().Equal("Done");
    }

    [Fact]
    public void The_restriction_that_came_with_a_suspension_is_lifted_with_it()
    {
        var world = Rested(days: 7);
        Restrict(world);
        world.Scenario.Topic = new()
        {
            OrganisationId = world.Case.OrganisationId,
            Id = Guid.NewGuid(),
            CaseId = world.Case.Id,
            Title = "步道照明",
            DraftedById = null,
            DraftedAt = StepWorld.Monday,
        };

        world.Run();

        (world.Case.Restricted, world.Case.Title).Should().Be((false, "河边步道照明"));
        (world.Scenario.Matters[0].Title, world.Scenario.Matters[0].Text).Should()
            .Be(("河边步道照明", "河边步道夜间没有照明,老人孩子不敢走。"), "the words that were taken out are back");
        world.Scenario.Sealed.Should().OnlyContain(kept => kept.Words.Length == 0);
        world.Scenario.History.Should().Contain(line => line.Text.Zh == "限制查阅随暂停解除，标题和内容已恢复。");
    }

    [Fact]
    public void A_restriction_that_the_screening_asks_for_outlives_a_suspension()
    {
        var world = Rested(days: 7);
        Restrict(world);
        world.Scenario.Screenings.Add(ScreeningRules.Record(
            world.Case.OrganisationId, world.Case.Id,
            new Dictionary<string, string> { ["excl-5"] = "yes", ["excl-5-reason"] = "实名举报" },
            world.District.Officer.Id, StepWorld.Monday.AddDays(-20)));

        world.Run();

        world.Case.Restricted.Should().BeTrue();
    }

    [Fact]
    public void A_case_that_goes_on_gives_its_tasks_the_working_days_of_the_rest()
    {
        var world = Rested(days: 7);
        var task = LateTask.Of(world, "another-run", StepWorld.Monday.AddDays(2));
        task.DueBasis = Counted.From(new(2026, 2, 25), workingDays: 5);

        world.Run();

        task.DueAt.Should().Be(StepWorld.Monday.AddDays(9));
        world.Told("task.due-moved").For("en").Should().Contain("is now due");
        world.Case.State.Should().Be(CaseState.Open);
        world.Case.RestedDays.Should().Be(5);
    }

    [Fact]
    public void Items_and_phases_move_along_with_a_line_each()
    {
        var world = Rested(days: 7);
        var phase = EnterStepTests.Phase(world, "weeks-1-2", 1, entered: StepWorld.Monday.AddDays(-10));
        var item = new TrackedItem
        {
            OrganisationId = world.Case.OrganisationId,
            Id = TrackedItemId.New(),
            CaseId = world.Case.Id,
            Number = 1,
            Year = 2026,
            Topic = "步道",
            Advice = "加装路灯",
            DueOn = new DateOnly(2026, 3, 10),
            OpenedAt = StepWorld.Monday.AddDays(-20),
        };
        world.Scenario.Items.Add(item);

        world.Run();

        (item.DueOn, phase.PlannedTo).Should().Be((new DateOnly(2026, 3, 17), new DateOnly(2026, 3, 20)));
        world.Verbs.Should().Contain(["case.due-moved", "item.due-moved", "phase.moved"]);
    }

    [Fact]
    public void A_rest_over_less_than_a_working_day_moves_nothing()
    {
        var world = Rested(days: 0);

        world.Run();

        world.Verbs.Should().Equal("case.state");
    }

    [Fact]
    public void A_state_that_does_not_exist_stops_the_case()
    {
        var world = new StepWorld("SetCaseState", ("State", Script.Text("Asleep"))).Run();

        world.Incidents.Should().ContainSingle().Which.Message.Should().Contain("There is no case state \"Asleep\"");
    }

    private static StepWorld Rested(int days)
    {
        var world = new StepWorld("SetCaseState", ("State", "Open"));
        (world.Case.State, world.Case.SuspendedAt) = (CaseState.Suspended, StepWorld.Monday.AddDays(-days));
        return world;
    }

    private static void Restrict(StepWorld world)
    {
        var file = new CaseFile(world.District.Directory, world.District.Calendar, world.Case, [])
        {
            Policies = world.Scenario.Policies,
            Matters = world.Scenario.Matters,
        };
        Restriction.Impose(file, new PaperSeal(), StepWorld.Monday.AddDays(-7));
        world.Scenario.Sealed.AddRange(file.Sealed);
    }
}
