using Consultation.Activities.Work;
using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.Documents;
using Consultation.Cases.Rules;
using Consultation.Cases.Tasks;
using Consultation.Cases.Votes;
using Consultation.Cases.Workflows;
using Consultation.Tests.Cases;
using Consultation.Tests.Cases.Documents;

namespace Consultation.Tests.Activities;

/// <summary>What an organisation sets is what its steps do.</summary>
public sealed class RuledStepTests
{
    public static TheoryData<string> Limits =>
        [.. RuleCatalogue.All.Where(rule => rule.Form == RuleForm.Limit).Select(rule => rule.Key)];

    [Theory]
    [MemberData(nameof(Limits))]
    public void A_time_limit_that_names_a_rule_is_the_rule_s(string key)
    {
        var (usual, changed) = (File(), File((key, "123d")));

        var before = DueTime.Compute($"rule:{key}", CountedFrom.Now, usual, 0, StepWorld.Monday)!;
        var after = DueTime.Compute($"rule:{key}", CountedFrom.Now, changed, 0, StepWorld.Monday)!;

        before.Basis.Within.ToString().Should().Be(RuleCatalogue.Find(key)!.Default);
        after.Basis.Within.Should().Be(new WorkingDuration(123, DayCount.CalendarDays));
        after.At.Should().NotBe(before.At);
    }

    [Fact]
    public void A_task_given_before_a_change_keeps_its_day_and_the_next_one_has_the_new()
    {
        var world = Verification();
        world.Run();
        world.Task.DueAt.Should().Be(world.District.Calendar.DueAfter(StepWorld.Monday, Working(3)));
        Set(world, "verify", "7wd");
        world.Task.DueAt.Should().Be(world.District.Calendar.DueAfter(StepWorld.Monday, Working(3)));

        var next = Verification();
        Set(next, "verify", "7wd");
        next.Run();

        next.Task.DueAt.Should().Be(next.District.Calendar.DueAfter(StepWorld.Monday, Working(7)));
    }

    [Fact]
    public void A_rule_that_does_not_exist_is_not_published_and_faults_where_an_expression_names_it()
    {
        StepWorld.Check("RequestWork", [], ("Assignees", "role:Secretary"), ("Title", "核实"), ("Due", "rule:verify"))
            .Should().NotContain(finding => finding.Code == "bad-duration");
        StepWorld.Check("RequestWork", [], ("Assignees", "role:Secretary"), ("Title", "核实"), ("Due", "rule:vote-way"))
            .Should().Contain(finding => finding.Code == "bad-duration");
        var world = new StepWorld(
            "RequestWork", ("Assignees", "role:Secretary"), ("Title", "核实"), ("Due", Script.Text("rule:none")));

        world.Run();

        world.Incidents.Should().ContainSingle().Which.Message.Should().Contain("rule:none");
    }

    [Fact]
    public void Votes_are_counted_by_the_organisation_s_rules_where_none_were_adopted()
    {
        AdoptedRules.Of(File()).Should().Be(VoteRules.Default);
        AdoptedRules.MethodOf(File()).Should().Be((VoteMethod.Hands, false));

        var strict = File((RuleKeys.Quorum, "3/4"), (RuleKeys.Majority, "two-thirds-roster"),
            (RuleKeys.Voting, "secret"));

        AdoptedRules.Of(strict).Should().Be(
            new VoteRules(new Fraction(3, 4), Fraction.TwoThirds, MoreThan: false, MajorityOf.Eligible));
        AdoptedRules.MethodOf(strict).Should().Be((VoteMethod.Paper, true));
    }

    [Fact]
    public void The_letter_names_the_day_that_the_rule_gives()
    {
        var issued = new DateOnly(2026, 3, 2);

        FormalReminder.ExplainBy(File(), issued).Should().Be(new DateOnly(2026, 3, 9));
        FormalReminder.ExplainBy(File((RuleKeys.ExplainWithin, "2wd")), issued).Should().Be(new DateOnly(2026, 3, 4));
    }

    [Fact]
    public void The_annex_prints_the_unit_that_the_rule_names()
    {
        AnnexSheet.UnitOf(RuleSet.Defaults).Should().Be(AnnexUnit.Undertaking);
        AnnexSheet.UnitOf(Rules((RuleKeys.AnnexUnit, "assigning"))).Should().Be(AnnexUnit.Assigning);
    }

    private static StepWorld Verification() =>
        new("RequestWork", ("Assignees", "role:Secretary"), ("Title", "核实"), ("Due", "rule:verify"));

    private static CaseFile File(params (string Key, string Value)[] own)
    {
        var paper = Paper.File(new District());
        return new CaseFile(paper.Directory, paper.Calendar, paper.Case, [])
        {
            Policies = PolicySet.None with { Rules = Rules(own) },
        };
    }

    private static RuleSet Rules(params (string Key, string Value)[] own) =>
        new(own.ToDictionary(one => one.Key, one => one.Value));

    private static void Set(StepWorld world, string key, string value) =>
        world.Scenario.Policies = world.Scenario.Policies with { Rules = Rules((key, value)) };

    private static WorkingDuration Working(int days) => new(days, DayCount.WorkingDays);
}
