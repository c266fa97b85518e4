using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.Matters;
using Consultation.Cases.Tasks;
using Consultation.Cases.Topics;
using Consultation.Cases.TrackedItems;
using Consultation.Mail.Outgoing;
using Consultation.Testing.Scenarios;
using Xunit.Abstractions;
using static Consultation.ServerTests.Workflows.SixStepMoves;

namespace Consultation.ServerTests.Workflows;

/// <summary>
/// The six steps whole, and what happens when people are late, silent, return, reject or exclude (Q82–Q115).
/// </summary>
public sealed class SixStepTests(ITestOutputHelper output)
{
    [Fact]
    public void Case_goes_through_all_six_steps_to_closed_items_and_the_proposer_hears_of_it()
    {
        var scenario = Begin();
        Screen(scenario);
        Confirm(scenario);
        ToFollowUp(scenario);
        var items = scenario.Items;

        foreach (var item in items) Finish(scenario, item);
        scenario.Answer("ReplyWatch", scenario.District.Secretary, "Done", scenario.Fill("submission-reply"));

        scenario.Incidents.Should().BeEmpty();
        scenario.Case.State.Should().Be(CaseState.Closed);
        scenario.Case.Number.Should().Be("协〔2026〕1号");
        scenario.OpenRuns.Should().Be(0);
        scenario.Open.Should().BeEmpty();
        scenario.NextTimer.Should().BeNull("nothing may fire after the end");
        items.Select(item => item.Number).Should().Equal(1, 2);
        items.Should().OnlyContain(item => item.State == TrackedItemState.Done && item.ClosedAt != null);
        scenario.History.Where(line => line.Verb == "step.entered").Select(line => line.Text.Zh).Should().Equal(
            "进入第一步 确定议题。", "进入第二步 充分调研。", "进入第三步 明确主体。", "进入第四步 开展协商。", "进入第五步 情况报送。", "进入第六步 督办落实。");
        scenario.Documents.Select(document => document.Kind).Should().Equal(
            "topic-sheet", "gate-count", "research-notice", "research-report", "roster", "agenda", "notice",
            "host-script",
            "meeting-brief", "meeting-record", "sign-in-list",
            "ballot", "vote", "resolution", "preliminary-opinion", "minutes",
            "proposal", "problem-list", "annex");
        scenario.Mails.Where(mail => mail.RecipientAddress == "liu.yang@mail.example.com").Select(mail => mail.Purpose)
            .Should().Equal("topic-result", "notice", "case-result");
        scenario.Matters[0].State.Should().Be(MatterState.Closed);
        scenario.Mails.Where(mail => mail.TaskId is { } task
            && scenario.Tasks.Single(one => one.Id.Value == task).State != TaskState.Open)
            .Should().NotContain(mail => mail.State == MailState.Pending
                && mail.NotBefore > scenario.Now, "a decision cancels what is pending");
        output.WriteLine(
            $"{scenario.Steps} steps, {scenario.Tasks.Count} tasks, {scenario.Mails.Count} mails, "
                + $"{scenario.History.Count} lines of history");
        foreach (var line in scenario.History)
        {
            output.WriteLine($"{line.At:MM-dd HH:mm} {line.Verb,-18} {line.Text.Zh} [{string.Join(' ', line.Rows)}]");
        }
    }

    [Fact]
    public void Task_numbers_and_history_are_complete_and_cite_rows()
    {
        var scenario = Begin();
        Screen(scenario);

        scenario.Tasks.Select(task => task.Number).Should().Equal("R2026-00001", "R2026-00002");
        scenario.History.Should().OnlyContain(line => line.Text.Zh.Length > 0 && line.Text.En!.Length > 0);
        scenario.History.Single(line => line.Verb == "task.decided").Rows.Should().Contain("Q82").And.Contain("Q73");
    }

