using Consultation.Cases;
using Consultation.Cases.Tasks;
using Consultation.Cases.TrackedItems;
using Consultation.Testing.Scenarios;
using Xunit.Abstractions;

namespace Consultation.ServerTests.Workflows;

/// <summary>The ten-week plan whole, with its clocks (P14–P90).</summary>
public sealed class TenWeekPlanTests(ITestOutputHelper output)
{
    /// <summary>Monday, 09:00 in Beijing.</summary>
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Plan_goes_through_four_phases_gates_reports_evaluation_and_archive()
    {
        var scenario = Begin();
        for (var day = 0; day < 80 && scenario.Case.State == CaseState.Open; day++)
        {
            // Everybody does what is due within six days.
            foreach (var task in scenario.Open.Where(task => task.DueAt < scenario.Now.AddDays(6)).ToList())
            {
                PlanWork.Do(scenario, task);
            }
            scenario.Pass(TimeSpan.FromDays(1));
        }

        output.WriteLine(
            $"{scenario.Steps} steps, {scenario.Tasks.Count} tasks, {scenario.Mails.Count} mails; open: "
                + $"{string.Join(", ", scenario.Open.Select(task => task.ActivityId))}");
        foreach (var line in scenario.History)
        {
            output.WriteLine($"{line.At:MM-dd HH:mm} {line.Verb,-18} {line.Text.Zh} [{string.Join(' ', line.Rows)}]");
        }
        scenario.Incidents.Select(incident => $"{incident.ActivityId}: {incident.Message}").Should().BeEmpty();
        scenario.Case.State.Should().Be(CaseState.Closed);
        scenario.OpenRuns.Should().Be(0);
        scenario.NextTimer.Should().BeNull();
        scenario.Phases.Select(phase => phase.Key).Should().Equal("weeks-1-2", "weeks-3-4", "weeks-5-8", "weeks-9-10");
        scenario.Phases.Should()
            .OnlyContain(phase => phase.EnteredAt != null && phase.LeftAt != null && phase.SlipWarnedAt == null);
        scenario.Phases[0].PlannedFrom.Should().Be(new DateOnly(2026, 3, 2));
        scenario.Phases[0].PlannedTo.Should().Be(new DateOnly(2026, 3, 13));
        scenario.Phases[3].PlannedTo.Should()
            .Be(new DateOnly(2026, 5, 12), "three holidays and a make-up day lie in weeks 9 and 10 (O4)");
        scenario.Documents.Select(document => document.Kind).Should().Contain(
            ["topic-sheet", "roster", "agenda", "notice", "work-group", "rules", "host-script", "meeting-record",
                "ballot", "resolution", "minutes", "implementation-plan", "task-table", "periodic-report", "evaluation",
                "summary"]);
        scenario.Items.Should().ContainSingle(item => item.State == TrackedItemState.Done);
        scenario.Votes.Single().Question.Zh.Should().Be(
            scenario.Records.Find(record => record.Kind == "meeting-record")!.Fields["resolutions"],
            "what was resolved is put to the vote, not the title of the topic");
    }

    [Fact]
    public void A_meeting_in_which_nothing_is_put_to_the_vote_goes_on_to_its_minutes()
    {
        var scenario = Begin();
        for (var day = 0; day < 40 && scenario.Tasks.All(task => task.ActivityId != "Meeting" || task.State
            == TaskState.Open); day++)
        {
            foreach (var task in scenario.Open.Where(task => task.DueAt < scenario.Now.AddDays(6)).ToList())
            {
                PlanWork.Do(scenario, task, ("to-vote", "no"));
            }

            scenario.Pass(TimeSpan.FromDays(1));
        }

        scenario.Votes.Should().BeEmpty();
        scenario.Tasks.Should().NotContain(task => task.ActivityId == "Vote")
            .And.Contain(task => task.ActivityId == "Minutes");
        scenario.Incidents.Should().BeEmpty();
    }

