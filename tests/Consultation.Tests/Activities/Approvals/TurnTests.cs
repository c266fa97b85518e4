using Consultation.Cases.Calendar;
using Consultation.Cases.Tasks;

namespace Consultation.Tests.Activities.Approvals;

/// <summary>
/// Where the chair decides last (O2): members are asked first and read that they give an opinion; the chair is asked
/// when they have answered or their time is over, not before. The gate of these tests has five working days, of which
/// two are the chair's: the members' time ends on Thursday, 5 March, the whole on Monday, 9 March, at six.
/// </summary>
public sealed class TurnTests
{
    private const string Committee = "role:CommitteeDirector@case.committee; role:CommitteeMember@case.committee";

    private static readonly DateTimeOffset Thursday = At(5), NextMonday = At(9);

    private static readonly string[] ToMembers =
        ["opinion-request to 委员 赵强", "opinion-request to 委员 孙丽"];

    [Fact]
    public void The_members_are_asked_first_for_an_opinion_and_read_who_decides()
    {
        var world = Gate();

        world.Mails.Should().BeEquivalentTo(ToMembers);
        world.Task.DueAt.Should().Be(Thursday);
        world.Scenario.Mails.Should().OnlyContain(mail => mail.TextBody.Contains("请您发表意见，最后由主任 李敏决定")
            && !mail.TextBody.Contains("催办通知书"));
        world.Scenario.UsableLinks(world.Task, world.District.Director).Should().BeEmpty();
        world.Told("task.opened").Zh.Should().NotContain("李敏");
    }

    [Fact]
    public void With_the_last_opinion_it_is_the_chairs_turn_with_mail_link_and_all_the_time_that_is_left()
    {
        var world = Gate();

        world.Answer(world.District.MemberA, "Confirm");
        world.Scenario.Mails.Should().HaveCount(2);
        world.Answer(world.District.MemberB, "Return", "缺少数据。");

        world.Mails.Skip(2).Should().Equal("approval-request to 主任 李敏");
        world.Scenario.Mails[2].TextBody.Should()
            .Contain("【成员意见】成员意见已齐，请您作最后决定。委员 孙丽：退回修改；委员 赵强：同意").And.NotContain("弃权");
        world.Scenario.UsableLinks(world.Task, world.District.Director).Should().ContainSingle();
        (world.Task.DueAt, world.Task.DueBasis!.Within.ToString()).Should().Be((NextMonday, "5wd"));
        world.Answer(world.District.Director, "Confirm");
        world.Outcomes.Should().Equal("Confirm");
    }

    [Fact]
    public void When_the_members_time_is_over_the_chair_is_asked_and_reads_who_said_nothing()
    {
        var world = Gate();
        world.Answer(world.District.MemberA, "Confirm");

        world.Scenario.PassUntil(Thursday.AddSeconds(-1));
        var before = world.Mails.Count(mail => mail.EndsWith("李敏", StringComparison.Ordinal));
        world.Scenario.PassUntil(Thursday);

        before.Should().Be(0);
        world.Mails.Last().Should().Be("approval-request to 主任 李敏");
        world.Scenario.Mails[^1].TextBody.Should().Contain("发表意见的时间已到，委员 孙丽未发表意见，请您作最后决定。");
        world.Told("task.turn").Zh.Should().Contain("委员 孙丽未发表意见");
        world.Task.DueAt.Should().Be(NextMonday);
        world.Verbs.Should().NotContain("task.overdue");
    }

    [Fact]
    public void Before_his_turn_the_chair_is_refused_at_once_and_told_whose_turn_it_is()
    {
        var world = Gate();

        var result = world.Answer(world.District.Director, "Confirm");

        result.Should().BeOfType<AnswerResult.Invalid>().Which.Errors.Single().Message.Zh.Should()
            .StartWith("还没有轮到您：等待委员 孙丽、委员 赵强发表意见");
    }

    [Fact]
    public void Only_those_are_reminded_who_owe_something_and_whose_turn_it_is()
    {
        var world = Gate();
        world.Answer(world.District.MemberA, "Confirm");

        world.Scenario.PassUntil(NextMonday.AddHours(36));

        world.Mails.Skip(2).Should().Equal(
            "reminder to 委员 孙丽", "approval-request to 主任 李敏", "reminder to 主任 李敏",
            "formal-reminder to 主任 李敏", "formal-reminder-copy to 专人 周洁");
        world.Verbs.Should().ContainSingle(verb => verb == "task.overdue");
    }