    [Fact]
    public void Excluded_matter_ends_with_a_reasoned_notice()
    {
        var scenario = Begin();

        scenario.Answer("Screen", scenario.District.Officer, "Submit", scenario.Fill("screening",
            ("excl-3", "yes"), ("excl-3-reason", "已向法院起诉"), ("excl-3-ref", "(2026)民初12号")))
                .Should().BeOfType<AnswerResult.Accepted>();

        scenario.Incidents.Should().BeEmpty();
        scenario.Case.State.Should().Be(CaseState.Excluded);
        scenario.Documents.Should().ContainSingle(document => document.Kind == "exclusion-notice");
        var mail = scenario.Mails.Single(one => one.Purpose == "matter-excluded");
        mail.TextBody.Should().Contain("诉讼").And.Contain("已向法院起诉");
        scenario.Pass(TimeSpan.FromDays(15));
        scenario.OpenRuns.Should().Be(0, "the time in which a review may be asked for is over");
    }

    [Fact]
    public void Exclusion_of_a_sensitive_kind_needs_a_second_person_and_leaves_no_words()
    {
        var scenario = Begin();
        scenario.Answer("Screen", scenario.District.Officer, "Submit",
            scenario.Fill("screening", ("excl-6", "yes"), ("excl-6-reason", "正在审查"), ("facts", "某某涉嫌违纪,正在审查。")));
        scenario.Case.State.Should().Be(CaseState.Open, "a second person decides");
        var second = scenario.TaskAt("Screen");
        second.FormKey.Should().Be("second-check");
        second.Barred.Should().Contain(scenario.District.Officer.Id.Value);

        scenario.Answer(second, scenario.District.Director, "Submit", scenario.Fill("second-check"))
            .Should().BeOfType<AnswerResult.Accepted>();

        scenario.Case.State.Should().Be(CaseState.Excluded);
        scenario.Case.Restricted.Should().BeTrue();
        scenario.Screenings[0].SecondedById.Should().Be(scenario.District.Director.Id);
        scenario.Matters[0].Text.Should().BeEmpty();
        scenario.Records.SelectMany(record => record.Fields.Values).Should().NotContain(value => value.Contains("违纪"));
        scenario.Mails.Single(mail => mail.PersonId is null).TextBody.Should().NotContain("审查");
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(5, false)]
    [InlineData(6, false)]
    [InlineData(8, true)]
    public void Mails_about_a_second_check_name_the_task_alone_where_the_exclusion_is_sensitive(int code, bool named)
    {
        var scenario = Begin();
        scenario.Answer("Screen", scenario.District.Officer, "Submit",
            scenario.Fill("screening", ($"excl-{code}", "yes"), ($"excl-{code}-reason", "正在审查")));
        var second = scenario.TaskAt("Screen");

        scenario.Pass(TimeSpan.FromDays(30));

        var mails = scenario.Mails.Where(mail => mail.TaskId == second.Id.Value).ToList();
        mails.Select(mail => mail.Purpose).Should()
            .Contain(["approval-request", "reminder", "formal-reminder", "escalation-office"]);
        mails.Should().OnlyContain(mail => mail.Subject.Contains(second.Number) != named);
        mails.Should().OnlyContain(mail => (mail.TextBody + mail.HtmlBody).Contains(scenario.Case.Title) == named);
    }

    [Fact]
    public void Second_person_who_disagrees_sends_the_screening_back()
    {
        var scenario = Begin();
        scenario.Answer("Screen", scenario.District.Officer, "Submit",
            scenario.Fill("screening", ("excl-8", "yes"), ("excl-8-reason", "不宜协商")));

        scenario.Answer("Screen", scenario.District.Director, "Submit",
            scenario.Fill("second-check", ("agrees", "no"), ("remark", "可以协商")));

        scenario.TaskAt("Screen").FormKey.Should().Be("screening");
        scenario.Case.State.Should().Be(CaseState.Open);
    }