    [Fact]
    public void A_plan_entered_early_asks_nobody_before_the_morning_of_its_first_day()
    {
        var monday = new DateOnly(2026, 3, 9);
        var scenario = new Scenario(WorkflowFolder.All, Start)
            .Begin("ten-week-plan", CaseKind.TenWeekPlan, "老旧小区停车", monday);

        scenario.Open.Should().BeEmpty();
        scenario.Mails.Should().BeEmpty();
        scenario.NextTimer.Should()
            .Be(new DateTimeOffset(2026, 3, 9, 1, 0, 0, TimeSpan.Zero), "that is 9:00 in Beijing");
        scenario.PassUntil(scenario.NextTimer!.Value);

        scenario.Open.Should().NotBeEmpty();
        scenario.Phases.Should().ContainSingle().Which.PlannedFrom.Should().Be(monday);
    }

    [Fact]
    public void Reports_come_in_weeks_five_and_seven_and_the_reporter_does_not_review()
    {
        var scenario = ToImplementation();

        var first = scenario.TaskAt("AwaitReport");
        scenario.District.Calendar.DayOf(first.DueAt!.Value).Should()
            .Be(new DateOnly(2026, 4, 3), "the Friday of week 5 (O5)");
        first.DueBasis.Should().Be(Counted.From(new(2026, 3, 2), workingDays: 24));
        scenario.Answer(first, scenario.District.RoadsContact, "Report", scenario.Fill("periodic-report"))
            .Should().BeOfType<AnswerResult.Accepted>();
        scenario.Answer("Review", scenario.District.RoadsContact, "Accept", scenario.Fill("report-review"))
            .Should().BeOfType<AnswerResult.NotEntitled>();
        scenario.Answer("Review", scenario.District.GroupLead, "Adjust", scenario.Fill("report-review"), "进度偏慢")
            .Should().BeOfType<AnswerResult.Accepted>();
        scenario.Answer("ChangePlan", scenario.District.GroupMember, "Done", scenario.Fill("change-request"))
            .Should().BeOfType<AnswerResult.Accepted>();
        scenario.Answer("ApproveChange", scenario.District.GroupLead, "Confirm")
            .Should().BeOfType<AnswerResult.Accepted>();

        var second = scenario.TaskAt("AwaitReport");
        scenario.District.Calendar.DayOf(second.DueAt!.Value).Should()
            .Be(new DateOnly(2026, 4, 17), "the Friday of week 7");
        scenario.Mails.Should().Contain(mail => mail.Purpose == "notice" && mail.Subject.Contains("实施方案已调整"));
    }

    [Fact]
    public void Silent_reporter_is_reminded_and_escalated_until_the_report_comes()
    {
        var scenario = ToImplementation();
        var report = scenario.TaskAt("AwaitReport");

        scenario.PassUntil(report.DueAt!.Value.AddDays(40));

        report.Rung.Should().Be(4);
        scenario.Documents.Should().Contain(document => document.Kind == "formal-reminder");
        scenario.History.Should().Contain(line => line.Verb == "reminder.sent" && line.TaskId == report.Id);
        scenario.Answer(report, scenario.District.RoadsContact, "Report", scenario.Fill("periodic-report"))
            .Should().BeOfType<AnswerResult.Accepted>();
    }

    [Fact]
    public void Phase_that_is_not_done_in_time_warns_once()
    {
        var scenario = Begin();

        scenario.PassUntil(new DateTimeOffset(2026, 3, 20, 12, 0, 0, TimeSpan.Zero));

        scenario.Phases.Should().ContainSingle(phase => phase.SlipWarnedAt != null);
        scenario.History.Should().ContainSingle(line => line.Verb == "plan.slipped");
        scenario.Mails.Where(mail => mail.Purpose == "slip-warning").Select(mail => mail.RecipientName).Should()
            .BeEquivalentTo(
            scenario.District.GroupLead.Name, scenario.District.Secretary.Name);
        scenario.Mails.First(mail => mail.Purpose == "slip-warning").TextBody.Should()
            .Contain("2026年3月13日").And.Contain("13 March 2026");
    }

    [Fact]
    public void Due_times_count_in_working_days_from_the_start_date()
    {
        var scenario = Begin();

        Day(scenario, "Survey").Should().Be(new DateOnly(2026, 3, 5));
        Day(scenario, "WorkGroup").Should().Be(new DateOnly(2026, 3, 5));
        scenario.TaskAt("Survey").DueBasis.Should().Be(Counted.From(new(2026, 3, 2), workingDays: 3));
        scenario.TaskAt("Survey").Phase.Should().Be("weeks-1-2");
    }

