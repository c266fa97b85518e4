using System.Text.Json.Nodes;
using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.Plans;
using Consultation.Cases.Tasks;
using Consultation.Testing.Scenarios;

namespace Consultation.ServerTests.Workflows;

/// <summary>A change of the ten-week plan, asked for in week 5 with the first report (P70).</summary>
public sealed class PlanChangeTests
{
    /// <summary>Monday, 09:00 in Beijing.</summary>
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

    /// <summary>What the plan has open in week 5 beside the report; due in weeks 7 and 8.</summary>
    private static readonly string[] Waiting = ["Inspect", "Coordinate"];

    private readonly Scenario _scenario = new Scenario(WorkflowFolder.With("ten-week-plan", WithDatedWork), Start)
        .Begin("ten-week-plan", CaseKind.TenWeekPlan, "老旧小区停车", new DateOnly(2026, 3, 2));

    [Fact]
    public void An_approved_change_moves_phases_and_tasks_and_their_reminders_and_warnings()
    {
        ToApproval(Row("Phase.weeks-5-8", days: 5));
        var inspect = _scenario.TaskAt("Inspect");
        var oldDue = inspect.DueAt!.Value;
        Days(Waiting).Should().Equal([new(2026, 4, 17), new(2026, 4, 22)], "of the plan as it was begun");
        Approve("Confirm");

        Days(Waiting).Should()
            .Equal([new(2026, 4, 24), new(2026, 4, 29)], "tasks of the phase follow it by five working days");
        inspect.DueBasis.Should().Be(Counted.From(new(2026, 3, 2), workingDays: 39), "a calendar edit still moves it");
        Phase("weeks-5-8").PlannedTo.Should()
            .Be(new DateOnly(2026, 5, 6), "April 24 and five working days, three of the days between are holidays");
        var last = Phase("weeks-9-10");
        (last.PlannedFrom, last.PlannedTo, last.EnteredAt).Should()
            .Be((new DateOnly(2026, 5, 7), new DateOnly(2026, 5, 19), null), "the later phase moves along");
        DayOf(_scenario.TaskAt("AwaitReport")).Should()
            .Be(new DateOnly(2026, 4, 24), "the second report is given by the changed plan");

        // The reminder and the warning of the old days do not come, those of the new ones do.
        _scenario.PassUntil(oldDue.AddHours(1));
        Reminders(inspect).Should().Be(0);
        _scenario.History.Should().NotContain(line => line.Verb == "task.overdue" && line.TaskId == inspect.Id);
        _scenario.PassUntil(inspect.DueAt!.Value.AddHours(-1));
        Reminders(inspect).Should().Be(1);
        _scenario.PassUntil(inspect.DueAt!.Value.AddHours(1));
        _scenario.History.Should().ContainSingle(line => line.Verb == "task.overdue" && line.TaskId == inspect.Id);
        _scenario.PassUntil(At(new(2026, 5, 6), 17));
        _scenario.History.Should().NotContain(line => line.Verb == "plan.slipped");
        _scenario.PassUntil(At(new(2026, 5, 6), 19));
        _scenario.Mails.Where(mail => mail.Purpose == "slip-warning").Should()
            .NotBeEmpty().And.OnlyContain(mail => mail.TextBody.Contains("2026年5月6日"));
    }

    [Fact]
    public void The_last_phase_is_entered_and_asked_for_by_the_changed_plan_to_its_end()
    {
        ToApproval(Row("Phase.weeks-5-8", days: 5));
        Approve("Confirm");

        WorkUntil(() => _scenario.Case.Step == "weeks-9-10"
            && _scenario.Open.Any(task => task.ActivityId == "Indicators"));
        _scenario.TaskAt("Indicators").DueBasis.Should()
            .Be(Counted.From(new(2026, 3, 2), workingDays: 47), "42 of the workflow and five");
        Phase("weeks-9-10")
            .Should().Match<PlanPhase>(last => last.PlannedTo == new DateOnly(2026, 5, 19) && last.EnteredAt != null);
        WorkUntil(() => _scenario.Case.State == CaseState.Closed);
        _scenario.OpenRuns.Should().Be(0);
        _scenario.NextTimer.Should().BeNull();
        _scenario.Incidents.Should().BeEmpty();
    }