    [Fact]
    public void A_late_chair_is_never_escalated_to_himself_and_no_member_hears_of_it()
    {
        var world = Gate();
        world.Answer(world.District.MemberA, "Confirm");
        world.Answer(world.District.MemberB, "Confirm");
        var known = world.Scenario.Mails.Count;

        world.Scenario.PassUntil(NextMonday.AddDays(60));

        var later = world.Scenario.Mails.Skip(known).ToList();
        later.Where(mail => mail.RecipientName == "主任 李敏").Select(mail => mail.Purpose).Should()
            .OnlyContain(purpose => purpose == "reminder" || purpose == "formal-reminder");
        later.Should().NotContain(mail => mail.RecipientName.StartsWith("委员"));
        later.GroupBy(mail => (mail.RecipientName, mail.NotBefore.Date)).Should().OnlyContain(day => day.Count() == 1);
    }

    [Fact]
    public void An_opinion_taken_back_in_time_gives_the_turn_back_to_the_members()
    {
        var world = Gate();
        world.Answer(world.District.MemberA, "Confirm");
        world.Answer(world.District.MemberB, "Confirm");

        world.Scenario.TakeBack(world.Task, world.District.MemberB).Should().BeOfType<AnswerResult.Accepted>();

        (world.Task.ChairSince, world.Task.DueAt).Should().Be((null, Thursday));
        world.Answer(world.District.Director, "Confirm").Should().BeOfType<AnswerResult.Invalid>();
        world.Answer(world.District.MemberB, "Reject", "不成熟。");
        world.Mails.Where(mail => mail.EndsWith("李敏", StringComparison.Ordinal)).Should().NotBeEmpty();
        world.Answer(world.District.Director, "Confirm");
        world.Outcomes.Should().Equal("Confirm");
    }

    [Fact]
    public void An_opinion_taken_back_when_the_time_is_over_leaves_the_turn_to_the_chair()
    {
        var world = Gate();
        world.Answer(world.District.MemberA, "Confirm");
        world.Scenario.PassUntil(Thursday);

        world.Scenario.TakeBack(world.Task, world.District.MemberA);

        world.Task.ChairSince.Should().Be(Thursday);
        world.Answer(world.District.MemberA, "Return", "缺少数据。").Should().BeOfType<AnswerResult.Accepted>();
        world.Answer(world.District.Director, "Confirm");
        world.Outcomes.Should().Equal("Confirm");
    }

    [Fact]
    public void A_chair_on_leave_with_a_delegation_is_never_asked_the_delegate_is_at_every_turn()
    {
        var world = Prepare();
        var delegatee = world.District.Person("副主任 钱立", "qian.li", false);
        world.District.Delegate(
            world.District.Director, delegatee, StepWorld.Monday.AddDays(-1), StepWorld.Monday.AddDays(60));
        world.Run();
        world.Mails.Should().BeEquivalentTo(ToMembers);

        world.Scenario.PassUntil(NextMonday.AddHours(36));

        world.Mails.Skip(4).Should().Equal("approval-request to 副主任 钱立", "reminder to 副主任 钱立",
            "formal-reminder to 副主任 钱立", "formal-reminder-copy to 专人 周洁");
        world.Scenario.Mails.Should().NotContain(mail => mail.RecipientName == "主任 李敏");
        world.Answer(delegatee, "Confirm").Should().BeOfType<AnswerResult.Accepted>();
        world.Outcomes.Should().Equal("Overdue", "Confirm");
    }

    [Fact]
    public void A_chair_who_is_replaced_before_his_turn_hears_nothing_the_new_one_is_asked_in_turn()
    {
        var world = Gate();

        world.Scenario.Reassign(world.Task, world.District.Director, world.District.GroupLead)
            .Should().BeOfType<AnswerResult.Accepted>();
        world.Mails.Should().BeEquivalentTo(ToMembers);
        world.Answer(world.District.MemberA, "Confirm");
        world.Answer(world.District.MemberB, "Confirm");

        world.Mails.Skip(2).Should().Equal($"approval-request to {world.District.GroupLead.Name}");
    }

    [Fact]
    public void A_member_who_is_replaced_is_asked_for_an_opinion_and_waited_for()
    {
        var world = Gate();
        world.Answer(world.District.MemberA, "Confirm");

        world.Scenario.Reassign(world.Task, world.District.MemberB, world.District.GroupLead);

        world.Mails.Last().Should().Be($"opinion-request to {world.District.GroupLead.Name}");
        world.Task.ChairSince.Should().BeNull();
    }

