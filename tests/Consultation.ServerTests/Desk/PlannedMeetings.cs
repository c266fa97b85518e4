using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.Meetings;
using Consultation.Cases.People;
using Consultation.Storage;
using Consultation.Testing.Runs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Desk;

/// <summary>Meetings of the sample, planned by a workflow of two steps.</summary>
internal sealed class PlannedMeetings(IServiceProvider services)
{
    private readonly CaseMoves _moves = new(services);

    /// <summary>
    /// A meeting some days from now with a member, the head of the platform and a guest without mail; noticed, or
    /// before its record.
    /// </summary>
    public async Task<Meeting> PlanAsync(
        string definition, int daysAhead, bool held = false, System.Text.Json.Nodes.JsonObject? step = null,
        params IReadOnlyList<string> guests)
    {
        var next = step ?? (held
            ? Flows.Activity("Record", "Consultation.HoldMeeting", ("assignees", "String", "role:Secretary"),
                ("title", "String", "会议记录"))
            : Flows.Activity("Call", "Consultation.CallMeeting", ("title", "String", "会议通知与回执")));
        var caseId = await _moves.OpenAsync(
            $"meeting-{definition}",
            Flows.Activity(
                "Plan", "Consultation.PlanMeeting",
                ("assignees", "String", "role:PlatformOfficer@case.platform|role:Secretary"),
                ("title", "String", "安排会议"), ("leadTime", "String", "1wd")),
            next);
        await using var db = Open();
        var (member, head) = (await PersonAsync("member"), await PersonAsync("head"));
        var on = DateOnly.FromDateTime(DateTime.UnixEpoch + TimeSpan.FromMilliseconds(
            (await db.Cases.AsNoTracking().SingleAsync(one => one.Id == caseId)).OpenedAt.ToUnixTimeMilliseconds()))
            .AddDays(daysAhead);
        await _moves.AnswerAsync(await _moves.TaskAtAsync(caseId, "Plan"), "Done", new()
        {
            ["on"] = $"{on:yyyy-MM-dd}",
            ["rest-day"] = "居民平时上班",
            ["from"] = "14:30",
            ["place"] = "三楼会议室",
            ["topic"] = "河边步道照明",
            ["agenda"] = "陈述、讨论、表决。",
            ["host"] = head.Id.Value.ToString(),
            ["recorder"] = (await PersonAsync("secretary")).Id.Value.ToString(),
            ["people"] = FormValues.Write([Row(member, "member"), Row(head, "platform")]),
            ["others"] = FormValues.Write(guests.Prepend("张师傅").Select(name => new Dictionary<string, string>
            {
                ["name"] = name,
                ["class"] = "resident",
                ["contact"] = "13900000000",
                ["vote"] = "no",
            })),
            ["invited-why"] = "与城管部门有关。",
        });
        await _moves.TaskAtAsync(caseId, (string)next["id"]!);
        return await db.Meetings.AsNoTracking().SingleAsync(one => one.Topics.Any(topic => topic.CaseId == caseId));

        static Dictionary<string, string> Row(Person person, string kind) =>
            new() { ["person"] = person.Id.Value.ToString(), ["class"] = kind, ["vote"] = "yes" };
    }

    /// <summary>Another case joins the meeting, with a guest more.</summary>
    public async Task<CaseId> JoinAsync(Meeting meeting, string definition)
    {
        var caseId = await _moves.OpenAsync(
            $"meeting-{definition}",
            Flows.Activity(
                "Plan", "Consultation.PlanMeeting",
                ("assignees", "String", "role:PlatformOfficer@case.platform|role:Secretary"),
                ("title", "String", "安排会议"), ("leadTime", "String", "1wd")),
            Flows.Activity("Call", "Consultation.CallMeeting", ("title", "String", "会议通知与回执")));
        await _moves.AnswerAsync(await _moves.TaskAtAsync(caseId, "Plan"), "Done", new()
        {
            ["join"] = meeting.Id.Value.ToString("N"),
            ["topic"] = "滨河路噪声",
            ["people"] = FormValues.Write([new Dictionary<string, string>
            {
                ["person"] = (await PersonAsync("member")).Id.Value.ToString(),
                ["class"] = "member",
                ["vote"] = "yes",
            }]),
            ["others"] = FormValues.Write([new Dictionary<string, string>
            {
                ["name"] = "何老师",
                ["class"] = "expert",
                ["contact"] = "he@mail.example.com",
                ["vote"] = "no",
            }]),
            ["invited-why"] = "与环保部门有关。",
        });
        await _moves.TaskAtAsync(caseId, "Call");
        return caseId;
    }

    private ConsultationDb Open() => services.GetRequiredService<Database>().Open();

    private async Task<Person> PersonAsync(string user)
    {
        await using var db = Open();
        return await db.People.AsNoTracking().SingleAsync(one => one.UserName == user);
    }
}