    [Fact]
    public void Nothing_of_the_plan_begins_before_what_it_needs()
    {
        var scenario = Begin();
        scenario.Open.Should().NotContain(task => task.ActivityId == "Rules", "the group drafts them");

        Until(scenario, () => scenario.Open.Any(task => task.ActivityId == "Rules"));
        scenario.Case.WorkGroupId.Should().NotBeNull();
        Day(scenario, "Rules").Should().Be(new DateOnly(2026, 3, 9));
        Until(scenario, () => scenario.Open.Any(task => task.ActivityId == "DataAnalysis"));
        foreach (var source in new[] { "Satisfaction", "Interviews" })
        {
            scenario.Tasks.Should().Contain(
                task => task.ActivityId == source && task.State == TaskState.Done, "it is analysed once collected");
        }
    }

    [Theory]
    [InlineData(3)]
    public void Each_report_has_a_day_of_its_own_however_many_there_are(int reports)
    {
        var scenario = new Scenario(
            WorkflowFolder.With("ten-week-plan", json => json["variables"]!.AsArray()
                .First(one => one!["name"]!.ToString() == "Reports")!["value"] = $"{reports}"), Start)
            .Begin("ten-week-plan", CaseKind.TenWeekPlan, "老旧小区停车", new DateOnly(2026, 3, 2));

        Until(scenario, () => scenario.Tasks.Count(task => task.ActivityId == "AwaitReport"
            && task.TrackedItemId is null) == reports);

        scenario.Tasks.Where(task => task.ActivityId == "AwaitReport" && task.TrackedItemId is null)
            .Select(task => task.DueBasis!.Within.ToString()).Should().Equal("24wd", "34wd", "44wd");
    }

    [Fact]
    public void Author_of_the_plan_cannot_review_it()
    {
        var scenario = Begin();
        Until(scenario, () => scenario.Open.Any(task => task.ActivityId == "ReviewPlan"));
        var author = scenario.Records.First(record => record.Kind == "implementation-plan").ById;

        scenario.TaskAt("ReviewPlan").Barred.Should().Contain(author.Value);
        scenario.TaskAt("ReviewPlan").Assignees.Should().NotContain(seat => seat.PersonId == author);
    }

    [Fact]
    public void Phase_gate_that_returns_asks_for_what_is_missing_and_is_asked_again()
    {
        var scenario = Begin();
        Until(scenario, () => scenario.Open.Any(task => task.ActivityId == "Gate1"));
        scenario.Answer("Gate1", scenario.District.GroupLead, "Return", reason: "场地未落实")
            .Should().BeOfType<AnswerResult.Accepted>();
        scenario.Answer("Mend1", scenario.District.GroupMember, "Done").Should().BeOfType<AnswerResult.Accepted>();

        scenario.Answer("Gate1", scenario.District.GroupLead, "Confirm", scenario.Fill("phase-gate"))
            .Should().BeOfType<AnswerResult.Accepted>();

        scenario.Case.Step.Should().Be("weeks-3-4");
    }

    private static Scenario Begin() =>
        new Scenario(WorkflowFolder.All, Start)
            .Begin("ten-week-plan", CaseKind.TenWeekPlan, "老旧小区停车", new DateOnly(2026, 3, 2));

    private static Scenario ToImplementation()
    {
        var scenario = Begin();
        Until(scenario, () => scenario.Open.Any(task => task.ActivityId == "AwaitReport"));
        return scenario;
    }

    private static void Until(Scenario scenario, Func<bool> reached)
    {
        for (var turn = 0; turn < 200 && !reached(); turn++)
        {
            var task = scenario.Open.Where(PlanWork.IsOpenToSomebody)
                .OrderBy(one => one.DueAt ?? DateTimeOffset.MaxValue).First();
            PlanWork.Do(scenario, task);
        }

        reached().Should().BeTrue();
    }

    private static DateOnly Day(Scenario scenario, string node) =>
        scenario.District.Calendar.DayOf(scenario.TaskAt(node).DueAt!.Value);
}
