using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Mail.Outgoing;
using Consultation.Testing.Scenarios;
using static Consultation.ServerTests.Workflows.SixStepMoves;

namespace Consultation.ServerTests.Workflows;

/// <summary>
/// Who hears what: each row is an event of the shipped workflows with all the mails that it sends, and nobody else gets
/// any. The district has two departments with a contact each and two members, of whom one has the topic's field.
/// </summary>
public sealed partial class WhoHearsTests
{
    private const string Water = "水务联系人 郑凯", Supervisor = "督办 陈涛", Officer = "专人 周洁",
        Hall = "站长 吴刚", Roads = "交通联系人 冯雪", Helper = "社区联系人 卫兰", Secretary = "秘书 王芳", Leader = "党组 韩梅",
        Guest = "居民代表 何平", Director = "主任 李敏", MemberA = "委员 赵强", MemberB = "委员 孙丽", Proposer = "居民 刘洋";

    private static readonly string[] Decided = [$"report-request to {Water}", $"notice to {Supervisor}"];

    private static readonly string[] ItemDue = [$"item-due to {Water}", $"item-due to {Supervisor}"];

    /// <summary>What happens before, what happens, and all the mails that it sends.</summary>
    private readonly record struct Row(Action<Scenario> Before, Action<Scenario> Act, string[] Mails)
    {
        public static implicit operator Row((Action<Scenario> Before, Action<Scenario> Act, string[] Mails) row) =>
            new(row.Before, row.Act, row.Mails);
    }

    private static Dictionary<string, Row> Table =>
        new[] { OfTopic(), OfTasks(), OfMeeting(), OfFollowUp() }.SelectMany(part => part).ToDictionary();

    private static Dictionary<string, Row> OfTopic() =>
        new()
        {
            ["matter is screened"] = (_ => { }, Screen, [$"work-request to {Officer}"]),
            ["topic is handed in"] = (Screen, Draft,
                [$"opinion-request to {MemberA}", $"opinion-request to {MemberB}"]),
            ["the members have given their opinions"] = (Handed, Opinions, [$"approval-request to {Director}"]),
            ["the members are due the next day"] = (GateUntil(4), Day(4),
                [$"reminder to {MemberA}", $"reminder to {MemberB}"]),
            ["the members' time is over"] = (GateUntil(5), Day(5), [$"approval-request to {Director}"]),
            ["the chair is due the next day"] = (GateUntil(6), Day(6), [$"reminder to {Director}"]),
            ["the chair is late"] = (GateUntil(10), Day(10),
                [$"formal-reminder to {Director}", $"formal-reminder-copy to {Officer}"]),
            ["topic is confirmed"] = (Drafted, Decide("Confirm"),
                [$"topic-result to {Proposer}", $"notice to {Hall}", $"acknowledgement-request to {Water}",
                    $"acknowledgement-request to {MemberA}"]),
            ["topic is returned"] = (Drafted, Decide("Return"), [$"work-request to {Officer}"]),
            ["topic is rejected"] = (Drafted, Decide("Reject"),
                [$"topic-result to {Officer}", $"topic-result to {Proposer}"]),
            ["an exclusion arises, the case rests"] = (Handed, Arise,
                [$"notice to {Officer}", $"notice to {MemberB}", $"notice to {Proposer}",
                    $"approval-request to {Director}"]),
            ["the case goes on"] = (Rests, GoOn,
                [$"notice to {Officer}", $"notice to {Director}", $"notice to {Proposer}",
                    $"opinion-request to {MemberA}", $"opinion-request to {MemberB}"]),
            ["a matter is excluded"] = (_ => { }, Exclude, [$"matter-excluded to {Proposer}"]),
            ["a review is asked for"] = (Exclude, AskReview, [$"approval-request to {Director}"]),
            ["a review upholds"] = (Asked, Review("Uphold"), [$"notice to {Proposer}"]),
            ["a review reopens"] = (Asked, Review("Reopen"),
                [$"notice to {Proposer}", $"work-request to {Officer}"]),
            ["nobody asks for a review"] = (Exclude, scenario => scenario.Pass(TimeSpan.FromDays(20)), []),
            ["an exclusion that arose ends the case"] = (Rests, scenario => scenario.Answer(
                "SuspendedGate", scenario.District.Director, "End", reason: "协商事项审理中"),
                [$"matter-excluded to {Proposer}"]),
            ["somebody suspends a case before its gate"] = (Handed, Suspend,
                [$"notice to {Officer}", $"notice to {Director}", $"notice to {MemberA}", $"notice to {MemberB}",
                    $"notice to {Proposer}"]),
            ["somebody lets it go on"] = (Suspended, scenario => scenario.GoOn(scenario.District.Secretary, "已出院"),
                [$"notice to {Officer}", $"notice to {Director}", $"notice to {MemberA}", $"notice to {MemberB}",
                    $"notice to {Proposer}"]),
        };

