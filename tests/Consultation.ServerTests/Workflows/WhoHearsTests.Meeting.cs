using System.Text;
using Consultation.Cases.Calendar;
using Consultation.Cases.Forms;
using Consultation.Cases.Meetings;
using Consultation.Cases.Tasks;
using Consultation.Testing.Scenarios;
using static Consultation.ServerTests.Workflows.SixStepMoves;

namespace Consultation.ServerTests.Workflows;

/// <content>Who hears of a meeting, its minutes and its vote; a resident without an account has a seat too.</content>
public sealed partial class WhoHearsTests
{
    private static readonly string[] Roster = [Hall, MemberA, Supervisor, Guest];

    private static Dictionary<string, Row> OfMeeting() => new()
    {
        ["a meeting is noticed"] = (Ready, Plan, [.. All("meeting-notice"), $"work-request to {Officer}",
            $"work-request to {Officer}"]),
        ["a meeting is moved"] = (Noticed, Move, All("meeting-moved")),
        ["a meeting is called off"] = (Noticed, CallOff, [.. All("meeting-cancelled"), $"work-request to {Officer}"]),
        ["somebody declines"] = (Noticed, scenario => scenario.ReplyOf(scenario.District.MemberA.Id, "no"),
            [$"work-request to {Officer}"]),
        ["somebody is silent at the reply day"] = (NearReplyDay, scenario => scenario.Pass(TimeSpan.FromHours(1)),
            [$"work-request to {Officer}", .. Asked(Hall, MemberA, Supervisor), $"reminder to {Officer}",
                $"reminder to {Officer}"]),
        ["somebody is replaced"] = (Declined, Replace,
            [$"meeting-cancelled to {MemberA}", $"meeting-notice to {MemberB}", $"notice to {Hall}"]),
        ["those who accepted are asked again"] = (NearReconfirmation, scenario => scenario.Pass(TimeSpan.FromHours(1)),
            Asked(Hall, MemberA, Guest)),
        ["a vote failed and is closed"] = (VoteLost, scenario => scenario.Answer(
            "AfterFailure", scenario.District.Director, "Close", reason: "条件尚不成熟"),
            [$"notice to {Proposer}", .. All("notice")]),
        ["minutes are sent"] = (Recorded, Minutes("Minutes"),
            Asked(Hall, MemberA, Supervisor)),
        ["somebody objects to the minutes"] = (Sent, Object, [$"work-request to {Officer}"]),
        ["the second version is sent"] = (Objected, Minutes("Revise"),
            Asked(Hall, MemberA, Supervisor)),
        ["minutes are closed"] = (Settled, Close,
            [.. All("notice"), $"notice to {Water}", $"work-request to {Officer}"]),
    };

    [Fact]
    public void Calendar_files_ask_update_and_cancel_and_the_closed_minutes_are_attached()
    {
        var scenario = Begin();
        Noticed(scenario);
        var (meeting, known) = (scenario.Meetings[0], scenario.Mails.Count);
        Files("meeting-notice").Should().HaveCount(4).And.OnlyContain(file => file.Contains("METHOD:REQUEST")
            && file.Contains("SEQUENCE:0") && file.Contains($"UID:{meeting.Id.Value:D}"));

        Move(scenario);
        Files("meeting-moved").Should().HaveCount(4).And.OnlyContain(file => file.Contains("METHOD:REQUEST")
            && file.Contains("SEQUENCE:1") && file.Contains($"UID:{meeting.Id.Value:D}"));
        CallOff(scenario);
        Files("meeting-cancelled").Should().HaveCount(4).And.OnlyContain(file => file.Contains("METHOD:CANCEL")
            && file.Contains("SEQUENCE:2") && file.Contains($"UID:{meeting.Id.Value:D}"));
        known.Should().BeLessThan(scenario.Mails.Count);

        var closed = Begin();
        Settled(closed);
        Close(closed);
        closed.Mails.Where(mail => mail.Subject.Contains("会议纪要已定稿")).Should().HaveCount(5)
            .And.OnlyContain(mail => mail.Attachments.Count == 1 && mail.Attachments[0].Name.EndsWith(".docx"));

        IEnumerable<string> Files(string purpose) => scenario.Mails.Where(mail => mail.Purpose == purpose)
            .Select(mail => Encoding.UTF8.GetString(mail.Attachments.Single().Content));
    }

    private static string[] Asked(params string[] names) =>
        [.. names.Select(name => $"acknowledgement-request to {name}")];

    private static string[] All(string purpose) => [.. Roster.Select(name => $"{purpose} to {name}")];

    private static void Ready(Scenario scenario)
    {
        Screen(scenario);
        Confirm(scenario);
        var acknowledge = scenario.TaskAt("TellDepartments");
        foreach (var seat in acknowledge.Assignees.ToList())
        {
            scenario.Answer(acknowledge, scenario.District.Directory.Find(seat.PersonId)!, "Acknowledge")
                .Should().BeOfType<AnswerResult.Accepted>();
        }

        Do(scenario, "Research", scenario.District.Officer);
        scenario.Answer("Readiness", scenario.District.Head, "Confirm", scenario.Fill("readiness"))
            .Should().BeOfType<AnswerResult.Accepted>();
    }