    [Fact]
    public void Whoever_is_asked_is_told_the_old_and_the_new_day_and_the_change_is_the_plans_second_version()
    {
        ToApproval(Row("Phase.weeks-5-8", until: "2026-05-06"));
        Approve("Confirm");

        var asked = _scenario.TaskAt("Coordinate").Assignees.Select(
            seat => _scenario.District.Directory.Find(seat.PersonId)!.Name);
        var told = _scenario.Mails.Where(mail => mail.Purpose == "notice" && mail.Subject.Contains("实施方案已调整")).ToList();
        told.Select(mail => mail.RecipientName).Should().Contain(asked).And.OnlyHaveUniqueItems();
        told[0].TextBody.Should()
            .Contain("协调解决实施中的问题：2026-04-22 → 2026-04-29").And.Contain("评估总结阶段：2026-05-12 → 2026-05-19");
        var version = PlanVersions.Of(
            _scenario.Case, _scenario.History, _scenario.Outline, _scenario.Phases, _scenario.Tasks, _scenario.Items,
            _scenario.Records).Should().HaveCount(2).And.Subject.Last();
        version.Why.Zh.Should().StartWith("方案调整：");
        version.ById.Should().Be(_scenario.District.GroupMember.Id);
        var papers = _scenario.Documents.Where(document => document.Kind == "implementation-plan").ToList();
        papers.Select(paper => paper.Title.Zh).Should().Equal("实施方案（第1版）", "实施方案（第2版）");
        WordText.Of(papers[1]).Should().Contain("与第1版相比的变化").And.Contain("决策实施阶段")
            .And.Contain("2026年5月6日");
        version.Moves.Select(move => move.Name.Zh).Should().Contain(["决策实施阶段", "检查实施过程", "评估总结阶段", "撰写总结报告"]);
    }

    [Fact]
    public void What_is_named_gets_its_own_day_and_a_line_of_the_plan_moves_only_then()
    {
        ToRequest();
        var line = _scenario.Items.Single();
        Ask(
            Row("Phase.weeks-5-8", days: 5), Row($"Task.{_scenario.TaskAt("Inspect").Id.Value:N}", until: "2026-04-20"),
            Row("Work.Summarise", until: "2026-05-19"),
            Row("Phase.weeks-9-10", until: "2026-05-20"), Row($"Item.{line.Id.Value:N}", until: "2026-04-30"))
            .Should().BeOfType<AnswerResult.Accepted>();
        Approve("Confirm");

        Days(Waiting).Should().Equal([new(2026, 4, 20), new(2026, 4, 29)], "one is named, the other follows");
        Phase("weeks-9-10").PlannedTo.Should().Be(new DateOnly(2026, 5, 20));
        (line.DueOn, line.OriginalDueOn).Should()
            .Be((new DateOnly(2026, 4, 30), new DateOnly(2026, 4, 20)), "the first day stays visible");
        WorkUntil(() => _scenario.Open.Any(task => task.ActivityId == "Summarise"));
        DayOf(_scenario.TaskAt("Summarise")).Should().Be(new DateOnly(2026, 5, 19));
    }

    [Fact]
    public void A_change_brought_forward_has_its_reminder_and_due_time_earlier()
    {
        ToRequest();
        var inspect = _scenario.TaskAt("Inspect");
        Ask(Row($"Task.{inspect.Id.Value:N}", days: -5)).Should().BeOfType<AnswerResult.Accepted>();
        Approve("Confirm");

        DayOf(inspect).Should().Be(new DateOnly(2026, 4, 10));
        _scenario.PassUntil(At(new(2026, 4, 10), 17));
        Reminders(inspect).Should().Be(1);
        _scenario.PassUntil(At(new(2026, 4, 10), 19));
        _scenario.History.Should().ContainSingle(entry => entry.Verb == "task.overdue" && entry.TaskId == inspect.Id);
    }