    private static Dictionary<string, Row> OfFollowUp() =>
        new()
        {
            ["problems are assigned"] = (ToList, HandIn("2026-03-31"),
                [$"notice to {Supervisor}", $"report-request to {Water}", $"notice to {Supervisor}",
                    $"report-request to {Water}"]),
            ["problems are assigned three working days before their day"] = (ToList, HandIn("2026-03-16"),
                [$"notice to {Supervisor}", $"report-request to {Water}", $"notice to {Supervisor}",
                    $"report-request to {Water}"]),
            ["an item is due in three working days"] = (Until(26), Day(26), ItemDue),
            ["an item is due today"] = (Until(31), Day(31), ItemDue),
            ["an item was due yesterday, and so has stalled"] = (Until(32), Day(32), ItemDue),
            ["an extension is asked for in time"] = (Followed, AskExtension, [$"work-request to {Water}"]),
            ["an extension is asked for too late"] = (Late, AskExtension, []),
            ["an extension is granted"] = (ExtensionAsked, DecideExtension("Grant"), Decided),
            ["an extension is refused"] = (ExtensionAsked, DecideExtension("Refuse"), Decided),
            ["an item goes to another unit, with a helping one"] = (Followed, HandOver,
                [$"report-request to {Roads}", $"notice to {Water}", $"notice to {Supervisor}",
                    $"notice to {Helper}"]),
            ["the district has answered in part"] = (Watched, Reply("no"),
                [$"notice to {Proposer}", $"notice to {Officer}", $"work-request to {Secretary}"]),
            ["the district has answered, late"] = (Unanswered(30, finished: false), Reply("yes"),
                [$"notice to {Proposer}", $"notice to {Officer}"]),
            ["the district has not answered in time"] = (UntilReplyDay,
                scenario => scenario.Pass(TimeSpan.FromHours(1)),
                [$"escalation-office to {MemberA}", $"escalation-office to {MemberB}"]),
            ["the district has not answered two weeks later"] =
                (Unanswered(13), scenario => scenario.Pass(TimeSpan.FromDays(2)),
                    [$"escalation-director to {Director}"]),
            ["the case is closed"] = (Followed, scenario => Finish(scenario, scenario.Items[0]),
                [$"notice to {Water}", $"notice to {Supervisor}", $"case-result to {Proposer}"]),
        };

    private static Dictionary<string, Row> OfTasks() =>
        new()
        {
            ["a task goes to somebody else"] = (Handed, scenario => scenario.Reassign(scenario.TaskAt("CommitteeGate"),
                scenario.District.MemberB, scenario.District.Leader), [$"opinion-request to {Leader}"]),
            ["a decision is taken back"] = (DecidedAMomentAgo, scenario => scenario.TakeBack(
                scenario.TaskAt("CommitteeGate"), scenario.District.Director), [$"approval-request to {Director}"]),
            ["those who still owe an answer are reminded"] = (OneOpinion, scenario => scenario.PassUntil(
                scenario.TaskAt("CommitteeGate").DueAt!.Value.AddHours(-1)),
                [$"reminder to {MemberB}"]),
        };

    public static TheoryData<string> Events => [.. Table.Keys];