    private static void Plan(Scenario scenario) => Do(scenario, "Plan", scenario.District.Officer, ("others",
        FormValues.Write([new Dictionary<string, string>
        {
            ["name"] = Guest,
            ["class"] = "resident",
            ["contact"] = "he.ping@mail.example.com",
            ["vote"] = "yes",
        }])));

    private static void Noticed(Scenario scenario)
    {
        Ready(scenario);
        Plan(scenario);
    }

    private static void Move(Scenario scenario) => Act(scenario, meeting => new MeetingAct.Move(
        new(IsoDay.Iso(scenario.District.Calendar.Move(meeting.On, 4)), "09:00", "11:00", null, "五楼"), "台风")
    {
        OrganisationId = meeting.OrganisationId,
        MeetingId = meeting.Id,
        CaseId = scenario.Case.Id,
        ActorId = scenario.District.Officer.Id,
        OperationId = "move",
    });

    private static void CallOff(Scenario scenario) => Act(scenario, meeting => new MeetingAct.CallOff("台风")
    {
        OrganisationId = meeting.OrganisationId,
        MeetingId = meeting.Id,
        CaseId = scenario.Case.Id,
        ActorId = scenario.District.Officer.Id,
        OperationId = "off",
    });

    private static void Act(Scenario scenario, Func<Meeting, MeetingAct> act) =>
        scenario.Do(act(scenario.Meetings[0])).Should().BeEmpty();

    /// <summary>Two come, one sends nobody else, the guest keeps silent.</summary>
    private static void NearReplyDay(Scenario scenario)
    {
        Noticed(scenario);
        foreach (var one in new[] { scenario.District.Head, scenario.District.MemberA, scenario.District.Supervisor })
        {
            scenario.ReplyOf(one.Id, "yes").Should().BeOfType<AnswerResult.Accepted>();
        }

        scenario.PassUntil(scenario.TaskAt("Call").DueAt!.Value.AddMinutes(-1));
    }

    private static void Declined(Scenario scenario)
    {
        Noticed(scenario);
        scenario.ReplyOf(scenario.District.MemberA.Id, "no").Should().BeOfType<AnswerResult.Accepted>();
    }

    private static void Replace(Scenario scenario) => scenario.Answer(
        "Replace", scenario.District.Officer, "Done", new()
        {
            ["how"] = "person",
            ["person"] = scenario.District.MemberB.Id.Value.ToString("N"),
            ["why"] = "本人因病请假",
        }).Should().BeOfType<AnswerResult.Accepted>();

    /// <summary>All have replied before the day on which those who come are asked once more.</summary>
    private static void NearReconfirmation(Scenario scenario)
    {
        Noticed(scenario);
        foreach (var seat in scenario.TaskAt("Call").Assignees.ToList())
        {
            scenario.ReplyOf(seat.PersonId, seat.PersonId == scenario.District.Supervisor.Id ? "no" : "yes")
                .Should().BeOfType<AnswerResult.Accepted>();
        }

        scenario.Answer("Replace", scenario.District.Officer, "Done", new() { ["how"] = "none", ["why"] = "名额已足" });
        var calendar = scenario.District.Calendar;
        scenario.PassUntil(calendar.At(calendar.Move(scenario.Meetings[0].On, -3), new(8, 59)));
    }

    private static void Held(Scenario scenario)
    {
        Noticed(scenario);
        scenario.ReplyOf(scenario.District.Head.Id, "yes");
        scenario.ReplyOf(scenario.District.MemberA.Id, "yes");
        scenario.ReplyOf(scenario.District.Supervisor.Id, "yes");
        scenario.ReachMeeting();
        Do(scenario, "Meeting", scenario.District.Officer);
    }

    private static void VoteLost(Scenario scenario)
    {
        Held(scenario);
        Count(scenario, ("for", "0"), ("against", "3"), ("abstained", "0"));
    }

    private static void Recorded(Scenario scenario)
    {
        Held(scenario);
        Count(scenario);
        Do(scenario, "Resolution", scenario.District.Officer);
        Do(scenario, "GiveOpinion", scenario.District.Officer);
    }

    private static Action<Scenario> Minutes(string node) => scenario =>
    {
        var task = scenario.TaskAt(node);
        var fields = task.Prefill.ToDictionary();
        fields.TryAdd("actions", "三月装灯");
        scenario.Answer(task, scenario.District.Officer, "Done", fields).Should().BeOfType<AnswerResult.Accepted>();
    };

    private static void Sent(Scenario scenario)
    {
        Recorded(scenario);
        Minutes("Minutes")(scenario);
    }

    private static void Object(Scenario scenario) => scenario.Answer(
        "ConfirmMinutes", scenario.District.MemberA, "Objection", reason: "漏记了我的建议")
        .Should().BeOfType<AnswerResult.Accepted>();

    private static void Objected(Scenario scenario)
    {
        Sent(scenario);
        Object(scenario);
    }

    private static void Settled(Scenario scenario)
    {
        Sent(scenario);
        foreach (var one in new[]
        {
            scenario.District.Head, scenario.District.MemberA, scenario.District.Supervisor,
        })
        {
            scenario.Answer("ConfirmMinutes", one, "NoObjection").Should().BeOfType<AnswerResult.Accepted>();
        }
    }

    private static void Close(Scenario scenario) => scenario.Answer(
        "CloseMinutes", scenario.District.Head, "Confirm").Should().BeOfType<AnswerResult.Accepted>();
}
