namespace Consultation.Tests.Activities.Escalation;

public sealed class EscalateTests
{
    [Theory]
    [InlineData("Assignees", "formal-reminder to 组员 朱琳")]
    [InlineData("CommitteeDirector", "escalation-director to 主任 李敏")]
    [InlineData("LeadingGroup", "escalation-leading-group to 党组 韩梅")]
    public void The_audience_that_the_node_names_is_told_in_its_own_words(string audience, string mail)
    {
        var world = LateTask.Before("Escalate", ("Audience", audience));

        world.Mails.Should().Equal(mail);
        world.Outcomes.Should().Equal("Done");
    }

    [Fact]
    public void The_responsible_office_is_the_committee_of_the_case()
    {
        var world = LateTask.Before("Escalate", ("Audience", "ResponsibleOffice"));

        world.Mails.Should().OnlyContain(mail => mail.StartsWith("escalation-office to ", StringComparison.Ordinal))
            .And.NotBeEmpty();
    }

    [Theory]
    [InlineData(1, "formal-reminder to 组员 朱琳")]
    [InlineData(4, "escalation-leading-group to 党组 韩梅")]
    public void A_rung_of_the_ladder_says_whom_and_with_which_words(int rung, string mail) =>
        LateTask.Before("Escalate", ("Audience", "CommitteeDirector"), ("Rung", rung)).Mails.Should().Equal(mail);

    [Fact]
    public void A_rung_that_the_ladder_does_not_have_leaves_it_to_the_named_audience() =>
        LateTask.Before("Escalate", ("Audience", "LeadingGroup"), ("Rung", 9)).Mails.Should()
            .Equal("escalation-leading-group to 党组 韩梅");

    [Fact]
    public void A_template_of_the_node_comes_first() =>
        LateTask.Before("Escalate", ("Audience", "LeadingGroup"), ("Template", "notice")).Mails.Should()
            .Equal("notice to 党组 韩梅");

    [Fact]
    public void The_history_says_who_was_told_of_what()
    {
        var world = LateTask.Before("Escalate", ("Audience", "LeadingGroup"));

        world.Told("task.escalated").Should().Be(new Consultation.Cases.LocalText(
            "报政协党组：“办理”，已告知党组 韩梅。", "To the leading group: “办理”, told 党组 韩梅."));
    }

    [Fact]
    public void A_formal_notice_is_filed_where_the_node_wants_one() =>
        LateTask.Before("Escalate", ("Audience", "Assignees"), ("Document", true)).Scenario.Documents.Should()
            .ContainSingle();

    [Fact]
    public void A_task_that_was_left_because_it_was_overdue_is_still_the_one_that_is_meant()
    {
        var world = new StepWorld("Escalate", ("Audience", "LeadingGroup"));
        var task = LateTask.Of(world, LateTask.Instance, StepWorld.Monday);
        (task.State, task.ClosedAt) = (Consultation.Cases.Tasks.TaskState.Cancelled, StepWorld.Monday);

        world.Scenario.Run(LateTask.Instance);

        world.Mails.Should().Equal("escalation-leading-group to 党组 韩梅");
    }
}