    [Fact]
    public void Topic_returned_by_the_chair_is_drafted_again_and_then_confirmed()
    {
        var scenario = Begin();
        Screen(scenario);
        Draft(scenario);
        Opinions(scenario);
        ReturnAt(scenario, scenario.TaskAt("CommitteeGate")).Should()
            .Be(("退回拟稿人修改", "Return to the drafter for changes"));
        scenario.Answer("CommitteeGate", scenario.District.Director, "Return", reason: "范围太大,请聚焦照明")
            .Should().BeOfType<AnswerResult.Accepted>();
        scenario.Topic!.State.Should().Be(TopicState.Returned);
        scenario.TaskAt("DraftTopic").Prefill["title"].Should()
            .NotBeEmpty("work that comes back starts from what was handed in");

        Confirm(scenario);

        scenario.Topic.State.Should().Be(TopicState.Confirmed);
        scenario.Topic.Revision.Should().Be(2);
        scenario.Case.Step.Should().Be("research");
        scenario.Incidents.Should().BeEmpty();
    }

    [Fact]
    public void Rejected_topic_ends_the_case_and_the_proposer_is_told_why()
    {
        var scenario = Begin();
        Screen(scenario);
        Draft(scenario);
        Opinions(scenario);

        scenario.Answer("CommitteeGate", scenario.District.Director, "Reject", reason: "已列入其他工程");

        scenario.Case.State.Should().Be(CaseState.Rejected);
        scenario.Mails.Where(mail => mail.Purpose == "topic-result").Select(mail => mail.RecipientName).Should()
            .Equal([scenario.District.Officer.Name, "居民 刘洋"], "the drafter and the proposer");
        scenario.Mails.Where(mail => mail.Purpose == "topic-result").Should()
            .OnlyContain(mail => mail.TextBody.Contains("已列入其他工程"));
        scenario.OpenRuns.Should().Be(0);
    }

    [Fact]
    public void Chair_cannot_decide_before_the_members_and_nobody_can_decide_twice()
    {
        var scenario = Begin();
        Screen(scenario);
        Draft(scenario);

        scenario.Answer(
            "CommitteeGate", scenario.District.Director, "Confirm", scenario.FillWithExclusions("topic-decision"))
            .Should().BeOfType<AnswerResult.Invalid>();
        Opinions(scenario);
        var gate = scenario.TaskAt("CommitteeGate");
        scenario.Answer(gate, scenario.District.Director, "Confirm", scenario.FillWithExclusions("topic-decision"))
            .Should().BeOfType<AnswerResult.Accepted>();

        scenario.Records.Count(record => record.Kind == "topic-decision").Should().BeGreaterThan(0);
        gate.State.Should().Be(TaskState.Done);
        gate.Assignees.Should().HaveCount(3).And.OnlyContain(seat => seat.AnsweredAt != null);
    }

    [Fact]
    public void Exclusion_that_arises_at_the_gate_suspends_the_case_and_its_timers_until_it_is_resumed()
    {
        var scenario = Begin();
        Screen(scenario);
        Draft(scenario);
        var gate = scenario.TaskAt("CommitteeGate");

        scenario.Answer(gate, scenario.District.MemberA, "Confirm", scenario.FillWithExclusions(
            "topic-decision", ("excl-3", "yes"), ("excl-3-reason", "昨日起诉"), ("excl-3-ref", "12号")));

        scenario.Case.State.Should().Be(CaseState.Suspended);
        gate.State.Should().Be(TaskState.Cancelled);
        scenario.Answer("SuspendedGate", scenario.District.Director, "Resume", reason: "已撤诉")
            .Should().BeOfType<AnswerResult.Accepted>();
        scenario.Case.State.Should().Be(CaseState.Open);
        scenario.TaskAt("CommitteeGate").Should().NotBeSameAs(gate);
        scenario.Incidents.Should().BeEmpty();
    }

    [Fact]
    public void Nothing_falls_due_while_the_case_is_suspended()
    {
        var scenario = Begin();
        Screen(scenario);
        var draft = scenario.TaskAt("DraftTopic");
        Suspension.Begin(scenario.Case, scenario.Pass(TimeSpan.FromMinutes(1)).Now);

        scenario.Pass(TimeSpan.FromDays(40));

        scenario.History.Should().NotContain(
            line => line.Verb == "task.overdue" || line.Verb == "reminder.sent" || line.Verb == "task.escalated");
        draft.DueAt.Should().BeAfter(scenario.Now);
    }

