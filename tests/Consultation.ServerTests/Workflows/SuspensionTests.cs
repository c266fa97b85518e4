using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.Tasks;
using Consultation.Engine.Definitions;
using Consultation.Testing.Scenarios;
using static Consultation.ServerTests.Workflows.SixStepMoves;

namespace Consultation.ServerTests.Workflows;

/// <summary>
/// A case that rests because an exclusion arose, and goes on (O14): everything that ran gets its working days back.
/// </summary>
public sealed class SuspensionTests
{
    private const string FiveDaysToTheEnd = """
        { "definitionId": "waits", "id": "waits-1", "version": 1, "name": "等待五个工作日",
          "root": { "id": "Wait1", "type": "Consultation.Wait", "version": 1,
            "for": { "typeName": "String", "expression": { "type": "Literal", "value": "5wd" } } } }
        """;

    /// <summary>9:00 in Beijing.</summary>
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

    private static readonly WorkingDuration FiveDays = new(5, DayCount.WorkingDays);

    [Fact]
    public void A_resumed_case_gives_a_task_with_its_reminders_and_rungs_the_working_days_of_the_rest()
    {
        var rested = Begin();
        Screen(rested);
        var plain = Begin();
        Screen(plain);
        var (draft, undisturbed) = (rested.TaskAt("DraftTopic"), plain.TaskAt("DraftTopic"));
        var due = draft.DueAt!.Value;

        Suspend(rested);
        rested.Pass(TimeSpan.FromDays(42));
        Resume(rested).Should().Be(30);

        draft.DueAt.Should().Be(rested.District.Calendar.Shift(due, new WorkingDuration(30, DayCount.WorkingDays)));
        rested.Pass(TimeSpan.FromDays(60));
        plain.Pass(TimeSpan.FromDays(102) + TimeSpan.FromMinutes(1));
        Moments(rested, draft).Should().Equal(Moments(plain, undisturbed).Select(line => line with
        {
            At = rested.District.Calendar.Shift(line.At, new WorkingDuration(30, DayCount.WorkingDays)),
        }));
        draft.Rung.Should().Be(4);
    }

    [Fact]
    public void Nothing_is_sent_and_nothing_falls_due_while_the_case_rests()
    {
        var scenario = Begin();
        Screen(scenario);
        Suspend(scenario);
        var mails = scenario.Mails.Count;

        scenario.Pass(TimeSpan.FromDays(120));

        scenario.Mails.Should().HaveCount(mails);
        scenario.TaskAt("DraftTopic").DueAt.Should().BeAfter(scenario.Now);
        Moments(scenario, scenario.TaskAt("DraftTopic")).Should().BeEmpty();
    }

    [Fact]
    public void Tracked_items_and_their_reports_get_the_days_and_do_not_stall_because_of_the_rest()
    {
        var scenario = Begin();
        Screen(scenario);
        Confirm(scenario);
        ToFollowUp(scenario);
        var item = scenario.Items[0];
        var (dueOn, entryDue) = (item.DueOn, item.NextEntryDueAt!.Value);
        var report = scenario.Open.Single(task => task.TrackedItemId == item.Id);

        Suspend(scenario);
        scenario.Pass(TimeSpan.FromDays(56));
        var days = Resume(scenario);

        days.Should().BeGreaterThan(30, "eight weeks, of which some days off are taken");
        item.NextEntryDueAt.Should()
            .Be(scenario.District.Calendar.Shift(entryDue, new WorkingDuration(days, DayCount.WorkingDays)))
            .And.Be(report.DueAt);
        if (dueOn is { } day)
        {
            item.DueOn.Should()
                .Be(scenario.District.Calendar.Add(day, new WorkingDuration(days, DayCount.WorkingDays)));
        }
        scenario.Pass(TimeSpan.FromDays(7));
        item.Stall.Should().BeNull("silence during the rest does not count");
        scenario.Pass(TimeSpan.FromDays(60));
        item.Stall.Should().NotBeNull("silence after it does");
    }

