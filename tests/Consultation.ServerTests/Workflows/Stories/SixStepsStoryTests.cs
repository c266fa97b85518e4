using Consultation.Cases;
using Consultation.Cases.Meetings;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Testing.Scenarios;

namespace Consultation.ServerTests.Workflows.Stories;

/// <summary>
/// The six steps among forty people: the director goes on leave and delegates, a member is late, another silent; the
/// first meeting has no quorum, the second is shared with another topic, whose vote fails; a contact leaves; an item is
/// extended, another stalls; the district answers in part, then late.
/// </summary>
public sealed class SixStepsStoryTests
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);
    private readonly District _district = FortyPeople.District();
    private readonly Narration _narration = new();
    private readonly Story _lights;

    public SixStepsStoryTests() => _lights = Begin("河边步道夜间照明");

    [Fact]
    public void Two_meetings_and_two_topics_reach_those_concerned_and_nobody_else()
    {
        var parking = new Lazy<Story>(SecondMeetingIsShared);
        _narration.Tell(TopicIsConfirmedByADelegate, FirstMeetingHasNoQuorum,
            () => OneVotePassesTheOtherFails(parking.Value), MinutesAndSubmission, TheItems,
            () => TheEnd(parking.Value));
    }

    private void TopicIsConfirmedByADelegate()
    {
        _lights.Heard("a matter waits to be screened", "work-request: 周洁");
        _lights.Does("周洁", "Screen").Heard("the topic is to be drafted", "work-request: 周洁");
        _lights.Does("周洁", "DraftTopic", ("title", "河边步道夜间照明"), ("fields", District.LightingField),
                ("lead-unit", Id(_district.Water)), ("helping-units", Id(_district.Roads)))
            .Heard("the members are asked for their opinions", "opinion-request: 赵强、孙丽、马骏");

        _district.Delegate(_lights["李敏"], _lights["高远"], _lights.Scenario.Now, _lights.Scenario.Now.AddDays(21));
        _lights.Scenario.NoteActing(_lights["李敏"]);
        _lights.Heard("the director goes on leave and delegates; it is not his turn yet");
        _lights.Decides("赵强", "CommitteeGate", "Confirm").Decides("马骏", "CommitteeGate", "Reject", "别处已有安排")
            .Heard("two members give their opinions");
        _lights.Until("2026-03-10 19:00")
            .Heard("the day comes near and passes", "reminder: 孙丽、高远、高远", "approval-request: 高远",
                "formal-reminder: 高远", "formal-reminder-copy: 周洁");
        _lights.Decides("孙丽", "CommitteeGate", "Confirm").Heard("a late opinion counts");
        _lights.Decides("高远", "CommitteeGate", "Confirm")
            .Heard("the delegate decides", "topic-result: 刘洋", "notice: 吴刚", "acknowledgement-request: 郑凯、冯雪、赵强、林悦、何川");
        _lights.Scenario.Tasks.Single(task => task.ActivityId == "CommitteeGate").Assignees
            .Single(seat => seat.PersonId == _lights["李敏"].Id).AnsweredById.Should().Be(_lights["高远"].Id);
        _lights.NothingWentTo("韩梅", "郭敏");
    }

    private void FirstMeetingHasNoQuorum()
    {
        foreach (var name in new[] { "郑凯", "赵强", "林悦" }) _lights.Does(name, "TellDepartments");
        _lights.Until("2026-03-16 12:00").Heard("two keep silent, and the case goes on", "reminder: 冯雪、何川",
            "work-request: 周洁");
        _lights.Does("周洁", "Research").Heard("the hall says whether all is ready", "approval-request: 吴刚");
        _lights.Does("吴刚", "Readiness").Heard("the meeting is to be planned", "work-request: 周洁");
        _lights.Does("周洁", "Plan", Plan("2026-03-26", ["吴刚 platform", "赵强 member", "林悦 member", "冯雪 department"],
                ["何平", "胡杨"]))
            .Heard("the roster is noticed; who has no address gets a slip", "meeting-notice: 吴刚、赵强、林悦、冯雪、何平",
                "work-request: 周洁、周洁");
        _lights.Replies("吴刚", "yes").Replies("赵强", "substitute", ("substitute", "周航"),
                ("substitute-contact", "member0@tonghe.example.gov.cn"))
            .Heard("one sends a substitute, who has an address", "meeting-notice: 周航");
        _lights.Replies("林悦", "no", ("reason", "在外地学习")).Heard("one declines", "work-request: 周洁");
        _lights.Says("周洁", "Replace", "Done", null, ("how", "person"), ("person", _lights.Id("何川")), ("why", "在外地学习"))
            .Heard("somebody else comes", "meeting-cancelled: 林悦", "meeting-notice: 何川", "notice: 吴刚");
        _lights.Replies("何川", "yes");
        _lights.Until("2026-03-19 09:00").Does("周洁", "Brief").Heard("the brief goes to those invited",
            "notice: 吴刚、赵强、周航、何川、冯雪、何平", "reminder: 冯雪、何平");
        _lights.Until("2026-03-23 19:00")
            .Heard("the reply day passes: three are silent, the others are asked again", "reminder: 周洁",
                "work-request: 周洁、周洁、周洁", "acknowledgement-request: 吴刚、赵强、何川",
                "notice: 吴刚、赵强、周航、何川、冯雪、何平");
        while (_lights.Scenario.Open.Any(task => task.ActivityId == "Replace"))
        {
            _lights.Says("周洁", "Replace", "Done", null, ("how", "keep"), ("why", "已电话联系"));
        }

        _lights.Until("2026-03-26 14:30").Heard("asked once more the day before", "acknowledgement-request: 吴刚、赵强、何川");
        _lights.SignIn("吴刚", "赵强", "何平").Does("周洁", "Meeting").Heard("two tellers count", "work-request: 周洁、王芳");
        _lights.Counts(6, 3, 0, 0, 0).Heard("three of six are no quorum: another day", "work-request: 周洁",
            "notice: 吴刚、赵强、何川、冯雪、何平、郑凯");
        _lights.Calendars(_lights.Scenario.Meetings[0]).Should().BeEquivalentTo(
            "REQUEST 0: 何川、何平、冯雪、吴刚、周航、林悦、赵强", "CANCEL 1: 林悦");
    }

    /// <summary>The second topic joins the meeting of the first, with one more person.</summary>
    private Story SecondMeetingIsShared()
    {
        var parking = Begin("老旧小区停车");
        parking.Does("周洁", "Screen").Does("周洁", "DraftTopic", ("title", "老旧小区停车"), ("fields", ""),
            ("lead-unit", Id(_district.Roads)));
        foreach (var name in new[] { "赵强", "孙丽", "马骏", "李敏" }) parking.Decides(name, "CommitteeGate", "Confirm");
        parking.Does("冯雪", "TellDepartments").Does("周洁", "Research").Does("吴刚", "Readiness");
        parking.Scenario.PassUntil(_lights.Scenario.Now);
        _lights.Does("周洁", "Plan", Plan("2026-04-08", ["吴刚 platform", "赵强 member", "何川 member", "冯雪 department"],
                ["何平", "秦岚"]))
            .Heard("the second meeting is noticed", "meeting-notice: 吴刚、赵强、何川、冯雪、何平、秦岚",
                "work-request: 周洁、周洁");
        _lights.Does("周洁", "Brief");
        parking.Heard("the other topic got so far by itself", "work-request: 周洁、周洁、周洁、周洁",
            "opinion-request: 赵强、孙丽、马骏", "approval-request: 李敏、吴刚", "topic-result: 刘洋", "notice: 吴刚",
            "acknowledgement-request: 冯雪");

        var meeting = _lights.Scenario.Meetings[0];
        parking.Scenario.OtherMeetings.Add(meeting);
        parking.Does("周洁", "Plan", [.. Plan("2026-04-08", ["袁泉 member"], []), ("join", $"{meeting.Id.Value:N}")])
            .Heard("only who has no seat yet gets a notice for the joined topic",
                "meeting-notice: 袁泉", "work-request: 周洁、周洁");
        parking.Does("周洁", "Brief");
        parking.Scenario.Meetings.Should().Equal(meeting);
        return parking;
    }

    private void OneVotePassesTheOtherFails(Story parking)
    {
        foreach (var name in new[] { "吴刚", "赵强", "何川", "冯雪", "何平", "秦岚" }) _lights.Replies(name, "yes");
        parking.Replies("袁泉", "yes");
        _lights.Until("2026-04-08 14:30").Heard("all come, and are asked twice", "acknowledgement-request: "
            + "吴刚、赵强、何川、冯雪、何平、秦岚、吴刚、赵强、何川、冯雪、何平、秦岚", "reminder: 周洁",
            "notice: 吴刚、赵强、何川、冯雪、何平、秦岚、吴刚、赵强、何川、冯雪、何平、秦岚");
        parking.Until("2026-04-08 14:30").Heard("so is the one of the other topic",
            "acknowledgement-request: 袁泉、袁泉", "reminder: 周洁", "notice: 何川、何平、冯雪、吴刚、秦岚、袁泉、袁泉、赵强");
        _lights.SignIn("吴刚", "赵强", "何川", "冯雪", "何平", "秦岚", "袁泉").Does("周洁", "Meeting").Counts(7, 7, 6, 1, 0)
            .Heard("the first topic passes", "work-request: 周洁、王芳、周洁");
        parking.Does("周洁", "Meeting").Counts(7, 7, 3, 4, 0)
            .Heard("the second does not; the chair decides what follows",
                "work-request: 周洁、王芳", "approval-request: 李敏");
        parking.Says("李敏", "AfterFailure", "Close", "分歧较大，条件尚不成熟")
            .Heard("proposer and roster hear why", "notice: 刘洋、吴刚、赵强、何川、冯雪、何平、秦岚、袁泉");
        parking.Scenario.Case.State.Should().Be(CaseState.Rejected);
        parking.Scenario.OpenRuns.Should().Be(0);
    }

    private void MinutesAndSubmission()
    {
        _lights.Does("周洁", "Resolution", ("text", "同意沿步道加装路灯，由水务局牵头落实。")).Does("周洁", "GiveOpinion")
            .Does("周洁", "Minutes", ("actions", "三月装灯"))
            .Heard("those present are asked about the minutes", "work-request: 周洁、周洁",
                "acknowledgement-request: 吴刚、赵强、何川、冯雪、何平、秦岚、袁泉");
        foreach (var name in new[] { "吴刚", "赵强", "何川", "冯雪", "袁泉" })
        {
            _lights.Says(name, "ConfirmMinutes", "NoObjection", null);
        }

        _lights.Until("2026-04-15 18:30").Heard("two residents keep silent; the host closes", "reminder: 何平、何平、秦岚、秦岚",
            "approval-request: 吴刚");
        _lights.Does("吴刚", "CloseMinutes").Heard("roster and units of the topic get the minutes",
            "notice: 吴刚、赵强、何川、冯雪、何平、秦岚、袁泉、郑凯", "work-request: 周洁");
        _lights.Does("周洁", "Submission").Heard("the director signs", "approval-request: 李敏");
        _lights.Decides("李敏", "SignOff", "Confirm").Heard("the secretary hands it in", "work-request: 王芳");
        _lights.Does("王芳", "Receipt").Heard("list and reply watch begin", "work-request: 周洁、王芳");
    }

    private void TheItems()
    {
        _lights.Does("周洁", "ProblemList", ("items", Story.Rows(
                Problem("加装路灯", _district.Water, "陈涛", "2026-05-29"),
                Problem("修补步道", _district.Roads, "沈冰", "2026-05-29"))))
            .Heard("units are asked, supervisors told", "report-request: 郑凯、冯雪", "notice: 陈涛、沈冰");
        District.Leave(_district.WaterContact);
        Report("冯雪", "修补步道", "100", done: true).Heard("one unit has done its part", "approval-request: 沈冰");
        _lights.Does("沈冰", "Check").Heard("and its supervisor closes it");
        _lights.Until("2026-05-15 19:00").Heard("a contact has left: the substitute is reminded", "reminder: 许强、许强");
        var water = _lights.Scenario.Items.Single(item => item.Advice == "加装路灯");
        _lights.Scenario.Answer(_lights.Scenario.Open.Single(task => task.TrackedItemId == water.Id), _lights["许强"],
            "AskExtension", reason: "汛期水位上涨，沿岸无法施工").Should().BeOfType<AnswerResult.Accepted>();
        _lights.Heard("the substitute asks for an extension in time", "work-request: 许强");
        _lights.Does("许强", "AskExtension", ("new-due", "2026-06-30"))
            .Heard("its supervisor decides", "approval-request: 陈涛");
        _lights.Says("陈涛", "ExtensionGate", "Grant", null)
            .Heard("one mail with the old and the new day", "report-request: 许强", "notice: 陈涛");
        _lights.Scenario.Mails.Last(mail => mail.Purpose == "report-request").TextBody.Should()
            .Contain("原期限 2026-05-29，现延期至 2026-06-30");
        (water.DueOn, water.OriginalDueOn).Should().Be((new DateOnly(2026, 6, 30), new DateOnly(2026, 5, 29)));
        _lights.Until("2026-06-10 12:00").Heard("the report is late: the rungs are climbed",
            "reminder: 许强、许强、许强、许强、许强", "formal-reminder: 许强", "formal-reminder-copy: 陈涛", "item-stalled: 陈涛",
            "escalation-office: 孙丽、赵强、马骏", "escalation-director: 李敏");
        _lights.Scenario.Mails.Last(mail => mail.Purpose == "item-stalled").TextBody.Should()
            .Contain("超过规定天数没有填报进展", "the supervisor hears why");
        _lights.Until("2026-07-02 12:00").Heard("the item's own day comes and passes", "item-due: 许强、陈涛、许强、陈涛、许强、陈涛");
        _lights.Until("2026-07-13 12:00").Heard("until the director hears");
    }

    private void TheEnd(Story parking)
    {
        _lights.Until("2026-07-16 12:00").Heard("the district owes its answer: the responsible office hears",
            "reminder: 王芳", "escalation-office: 孙丽、赵强、马骏");
        _lights.Does("王芳", "ReplyWatch", ("complete", "no"), ("result", "partly"))
            .Heard("it answers in part", "notice: 刘洋、周洁", "work-request: 王芳");
        _lights.Does("王芳", "ReplyWatch", ("complete", "yes"), ("result", "done"))
            .Heard("and then wholly", "notice: 刘洋、周洁");
        Report("许强", "加装路灯", "100", done: true).Does("陈涛", "Check").Heard("the last item is done and the case closes",
            "approval-request: 陈涛", "notice: 许强、冯雪、陈涛、沈冰", "case-result: 刘洋");
        _lights.Scenario.Case.State.Should().Be(CaseState.Closed);
        _lights.Scenario.Mails.Last(mail => mail.Purpose == "case-result").TextBody.Should()
            .Contain("满意、基本满意，还是不满意");
        _lights.Scenario.OpenRuns.Should().Be(0);
        _lights.Scenario.Case.Number.Should().Be("协〔2026〕1号");
        _lights.Scenario.Meetings.Should().HaveCount(2)
            .And.OnlyContain(meeting => meeting.State == MeetingState.Closed);
        _lights.Documents.Should().Equal(
            "topic-sheet", "formal-reminder 协催〔2026〕1号", "gate-count", "research-notice 协研〔2026〕1号",
            "research-report", "roster",
            "agenda", "notice 协通〔2026〕1号", "host-script", "meeting-brief", "meeting-record", "sign-in-list",
            "ballot", "vote", "minutes 协纪〔2026〕1号", "roster", "agenda", "notice 协通〔2026〕2号", "host-script",
            "meeting-brief", "meeting-record", "sign-in-list", "ballot", "vote", "resolution 议决〔2026〕1号",
            "preliminary-opinion", "minutes 协纪〔2026〕2号", "proposal 协提〔2026〕1号", "problem-list",
            "extension-request", "extension-granted 协延〔2026〕1号", "formal-reminder 协催〔2026〕2号", "annex 协督〔2026〕1号");

        foreach (var one in new[] { _lights, parking })
        {
            one.NobodyIsUrgedTwiceADay();
            one.NothingWentTo("郭敏", "罗成", "谢宁", "唐雨", "邓凯", "曹颖", "彭飞", "蒋欣", "梁静", "宋佳", "韩雪", "丁磊", "叶青", "沈默",
                "石磊", "杨帆", "朱琳", "许诺", "胡杨");
        }
    }

    private Story Report(string who, string advice, string percent, bool done)
    {
        var item = _lights.Scenario.Items.Single(one => one.Advice == advice);
        var task = _lights.Scenario.Open.Single(one => one.TrackedItemId == item.Id && one.ActivityId == "AwaitEntry");
        _lights.Scenario.Answer(task, _lights[who], "Report", _lights.Scenario.Fill(
            "progress-entry", ("percent", percent), ("done", done ? "yes" : "no")))
            .Should().BeOfType<AnswerResult.Accepted>();
        return _lights;
    }

    private Story Begin(string title)
    {
        var scenario = new Scenario(WorkflowFolder.All, _lights?.Scenario.Now ?? Monday, _district);
        return new Story(scenario.Begin("six-step-procedure", CaseKind.SixStep, title), _narration);
    }

    private (string, string)[] Plan(string day, string[] people, string[] residents) =>
    [
        ("on", day), ("from", "14:30"), ("to", "16:30"),
        ("people", Story.Rows([.. people.Select(one => one.Split(' ')).Select(one => new Dictionary<string, string>
        {
            ["person"] = _lights.Id(one[0]),
            ["class"] = one[1],
            ["vote"] = "yes",
        })])),
        ("others", Story.Rows([.. residents.Select(name => new Dictionary<string, string>
        {
            ["name"] = $"居民 {name}",
            ["class"] = "resident",
            ["contact"] = FortyPeople.Residents[name],
            ["vote"] = "yes",
        })])),
    ];

    private Dictionary<string, string> Problem(string advice, Unit unit, string supervisor, string due) => new()
    {
        ["consulted-on"] = "2026-04-08",
        ["topic"] = "河边步道夜间照明",
        ["advice"] = advice,
        ["undertaking"] = unit.Id.Value.ToString("N"),
        ["office"] = _district.Committee.Id.Value.ToString("N"),
        ["supervisor"] = _lights.Id(supervisor),
        ["due"] = due,
    };

    private static string Id(Unit unit) => unit.Id.Value.ToString("N");
}
