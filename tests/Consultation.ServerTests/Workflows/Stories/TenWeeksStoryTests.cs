using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.Meetings;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Testing.Scenarios;

namespace Consultation.ServerTests.Workflows.Stories;

/// <summary>
/// The ten weeks among forty people, across 国庆 2026 and the year's end: the meeting is moved from 16 to 12 October, so
/// that its spans fall on the worked Saturday and before the holiday; the vote fails and is taken again; somebody
/// objects to the minutes; one leaves, one goes on leave; an item is late when the year ends.
/// </summary>
public sealed class TenWeeksStoryTests
{
    /// <summary>Monday 21 September 2026, 9:00 in Beijing.</summary>
    private static readonly DateTimeOffset Start = new(2026, 9, 21, 1, 0, 0, TimeSpan.Zero);

    private readonly District _district = FortyPeople.District();
    private readonly Narration _narration = new();
    private readonly Story _plan;

    public TenWeeksStoryTests() => _plan = new Story(
        new Scenario(WorkflowFolder.All, Start, _district)
            .Begin("ten-week-plan", CaseKind.TenWeekPlan, "老旧小区停车", new DateOnly(2026, 9, 21)), _narration);

    [Fact]
    public void A_moved_meeting_two_votes_an_objection_and_a_years_end() => _narration.Tell(
        Preparation, TheMeetingIsMoved, TheVoteFailsAndPasses, MinutesWithAnObjection, ThePlan, TheYearEnds, TheEnd);

    private void Preparation()
    {
        _plan.Heard("the plan begins", "work-request: 朱琳、朱琳、朱琳、许诺、许诺、许诺、杨帆");
        _plan.Does("杨帆", "WorkGroup").Heard("the group is proposed", "approval-request: 王芳");
        _plan.Does("王芳", "Appoint").Heard("and appointed; the rules are to be drafted", "notice: 杨帆、许诺",
            "work-request: 朱琳");
        _plan.Does("朱琳", "Survey").Does("许诺", "Visits").Does("朱琳", "OpenCall").Does("杨帆", "SortIssues")
            .Heard("issues are sorted, a topic is to be drafted", "work-request: 杨帆、朱琳");
        _plan.Does("朱琳", "DraftTopic", ("title", "老旧小区停车"), ("fields", District.LightingField),
                ("lead-unit", Id(_district.Roads)), ("helping-units", Id(_district.Water)))
            .Heard("who drafted gives no opinion, the lead decides last", "opinion-request: 许诺");
        _plan.Does("许诺", "TopicGate").Heard("it is his turn", "approval-request: 杨帆");
        _plan.Does("杨帆", "TopicGate").Heard("the topic stands", "topic-result: 刘洋", "work-request: 朱琳",
            "notice: 吴刚", "acknowledgement-request: 何川、冯雪、林悦、赵强、郑凯");
        foreach (var name in new[] { "何川", "冯雪", "林悦", "赵强", "郑凯" }) _plan.Does(name, "TellConcerned");
        _plan.Does("朱琳", "Rules", ("quorum", "2/3"), ("majority", "present"), ("voting", "hands"))
            .Does("杨帆", "AdoptRules").Heard("the rules are adopted", "approval-request: 杨帆",
                "acknowledgement-request: 杨帆、朱琳、许诺、郑凯、冯雪");
        foreach (var name in new[] { "杨帆", "朱琳", "许诺", "郑凯", "冯雪" }) _plan.Does(name, "TellRules");
        _plan.Until("2026-09-29 10:00").Heard("days pass until the holiday is near");
    }

