using Consultation.Cases.Rules;
using Consultation.Cases.Tasks;
using Consultation.Testing.Scenarios;
using static Consultation.ServerTests.Workflows.SixStepMoves;

namespace Consultation.ServerTests.Workflows;

/// <summary>What an organisation sets at the desk is what the shipped workflows do from then on.</summary>
public sealed class RuleTests
{
    [Fact]
    public void Time_limits_of_the_steps_are_the_organisation_s()
    {
        var scenario = Begin(Under(
            ("verify", "9wd"), ("topic-draft", "8wd"), ("committee", "7wd"), ("acknowledge", "6wd")));
        Within(scenario, "Screen").Should().Be("9wd");
        Screen(scenario);
        Within(scenario, "DraftTopic").Should().Be("8wd");
        Draft(scenario);
        Within(scenario, "CommitteeGate").Should().Be("5wd", "two working days are kept for the chair");
        Opinions(scenario);
        scenario.Answer(
            "CommitteeGate", scenario.District.Director, "Confirm", scenario.FillWithExclusions("topic-decision"));

        Within(scenario, "TellDepartments").Should().Be("6wd");
    }

    [Fact]
    public void The_second_person_has_his_own_time()
    {
        var scenario = Begin(Under(("second-check", "8wd")));

        scenario.Answer("Screen", scenario.District.Officer, "Submit", scenario.Fill("screening",
            ("excl-2", "yes"), ("excl-2-reason", "涉及国家秘密"), ("excl-2-ref", "保密规定")))
            .Should().BeOfType<AnswerResult.Accepted>();

        Within(scenario, "Screen").Should().Be("8wd");
    }

    [Fact]
    public void The_roster_needs_what_the_rule_wants_and_replies_are_due_when_it_says()
    {
        var strict = ToPlan(Under(("roster-minimums", "expert: 9")));
        strict.Answer("Plan", strict.District.Officer, "Done", strict.Fill("meeting-plan"))
            .Should().BeOfType<AnswerResult.Invalid>().Which.Errors.Should().Contain(
                error => error.Message.Zh.Contains("至少要有9名专家学者", StringComparison.Ordinal));

        var scenario = ToPlan(Under(("meeting-reply", "-4wd")));
        Do(scenario, "Plan", scenario.District.Officer);

        Within(scenario, "Call").Should().Be("-4wd");
    }

    private static Scenario ToPlan(Scenario scenario)
    {
        Begin(scenario);
        Screen(scenario);
        Confirm(scenario);
        var acknowledge = scenario.TaskAt("TellDepartments");
        foreach (var seat in acknowledge.Assignees.ToList())
        {
            scenario.Answer(acknowledge, scenario.District.Directory.Find(seat.PersonId)!, "Acknowledge");
        }

        Do(scenario, "Research", scenario.District.Officer);
        scenario.Answer("Readiness", scenario.District.Head, "Confirm", scenario.Fill("readiness"))
            .Should().BeOfType<AnswerResult.Accepted>();
        return scenario;
    }

    private static Scenario Under(params (string Key, string Value)[] rules)
    {
        var scenario = new Scenario(WorkflowFolder.All, Monday);
        scenario.Policies = scenario.Policies with
        {
            Rules = new RuleSet(rules.ToDictionary(rule => rule.Key, rule => rule.Value)),
        };
        return scenario;
    }

    private static string Within(Scenario scenario, string node) =>
        scenario.TaskAt(node).DueBasis!.Within.ToString();
}
