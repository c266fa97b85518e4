using Consultation.Cases.Tasks;

namespace Consultation.Tests.Activities.Escalation;

public sealed class EscalateTests
{
    [Theory]
    [InlineData("role:LeadingGroup", "escalation-office to 党组 韩梅")]
    [InlineData("role:CommitteeDirector@case.committee", "escalation-office to 主任 李敏")]
    [InlineData("unit.head(case.platform)", "escalation-office to 站长 吴刚")]
    public void Those_whom_the_node_names_are_told(string who, string mail)
    {
        var world = LateTask.Before("Escalate", ("Recipients", who));

        world.Mails.Should().Equal(mail);
        world.Outcomes.Should().Equal("Done");
    }

    [Fact]
    public void A_rung_of_the_ladder_says_whom_and_with_which_words() =>
        LateTask.Before("Escalate", ("Recipients", "role:Secretary"), ("Rung", 1)).Mails.Should()
            .Equal("formal-reminder to 组员 朱琳", "formal-reminder-copy to 专人 周洁");

    [Fact]
    public void The_rung_of_the_leading_group_sends_no_mail_but_puts_the_task_into_the_weekly_summary()
    {
        var world = LateTask.Before("Escalate", ("Recipients", "role:Secretary"), ("Rung", 4));

        world.Mails.Should().BeEmpty();
        world.Scenario.Tasks[0].SummarisedFrom.Should().Be(StepWorld.Monday);
        world.Told("task.escalated").Zh.Should().Be("报政协党组：“办理”，已告知党组 韩梅（列入每周汇总）。");
    }

    [Fact]
    public void A_rung_that_the_ladder_does_not_have_leaves_it_to_those_named() =>
        LateTask.Before("Escalate", ("Recipients", "role:LeadingGroup"), ("Rung", 9)).Mails.Should()
            .Equal("escalation-office to 党组 韩梅");

    [Fact]
    public void A_template_of_the_node_comes_first() =>
        LateTask.Before("Escalate", ("Recipients", "role:LeadingGroup"), ("Template", "notice")).Mails.Should()
            .Equal("notice to 党组 韩梅");

    [Fact]
    public void The_history_says_who_was_told_of_what()
    {
        var world = LateTask.Before("Escalate", ("Recipients", "role:LeadingGroup"));

        world.Told("task.escalated").Zh.Should().EndWith("：“办理”，已告知党组 韩梅。");
        world.Told("task.escalated").For("en").Should().EndWith(": “办理”, told 党组 韩梅.");
    }

    [Fact]
    public void Nobody_who_is_asked_is_told_about_himself() =>
        LateTask.Before("Escalate",
            ("Recipients", "role:WorkGroupMember@case.workgroup; role:WorkGroupLead@case.workgroup"))
            .Mails.Should().Equal("escalation-office to 组长 杨帆");

    [Fact]
    public void A_formal_notice_is_filed_where_the_node_wants_one()
    {
        var world = LateTask.Before("Escalate", ("Recipients", "role:LeadingGroup"), ("Document", true));

        world.Scenario.Documents.Should().ContainSingle().Which.Number.Should().Be("协催〔2026〕1号");
        world.Scenario.Tasks[0].FormalReminder.Should().Be("协催〔2026〕1号");
    }

    [Fact]
    public void A_task_that_was_left_because_it_was_overdue_is_still_the_one_that_is_meant()
    {
        var world = new StepWorld("Escalate", ("Recipients", "role:LeadingGroup"));
        var task = LateTask.Of(world, LateTask.Instance, StepWorld.Monday);
        (task.State, task.ClosedAt) = (TaskState.Cancelled, StepWorld.Monday);

        world.Scenario.Run(LateTask.Instance);

        world.Mails.Should().Equal("escalation-office to 党组 韩梅");
    }
}