    private void TheMeetingIsMoved()
    {
        _plan.Scenario.TaskAt("Plan").Prefill.RowsOf("people").Select(row => row["person"]).Should()
            .Contain(new[] { "吴刚", "林悦", "何川", "冯雪", "郑凯" }.Select(_plan.Id), "the platform, the field, the units");
        _plan.Does("朱琳", "Plan", ("on", "2026-10-16"), ("from", "14:30"), ("to", "16:30"), ("host", _plan.Id("杨帆")),
                ("recorder", _plan.Id("朱琳")), ("people", Story.Rows(Seat("吴刚", "platform"), Seat("赵强", "member"),
                    Seat("林悦", "member"), Seat("何川", "member"), Seat("冯雪", "department"), Seat("郑凯", "department"))),
                ("others", Story.Rows(Guest("何平"), Guest("秦岚"))))
            .Heard("the roster is noticed for 16 October", "meeting-notice: 吴刚、赵强、林悦、何川、冯雪、郑凯、何平、秦岚、杨帆",
                "approval-request: 杨帆", "work-request: 朱琳");
        var call = _plan.Scenario.TaskAt("Call");
        Day(call.DueAt!.Value).Should().Be(new DateOnly(2026, 10, 13), "three working days before 16 October");
        _plan.Act((id, operation) => new MeetingAct.Move(
            new("2026-10-12", "14:30", "16:30", null, "河畔协商议事厅"), "会场改期")
        {
            OrganisationId = _district.Organisation.Id,
            MeetingId = id,
            CaseId = _plan.Scenario.Case.Id,
            ActorId = _plan["朱琳"].Id,
            OperationId = operation,
        }).Heard("it is moved to 12 October; the host has no seat",
            "meeting-moved: 吴刚、赵强、林悦、何川、冯雪、郑凯、何平、秦岚、杨帆");
        Day(call.DueAt!.Value).Should().Be(new DateOnly(2026, 10, 8), "the holiday lies between");
        Consultation.Cases.Plans.PlanVersions.Of(
            _plan.Scenario.Case, _plan.Scenario.History, _plan.Scenario.Outline, _plan.Scenario.Phases,
            _plan.Scenario.Tasks, _plan.Scenario.Items, _plan.Scenario.Records)[^1].Why.Zh.Should()
            .Contain("会场改期", "the plan says that the meeting was moved, not that the calendar was edited");
        _plan.Does("杨帆", "Gate1").Heard("the second phase begins", "work-request: 朱琳");
        foreach (var name in new[] { "吴刚", "赵强", "林悦", "冯雪", "郑凯", "何平" }) _plan.Replies(name, "yes");
        _plan.Replies("何川", "no", ("reason", "外出调研")).Heard("one declines", "work-request: 朱琳");
        _plan.Says("朱琳", "Replace", "Done", null, ("how", "person"), ("person", _plan.Id("袁泉")), ("why", "外出调研"))
            .Heard("another member comes", "meeting-cancelled: 何川", "meeting-notice: 袁泉", "notice: 杨帆");
        _plan.Replies("袁泉", "yes").Until("2026-10-08 08:00")
            .Heard("the rules go out before the holiday, in which nobody is mailed",
                "notice: 吴刚、赵强、林悦、袁泉、冯雪、郑凯、何平、秦岚");
        _plan.Until("2026-10-09 08:00")
            .Heard("8 October: the reply day, one resident is silent; the others are asked again",
                "acknowledgement-request: 吴刚、赵强、林悦、袁泉、冯雪、郑凯、何平", "reminder: 朱琳、朱琳", "work-request: 朱琳");
        _plan.Says("朱琳", "Replace", "Done", null, ("how", "keep"), ("why", "已电话联系")).Does("朱琳", "Venue")
            .Does("朱琳", "Brief").Heard("the brief goes to those invited", "notice: 吴刚、赵强、林悦、袁泉、冯雪、郑凯、何平、秦岚",
                "work-request: 朱琳");
        _plan.Until("2026-10-10 10:00").Heard("on the worked Saturday before the meeting they are asked once more",
            "acknowledgement-request: 吴刚、赵强、林悦、袁泉、冯雪、郑凯、何平");
        _plan.Scenario.Mails[^1].CreatedAt.Should().Be(_district.Calendar.At(new(2026, 10, 10), new(9, 0)));
        _plan.Calendars(_plan.Scenario.Meetings[0]).Should().BeEquivalentTo(
            "REQUEST 0: 何川、何平、冯雪、吴刚、杨帆、林悦、秦岚、赵强、郑凯",
            "REQUEST 1: 何川、何平、冯雪、吴刚、杨帆、林悦、秦岚、袁泉、赵强、郑凯", "CANCEL 2: 何川");
    }

    private void TheVoteFailsAndPasses()
    {
        _plan.Until("2026-10-12 14:30").SignIn("吴刚", "赵强", "林悦", "袁泉", "冯雪", "郑凯", "何平").Does("朱琳", "Meeting")
            .Heard("the meeting is held, two count", "work-request: 朱琳、许诺");
        _plan.Counts(8, 7, 3, 4, 0).Heard("the vote fails", "approval-request: 杨帆");
        _plan.Says("杨帆", "AfterFailure", "Revise", "缩小范围后再议").Heard("it is to be revised", "work-request: 朱琳");
        _plan.Does("朱琳", "ReviseProposal").Heard("and counted again", "work-request: 朱琳、许诺");
        _plan.Counts(8, 7, 6, 1, 0).Heard("it passes now", "work-request: 朱琳");
        _plan.Scenario.Votes.Select(vote => vote.Round).Should().Equal(1, 2);
        _plan.Does("朱琳", "Resolution", ("text", "同意划设车位，不占消防通道，由交通局牵头落实。"))
            .Heard("the minutes are to be drawn up", "work-request: 朱琳");
        _plan.Scenario.TaskAt("Minutes").Prefill["actions"].Should().StartWith("同意划设车位")
            .And.NotContain("河边步道加装路灯", "what failed in the first vote was not agreed");
    }