    [Theory]
    [InlineData("1wd", 3, 4)]
    [InlineData("2wd", 3, 4)]
    [InlineData("3wd", 3, 5)]
    [InlineData("5wd", 5, 9)]
    [InlineData("10wd", 12, 16)]
    public void The_members_have_a_working_day_in_any_case_and_the_chair_what_is_kept_for_him(
        string due, int members, int chair)
    {
        var world = Gate(("Due", due));
        var first = world.Task.DueAt;

        world.Scenario.PassUntil(first!.Value);

        (first, world.Task.DueAt).Should().Be((At(members), At(chair)));
    }

    [Fact]
    public void What_is_kept_for_the_chair_is_the_nodes_to_say()
    {
        var world = Gate(("ChairTime", "1wd"));

        world.Task.DueAt.Should().Be(At(6));
    }

    [Fact]
    public void A_chair_without_members_has_the_whole_time_at_once()
    {
        var world = new StepWorld("RequestApproval", ("Approvers", "role:CommitteeDirector@case.committee"),
            ("Mode", "ChairLast"), ("Title", "审定"), ("Due", "5wd")).Run();

        world.Mails.Should().Equal("approval-request to 主任 李敏");
        (world.Task.DueAt, world.Task.ChairSince).Should().Be((NextMonday, StepWorld.Monday));
    }

    [Fact]
    public void Without_a_due_time_the_chair_waits_for_every_opinion()
    {
        var world = new StepWorld(
            "RequestApproval", ("Approvers", Committee), ("Mode", "ChairLast"), ("Title", "审定")).Run();

        world.Scenario.Pass(TimeSpan.FromDays(90));
        world.Mails.Should().BeEquivalentTo(ToMembers);
        world.Answer(world.District.MemberA, "Confirm");
        world.Answer(world.District.MemberB, "Confirm");

        world.Mails.Last().Should().Be("approval-request to 主任 李敏");
    }

    [Fact]
    public void A_decision_that_is_taken_back_is_the_chairs_again_and_nobody_elses()
    {
        var world = Gate(("TakeBackMinutes", 10));
        world.Scenario.WaitsOutTakeBack = false;
        world.Answer(world.District.MemberA, "Confirm");
        world.Answer(world.District.MemberB, "Confirm");
        world.Answer(world.District.Director, "Confirm");
        var known = world.Scenario.Mails.Count;

        world.Scenario.TakeBack(world.Task, world.District.Director);

        world.Scenario.Mails.Skip(known).Select(mail => mail.RecipientName).Should().Equal("主任 李敏");
        world.Answer(world.District.Director, "Reject", "不成熟。");
        world.Scenario.Pass(TimeSpan.FromMinutes(10));
        world.Outcomes.Should().Equal("Reject");
    }

    [Fact]
    public void The_reason_that_goes_on_is_the_chairs_not_a_members()
    {
        var world = Gate(("TakeBackMinutes", 0));
        world.Answer(world.District.MemberA, "Return", "成员的理由。");
        world.Answer(world.District.MemberB, "Return", "另一成员的理由。");

        world.Answer(world.District.Director, "Return", "主任的理由。");

        world.Output("Reason").Should().Be("主任的理由。");
    }

    [Theory]
    [InlineData("5wd", 3)]
    [InlineData("30d", 0)]
    public void Both_due_times_say_what_they_count_so_that_a_calendar_edit_moves_them(string due, int days)
    {
        var world = Gate(("Due", due));
        var task = world.Task;
        var (members, first) = (task.DueBasis!, task.DueAt);

        world.Answer(world.District.MemberA, "Confirm");
        world.Answer(world.District.MemberB, "Confirm");

        members.Due(world.District.Calendar).Should().Be(first!.Value);
        members.Within.Should().Be(new WorkingDuration(days, DayCount.WorkingDays));
        task.DueBasis!.Due(world.District.Calendar).Should().Be(task.DueAt!.Value);
    }

    private static DateTimeOffset At(int day) => new(2026, 3, day, 10, 0, 0, TimeSpan.Zero);

    private static StepWorld Prepare(params (string Name, object Value)[] inputs)
    {
        var known = inputs.Select(input => input.Name).ToHashSet();
        (string Name, object Value)[] usual =
        [
            ("Approvers", Committee), ("Mode", "ChairLast"), ("Title", "审定协商议题"), ("Due", "5wd"),
            ("Reminders", "standard"), ("Ladder", "standard"),
        ];
        return new("RequestApproval", [.. usual.Where(input => !known.Contains(input.Name)), .. inputs]);
    }

    private static StepWorld Gate(params (string Name, object Value)[] inputs) => Prepare(inputs).Run();
}
