using Consultation.Cases.Calendar;
using Consultation.Cases.Tasks;
using Consultation.Mail.Outgoing;
using Consultation.Testing.Scenarios;

namespace Consultation.Tests.Activities.Work;

/// <summary>
/// What every step does that gives people a task: seats, numbers, timers, reminders, ladder, messages. Shown on work.
/// </summary>
public sealed class PeopleTaskTests
{
    private const string Secretary = "role:Secretary";

    /// <summary>Five working days after Monday, 2 March: the end of the office day of the next Monday.</summary>
    private static readonly DateTimeOffset Due = new(2026, 3, 9, 10, 0, 0, TimeSpan.Zero);

    private static readonly DueBasis FiveDays = Counted.From(new(2026, 3, 2), workingDays: 5);

    [Fact]
    public void A_task_has_a_number_a_place_in_the_flow_and_the_rows_of_the_source()
    {
        var world = Asked(Secretary);

        (world.Task.Number, world.Task.ActivityId, world.Task.Revision).Should().Be(("R2026-00001", StepWorld.Step, 1));
        world.Task.Rows.Should().Equal("Q85", "P22");
    }

    [Fact]
    public void A_due_time_says_what_it_was_computed_from()
    {
        var world = Asked(Secretary, ("Due", "5wd"));

        (world.Task.DueAt, world.Task.DueBasis).Should().Be((Due, FiveDays));
        world.Scenario.Timers.Should().ContainSingle(timer => timer.At == Due).Which.Basis.Should()
            .Be(new TimerBasis.Due(FiveDays));
    }

    [Fact]
    public void A_task_without_a_time_limit_sets_no_timer()
    {
        var world = Asked(Secretary, ("Reminders", "standard"), ("Ladder", "standard"));

        world.Task.DueAt.Should().BeNull();
        world.Scenario.NextTimer.Should().BeNull();
    }

    [Fact]
    public void A_time_limit_of_the_plan_counts_from_its_first_day()
    {
        var world = new StepWorld("RequestWork", ("Assignees", Secretary), ("Title", "办理"), ("Due", "10wd"),
            ("DueFrom", "startDate"));
        world.Case.StartDate = new DateOnly(2026, 3, 2);

        world.Run();

        world.Task.DueAt.Should().Be(new DateTimeOffset(2026, 3, 16, 10, 0, 0, TimeSpan.Zero));
        world.Task.DueBasis.Should().Be(Counted.From(new(2026, 3, 2), workingDays: 10));
    }

    [Theory]
    [InlineData("role:Nobody", "bad")]
    [InlineData("role:Supervisor@case.committee", "nobody")]
    public void A_task_for_nobody_stops_the_case_with_the_reason(string assignees, string kind)
    {
        var world = Asked(assignees);

        var incident = world.Incidents.Should().ContainSingle().Subject;
        incident.Message.Should().Contain(kind == "bad" ? "Nobody" : "没有可办理的人").And.Contain(" / ");
        world.Scenario.Tasks.Should().BeEmpty();
    }

    [Theory]
    [InlineData("item.unit")]
    [InlineData("unit.head(item.unit)")]
    public void Work_of_a_unit_with_neither_contact_nor_head_goes_to_the_secretaries_with_the_reason(string assignees)
    {
        var world = new StepWorld("RequestWork", ("Assignees", assignees), ("Title", "办理"));
        world.District.WaterContact.Active = false;

        world.RunForItem();

        world.Incidents.Should().BeEmpty();
        world.Mails.Should().Equal("work-request to 秘书 王芳");
        world.Task.WhyThem!.Zh.Should().Contain("水务局").And.Contain("既没有联系人也没有负责人，由秘书代办");
        world.Told("task.opened").Zh.Should().EndWith(world.Task.WhyThem.Zh);
    }

    [Fact]
    public void A_gate_of_a_unit_with_neither_contact_nor_head_stops_with_the_reason()
    {
        var world = new StepWorld("RequestApproval", ("Approvers", "item.unit"), ("Title", "审定"));
        world.District.WaterContact.Active = false;

        world.RunForItem();

        world.Incidents.Should().ContainSingle().Which.Message.Should().Contain("没有可办理的人");
        world.Scenario.Tasks.Should().BeEmpty();
    }

    [Fact]
    public void Everybody_asked_gets_a_mail_with_a_link_of_the_own()
    {
        var world = Asked("role:WorkGroupMember@case.workgroup");

        world.Mails.Should().BeEquivalentTo("work-request to 组员 朱琳", "work-request to 组员 许诺");
        world.Scenario.Links.Select(link => link.PersonId).Should().BeEquivalentTo(
            [world.District.GroupMember.Id.Value, world.District.GroupMember2.Id.Value]);
    }