    private void MinutesWithAnObjection()
    {
        _plan.Does("朱琳", "Minutes", ("actions", "划设车位"))
            .Heard("those present are asked", "acknowledgement-request: 吴刚、赵强、林悦、袁泉、冯雪、郑凯、何平");
        _plan.Says("吴刚", "ConfirmMinutes", "NoObjection", null).Says("林悦", "ConfirmMinutes", "Objection", "漏记了消防通道的要求")
            .Heard("an objection goes to the recorder", "work-request: 朱琳");
        _plan.Does("朱琳", "Revise", ("actions", "划设车位，不占消防通道"))
            .Heard("all are asked about the second version", "acknowledgement-request: 吴刚、赵强、林悦、袁泉、冯雪、郑凯、何平");
        foreach (var name in new[] { "吴刚", "赵强", "林悦", "袁泉", "冯雪", "郑凯" })
        {
            _plan.Says(name, "ConfirmMinutes", "NoObjection", null);
        }

        _plan.Until("2026-10-19 19:00").Heard("one resident keeps silent", "reminder: 何平、何平", "approval-request: 杨帆");
        _plan.Does("杨帆", "CloseMinutes").Heard("roster and units get the minutes",
            "notice: 吴刚、赵强、林悦、袁泉、冯雪、郑凯、何平、秦岚", "approval-request: 杨帆");
    }

    private void ThePlan()
    {
        District.Leave(_district.GroupMember2);
        _plan.Does("杨帆", "Gate2").Heard("the third phase begins; one of the group has left", "work-request: 朱琳");
        _plan.Does("朱琳", "DraftPlan", ("lines", Story.Rows(Line("划设车位", _district.Roads, "冯雪", "2026-12-18"),
                Line("疏通排水", _district.Water, "沈冰", "2026-10-30"))))
            .Heard("the plan is judged by others", "approval-request: 杨帆");
        _plan.Does("杨帆", "ReviewPlan").Heard("items and reports begin; no line is near its day yet",
            "report-request: 冯雪、郑凯、冯雪、郑凯", "notice: 杨帆、沈冰");
        _plan.Scenario.Items.Should().OnlyContain(item => !Consultation.Cases.TrackedItems.ItemHands.Of(item)
            .ChecksItself(_district.Directory, _plan.Scenario.Now), "no unit supervises itself");
        Report("郑凯", "疏通排水", "100", true).Does("沈冰", "Check").Heard("one item is done", "approval-request: 沈冰");
    }

    private void TheYearEnds()
    {
        _plan.Until("2026-10-30 12:00").Heard("one unit is late with its item and with the report",
            "reminder: 冯雪、冯雪、冯雪、冯雪、郑凯", "formal-reminder: 冯雪", "formal-reminder-copy: 杨帆");
        _plan.Does("郑凯", "AwaitReport").Does("冯雪", "AwaitReport")
            .Heard("both have reported", "approval-request: 朱琳、杨帆");
        _plan.Says("杨帆", "Review", "Accept", null, ("guidance", "抓紧施工"))
            .Heard("the report is judged, the next one asked for", "notice: 冯雪、郑凯", "report-request: 冯雪、郑凯");
        _plan.Does("郑凯", "AwaitReport").Does("冯雪", "AwaitReport")
            .Says("杨帆", "Review", "Accept", null, ("guidance", "无"))
            .Heard("the second report comes at once", "approval-request: 朱琳、杨帆", "notice: 冯雪、郑凯");
        Report("冯雪", "划设车位", "40", false).Heard("the late unit reports on its item", "report-request: 冯雪");
        _plan.Until("2026-12-15 12:00").Says("朱琳", "Inspect", "Done", null, ("problems", "施工单位尚未进场"))
            .Does("杨帆", "Coordinate");
        _plan.Until("2026-12-24 12:00").Heard("then it is silent for eight weeks, and the rungs are climbed",
            "work-request: 杨帆、朱琳、杨帆", "reminder: 冯雪、冯雪、冯雪、冯雪、冯雪", "formal-reminder: 冯雪", "formal-reminder-copy: 杨帆",
            "escalation-office: 孙丽、赵强、马骏", "escalation-director: 李敏", "item-due: 冯雪、冯雪、冯雪、杨帆、杨帆、杨帆",
            "item-stalled: 杨帆、杨帆", "slip-warning: 杨帆、王芳");
        Report("冯雪", "划设车位", "60", false).Heard("it reports before the year ends", "report-request: 冯雪");
        _plan.Until("2027-01-05 12:00").Heard("the next day for its entry was the last of the year",
            "reminder: 冯雪、冯雪", "formal-reminder: 冯雪", "formal-reminder-copy: 杨帆", "item-stalled: 杨帆");
        _plan.Documents.Last().Should().Be("formal-reminder 协催〔2027〕1号", "the series begins anew with the year");
        Report("冯雪", "划设车位", "100", true).Heard("it is done", "approval-request: 杨帆");
        _plan.Does("杨帆", "Check").Heard("and checked by somebody else than its unit", "approval-request: 杨帆");
    }