    [Theory]
    [MemberData(nameof(Events))]
    public void Those_who_are_concerned_hear_of_it_and_nobody_else(string happens)
    {
        var (before, act, mails) = Table[happens];
        var scenario = Begin();
        before(scenario);
        var known = scenario.Mails.Count;

        act(scenario);

        scenario.Incidents.Select(incident => incident.Message).Should().BeEmpty();
        Since(scenario, known).Should().BeEquivalentTo(mails);
        scenario.Mails.Skip(known).Where(mail => LeadsToWork(mail) != (mail.LinkIds.Count > 0))
            .Select(mail => $"{mail.Purpose} to {mail.RecipientName}").Should()
            .BeEmpty("a task comes with its link, information without one");
    }

    private static bool LeadsToWork(OutgoingMail mail) =>
        mail.TaskId is not null && mail.Purpose != "formal-reminder-copy"
        && !mail.Purpose.StartsWith("escalation", StringComparison.Ordinal)
        && (mail.Purpose != "item-due" || mail.RecipientName != Supervisor);

    [Fact]
    public void Who_would_get_a_notice_and_a_task_in_one_step_gets_one_mail_that_says_both()
    {
        var scenario = Begin();
        scenario.District.Keep(new RoleGrant
        {
            OrganisationId = scenario.District.Organisation.Id,
            Id = Guid.NewGuid(),
            PersonId = scenario.District.Head.Id,
            Role = Role.Member,
        });
        scenario.District.Head.Expertise.Add(District.LightingField);
        Drafted(scenario);
        var known = scenario.Mails.Count;

        Decide("Confirm")(scenario);

        var mail = scenario.Mails.Skip(known).Should().ContainSingle(one => one.RecipientName == Hall).Subject;
        mail.Purpose.Should().Be("acknowledgement-request");
        mail.TextBody.Should().Contain("议题已确定").And.Contain("知悉协商议题和基本情况");
        mail.LinkIds.Should().ContainSingle();
    }

    [Fact]
    public void A_report_that_never_comes_climbs_from_the_unit_to_the_weekly_summary_and_nobody_is_urged_twice_a_day()
    {
        var scenario = Begin();
        Followed(scenario);
        var entry = TaskOf(scenario, scenario.Items[0], "AwaitEntry");
        var known = scenario.Mails.Count;

        scenario.PassUntil(entry.DueAt!.Value.AddDays(60));

        var about = scenario.Mails.Skip(known).ToList();
        Recipients("formal-reminder").Should().Equal(Water);
        Recipients("formal-reminder-copy").Should().Equal(Supervisor);
        Recipients("escalation-office").Should().BeEquivalentTo(MemberA, MemberB);
        Recipients("escalation-director").Should().Equal(Director);
        Recipients("escalation-leading-group").Should().BeEmpty("they have the weekly summary");
        entry.SummarisedFrom.Should().NotBeNull();
        about.Select(mail => mail.RecipientName).Distinct().Should()
            .BeEquivalentTo(Water, Supervisor, MemberA, MemberB, Director);
        about.GroupBy(mail => (mail.RecipientName, scenario.District.Calendar.DayOf(mail.NotBefore)))
            .Where(day => day.Count() > 1).Should().BeEmpty();
        about.Where(mail => mail.Purpose is "item-due" or "escalation-office" or "escalation-director")
            .Should().OnlyContain(mail => mail.TextBody.Contains("2026年3月31日"), "the item's own day");

        IEnumerable<string> Recipients(string purpose) =>
            about.Where(mail => mail.Purpose == purpose).Select(mail => mail.RecipientName).Distinct();
    }

    [Fact]
    public void A_formal_reminder_is_numbered_and_its_answer_reaches_the_supervisor_and_the_file()
    {
        var scenario = Begin();
        Followed(scenario);
        var entry = TaskOf(scenario, scenario.Items[0], "AwaitEntry");
        scenario.PassUntil(entry.DueAt!.Value.AddDays(4));
        entry.FormalReminder.Should().Be("协催〔2026〕1号");
        var reminder = scenario.Mails.Last(mail => mail.Purpose == "formal-reminder");
        reminder.TextBody.Should().Contain("协催〔2026〕1号").And.Contain("【交办日期】").And.Contain("说明原因")
            .And.NotContain("您好");
        var known = scenario.Mails.Count;

        scenario.Explain(entry, scenario.District.WaterContact, scenario.Fill(FormKeys.FormalReminderReply))
            .Should().BeOfType<AnswerResult.Accepted>();

        Since(scenario, known).Should().Equal($"notice to {Supervisor}");
        scenario.Records[0].Should().Match<CaseRecord>(record => record.Kind == FormKeys.FormalReminderReply
            && record.ById == scenario.District.WaterContact.Id);
        (entry.State, entry.ExplainedAt).Should().Be((TaskState.Open, scenario.Now));
        scenario.Explain(entry, scenario.District.RoadsContact, scenario.Fill(FormKeys.FormalReminderReply))
            .Should().BeOfType<AnswerResult.NotEntitled>("one unit does not answer for another");
    }

