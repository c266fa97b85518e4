using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Mail.Outgoing;

namespace Consultation.Tests.Activities.Work;

/// <summary>Substitutes and delegates are asked and reminded, and what they decide stands so (mail rule 7).</summary>
public sealed class ActingTests
{
    private static readonly DateTimeOffset Monday = StepWorld.Monday;

    [Fact]
    public void While_a_delegation_is_in_force_the_delegate_is_asked_and_reminded_and_nobody_else()
    {
        var world = Asking();
        var delegatee = world.District.Person("副主任 钱立", "qian.li", false);
        world.District.Delegate(world.District.Director, delegatee, Monday.AddDays(-1), Monday.AddDays(30));
        world.Run();

        world.Scenario.Pass(TimeSpan.FromDays(10));

        world.Scenario.Mails.Where(mail => mail.TaskId == world.Task.Id.Value
            && mail.Purpose is not ("escalation-office" or "formal-reminder-copy"))
            .Select(mail => mail.RecipientName).Distinct().Should().Equal("副主任 钱立");
        world.Mails.Should().Contain(["approval-request to 副主任 钱立", "reminder to 副主任 钱立",
            "formal-reminder to 副主任 钱立"]);
        world.Scenario.Mails[0].TextBody.Should().Contain("【代为办理】受主任 李敏委托");
        world.Scenario.Links.Should().Contain(link => link.PersonId == delegatee.Id.Value);
        world.Told("task.opened").Zh.Should().Contain("副主任 钱立（受主任 李敏委托）");
    }

    [Fact]
    public void What_the_delegate_decides_stands_as_delegated()
    {
        var world = Asking();
        var delegatee = world.District.Person("副主任 钱立", "qian.li", false);
        world.District.Delegate(world.District.Director, delegatee, Monday.AddDays(-1), Monday.AddDays(30));
        world.Run();
        var task = world.Task;

        world.Answer(delegatee, "Confirm").Should().BeOfType<AnswerResult.Accepted>();

        task.Assignees[0].Should().Match<TaskAssignee>(seat => seat.Delegated && seat.AnsweredById == delegatee.Id);
        world.Told("task.answered").Zh.Should().StartWith("副主任 钱立（受主任 李敏委托）对");
        world.Scenario.History.Last(line => line.Verb == "task.decided").OnBehalfOfId.Should()
            .Be(world.District.Director.Id);
        world.Outcomes.Should().Equal("Confirm");
    }

    [Fact]
    public void An_open_task_moves_with_a_delegation_that_is_entered_later_and_nobody_else_hears_again()
    {
        var world = new StepWorld(
            "RequestApproval",
            ("Approvers", "role:CommitteeDirector@case.committee; role:CommitteeMember@case.committee"), ("Due", "5wd"),
            ("Mode", "All"), ("Reminders", "standard")).Run();
        var delegatee = world.District.Person("副主任 钱立", "qian.li", false);
        world.Scenario.Mails.Should().HaveCount(3);

        world.District.Delegate(world.District.Director, delegatee, Monday, Monday.AddDays(30));
        world.Scenario.NoteActing(world.District.Director);

        world.Scenario.Mails.Skip(3).Select(mail => mail.RecipientName).Should().Equal("副主任 钱立");
        world.Scenario.Links.Last().PersonId.Should().Be(delegatee.Id.Value);
        world.Told("task.reassigned").Zh.Should().Contain("由副主任 钱立代为办理");
    }

    [Fact]
    public void A_delegation_that_begins_later_reaches_the_delegate_on_its_first_day()
    {
        var world = Asking();
        var delegatee = world.District.Person("副主任 钱立", "qian.li", false);
        var begins = Monday.AddDays(2);
        world.District.Delegate(world.District.Director, delegatee, begins, Monday.AddDays(30));
        world.Run();

        world.Mails.Should().Equal("approval-request to 主任 李敏", "approval-request to 副主任 钱立");
        world.Scenario.Mails[1].NotBefore.Should().Be(begins);
        world.Scenario.Links.Should().Contain(link => link.PersonId == delegatee.Id.Value, "it opens the task by then");

        // The delegation is taken back before it begins.
        world.District.Delegations.Clear();
        world.District.Delegate(world.District.Director, delegatee, Monday.AddDays(-9), Monday.AddDays(-1));
        world.Scenario.NoteActing(world.District.Director);
        world.Scenario.Mails[1].State.Should().Be(MailState.Cancelled);
    }

    [Fact]
    public void Who_holds_the_same_role_as_a_substitute_is_asked_in_an_absence()
    {
        var world = Asking();
        world.District.Person("代理主任 何杰", "he.jie", true, (Role.CommitteeDirector, world.District.Committee.Id));
        world.Run();
        world.Mails.Should().Equal("approval-request to 主任 李敏");

        world.District.Director.AbsentFrom = Monday;
        world.Scenario.NoteActing(world.District.Director);
        world.Scenario.Pass(TimeSpan.FromDays(6));

        world.Mails.Skip(1).Should().OnlyContain(mail => mail.EndsWith("to 代理主任 何杰")).And
            .Contain("reminder to 代理主任 何杰");
        world.Answer(world.District.Directory.People.Last(), "Confirm").Should().BeOfType<AnswerResult.Accepted>();
    }

    [Fact]
    public void Whoever_is_away_gets_a_copy_only_if_he_wants_it()
    {
        var world = Asking();
        var delegatee = world.District.Person("副主任 钱立", "qian.li", false);
        world.District.Director.WantsCopies = true;
        world.District.Delegate(world.District.Director, delegatee, Monday.AddDays(-1), Monday.AddDays(30));

        world.Run();

        world.Mails.Should().Equal("approval-request to 副主任 钱立", "notice to 主任 李敏");
        world.Scenario.Mails[1].TextBody.Should().Contain("您不需要处理");
        world.Scenario.Links.Should().ContainSingle();
    }

    [Fact]
    public void Somebody_who_wrote_it_does_not_judge_it_as_a_delegate()
    {
        var world = new StepWorld("RequestApproval", ("Approvers", "role:CommitteeDirector@case.committee"),
            ("Due", "5wd"), ("BarAuthorOf", "rules"));
        world.Record("rules", world.District.MemberA, ("form", "圆桌"));
        world.District.Delegate(world.District.Director, world.District.MemberA, Monday.AddDays(-1), Monday.AddDays(9));

        world.Run();

        world.Mails.Should().Equal("approval-request to 主任 李敏");
    }

    private static StepWorld Asking() => new(
        "RequestApproval", ("Approvers", "role:CommitteeDirector@case.committee"), ("Due", "5wd"), ("Mode", "AnyOne"),
        ("Reminders", "standard"), ("Ladder", "standard"));
}