    [Fact]
    public void Two_suspensions_add_up_and_a_rest_without_working_days_moves_nothing()
    {
        var scenario = Begin();
        Screen(scenario);
        var draft = scenario.TaskAt("DraftTopic");
        var due = draft.DueAt!.Value;

        Suspend(scenario);
        Resume(scenario).Should().Be(0);
        draft.DueAt.Should().Be(due);
        for (var i = 0; i < 2; i++)
        {
            Suspend(scenario);
            scenario.Pass(TimeSpan.FromDays(7));
            Resume(scenario).Should().Be(5);
        }

        draft.DueAt.Should().Be(scenario.District.Calendar.Shift(due, FiveDays with { Days = 10 }));
        var basis = draft.DueBasis!;
        basis.RestedDays.Should().Be(10);
        basis.Due(scenario.District.Calendar).Should().Be(draft.DueAt, "a later calendar edit can still move it");
        scenario.Case.RestedDays.Should().Be(10);
    }

    [Fact]
    public void A_rest_moves_the_members_time_and_the_chairs_and_asks_nobody_meanwhile()
    {
        var scenario = Begin();
        Screen(scenario);
        Draft(scenario);
        var gate = scenario.TaskAt("CommitteeGate");
        var members = gate.DueAt!.Value;

        Suspend(scenario);
        scenario.Pass(TimeSpan.FromDays(7));
        gate.ChairSince.Should().BeNull("the members' time rests too");
        Resume(scenario).Should().Be(5);

        var later = scenario.District.Calendar.Shift(members, FiveDays);
        gate.DueAt.Should().Be(later);
        scenario.PassUntil(later.AddMinutes(-1));
        gate.ChairSince.Should().BeNull();
        scenario.PassUntil(later.AddMinutes(1));
        gate.ChairSince.Should().Be(later);
        gate.DueAt.Should().Be(scenario.District.Calendar.Shift(later, FiveDays with { Days = 2 }));
        gate.DueBasis!.Due(scenario.District.Calendar).Should().Be(gate.DueAt, "a calendar edit can still move it");
    }

    [Fact]
    public void The_whole_way_from_the_gate_tells_what_was_put_off()
    {
        var scenario = Begin();
        Screen(scenario);
        Draft(scenario);
        scenario.Answer("CommitteeGate", scenario.District.MemberA, "Confirm",
            scenario.FillWithExclusions(
                "topic-decision", ("excl-3", "yes"), ("excl-3-reason", "昨日起诉"), ("excl-3-ref", "12号")));
        scenario.Case.SuspendedAt.Should().Be(scenario.Now);
        scenario.Pass(TimeSpan.FromDays(14));

        scenario.Answer("SuspendedGate", scenario.District.Director, "Resume", reason: "已撤诉");

        scenario.Case.State.Should().Be(CaseState.Open);
        scenario.Case.SuspendedAt.Should().BeNull();
        scenario.History.Should().ContainSingle(line => line.Verb == "case.due-moved").Which.Text.Zh.Should()
            .Contain("暂停了10个工作日");
        scenario.Incidents.Should().BeEmpty();
    }

    [Fact]
    public void A_wait_of_working_days_is_longer_by_the_days_of_the_rest()
    {
        var scenario = new Scenario([WorkflowDefinition.Parse(FiveDaysToTheEnd)], Monday)
            .Begin("waits", CaseKind.SixStep, "等待");
        scenario.NextTimer.Should().Be(Monday.AddDays(7), "five working days, at 9:00");

        scenario.Pass(TimeSpan.FromDays(1));
        Suspend(scenario);
        scenario.Pass(TimeSpan.FromDays(14));
        Resume(scenario).Should().Be(10);

        scenario.PassUntil(Monday.AddDays(21) - TimeSpan.FromMinutes(1));
        scenario.OpenRuns.Should().Be(1);
        scenario.PassUntil(Monday.AddDays(21));
        scenario.OpenRuns.Should().Be(0);
        scenario.Incidents.Should().BeEmpty();
    }

    private static void Suspend(Scenario scenario) =>
        Suspension.Begin(scenario.Case, scenario.Pass(TimeSpan.FromMinutes(1)).Now);

    private static int Resume(Scenario scenario)
    {
        var file = new CaseFile(scenario.District.Directory, scenario.District.Calendar, scenario.Case, [])
        {
            Policies = scenario.Policies,
            Tasks = scenario.Tasks,
            Items = scenario.Items,
            Phases = scenario.Phases,
        };
        return Suspension.End(file, scenario.Now).WorkingDays;
    }

    private static List<(DateTimeOffset At, string Verb)> Moments(Scenario scenario, WorkTask task) =>
        [.. scenario.History.Where(
            line => line.TaskId == task.Id && line.Verb is "task.overdue" or "reminder.sent" or "task.escalated")
            .Where(line => line.TaskId == task.Id).Select(line => (line.At, line.Verb))];
}
