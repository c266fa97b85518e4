using Consultation.Cases;
using Consultation.Cases.Tasks;
using Consultation.Cases.TrackedItems;
using Consultation.Mail.Templates;
using Consultation.Testing.Scenarios;
using static Consultation.ServerTests.Workflows.SixStepMoves;

namespace Consultation.ServerTests.Workflows;

/// <summary>The tracked items of the sixth step: reported on, late, extended, checked and closed (Q104–Q115).</summary>
public sealed class SixStepItemTests
{
    [Fact]
    public void Stalled_item_reaches_the_office_and_an_extension_keeps_the_first_date()
    {
        var scenario = Begin();
        Screen(scenario);
        Confirm(scenario);
        ToFollowUp(scenario);
        var item = scenario.Items[0];
        var first = item.DueOn;
        var entry = TaskOf(scenario, item, "AwaitEntry");
        scenario.Answer(entry, scenario.District.WaterContact, "AskExtension", reason: "汛期水位上涨，沿岸无法施工")
            .Should().BeOfType<AnswerResult.Accepted>();
        TaskOf(scenario, item, "AskExtension").Prefill["reason"].Should().Be("汛期水位上涨，沿岸无法施工", "nobody is asked twice");
        scenario.Answer(TaskOf(scenario, item, "AskExtension"), scenario.District.WaterContact, "Done",
            scenario.Fill("extension-request", ("new-due", "2026-09-01")))
            .Should().BeOfType<AnswerResult.Accepted>();
        scenario.Answer(TaskOf(scenario, item, "ExtensionGate"), scenario.District.Supervisor, "Grant")
            .Should().BeOfType<AnswerResult.Accepted>();
        item.DueOn.Should().Be(new DateOnly(2026, 9, 1));
        item.OriginalDueOn.Should().Be(first);
        scenario.Documents.Select(document => document.Kind).Should()
            .Contain(["extension-request", "extension-granted"]);
        var answer = scenario.Documents.Single(document => document.Kind == "extension-granted");
        answer.Number.Should().StartWith("协延〔");
        WordText.Of(answer).Should().Contain($"由{first!.Value:yyyy年M月d日}延至2026年9月1日");

        scenario.Pass(TimeSpan.FromDays(150));

        item.State.Should().Be(TrackedItemState.Stalled);
        item.Stall.Should().Be(StallReason.NoEntry, "the graver reason names it");
        TaskOf(scenario, item, "AwaitEntry").Rung.Should().Be(4);
        scenario.History.Should().Contain(line => line.Verb == "item.stalled" && line.TrackedItemId == item.Id);
        scenario.Mails.Should().Contain(mail => mail.Purpose == "escalation-office");
        scenario.Case.State.Should().Be(CaseState.Open);
        scenario.Incidents.Should().BeEmpty();
    }

    [Fact]
    public void An_extension_asked_for_in_time_can_be_filled_in_when_the_day_has_passed()
    {
        var scenario = Begin();
        Screen(scenario);
        Confirm(scenario);
        ToFollowUp(scenario);
        var item = scenario.Items[0];
        scenario.PassUntil(scenario.District.Calendar.At(item.DueOn!.Value, new TimeOnly(17, 0)));
        scenario.Answer(
            TaskOf(scenario, item, "AwaitEntry"), scenario.District.WaterContact, "AskExtension",
            reason: "汛期水位上涨，沿岸无法施工")
            .Should().BeOfType<AnswerResult.Accepted>();
        scenario.Pass(TimeSpan.FromDays(2));

        scenario.Answer(TaskOf(scenario, item, "AskExtension"), scenario.District.WaterContact, "Done",
            scenario.Fill("extension-request", ("new-due", "2026-09-01")))
            .Should().BeOfType<AnswerResult.Accepted>("the task is not one that refuses every entry");
    }

    [Fact]
    public void Figures_that_do_not_move_for_two_cycles_stall_an_item()
    {
        var scenario = Begin();
        Screen(scenario);
        Confirm(scenario);
        ToFollowUp(scenario);
        var item = scenario.Items[0];

        for (var i = 0; i < 3; i++)
        {
            scenario.Answer(TaskOf(scenario, item, "AwaitEntry"), scenario.District.WaterContact, "Report",
                scenario.Fill("progress-entry", ("percent", "30"), ("done", "no")));
            scenario.Pass(TimeSpan.FromDays(7));
        }

        item.State.Should().Be(TrackedItemState.Stalled);
        scenario.Entries.Where(entry => entry.TrackedItemId == item.Id).Should().HaveCount(3);
        scenario.History.Should().Contain(line => line.Verb == "item.stalled" && line.Text.Zh.Contains("30%"));
        TaskOf(scenario, item, "AwaitEntry").State.Should().Be(TaskState.Open, "it goes on being reported");
    }

    [Fact]
    public void Item_is_done_only_when_somebody_else_has_checked_it()
    {
        var scenario = Begin();
        Screen(scenario);
        Confirm(scenario);
        ToFollowUp(scenario);
        var item = scenario.Items[0];
        scenario.Answer(TaskOf(scenario, item, "AwaitEntry"), scenario.District.WaterContact, "Report",
            scenario.Fill("progress-entry", ("percent", "80"), ("done", "yes")))
            .Should().BeOfType<AnswerResult.Invalid>();
        scenario.Answer(TaskOf(scenario, item, "AwaitEntry"), scenario.District.WaterContact, "Report",
            scenario.Fill("progress-entry", ("percent", "100"), ("done", "yes")));
        item.State.Should().Be(TrackedItemState.AwaitingCheck);

        ReturnAt(scenario, TaskOf(scenario, item, "Check")).Should().Be(("退回继续办理", "Return to be carried on"));
        scenario.Answer(TaskOf(scenario, item, "Check"), scenario.District.Supervisor, "Return", reason: "三号桥段未亮灯");

        item.State.Should().Be(TrackedItemState.InProgress);
        Finish(scenario, item);
        item.State.Should().Be(TrackedItemState.Done);
        item.ClosingNote.Should().NotBeEmpty();
        scenario.Case.State.Should().Be(CaseState.Open, "the other item is not done");
    }

    [Fact]
    public void Mails_about_a_tracked_item_say_which_one_and_lead_to_the_task()
    {
        var scenario = Begin();
        Screen(scenario);
        Confirm(scenario);
        ToFollowUp(scenario);
        var (item, report) = (scenario.Items[1], TaskOf(scenario, scenario.Items[1], "AwaitEntry"));

        scenario.PassUntil(report.DueAt!.Value.AddDays(30));

        var about = scenario.Mails.Where(mail => mail.TaskId == report.Id.Value).ToList();
        about.Select(mail => mail.Purpose).Should()
            .Contain(["report-request", "reminder", "formal-reminder", "escalation-office"]);
        about.Should()
            .OnlyContain(mail => mail.Subject.Contains($"事项{item.Year}-{item.Number}")
                && mail.TextBody.Contains($"{item.Year}-{item.Number} 修补步道"));
        about.Should()
            .OnlyContain(mail => !mail.TextBody.Contains("【办理要求】\n"), "nothing is asked under an empty heading");
        about.First(mail => mail.Purpose == "escalation-office").TextBody
            .Should().Contain(MailPlaceholder.Page, "it opens what it says of this task, with or without a log-in");
    }
}
