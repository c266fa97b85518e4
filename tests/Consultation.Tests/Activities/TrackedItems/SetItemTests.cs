using Consultation.Activities.TrackedItems;
using Consultation.Cases.TrackedItems;

namespace Consultation.Tests.Activities.TrackedItems;

public sealed class SetItemTests
{
    [Fact]
    public void The_item_of_the_run_gets_its_state()
    {
        var world = new StepWorld("SetItem", ("State", "InProgress"));

        var item = world.RunForItem(one => (one.State, one.Stall) = (TrackedItemState.Stalled, StallReason.NoEntry));

        (item.State, item.Stall, item.ClosedAt).Should().Be((TrackedItemState.InProgress, null, null));
        world.Told("item.state").For("en").Should().Be("Tracked item 2026-4: in progress.");
        world.Outcomes.Should().Equal("Done");
    }

    [Theory]
    [InlineData("Done")]
    [InlineData("Abandoned")]
    public void An_ended_item_is_closed_with_the_note_of_its_check(string state)
    {
        var world = new StepWorld("SetItem", ("State", state));

        var item = world.RunForItem(one =>
        {
            one.NextEntryDueAt = StepWorld.Monday.AddDays(30);
            Kept(world, one, "closing-check", ("note", "现场核实无误。"));
        });

        (item.ClosedAt, item.NextEntryDueAt, item.ClosingNote).Should().Be((StepWorld.Monday, null, "现场核实无误。"));
    }

    [Fact]
    public void A_granted_extension_moves_the_day_and_keeps_the_first_one()
    {
        var world = new StepWorld("SetItem", ("State", "InProgress"), ("ApplyExtension", true));

        var item = world.RunForItem(one =>
        {
            one.Rung = 2;
            Kept(world, one, "extension-request", ("new-due", "2026-07-31"));
        });

        (item.DueOn, item.OriginalDueOn, item.Rung).Should()
            .Be((new DateOnly(2026, 7, 31), new DateOnly(2026, 6, 30), 0));
        world.Scenario.History.Single(line => line.Verb == "item.extended").Moved!.After.Should()
            .Be(new DateOnly(2026, 7, 31));
    }

    [Fact]
    public void Without_a_request_there_is_nothing_to_grant()
    {
        var world = new StepWorld("SetItem", ("State", "InProgress"), ("ApplyExtension", true));

        var item = world.RunForItem();

        item.DueOn.Should().Be(new DateOnly(2026, 6, 30));
        world.Verbs.Should().Equal("item.state");
    }

    [Fact]
    public void Outside_the_workflow_of_an_item_it_stops_the_case()
    {
        var world = new StepWorld("SetItem", ("State", "Done")).Run();

        world.Incidents.Should().ContainSingle().Which.Message.Should().Contain("只能用在督办事项流程中")
            .And.Contain("workflow of a tracked item");
    }

    [Fact]
    public void A_state_that_does_not_exist_stops_the_case_by_its_name()
    {
        var world = new StepWorld("SetItem", ("State", Script.Text("Nearly")));

        world.RunForItem();

        world.Incidents.Should().ContainSingle().Which.Message.Should().Contain("没有“Nearly”这种办理状态");
    }

    [Fact]
    public void Every_state_has_a_name_of_its_own_in_both_languages()
    {
        var names = Enum.GetValues<TrackedItemState>().Select(SetItem.NameOf).ToList();

        names.Select(name => name.Zh).Should().OnlyHaveUniqueItems();
        names.Select(name => name.For("en")).Should().OnlyHaveUniqueItems();
    }

    private static void Kept(StepWorld world, TrackedItem item, string kind, (string Field, string Value) entry)
    {
        var record = world.Record(kind, world.District.Supervisor, entry);
        world.Scenario.Records.Remove(record);
        var task = new Consultation.Cases.Tasks.WorkTask
        {
            OrganisationId = world.Case.OrganisationId,
            Id = new(Guid.NewGuid()),
            CaseId = world.Case.Id,
            TrackedItemId = item.Id,
            Number = "R2026-00009",
            InstanceId = item.InstanceId!,
            BookmarkId = "past",
            ActivityId = "Check",
            Kind = Consultation.Cases.Tasks.TaskKind.Work,
            Title = new("核查"),
            Mode = Consultation.Cases.Tasks.GateMode.AnyOne,
            Outcomes = [],
            Assignees = [],
            OpenedAt = StepWorld.Monday,
            State = Consultation.Cases.Tasks.TaskState.Done,
        };
        world.Scenario.Tasks.Add(task);
        world.Scenario.Records.Insert(0, new()
        {
            OrganisationId = record.OrganisationId,
            Id = record.Id,
            CaseId = record.CaseId,
            Kind = record.Kind,
            Title = record.Title,
            Fields = record.Fields,
            TaskId = task.Id,
            ById = record.ById,
            At = record.At,
        });
    }
}
