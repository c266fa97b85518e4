using System.Diagnostics;
using System.Text.Json.Nodes;
using Consultation.Benchmarks.Cases;
using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.Meetings;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Runtime.Definitions;
using Consultation.Runtime.Loops;
using Consultation.ServerTests;
using Consultation.Storage;
using Consultation.Testing.Runs;
using Consultation.Web.Health;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.Benchmarks.Desk;

/// <summary>
/// A meeting of sixty: how long the server takes for the organiser's page and the page of the day. A vote of five
/// hundred by online ballot: how long one ballot takes, and how long the last one, with which the votes are counted.
/// </summary>
internal sealed class MeetingBenchmark : BenchmarkHost
{
    private static readonly int Warmup = Effort.Of(20, 1);
    private static readonly int Rounds = Effort.Of(150, 1);
    private static readonly int Participants = Effort.Of(60, 5);
    private StatementTimes? _statements;

    /// <summary>Measures with so many voters; true when every page answered and the votes were counted.</summary>
    public static async Task<bool> RunAsync(int voters, bool statements)
    {
        await using var benchmark = new MeetingBenchmark
        {
            _statements = statements ? StatementTimes.Listen() : null,
        };
        return await benchmark.MeasureAsync(voters);
    }

    private async Task<bool> MeasureAsync(int voters)
    {
        var password = (await Services.GetRequiredService<ISampleData>().LoadAsync(default))!.Password;
        var people = await AddPeopleAsync(Math.Max(voters, Participants));
        var notice = Flows.Activity("Call", "Consultation.CallMeeting", ("title", "String", "会议通知与回执"));
        var meeting = await PlanAsync("pace", [.. people.Take(Participants)], DaysAhead(20), notice);
        using var browser = new DeskBrowser(CreateClient(new() { AllowAutoRedirect = false, HandleCookies = true }));
        if (!await browser.SignInAsync("secretary", password)) throw new InvalidOperationException("not let in");
        Console.WriteLine($"  meeting of {Participants} participants; {Rounds} requests each after {Warmup}");
        var good = true;
        foreach (var path in (string[])["", "/day", "/code"])
        {
            good &= await MeasurePageAsync(
                browser.Client, "secretary", $"/meetings/{meeting.Id.Value:D}{path}", Warmup, Rounds, _statements);
        }

        return good & await MeasureVoteAsync([.. people.Take(voters)]);
    }

    private async Task<bool> MeasureVoteAsync(IReadOnlyList<PersonId> voters)
    {
        var meeting = await PlanAsync(
            "ballots", voters, DaysAhead(30),
            Flows.Activity("Vote", "Consultation.TakeVote", ("tellers", "String", "role:Secretary"),
                ("voters", "String", "meeting.voters"), ("method", "String", "online-secret"),
                ("title", "String", "表决"), ("question", "String", "是否同意"), ("due", "String", "1wd")));
        var task = await TaskAtAsync(meeting.Topics[0].CaseId, "Vote");
        var desk = Services.GetRequiredService<ITaskAnswers>();
        var times = new List<double>(voters.Count);
        var wrong = 0;
        for (var i = 0; i < voters.Count; i++)
        {
            var started = Stopwatch.GetTimestamp();
            var result = await desk.AnswerAsync(new TaskAnswer
            {
                OrganisationId = meeting.OrganisationId,
                TaskId = task.Id,
                ActorId = voters[i],
                Outcome = task.Outcomes[0].Key,
                Revision = task.Revision,
                OperationId = $"ballot-{i}",
                Channel = "desk",
                Fields = new Dictionary<string, string> { ["choice"] = i % 3 == 0 ? "against" : "for" },
            }, default);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            if (result is not AnswerResult.Accepted && wrong++ < 3) Console.WriteLine($"    WRONG: {result}");
        }

        await using var db = Services.GetRequiredService<Database>().ForOrganisation(meeting.OrganisationId);
        var vote = await db.Votes.AsNoTracking().SingleAsync(one => one.CaseId == meeting.Topics[0].CaseId);
        var isCounted = vote.Result is not null && vote.Count.For + vote.Count.Against == voters.Count;
        var (last, sum) = (times[^1], times.Sum());
        Console.WriteLine($"  vote of {voters.Count} online ballots: {sum / 1000:F1} s from the first to the result; "
            + $"each {Describe(times)}; the last, with the result, {last:F1} ms");
        if (!isCounted) Console.WriteLine($"    WRONG: {vote.Count}");
        return wrong == 0 && isCounted;
    }