    [Fact]
    public void Who_has_no_address_is_named_for_a_printed_slip()
    {
        var world = new StepWorld("RequestWork", ("Assignees", Secretary), ("Title", "办理"));
        world.District.Secretary.Email = null;

        world.Run();

        world.Mails.Should().BeEmpty();
        world.Told("task.opened").Zh.Should().Contain("秘书 王芳没有电子邮箱，请打印任务单");
    }

    [Fact]
    public void Overdue_is_followed_once_while_the_task_goes_on_waiting()
    {
        var world = Asked(Secretary, ("Due", "5wd"));

        world.Scenario.PassUntil(Due.AddDays(20));
        world.Answer(world.District.Secretary, "Done");

        world.Outcomes.Should().Equal("Overdue", "Done");
        world.Verbs.Should().ContainSingle(verb => verb == "task.overdue");
    }

    [Fact]
    public void Overdue_ends_the_task_where_the_node_says_so()
    {
        var world = Asked(Secretary, ("Due", "5wd"), ("AfterOverdue", "leave"));

        world.Scenario.PassUntil(Due);

        world.Outcomes.Should().Equal("Overdue");
        world.Scenario.Tasks.Should().ContainSingle().Which.State.Should().Be(TaskState.Cancelled);
        world.Scenario.OpenRuns.Should().Be(0);
    }

    [Fact]
    public void A_due_time_that_was_moved_on_lets_the_timer_set_itself_anew()
    {
        var world = Asked(Secretary, ("Due", "5wd"));
        world.Task.DueAt = Due.AddDays(7);

        world.Scenario.PassUntil(Due.AddDays(1));
        var atTheOldTime = world.Outcomes.Count;
        world.Scenario.PassUntil(Due.AddDays(7));

        atTheOldTime.Should().Be(0);
        world.Outcomes.Should().Equal("Overdue");
    }

    [Fact]
    public void Reminders_go_out_by_the_policy_and_are_counted()
    {
        var world = Asked(Secretary, ("Due", "5wd"), ("Reminders", "standard"));

        world.Scenario.PassUntil(Due.AddDays(3));

        world.Task.RemindersSent.Should().Be(2, "one working day before, and two working days after");
        world.Mails.Count(mail => mail == "reminder to 秘书 王芳").Should().Be(2);
        world.Told("reminder.sent").Zh.Should().StartWith("第2次提醒");
    }

    [Theory]
    [InlineData(false, "R2026-00001 办理")]
    [InlineData(true, null)]
    public void A_digest_carries_no_task_of_a_restricted_case(bool restricted, string? line)
    {
        var world = new StepWorld("RequestWork", ("Assignees", Secretary), ("Title", "办理"), ("Due", "5wd"),
            ("Reminders", "standard"));
        world.District.Secretary.WantsDigest = true;
        world.Case.Restricted = restricted;

        world.Run().Scenario.PassUntil(Due.AddDays(3));

        world.Scenario.Mails.Select(mail => mail.DigestLine).OfType<string>().Distinct().Should()
            .Equal(line is null ? [] : [line]);
    }

    [Fact]
    public void Reminders_end_when_the_policy_has_no_more()
    {
        var world = Asked(Secretary, ("Due", "5wd"), ("Reminders", "meeting"));

        world.Scenario.PassUntil(Due.AddDays(60));

        world.Task.RemindersSent.Should().Be(1, "this policy reminds only before");
    }

    [Fact]
    public void A_policy_that_was_taken_away_reminds_nobody()
    {
        var world = Asked(Secretary, ("Due", "5wd"), ("Reminders", "standard"));
        world.Scenario.Policies = PolicySet.None;

        world.Scenario.PassUntil(Due.AddDays(30));

        world.Task.RemindersSent.Should().Be(0);
        world.Mails.Should().Equal("work-request to 秘书 王芳");
    }

    [Fact]
    public void The_ladder_climbs_rung_by_rung()
    {
        var world = Asked("role:WorkGroupLead@case.workgroup", ("Due", "5wd"), ("Ladder", "standard"));

        world.Scenario.PassUntil(Due.AddDays(40));

        world.Task.Rung.Should().Be(4);
        world.Scenario.History.Where(line => line.Verb == "task.escalated").Select(line => line.Text.Zh.Split('：')[0])
            .Should().Equal(
            "发催办通知书", "抄送政协责任委室", "报专委会主任", "报政协党组");
        world.Scenario.Documents.Should().ContainSingle("the first rung is a formal notice").Which.Kind.Should()
            .Be("formal-reminder");
        world.Mails.Should().Contain("escalation-director to 主任 李敏").And.NotContain(
            mail => mail.EndsWith("党组 韩梅", StringComparison.Ordinal), "the leading group has the weekly summary");
        world.Task.SummarisedFrom.Should().NotBeNull();
    }

