using Consultation.Cases.Tasks;

namespace Consultation.Tests.Activities.Escalation;

public sealed class RemindTests
{
    [Fact]
    public void Those_who_still_owe_an_answer_are_reminded()
    {
        var world = LateTask.Before("Remind");

        var task = world.Scenario.Tasks[0];
        world.Mails.Should().Contain("reminder to 组员 朱琳").And.NotContain("reminder to 组员 许诺", "she has answered");
        task.RemindersSent.Should().Be(1);
        world.Told("reminder.sent").For("en").Should().Be("“办理” is due; 1 people reminded.");
        world.Outcomes.Should().Equal("Done");
    }

    [Fact]
    public void A_template_may_be_chosen()
    {
        var world = LateTask.Before("Remind", ("Template", "formal-reminder"));

        world.Mails.Should().Contain("formal-reminder to 组员 朱琳");
    }

    [Fact]
    public void A_formal_notice_is_filed_where_the_node_wants_one()
    {
        LateTask.Before("Remind", ("Document", true)).Scenario.Documents.Should().ContainSingle().Which.Kind.Should()
            .Be("formal-reminder");
        LateTask.Before("Remind").Scenario.Documents.Should().BeEmpty();
    }

    [Fact]
    public void A_run_without_open_tasks_reminds_nobody_and_goes_on()
    {
        var world = new StepWorld("Remind").Run();

        world.Mails.Should().BeEmpty();
        world.Outcomes.Should().Equal("Done");
    }

    [Fact]
    public void Tasks_of_other_runs_are_left_alone()
    {
        var world = new StepWorld("Remind");
        var task = LateTask.Of(world, instance: "another-run", due: StepWorld.Monday.AddDays(-1));

        world.Run();

        task.RemindersSent.Should().Be(0);
    }

    [Fact]
    public void What_is_late_is_meant_before_what_has_time()
    {
        var world = new StepWorld("Remind");
        var late = LateTask.Of(world, LateTask.Instance, StepWorld.Monday.AddDays(-1));
        var early = LateTask.Of(world, LateTask.Instance, StepWorld.Monday.AddDays(1));

        world.Scenario.Run(LateTask.Instance);

        (late.RemindersSent, early.RemindersSent).Should().Be((1, 0));
        early.State.Should().Be(TaskState.Open);
    }
}