    /// <summary>A case of two steps, whose meeting has these people.</summary>
    private async Task<Meeting> PlanAsync(
        string name, IReadOnlyList<PersonId> people, DateOnly on, JsonObject next)
    {
        var caseId = await OpenAsync(
            name,
            Flows.Activity("Plan", "Consultation.PlanMeeting", ("assignees", "String", "role:Secretary"),
                ("title", "String", "安排会议"), ("leadTime", "String", "1wd")),
            next);
        var plan = await TaskAtAsync(caseId, "Plan");
        var fields = new Dictionary<string, string>
        {
            ["on"] = $"{on:yyyy-MM-dd}",
            ["from"] = "14:30",
            ["place"] = "三楼会议室",
            ["topic"] = "河边步道照明",
            ["agenda"] = "陈述、讨论、表决。",
            ["host"] = people[0].Value.ToString(),
            ["recorder"] = people[1].Value.ToString(),
            ["people"] = FormValues.Write(people.Select(person => new Dictionary<string, string>
            {
                ["person"] = person.Value.ToString(),
                ["class"] = "member",
                ["vote"] = "yes",
            })),
            ["invited-why"] = "无",
        };
        var result = await Services.GetRequiredService<ITaskAnswers>().AnswerAsync(new TaskAnswer
        {
            OrganisationId = plan.OrganisationId,
            TaskId = plan.Id,
            ActorId = plan.Assignees[0].PersonId,
            Outcome = plan.Outcomes[0].Key,
            Revision = plan.Revision,
            OperationId = $"plan-{name}",
            Channel = "desk",
            Fields = fields,
        }, default);
        if (result is not AnswerResult.Accepted) throw new InvalidOperationException($"Not planned: {result}");
        await Services.GetRequiredService<WorkLoop>().DrainAsync(default);
        await using var db = Services.GetRequiredService<Database>().Open();
        return await db.Meetings.AsNoTracking().SingleAsync(one => one.Topics.Any(topic => topic.CaseId == caseId));
    }

    private async Task<CaseId> OpenAsync(string name, params JsonObject[] activities)
    {
        await Services.GetRequiredService<DefinitionEditing>().SaveAsync(
            Flows.Sequence($"pace-{name}", activities), publish: true, DefinitionAuthor.Host, default);
        await using var db = Services.GetRequiredService<Database>().Open();
        var station = await db.Units.FirstAsync(unit => unit.Kind == UnitKind.MemberStation);
        var opened = (OpenCaseResult.Opened)await Services.GetRequiredService<ICaseActs>().OpenAsync(new OpenCase
        {
            OrganisationId = station.OrganisationId,
            DefinitionId = $"pace-{name}",
            Kind = CaseKind.SixStep,
            Title = "河边步道夜间照明",
            PlatformId = station.Id,
            OperationId = $"open-{name}",
        }, default);
        await Services.GetRequiredService<WorkLoop>().DrainAsync(default);
        return opened.CaseId;
    }

    private async Task<WorkTask> TaskAtAsync(CaseId caseId, string node)
    {
        await using var db = Services.GetRequiredService<Database>().Open();
        return await db.Tasks.AsNoTracking().SingleAsync(
            task => task.CaseId == caseId && task.ActivityId == node && task.State == TaskState.Open);
    }

    private static DateOnly DaysAhead(int days) =>
        DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(days);

    private async Task<List<PersonId>> AddPeopleAsync(int count)
    {
        await using var db = Services.GetRequiredService<Database>().Open();
        var organisation = await db.Organisations.SingleAsync(one => one.IsSample);
        var people = Enumerable.Range(1, count).Select(number => new Person
        {
            OrganisationId = organisation.Id,
            Id = new PersonId(Guid.CreateVersion7()),
            Name = $"委员{number:000}",
            Email = $"member{number}@mail.example.com",
        }).ToList();
        db.AddRange(people);
        organisation.DirectoryVersion++;
        await db.SaveChangesAsync();
        return people.ConvertAll(person => person.Id);
    }
}