    private void TheEnd()
    {
        _plan.Does("杨帆", "Gate3");
        for (var turn = 0; turn < 40 && _plan.Scenario.Case.State == CaseState.Open; turn++)
        {
            PlanWork.Do(_plan.Scenario, _plan.Scenario.Open.First(PlanWork.IsOpenToSomebody));
        }

        _plan.Scenario.Incidents.Should().BeEmpty();
        _plan.Scenario.Case.State.Should().Be(CaseState.Closed);
        _plan.Scenario.Case.Number.Should().Be("议〔2026〕1号");
        _plan.Scenario.OpenRuns.Should().Be(0);
        _plan.Scenario.Tasks[^1].Number.Should().StartWith("R2027-");
        _plan.Scenario.Meetings.Single().State.Should().Be(MeetingState.Closed);
        _plan.Scenario.Votes.Select(vote => vote.Result).Should().Equal(
            Consultation.Cases.Votes.VoteResult.Failed, Consultation.Cases.Votes.VoteResult.Passed);
        _plan.Documents.Should().Equal(
            "work-group 协组〔2026〕1号", "gate-count", "topic-sheet", "rules", "roster", "agenda",
            "notice 协通〔2026〕1号", "host-script",
            "meeting-brief", "meeting-record", "sign-in-list", "ballot", "vote", "ballot", "vote",
            "resolution 议决〔2026〕1号", "minutes 协纪〔2026〕1号", "implementation-plan", "task-table",
            "formal-reminder 协催〔2026〕1号", "periodic-report", "periodic-report", "formal-reminder 协催〔2026〕2号",
            "formal-reminder 协催〔2027〕1号", "evaluation", "summary");
        _plan.NobodyIsUrgedTwiceADay();
        _plan.NothingWentTo("郭敏", "罗成", "谢宁", "唐雨", "邓凯", "曹颖", "彭飞", "蒋欣", "周航", "梁静", "宋佳", "韩雪", "丁磊", "叶青",
            "沈默", "石磊", "胡杨", "韩梅", "高远");
    }

    private Story Report(string who, string advice, string percent, bool done)
    {
        var item = _plan.Scenario.Items.Single(one => one.Advice.StartsWith(advice, StringComparison.Ordinal));
        var task = _plan.Scenario.Open.Single(one => one.TrackedItemId == item.Id && one.ActivityId == "AwaitEntry");
        _plan.Scenario.Answer(task, _plan[who], "Report", _plan.Scenario.Fill(
            "progress-entry", ("percent", percent), ("done", done ? "yes" : "no")))
            .Should().BeOfType<AnswerResult.Accepted>();
        return _plan;
    }

    private DateOnly Day(DateTimeOffset at) => _district.Calendar.DayOf(at);

    private static string Id(Unit unit) => unit.Id.Value.ToString("N");

    private Dictionary<string, string> Seat(string name, string kind) => new()
    {
        ["person"] = _plan.Id(name),
        ["class"] = kind,
        ["vote"] = "yes",
    };

    private static Dictionary<string, string> Guest(string name) => new()
    {
        ["name"] = $"居民 {name}",
        ["class"] = "resident",
        ["contact"] = FortyPeople.Residents[name],
        ["vote"] = "yes",
    };

    private Dictionary<string, string> Line(string task, Unit unit, string person, string due) => new()
    {
        ["task"] = task,
        ["unit"] = Id(unit),
        ["person"] = _plan.Id(person),
        ["due"] = due,
        ["demand"] = "不占消防通道",
    };
}