    [Fact]
    public void Silent_committee_is_reminded_and_every_rung_of_the_ladder_is_climbed()
    {
        var scenario = Begin();
        Screen(scenario);
        Draft(scenario);
        var gate = scenario.TaskAt("CommitteeGate");

        scenario.Pass(TimeSpan.FromDays(60));

        gate.State.Should().Be(TaskState.Open);
        gate.Rung.Should().Be(4);
        gate.RungName.Should().Be("报政协党组");
        scenario.History.Count(line => line.Verb == "task.overdue" && line.TaskId == gate.Id).Should()
            .Be(1, "overdue is followed once");
        scenario.History.Where(line => line.Verb == "task.escalated" && line.TaskId == gate.Id).Should().HaveCount(4);
        scenario.Documents.Should().ContainSingle(document => document.Kind == "formal-reminder");
        scenario.Mails.Where(mail => mail.TaskId == gate.Id.Value).Select(mail => mail.Purpose).Distinct()
            .Should().Equal(
            "opinion-request", "reminder", "approval-request", "formal-reminder", "formal-reminder-copy",
            "escalation-office");
        scenario.Mails.Single(mail => mail.Purpose == "escalation-office").RecipientName.Should()
            .Be("秘书 王芳", "the committee itself is asked, and nobody is told about himself");
        gate.SummarisedFrom.Should().NotBeNull("the leading group has the weekly summary");
        scenario.Mails.Where(mail => mail.Purpose == "reminder").Should()
            .OnlyContain(mail => InOffice(scenario, mail.NotBefore));
        gate.RemindersSent.Should().BeInRange(2, 6);
        scenario.Mails.Select(mail => mail.TextBody.Split(new string('-', 40))[1]).Should()
            .OnlyContain(english => !english.Contains('年'), "days are English in the English part")
            .And.Contain(english => Regex.IsMatch(english, "【Due】[0-9]+ [A-Z][a-z]+ 2026, 18:00"));
        Opinions(scenario);
        scenario.Answer(gate, scenario.District.Director, "Confirm", scenario.FillWithExclusions("topic-decision"))
            .Should().BeOfType<AnswerResult.Accepted>("late answers count");
    }

    [Fact]
    public void On_the_day_of_a_formal_notice_nobody_gets_a_reminder_beside_it()
    {
        var scenario = Begin();
        scenario.Policies.Reminders["standard"].EveryAfterDue = "1wd";
        Screen(scenario);
        Draft(scenario);
        var gate = scenario.TaskAt("CommitteeGate");

        scenario.Pass(TimeSpan.FromDays(30));

        var mails = scenario.Mails.Where(mail => mail.TaskId == gate.Id.Value)
            .ToLookup(mail => (mail.RecipientAddress, scenario.District.Calendar.DayOf(mail.NotBefore)),
                mail => mail.Purpose);
        mails.Where(day => day.Contains("formal-reminder")).Should()
            .HaveCount(1, "it is the chair's turn by then").And.OnlyContain(day => day.Count() == 1);
        gate.RemindersSent.Should()
            .Be(scenario.Policies.Reminders["standard"].AtMost, "the reminder that gave way comes another day");
    }

    [Fact]
    public void Deleting_the_reminder_node_and_emptying_the_ladder_changes_what_happens()
    {
        var shipped = Silent(Begin());
        var changed =
            Begin(new Scenario(WorkflowFolder.With("topic-gate", json => json.Delete("RemindCommittee")), Monday));
        changed.Policies = changed.Policies with { Ladders = new Dictionary<string, EscalationLadder>() };
        var bare = Silent(changed);

        shipped.History.Count(line => line.Verb == "reminder.sent" && line.Text.Zh.Contains("已到时限")).Should().Be(1);
        bare.History.Count(line => line.Verb == "reminder.sent" && line.Text.Zh.Contains("已到时限")).Should().Be(0);
        shipped.History.Should().Contain(line => line.Verb == "task.escalated");
        bare.History.Should().NotContain(line => line.Verb == "task.escalated");

        static Scenario Silent(Scenario scenario)
        {
            Screen(scenario);
            Draft(scenario);
            return scenario.Pass(TimeSpan.FromDays(30));
        }
    }

