using Consultation.Cases.Tasks;
using Consultation.Cases.TrackedItems;
using Consultation.Testing.Scenarios;

namespace Consultation.Tests.Activities.Reports;

public sealed class AwaitReportTests
{
    [Fact]
    public void The_task_shows_the_item_and_what_was_entered_last()
    {
        var (world, item) = Awaiting(one => (one.Percent, one.Problems) = (40, "资金未到位"));

        world.Task.Shows[0].Should().Be(Exhibits.Item);
        world.Task.Prefill.Should().Contain("percent", "40").And.Contain("problems", "资金未到位");
        world.Task.Outcomes.Select(outcome => outcome.Key).Should().Equal("Report", "AskExtension");
        item.NextEntryDueAt.Should().Be(world.Task.DueAt);
    }

    [Fact]
    public void An_entry_moves_the_item_and_ends_the_step()
    {
        var (world, item) = Awaiting();

        Enter(world, ("percent", "60"), ("progress", "灯杆已到货。"), ("done", "no"));

        world.Outcomes.Should().Equal("Reported");
        (item.Percent, item.State, item.Progress).Should().Be((60, TrackedItemState.InProgress, "灯杆已到货。"));
        world.Output("Percent").Should().Be(60L);
        world.Scenario.Entries.Should().ContainSingle().Which.ById.Should().Be(world.District.WaterContact.Id);
    }

    [Fact]
    public void An_entry_that_says_it_is_done_asks_for_the_closing_check()
    {
        var (world, item) = Awaiting();

        Enter(world, ("percent", "100"), ("done", "yes"));

        world.Outcomes.Should().Equal("Closed");
        item.State.Should().Be(TrackedItemState.AwaitingCheck);
    }

    [Fact]
    public void Done_below_a_hundred_per_cent_is_refused()
    {
        var (world, item) = Awaiting();

        var result = world.Answer(world.District.WaterContact, "Report", null, ("percent", "90"), ("done", "yes"));

        result.Should().BeOfType<AnswerResult.Invalid>().Which.Errors.Should().Contain(error => error.Field == "done");
        (item.Percent, world.Scenario.Entries.Count).Should().Be((0, 0));
    }

    [Fact]
    public void Asking_for_an_extension_leads_out_and_enters_nothing()
    {
        var (world, _) = Awaiting();

        world.Answer(world.District.WaterContact, "AskExtension", "材料供应推迟，需要延期。");

        world.Outcomes.Should().Equal("ExtensionAsked");
        world.Scenario.Entries.Should().BeEmpty();
        world.Scenario.Records.Should().BeEmpty();
    }

    [Fact]
    public void Asking_for_an_extension_after_the_due_day_is_refused_at_the_button_with_the_reason()
    {
        var (world, _) = Awaiting(one => one.DueOn = new DateOnly(2026, 2, 27));

        var result = world.Answer(world.District.WaterContact, "AskExtension", "材料供应推迟，需要延期。");

        result.Should().BeOfType<AnswerResult.Invalid>().Which.Errors.Should().ContainSingle().Which.Message.Zh.Should()
            .Be("办结期限 2026-02-27 已过，不能再申请延期；请填报进展并说明原因。");
        world.Outcomes.Should().NotContain("ExtensionAsked");
        world.Task.State.Should().Be(TaskState.Open);
    }

    [Fact]
    public void Asking_for_an_extension_gains_no_time()
    {
        var (world, item) = Awaiting(one => one.LastEntryAt = StepWorld.Monday.AddDays(-20));

        item.NextEntryDueAt.Should().Be(
            new DateTimeOffset(2026, 3, 12, 10, 0, 0, TimeSpan.Zero),
            "thirty days after the last entry, not after today");
    }

    [Fact]
    public void A_reply_that_is_late_shows_on_the_item_and_is_followed_once_as_overdue()
    {
        var (world, item) = Awaiting();

        world.Scenario.PassUntil(StepWorld.Monday.AddDays(31));

        world.Outcomes.Should().Equal("Overdue");
        (item.State, item.Stall).Should().Be((TrackedItemState.Stalled, StallReason.ReplyOverdue));
    }

