using Consultation.Engine.Definitions;

namespace Consultation.Tests.Activities.Designer;

/// <summary>What keeps a workflow from being published, as each step checks its own node.</summary>
public sealed class NodeCheckTests
{
    private static readonly (string Name, object Value) Director =
        ("Approvers", "role:CommitteeDirector@case.committee");
    private static readonly string[] Decisions = ["Confirm", "Return", "Reject"];

    [Fact]
    public void A_gate_that_is_all_right_has_no_finding() =>
        StepWorld.Check("RequestApproval", Decisions, Director, ("Due", "5wd")).Should().BeEmpty();

    [Theory]
    [InlineData("RequestApproval", "Approvers")]
    [InlineData("RequestWork", "Assignees")]
    [InlineData("ScreenMatter", "Screeners")]
    [InlineData("AwaitReport", "Reporters")]
    [InlineData("Notify", "Recipients")]
    public void A_step_that_asks_nobody_is_refused_at_its_input(string type, string input)
    {
        var finding = StepWorld.Check(type, []).Should().Contain(one => one.Code == "no-assignee").Which;

        (finding.Severity, finding.InputName).Should().Be((FindingSeverity.Error, input));
        finding.Mend.Zh.Should().Be("请选择由谁办理");
    }

    [Theory]
    [InlineData("role:King", true)]
    [InlineData("proposers; role:Secretary", false)]
    [InlineData("item.undertaking|item.supervisor", false)]
    public void Whom_it_means_must_be_understood(string who, bool wrong) =>
        StepWorld.Check("Notify", [], ("Recipients", who), ("Template", "notice"))
            .Any(one => one.Code == "bad-assignee").Should().Be(wrong);

    [Theory]
    [InlineData("AwaitReport", "DueNoticesTo")]
    [InlineData("Escalate", "Recipients")]
    [InlineData("Notify", "Sender")]
    public void Whoever_is_named_besides_must_be_understood_too(string type, string input) =>
        StepWorld.Check(type, [], (input, "everybody")).Should().Contain(
            one => one.Code == "bad-assignee" && one.InputName == input);

    [Theory]
    [InlineData("role:DepartmentContact; role:Secretary", true)]
    [InlineData("item.supervisor|role:Member", true)]
    [InlineData("role:DepartmentContact@topic.units; topic.members", false)]
    public void Whoever_would_tell_the_whole_district_is_warned(string who, bool warned)
    {
        var found = StepWorld.Check("Notify", [], ("Recipients", who), ("Template", "notice"));

        found.Where(one => one.Code == "everybody").Select(one => one.Severity).Should()
            .Equal(warned ? [FindingSeverity.Warning] : []);
    }

    [Theory]
    [InlineData("RequestApproval", "Due", "soon", "bad-duration")]
    [InlineData("Wait", "For", "two days", "bad-duration")]
    [InlineData("WatchPlan", "After", "-1", "bad-duration")]
    [InlineData("AwaitReport", "StallAfter", "x", "bad-duration")]
    [InlineData("AwaitReport", "DueNotices", "-3wd, soon", "bad-spans")]
    [InlineData("RequestWork", "Form", "no-such-form", "unknown-form")]
    [InlineData("RequestApproval", "Mode", "Coin", "unknown-choice")]
    [InlineData("Wait", "From", "birth", "unknown-choice")]
    [InlineData("SetItem", "State", "Nearly", "unknown-choice")]
    [InlineData("CloseCase", "State", "Asleep", "unknown-choice")]
    [InlineData("SetCaseState", "State", "Asleep", "unknown-choice")]
    [InlineData("OpenTrackedItems", "Source", "wish-list", "unknown-choice")]
    [InlineData("CloseCase", "Template", "no-such-mail", "unknown-template")]
    [InlineData("Remind", "Template", "no-such-mail", "unknown-template")]
    [InlineData("GenerateDocument", "Kind", "Annex", "unknown-document")]
    public void A_value_that_does_not_exist_is_an_error_with_examples_of_what_does(
        string type, string input, string value, string code)
    {
        var finding = StepWorld.Check(type, ["Done"], (input, value)).Should().Contain(one => one.Code == code).Which;

        (finding.Severity, finding.InputName).Should().Be((FindingSeverity.Error, input));
        finding.Message.Zh.Should().Contain($"“{value}”");
        finding.Mend.En.Should().NotBeEmpty();
    }