    [Fact]
    public void Of_two_hundred_members_only_those_with_the_topics_field_are_mailed()
    {
        var scenario = new Scenario(WorkflowFolder.All, Monday);
        for (var number = 0; number < 200; number++)
        {
            var member = scenario.District.Person($"委员{number}", $"m{number}", false, (Role.Member, null));
            member.Sectors.Add(number % 50 == 0 ? District.LightingField : "教育");
        }

        Begin(scenario);
        Drafted(scenario);
        var known = scenario.Mails.Count;
        Decide("Confirm")(scenario);

        scenario.TaskAt("TellDepartments").Assignees.Should().HaveCount(6, "one unit, one member before, four of 200");
        scenario.Mails.Skip(known).Should().HaveCount(8, "with the proposer and the head of the hall");
    }

    private static void Drafted(Scenario scenario)
    {
        Screen(scenario);
        Draft(scenario);
        Opinions(scenario);
    }

    private static Action<Scenario> Decide(string outcome) => scenario => scenario.Answer(
        "CommitteeGate", scenario.District.Director, outcome, scenario.FillWithExclusions("topic-decision"), "理由如下")
        .Should().BeOfType<AnswerResult.Accepted>();

    private static void Handed(Scenario scenario)
    {
        Screen(scenario);
        Draft(scenario);
    }

    private static void Arise(Scenario scenario) => scenario.Answer(
        "CommitteeGate", scenario.District.MemberA, "Confirm", scenario.FillWithExclusions(
            "topic-decision", ("excl-3", "yes"), ("excl-3-reason", "昨日起诉"), ("excl-3-ref", "12号")));

    private static void Exclude(Scenario scenario) => ExclusionReviewTests.Exclude(scenario, 3);

    private static void AskReview(Scenario scenario) => scenario.AskReview("已撤诉").Should().BeEmpty();

    private static void Asked(Scenario scenario)
    {
        Exclude(scenario);
        AskReview(scenario);
    }

    private static Action<Scenario> Review(string outcome) => scenario => scenario.Answer(
        "Review", scenario.District.Director, outcome, scenario.Fill(
            "exclusion-review", ("opinion", "理由如下所述。"), ("class", "PublicHardship"), ("concern", "interest")))
        .Should().BeOfType<AnswerResult.Accepted>();

    private static void Suspend(Scenario scenario) =>
        scenario.Suspend(scenario.District.Secretary, "提出人住院").Should().BeEmpty();

    private static void Suspended(Scenario scenario)
    {
        Handed(scenario);
        scenario.Pass(TimeSpan.FromHours(1));
        Suspend(scenario);
        scenario.Pass(TimeSpan.FromDays(7));
    }

    private static void Rests(Scenario scenario)
    {
        Handed(scenario);
        Arise(scenario);
    }

    private static void GoOn(Scenario scenario) => scenario.Answer(
        "SuspendedGate", scenario.District.Director, "Resume", reason: "已撤诉");

    private static void ToList(Scenario scenario)
    {
        Screen(scenario);
        Confirm(scenario);
        ToReceipt(scenario);
    }

    private static Action<Scenario> HandIn(string due) => scenario => ListProblems(scenario, due);

    /// <summary>One item is done; the other is due on the last of March, and nothing is reported of it yet.</summary>
    private static void Followed(Scenario scenario)
    {
        ToList(scenario);
        ListProblems(scenario, "2026-03-31");
        Finish(scenario, scenario.Items[1]);
        scenario.Answer("ReplyWatch", scenario.District.Secretary, "Done", scenario.Fill(scenario.TaskAt("ReplyWatch")))
            .Should().BeOfType<AnswerResult.Accepted>();
    }