    [Fact]
    public void Long_silence_is_followed_as_a_stall_with_its_reason_while_the_task_stays()
    {
        var (world, _) = Awaiting();

        world.Scenario.PassUntil(StepWorld.Monday.AddDays(46));
        var task = world.Task.State;
        Enter(world, ("percent", "50"), ("done", "no"));

        task.Should().Be(TaskState.Open);
        world.Outcomes.Should().Equal("Overdue", "Stalled", "Reported");
    }

    [Fact]
    public void Figures_that_do_not_move_lead_out_by_both_ways()
    {
        var (world, item) = Awaiting(one => one.Percent = 30);
        world.Scenario.Entries.AddRange([Entry(world, item, 30, daysAgo: 30), Entry(world, item, 30, daysAgo: 60)]);

        Enter(world, ("percent", "30"), ("done", "no"));

        world.Outcomes.Should().Equal("Reported", "Stalled");
        world.Output("StallReason").Should().Be(nameof(StallReason.NoChange));
    }

    [Fact]
    public void A_supervisor_who_has_left_is_a_stall_of_its_own()
    {
        var (world, item) = Awaiting();
        District.Leave(world.District.Supervisor);

        world.Scenario.PassUntil(StepWorld.Monday.AddDays(31));

        item.Stall.Should().Be(StallReason.AssigneeGone);
        world.Outcomes.Should().Contain("Stalled");
    }

    [Fact]
    public void A_report_on_the_plan_is_one_answer_without_an_item()
    {
        var world = new StepWorld(
            "AwaitReport", ("Reporters", "role:WorkGroupLead@case.workgroup"), ("Subject", "plan"), ("Title", "汇报"),
            ("Interval", "14d")).Run();

        world.Task.Outcomes.Should().ContainSingle().Which.Key.Should().Be("Report");
        world.Answer(world.District.GroupLead, "Report");

        world.Outcomes.Should().Equal("Reported");
        world.Scenario.Records.Should().ContainSingle().Which.Kind.Should().Be("periodic-report");
    }

    [Fact]
    public void A_report_is_never_due_after_the_item_itself_nor_twice_on_its_day()
    {
        var (world, item) = Awaiting(one => one.DueOn = new DateOnly(2026, 3, 12));
        var before = world.District.Calendar.At(new DateOnly(2026, 3, 10), new TimeOnly(18, 0));

        world.Task.DueAt.Should().Be(before, "thirty days would be after its own day");
        item.NextEntryDueAt.Should().Be(before);

        var (asked, late) = Awaiting(one => one.DueOn = new DateOnly(2026, 3, 2));
        asked.Task.DueAt.Should().BeAfter(
            asked.District.Calendar.At(late.DueOn!.Value, new TimeOnly(18, 0)), "one report on its day is enough");
    }

    private static (StepWorld World, TrackedItem Item) Awaiting(Action<TrackedItem>? prepare = null)
    {
        var world = new StepWorld(
            "AwaitReport", ("Reporters", "item.undertaking|item.supervisor"), ("Title", "填报进展"), ("Interval", "30d"),
            ("StallAfter", "45d"),
            ("UnchangedReports", 2));
        return (world, world.RunForItem(prepare));
    }

    private static void Enter(StepWorld world, params (string Field, string Value)[] entries) =>
        world.Answer(world.District.WaterContact, "Report", null, entries).Should().BeOfType<AnswerResult.Accepted>();

    private static ProgressEntry Entry(StepWorld world, TrackedItem item, int percent, int daysAgo) => new()
    {
        OrganisationId = item.OrganisationId,
        Id = Guid.NewGuid(),
        TrackedItemId = item.Id,
        At = StepWorld.Monday.AddDays(-daysAgo),
        ById = world.District.WaterContact.Id,
        Percent = percent,
        Progress = "正在办理。",
    };
}