    [Theory]
    [InlineData("Return", "ChangePlan")]
    [InlineData("Refuse", "AwaitReport")]
    public void A_change_that_is_sent_back_or_refused_moves_nothing(string outcome, string next)
    {
        ToApproval(Row("Phase.weeks-5-8", days: 5));
        var (days, phase, timer) = (Days(Waiting), Phase("weeks-5-8").PlannedTo, _scenario.NextTimer);
        Approve(outcome, "目前的时间够用");

        Days(Waiting).Should().Equal(days);
        Phase("weeks-5-8").PlannedTo.Should().Be(phase);
        _scenario.Phases.Should().NotContain(one => one.Key == "weeks-9-10");
        _scenario.Case.PlanShifts.Should().BeEmpty();
        _scenario.History.Should().NotContain(line => line.Verb == PlanVersions.Changed);
        _scenario.TaskAt(next).Should().NotBeNull();
        _scenario.PassUntil(At(new(2026, 4, 17), 17));
        _scenario.History.Should().Contain(
            line => line.Verb == "reminder.sent" && line.TaskId == _scenario.TaskAt("Inspect").Id, "the old days hold");
        if (outcome == "Return")
        {
            _scenario.TaskAt("ChangePlan").Prefill.RowsOf(PlanChange.Rows).Should()
                .ContainSingle("what follows a phase is not what was typed")
                .Which.Should().Contain(PlanChange.Part, "Phase.weeks-5-8").And.Contain(PlanChange.Until, "2026-05-06");
        }
        else
        {
            _scenario.Mails.Should()
                .Contain(mail => mail.Subject.Contains("实施方案不作调整") && mail.TextBody.Contains("目前的时间够用"));
        }
    }

    [Fact]
    public void A_bad_day_is_refused_beside_its_cell_and_nothing_is_kept()
    {
        ToRequest();

        var refused = Ask(
            Row("Phase.weeks-5-8", until: "2026-05-02"), Row("Phase.weeks-9-10", until: "2026-03-20"),
            Row("Work.Archive"), Row("Phase.weeks-1-2", days: 5),
            Row("Work.Summarise", until: "2026-05-19", days: 3)).Should().BeOfType<AnswerResult.Invalid>().Subject;

        refused.Errors.Select(error => error.Field).Should()
            .Equal("moves[0].until", "moves[1].until", "moves[2].until", "moves[3].part", "moves[4].days");
        refused.Errors[0].Message.Zh.Should().Be("第 1 行：2026-05-02 不是工作日，最近的工作日是 2026-05-06。");
        Ask(Row("Work.Summarise", until: "2026-06-30"))
            .Should().BeOfType<AnswerResult.Invalid>().Which.Errors.Single().Message.Zh.Should().Contain("请把阶段一并推后");
        _scenario.Records.Should().NotContain(record => record.Kind == PlanChange.Form);
    }

    [Fact]
    public void A_phase_that_was_warned_about_is_warned_about_again_after_its_new_end()
    {
        ToRequest();
        _scenario.PassUntil(At(new(2026, 4, 27), 10));
        Phase("weeks-5-8").SlipWarnedAt.Should().NotBeNull();
        Ask(Row("Phase.weeks-5-8", until: "2026-05-08")).Should().BeOfType<AnswerResult.Accepted>();
        Approve("Confirm");
        Phase("weeks-5-8").SlipWarnedAt.Should().BeNull();

        _scenario.PassUntil(At(new(2026, 5, 11), 10));

        Phase("weeks-5-8").SlipWarnedAt.Should().Be(At(new(2026, 5, 8), 18));
        _scenario.Mails.Where(mail => mail.Purpose == "slip-warning"
            && mail.RecipientName == _scenario.District.Secretary.Name).Should().HaveCount(2);
    }