    [Fact]
    public void Second_gate_drawn_into_the_file_is_asked_for()
    {
        var definitions = WorkflowFolder.With("topic-gate", json =>
        {
            var second = json.Activity("CommitteeGate").DeepClone().AsObject();
            second["id"] = "PartyGroupGate";
            second["name"] = "PartyGroupGate";
            second["nodeId"] = "Workflow1:Flow:PartyGroupGate";
            second["approvers"] = new JsonObject
            {
                ["typeName"] = "String",
                ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = "role:LeadingGroup" },
            };
            second["mode"] = new JsonObject
            {
                ["typeName"] = "String",
                ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = "AnyOne" },
            };
            json["root"]!["activities"]!.AsArray().Add(second);
            json.Disconnect("CommitteeGate", "Confirm");
            json.Connect("CommitteeGate", "Confirm", "PartyGroupGate");
            json.Connect("PartyGroupGate", "Confirm", "Confirmed");
            json.Connect("PartyGroupGate", "Return", "DraftTopic");
            json.Connect("PartyGroupGate", "Reject", "Rejected");
            json.Connect("PartyGroupGate", "Suspended", "SuspendedGate");
        });
        var scenario = Begin(new Scenario(definitions, Monday));
        Screen(scenario);
        Confirm(scenario);
        scenario.Case.Step.Should().Be("topic", "the second gate has not decided");

        scenario.Answer(
            "PartyGroupGate", scenario.District.Leader, "Confirm", scenario.FillWithExclusions("topic-decision"));

        scenario.Case.Step.Should().Be("research");
    }

    [Fact]
    public void People_who_do_not_reply_to_the_notice_do_not_hold_up_the_meeting()
    {
        var scenario = Begin();
        Screen(scenario);
        Confirm(scenario);
        ToNotice(scenario);
        var notice = scenario.TaskAt("Call");
        scenario.ReplyOf(scenario.District.Head.Id, "yes");

        scenario.ReachMeeting();

        notice.State.Should().Be(TaskState.Done);
        notice.Assignees.Count(seat => seat.Outcome == null).Should().Be(2, "silence stays silence");
        Do(scenario, "Meeting", scenario.District.Officer);
        scenario.TaskAt("Vote").Should().NotBeNull();
    }

    [Fact]
    public void Secretary_enters_on_behalf_and_reassigns_and_an_assignee_who_left_is_noticed()
    {
        var scenario = Begin();
        Screen(scenario);
        var draft = scenario.TaskAt("DraftTopic");
        scenario.Answer(draft, scenario.District.Secretary, "Done", scenario.Fill("topic-draft"),
            onBehalfOf: scenario.District.Officer)
            .Should().BeOfType<AnswerResult.Accepted>();
        scenario.History.Last(line => line.Verb == "task.answered").OnBehalfOfId.Should()
            .Be(scenario.District.Officer.Id);
        var gate = scenario.TaskAt("CommitteeGate");
        scenario.Reassign(gate, scenario.District.MemberB, scenario.District.Leader)
            .Should().BeOfType<AnswerResult.Accepted>();
        scenario.Answer(gate, scenario.District.MemberB, "Confirm", scenario.FillWithExclusions("topic-decision"))
            .Should().BeOfType<AnswerResult.NotEntitled>();
        scenario.Answer(gate, scenario.District.Leader, "Confirm", scenario.FillWithExclusions("topic-decision"))
            .Should().BeOfType<AnswerResult.Accepted>();
        District.Leave(scenario.District.Director);
        District.Leave(scenario.District.MemberA);

        scenario.Pass(TimeSpan.FromDays(10));

        gate.Flag.Should().Be("assignee-gone");
        scenario.History.Should().Contain(line => line.Verb == "task.deserted");
    }
}
