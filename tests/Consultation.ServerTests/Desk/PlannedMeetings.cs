using Consultation.Cases.Forms;
using Consultation.Cases.Meetings;
using Consultation.Cases.People;
using Consultation.Testing.Runs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Desk;

/// <summary>Meetings of the sample, planned by a workflow of two steps.</summary>
internal sealed class PlannedMeetings(GateDesk desk)
{
    private readonly CaseMoves _moves = new(desk.Services);

    /// <summary>
    /// A meeting some days from now with a member, the head of the platform and a guest without mail; noticed, or
    /// before its record.
    /// </summary>
    public async Task<Meeting> PlanAsync(string definition, int daysAhead, bool held = false)
    {
        var next = held
            ? Flows.Activity("Record", "Consultation.HoldMeeting", ("assignees", "String", "role:Secretary"),
                ("title", "String", "会议记录"))
            : Flows.Activity("Call", "Consultation.CallMeeting", ("title", "String", "会议通知与回执"));
        var caseId = await _moves.OpenAsync(
            $"meeting-{definition}",
            Flows.Activity(
                "Plan", "Consultation.PlanMeeting",
                ("assignees", "String", "role:PlatformOfficer@case.platform|role:Secretary"),
                ("title", "String", "安排会议"), ("leadTime", "String", "1wd")),
            next);
        await using var db = desk.Open();
        var (member, head) = (await desk.PersonAsync("member"), await desk.PersonAsync("head"));
        var on = DateOnly.FromDateTime(DateTime.UnixEpoch + TimeSpan.FromMilliseconds(
            (await db.Cases.AsNoTracking().SingleAsync(one => one.Id == caseId)).OpenedAt.ToUnixTimeMilliseconds()))
            .AddDays(daysAhead);
        await _moves.AnswerAsync(await _moves.TaskAtAsync(caseId, "Plan"), "Done", new()
        {
            ["on"] = $"{on:yyyy-MM-dd}",
            ["from"] = "14:30",
            ["place"] = "三楼会议室",
            ["topic"] = "河边步道照明",
            ["agenda"] = "陈述、讨论、表决。",
            ["host"] = head.Id.Value.ToString(),
            ["recorder"] = (await desk.PersonAsync("secretary")).Id.Value.ToString(),
            ["people"] = FormValues.Write([Row(member, "member"), Row(head, "platform")]),
            ["others"] = FormValues.Write([new Dictionary<string, string>
            {
                ["name"] = "张师傅",
                ["class"] = "resident",
                ["contact"] = "13900000000",
                ["vote"] = "no",
            }]),
            ["invited-why"] = "与城管部门有关。",
        });
        await _moves.TaskAtAsync(caseId, held ? "Record" : "Call");
        return await db.Meetings.AsNoTracking().SingleAsync(one => one.Topics.Any(topic => topic.CaseId == caseId));

        static Dictionary<string, string> Row(Person person, string kind) =>
            new() { ["person"] = person.Id.Value.ToString(), ["class"] = kind, ["vote"] = "yes" };
    }

    /// <summary>An hour before the meeting begins; the clock does not go back.</summary>
    public void Reach(Meeting meeting)
    {
        var begins = new DateTimeOffset(meeting.On.ToDateTime(meeting.From), TimeSpan.FromHours(8));
        var ahead = begins.AddHours(-1) - desk.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        if (ahead > TimeSpan.Zero) desk.Pass(ahead);
    }
}