    /// <summary>
    /// The plan of an office that inspects and coordinates by days of the plan, as its designer can say; the shipped
    /// one follows the lines' own days.
    /// </summary>
    private static void WithDatedWork(JsonObject plan)
    {
        plan.Delete("AwaitItemDay");
        plan.Delete("FoundProblems");
        Literal(plan.Activity("Fork3"), "branches", "[\"任务\", \"检查\", \"协调\", \"汇报\"]", "Object");
        foreach (var (branch, work, by) in new[] { ("检查", "Inspect", "34wd"), ("协调", "Coordinate", "37wd") })
        {
            Literal(plan.Activity(work), "due", by);
            Literal(plan.Activity(work), "dueFrom", "startDate");
            plan.Connect("Fork3", branch, work);
            plan.Connect(work, "Done", "Join3");
        }

        static void Literal(JsonObject activity, string input, string value, string type = "Literal") =>
            activity[input] = new JsonObject
            {
                ["typeName"] = type == "Object" ? "String[]" : "String",
                ["expression"] = new JsonObject { ["type"] = type, ["value"] = value },
            };
    }

    /// <summary>The plan has come to week 5; the first report was accepted with a change wanted.</summary>
    private void ToRequest()
    {
        WorkUntil(() => _scenario.Open.Any(task => task.ActivityId == "AwaitReport" && task.TrackedItemId is null));
        _scenario.PassUntil(At(new(2026, 4, 1), 9));
        var report = _scenario.Open.Single(task => task.ActivityId == "AwaitReport" && task.TrackedItemId is null);
        _scenario.Answer(report, _scenario.District.RoadsContact, "Report", _scenario.Fill("periodic-report"))
            .Should().BeOfType<AnswerResult.Accepted>();
        _scenario.Answer("Review", _scenario.District.GroupLead, "Adjust", _scenario.Fill("report-review"), "进度偏慢")
            .Should().BeOfType<AnswerResult.Accepted>();
    }

    private void ToApproval(params Dictionary<string, string>[] rows)
    {
        ToRequest();
        Ask(rows).Should().BeOfType<AnswerResult.Accepted>();
    }

    private AnswerResult Ask(params Dictionary<string, string>[] rows) => _scenario.Answer(
        "ChangePlan", _scenario.District.GroupMember, "Done",
        _scenario.Fill(PlanChange.Form, (PlanChange.Rows, FormValues.Write(rows))));

    private void Approve(string outcome, string? reason = null) =>
        _scenario.Answer("ApproveChange", _scenario.District.GroupLead, outcome, reason: reason)
            .Should().BeOfType<AnswerResult.Accepted>();

    private static Dictionary<string, string> Row(string part, string until = "", int? days = null) => new()
    {
        [PlanChange.Part] = part,
        [PlanChange.Until] = until,
        [PlanChange.Days] = days?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "",
    };

    /// <summary>Everybody does what is due within six days.</summary>
    private void WorkUntil(Func<bool> reached)
    {
        for (var day = 0; day < 120 && !reached(); day++)
        {
            foreach (var task in _scenario.Open.Where(task => task.DueAt < _scenario.Now.AddDays(6)).ToList())
            {
                PlanWork.Do(_scenario, task);
            }
            if (!reached()) _scenario.Pass(TimeSpan.FromDays(1));
        }

        reached().Should().BeTrue();
    }

    private DateOnly[] Days(string[] activities) =>
        [.. activities.Select(activity => DayOf(_scenario.TaskAt(activity)))];

    private DateOnly DayOf(WorkTask task) => _scenario.District.Calendar.DayOf(task.DueAt!.Value);

    private PlanPhase Phase(string key) => _scenario.Phases.Single(phase => phase.Key == key);

    private int Reminders(WorkTask task) =>
        _scenario.History.Count(line => line.Verb == "reminder.sent" && line.TaskId == task.Id);

    private DateTimeOffset At(DateOnly day, int hour) => _scenario.District.Calendar.At(day, new(hour, 0));
}
