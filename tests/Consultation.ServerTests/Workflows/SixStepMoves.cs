using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.Tasks;
using Consultation.Cases.TrackedItems;
using Consultation.Testing.Scenarios;

namespace Consultation.ServerTests.Workflows;

/// <summary>How a six-step case gets on, stretch by stretch; every move must be accepted.</summary>
internal static class SixStepMoves
{
    internal static readonly DateTimeOffset Monday = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);

    internal static Scenario Begin(Scenario? scenario = null) =>
        (scenario ?? new Scenario(WorkflowFolder.All, Monday))
            .Begin("six-step-procedure", CaseKind.SixStep, "河边步道夜间照明");

    internal static void Screen(Scenario scenario) =>
        scenario.Answer("Screen", scenario.District.Officer, "Submit", scenario.Fill("screening"))
            .Should().BeOfType<AnswerResult.Accepted>();

    internal static void Draft(Scenario scenario) =>
        scenario.Answer(
            "DraftTopic", scenario.District.Officer, "Done", scenario.Fill("topic-draft", ("title", "河边步道夜间照明")))
            .Should().BeOfType<AnswerResult.Accepted>();

    internal static void Opinions(Scenario scenario)
    {
        foreach (var member in new[] { scenario.District.MemberA, scenario.District.MemberB })
        {
            scenario.Answer("CommitteeGate", member, "Confirm", scenario.FillWithExclusions("topic-decision"))
                .Should().BeOfType<AnswerResult.Accepted>();
        }
    }

    internal static void Confirm(Scenario scenario)
    {
        Draft(scenario);
        Opinions(scenario);
        scenario.Answer(
            "CommitteeGate", scenario.District.Director, "Confirm", scenario.FillWithExclusions("topic-decision"))
            .Should().BeOfType<AnswerResult.Accepted>();
    }

    internal static void ToNotice(Scenario scenario)
    {
        var acknowledge = scenario.TaskAt("TellDepartments");
        foreach (var seat in acknowledge.Assignees.ToList())
        {
            scenario.Answer(acknowledge, scenario.District.Directory.Find(seat.PersonId)!, "Acknowledge")
                .Should().BeOfType<AnswerResult.Accepted>();
        }

        Do(scenario, "Research", scenario.District.Officer);
        scenario.Answer("Readiness", scenario.District.Head, "Confirm", scenario.Fill("readiness"))
            .Should().BeOfType<AnswerResult.Accepted>();
        Do(scenario, "Plan", scenario.District.Officer);
    }

    /// <summary>Both tellers hand in the same sheet: a vote that passes unless some numbers differ.</summary>
    internal static void Count(Scenario scenario, params (string Field, string Value)[] differently)
    {
        var count = scenario.TaskAt("Vote");
        foreach (var seat in count.Assignees.ToList())
        {
            scenario.Answer(count, scenario.District.Directory.Find(seat.PersonId)!, "Submit",
                scenario.Fill("count-sheet", differently)).Should().BeOfType<AnswerResult.Accepted>();
        }
    }

    internal static void ToFollowUp(Scenario scenario)
    {
        ToReceipt(scenario);
        ListProblems(scenario, "2026-06-30");
    }

    internal static void ToReceipt(Scenario scenario)
    {
        ToNotice(scenario);
        FromNotice(scenario);
    }

    /// <summary>From the notice of the meeting to the receipt for the submission.</summary>
    internal static void FromNotice(Scenario scenario)
    {
        scenario.ReplyAll();
        scenario.ReachMeeting();
        Do(scenario, "Meeting", scenario.District.Officer);
        Count(scenario);
        foreach (var node in new[] { "Resolution", "GiveOpinion" }) Do(scenario, node, scenario.District.Officer);
        scenario.SettleMinutes();
        Do(scenario, "Submission", scenario.District.Officer);
        scenario.Answer(
            "SignOff", scenario.District.Director, "Confirm", scenario.FillWithExclusions("submission-signoff"))
            .Should().BeOfType<AnswerResult.Accepted>();
        Do(scenario, "Receipt", scenario.District.Secretary);
    }

    internal static void ListProblems(Scenario scenario, string due)
    {
        var row = FormValues.Write(new[] { "加装路灯", "修补步道" }.Select(advice => new Dictionary<string, string>
        {
            ["consulted-on"] = "2026-03-03",
            ["topic"] = "河边步道",
            ["advice"] = advice,
            ["undertaking"] = scenario.District.Water.Id.Value.ToString("N"),
            ["office"] = scenario.District.Committee.Id.Value.ToString("N"),
            ["supervisor"] = scenario.District.Supervisor.Id.Value.ToString("N"),
            ["due"] = due,
        }));
        scenario.Answer("ProblemList", scenario.District.Officer, "Done", new() { ["items"] = row })
            .Should().BeOfType<AnswerResult.Accepted>();
        scenario.Items.Should().HaveCount(2);
    }

    internal static void Do(
        Scenario scenario, string node, Cases.People.Person who, params (string Field, string Value)[] differently) =>
        scenario.Answer(node, who, "Done", scenario.Fill(scenario.TaskAt(node), differently))
            .Should().BeOfType<AnswerResult.Accepted>($"{node} is handed in");

    /// <summary>Redacted words are handed in as the gate proposes them.</summary>
    internal static AnswerResult Publish(
        Scenario scenario, WorkTask gate, Cases.People.Person who, params (string Field, string Value)[] differently) =>
        scenario.Answer(gate, who, "Publish", scenario.Fill(gate, differently));

    /// <summary>The last gate of a case: its result is published, by two people.</summary>
    internal static void PublishResult(Scenario scenario)
    {
        var gate = scenario.TaskAt("PublishResult");
        Publish(scenario, gate, scenario.District.Directory.Find(gate.Assignees[0].PersonId)!)
            .Should().BeOfType<AnswerResult.Accepted>();
        var second = scenario.TaskAt("PublishResult");
        var seat = second.Assignees.First(one => !second.Barred.Contains(one.PersonId.Value));
        scenario.Answer(second, scenario.District.Directory.Find(seat.PersonId)!, "Confirm")
            .Should().BeOfType<AnswerResult.Accepted>();
    }

    internal static WorkTask TaskOf(Scenario scenario, TrackedItem item, string node) =>
        scenario.Open.Single(task => task.TrackedItemId == item.Id && task.ActivityId == node);

    internal static void Finish(Scenario scenario, TrackedItem item)
    {
        scenario.Answer(TaskOf(scenario, item, "AwaitEntry"), scenario.District.WaterContact, "Report",
            scenario.Fill("progress-entry", ("percent", "100"), ("done", "yes")))
            .Should().BeOfType<AnswerResult.Accepted>();
        scenario.Answer(
            TaskOf(scenario, item, "Check"), scenario.District.Supervisor, "Confirm", scenario.Fill("closing-check"))
            .Should().BeOfType<AnswerResult.Accepted>();
    }

    internal static bool InOffice(Scenario scenario, DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, scenario.District.Calendar.Zone);
        return local.Hour is >= 8 and < 20
            && scenario.District.Calendar.IsWorkingDay(DateOnly.FromDateTime(local.DateTime));
    }

    /// <summary>What a return is called at a gate, as the mail about it says too.</summary>
    internal static (string Zh, string? En) ReturnAt(Scenario scenario, WorkTask task)
    {
        var label = task.Outcomes.Single(outcome => outcome.Key == "Return").Label;
        scenario.Mails.Where(mail => mail.TaskId == task.Id.Value).Should()
            .NotBeEmpty().And.OnlyContain(mail => mail.TextBody.Contains(label.Zh));
        return (label.Zh, label.En);
    }
}