    [Theory]
    [InlineData("chairlast")]
    [InlineData("MajorityWithQuorum")]
    public void A_choice_may_be_written_in_small_letters(string mode) =>
        StepWorld.Check("RequestApproval", Decisions, Director, ("Mode", mode)).Should().BeEmpty();

    [Fact]
    public void A_policy_of_the_organisations_own_is_only_pointed_out() =>
        StepWorld.Check("RequestWork", ["Done"], ("Assignees", "role:Secretary"), ("Due", "5wd"), ("Ladder", "our-own"))
            .Should().ContainSingle()
            .Which.Severity.Should().Be(FindingSeverity.Warning);

    [Fact]
    public void Reminders_without_a_due_time_have_nothing_to_count_from() =>
        StepWorld.Check("RequestWork", ["Done"], ("Assignees", "role:Secretary"), ("Reminders", "standard")).Should()
            .ContainSingle()
            .Which.Code.Should().Be("timer-without-due");

    [Fact]
    public void Every_decision_must_lead_somewhere()
    {
        var findings = StepWorld.Check("RequestApproval", ["Confirm"], Director);

        findings.Where(one => one.Code == "outcome-unhandled").Select(one => one.Message.Zh).Should().HaveCount(2)
            .And.Contain(text => text.Contains("不予通过", StringComparison.Ordinal));
    }

    [Fact]
    public void A_gate_that_asks_exclusions_again_must_say_what_follows_a_suspension() =>
        StepWorld.Check("RequestApproval", Decisions, Director, ("AskExclusions", true)).Should().ContainSingle()
            .Which.Message.En.Should().Contain("Outcome Suspended");

    [Theory]
    [InlineData("leave", 1)]
    [InlineData("stay", 0)]
    public void A_task_that_ends_when_overdue_must_lead_somewhere(string afterOverdue, int findings) =>
        StepWorld.Check("RequestWork", ["Done"], ("Assignees", "role:Secretary"), ("Due", "5wd"),
            ("AfterOverdue", afterOverdue))
            .Where(one => one.Code == "outcome-unhandled").Should().HaveCount(findings);

    [Fact]
    public void A_notice_that_wants_acknowledgement_must_say_what_follows_silence() =>
        StepWorld.Check("Notify", ["AllAcknowledged"], ("Recipients", "role:Secretary"), ("Template", "notice"),
            ("Acknowledge", true))
            .Should().ContainSingle().Which.Message.En.Should().Contain("Outcome Overdue");

    [Fact]
    public void A_notice_without_a_mail_is_refused() =>
        StepWorld.Check("Notify", ["Done"], ("Recipients", "role:Secretary")).Should().ContainSingle()
            .Which.Code.Should().Be("no-template");

    [Fact]
    public void A_report_of_a_plan_has_one_way_out_and_that_of_an_item_three()
    {
        Unhandled(("Subject", "plan")).Should().Be(1);
        Unhandled(("Subject", "item")).Should().Be(3);

        static int Unhandled((string, object) subject) =>
            StepWorld.Check("AwaitReport", [], ("Reporters", "role:Secretary"), subject)
                .Count(one => one.Code == "outcome-unhandled");
    }

    [Fact]
    public void A_watched_date_needs_somebody_to_tell() =>
        StepWorld.Check("WatchPlan", []).Should().ContainSingle().Which.Code.Should().Be("timer-without-owner");

    [Fact]
    public void What_is_shown_must_be_a_list_of_things_that_there_are()
    {
        var unknown = StepWorld.Check("RequestWork", ["Done"], ("Assignees", "role:Secretary"),
            ("Shows", new[] { "topic", "own-record" }));
        var hidden = StepWorld.Check("RequestWork", ["Done"], ("Assignees", "role:Secretary"),
            ("Shows", "[\"topic\"]"));
        var broken = StepWorld.Check("RequestWork", ["Done"], ("Assignees", "role:Secretary"), ("Shows", "topic"));

        unknown.Should().ContainSingle().Which.Message.Zh.Should().Contain("own-record");
        hidden.Should().ContainSingle().Which.Code.Should()
            .Be("hidden-list", "the designer does not see a list written as a literal");
        broken.Should().ContainSingle().Which.Code.Should().Be("bad-list");
    }
}