    private static void OneOpinion(Scenario scenario)
    {
        Handed(scenario);
        scenario.Answer("CommitteeGate", scenario.District.MemberA, "Confirm",
            scenario.FillWithExclusions("topic-decision")).Should().BeOfType<AnswerResult.Accepted>();
    }

    private static void DecidedAMomentAgo(Scenario scenario)
    {
        Drafted(scenario);
        scenario.WaitsOutTakeBack = false;
        Decide("Confirm")(scenario);
    }

    private static void ExtensionAsked(Scenario scenario)
    {
        Followed(scenario);
        AskExtension(scenario);
        scenario.Answer("AskExtension", scenario.District.WaterContact, "Done",
            scenario.Fill("extension-request", ("new-due", "2026-04-30")))
            .Should().BeOfType<AnswerResult.Accepted>();
    }

    private static Action<Scenario> DecideExtension(string outcome) => scenario =>
    {
        scenario.Answer("ExtensionGate", scenario.District.Supervisor, outcome, reason: "汛期后抓紧施工")
            .Should().BeOfType<AnswerResult.Accepted>();
        scenario.Mails.TakeLast(2).Should().OnlyContain(mail => outcome == "Grant"
            ? mail.TextBody.Contains("原期限 2026-03-31，现延期至 2026-04-30")
            : mail.TextBody.Contains("原办理期限不变。理由：汛期后抓紧施工"));
    };

    private static void HandOver(Scenario scenario)
    {
        var district = scenario.District;
        var helping = district.Unit(UnitKind.Department, "区住建委");
        district.Person(Helper, "wei.lan", false, (Role.DepartmentContact, helping.Id));
        scenario.HandOver(scenario.Items[0],
            new(district.Supervisor.Id, district.Roads.Id, null, [helping.Id]), "职责调整").Should().BeEmpty();
    }

    /// <summary>Problems are listed; the district's answer is awaited.</summary>
    private static void Watched(Scenario scenario)
    {
        ToList(scenario);
        ListProblems(scenario, "2026-09-30");
        foreach (var item in scenario.Items) Finish(scenario, item);
    }

    private static Action<Scenario> Reply(string complete) => scenario => Do(
        scenario, "ReplyWatch", scenario.District.Secretary, ("complete", complete));

    private static void UntilReplyDay(Scenario scenario)
    {
        Watched(scenario);
        scenario.PassUntil(scenario.TaskAt("ReplyWatch").DueAt!.Value.AddMinutes(-1));
    }

    private static Action<Scenario> Unanswered(int days, bool finished = true) => scenario =>
    {
        ToList(scenario);
        ListProblems(scenario, "2026-09-30");
        foreach (var item in scenario.Items.Where(_ => finished)) Finish(scenario, item);
        scenario.PassUntil(scenario.TaskAt("ReplyWatch").DueAt!.Value.AddDays(days));
    };

    private static void Late(Scenario scenario)
    {
        Followed(scenario);
        scenario.PassUntil(At(33));
    }

    /// <summary>Until a day of March in Beijing begins; days are counted on into April.</summary>
    private static Action<Scenario> Until(int day) => scenario =>
    {
        Followed(scenario);
        scenario.PassUntil(At(day));
    };

    /// <summary>The committee was asked on Monday, 2 March, and says nothing.</summary>
    private static Action<Scenario> GateUntil(int day) => scenario =>
    {
        Handed(scenario);
        scenario.PassUntil(At(day));
    };

    private static Action<Scenario> Day(int day) => scenario => scenario.PassUntil(At(day + 1));

    private static void AskExtension(Scenario scenario) => scenario.Answer(
        TaskOf(scenario, scenario.Items[0], "AwaitEntry"), scenario.District.WaterContact, "AskExtension",
        reason: "汛期水位上涨，沿岸无法施工");

    private static DateTimeOffset At(int day) =>
        new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.FromHours(8)).AddDays(day - 1);

    private static IEnumerable<string> Since(Scenario scenario, int known) =>
        scenario.Mails.Skip(known).Where(mail => mail.State != MailState.Cancelled)
            .Select(mail => $"{mail.Purpose} to {mail.RecipientName}");
}