    [Fact]
    public void The_task_says_what_follows_silence()
    {
        Asked(Secretary, ("Due", "5wd"), ("Ladder", "gentle")).Task.IfSilent.For("en").Should().Be(
            "When overdue: Formal reminder after 1 working day; Copy to the responsible office after 10 working days.");
        Asked(Secretary, ("Due", "5wd")).Task.IfSilent.Zh.Should().Be("逾期将记录在案。");
    }

    [Fact]
    public void An_answer_cancels_what_is_still_to_be_sent_about_the_task()
    {
        var world = Asked(Secretary, ("Due", "5wd"), ("Reminders", "standard"));

        world.Answer(world.District.Secretary, "Done");
        world.Scenario.PassUntil(Due.AddDays(30));

        world.Scenario.Mails.Should().OnlyContain(mail => mail.State == MailState.Cancelled);
        world.Scenario.NextTimer.Should().BeNull();
    }

    [Fact]
    public void A_reassigned_seat_makes_older_pages_stale_and_tells_the_new_person()
    {
        var world = Asked("role:WorkGroupLead@case.workgroup");

        var result = world.Scenario.Reassign(world.Task, world.District.GroupLead, world.District.GroupMember);

        result.Should().Be(new AnswerResult.Accepted(false, null));
        world.Task.Revision.Should().Be(2);
        world.Mails.Should().Equal("work-request to 组员 朱琳");
        world.Told("task.reassigned").For("en").Should().Be("“办理” passed from 组长 杨帆 to 组员 朱琳.");
    }

    [Fact]
    public void A_seat_is_not_given_to_somebody_who_has_left()
    {
        var world = Asked("role:WorkGroupLead@case.workgroup");
        District.Leave(world.District.GroupMember);

        var result = world.Scenario.Reassign(world.Task, world.District.GroupLead, world.District.GroupMember);

        result.Should().BeOfType<AnswerResult.Invalid>();
        world.Task.Revision.Should().Be(1);
    }

    [Fact]
    public void Somebody_who_is_not_asked_may_not_answer()
    {
        var world = Asked("role:WorkGroupLead@case.workgroup");

        var result = world.Answer(world.District.MemberA, "Done");

        result.Should().BeOfType<AnswerResult.NotEntitled>().Which.DecidedByNow.Should().Equal("组长 杨帆");
        world.Outcomes.Should().BeEmpty();
    }

    [Fact]
    public void A_task_whose_people_have_all_left_is_flagged()
    {
        var world = Asked("role:WorkGroupLead@case.workgroup", ("Due", "5wd"));
        District.Leave(world.District.GroupLead);

        world.Scenario.PassUntil(Due);

        world.Task.Flag.Should().Be(Vacancies.Flag);
        world.Told("task.deserted").Zh.Should().Contain("均已离任，请改派");
    }

    [Fact]
    public void A_suspended_case_rests_and_its_due_time_moves_along()
    {
        var world = Asked(Secretary, ("Due", "5wd"));
        Suspension.Begin(world.Case, StepWorld.Monday.AddHours(1));

        world.Scenario.PassUntil(Due.AddDays(3));

        world.Outcomes.Should().BeEmpty();
        world.Task.DueAt.Should().BeOnOrAfter(Due.AddDays(3), "it moves from day to day");
        world.Task.DueBeforeRest.Should().Be(Due);
    }

    [Fact]
    public void What_was_asked_because_of_the_suspension_does_not_rest()
    {
        var world = new StepWorld("RequestWork", ("Assignees", Secretary), ("Title", "办理"), ("Due", "5wd"));
        Suspension.Begin(world.Case, StepWorld.Monday);

        world.Run().Scenario.PassUntil(Due);

        world.Outcomes.Should().Equal("Overdue");
    }

    [Fact]
    public void What_the_node_wants_shown_is_shown()
    {
        var world = Asked(Secretary, ("Shows", new[] { "facts", "roster", "facts", " " }));

        world.Task.Shows.Should().Equal("facts", "roster");
    }

    [Fact]
    public void The_task_of_an_items_run_is_about_the_item()
    {
        var world = new StepWorld("RequestWork", ("Assignees", "item.supervisor"), ("Title", "核查"));

        world.RunForItem();

        world.Task.Assignees.Should().ContainSingle(seat => seat.PersonId == world.District.Supervisor.Id);
        world.Task.TrackedItemId.Should().Be(world.Scenario.Items.Single().Id);
    }

    private static StepWorld Asked(string assignees, params (string Name, object Value)[] inputs) =>
        new StepWorld("RequestWork", [("Assignees", Script.Text(assignees)), ("Title", "办理"), .. inputs]).Run();
}
