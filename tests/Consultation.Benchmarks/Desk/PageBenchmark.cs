using System.Diagnostics;
using Consultation.Benchmarks.Cases;
using Consultation.Cases;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Runtime.Loops;
using Consultation.ServerTests;
using Consultation.Storage;
using Consultation.Testing.Scenarios;
using Consultation.Web.Health;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.Benchmarks.Desk;

/// <summary>
/// The whole host in this process, SQLite flushed at every commit, with many seeded cases: how long the server takes
/// for a page, from the request to the last byte, and for one approval, from the answer to the committed next step.
/// </summary>
internal sealed class PageBenchmark : BenchmarkHost
{
    private static readonly int Warmup = Effort.Of(20, 1);
    private static readonly int Rounds = Effort.Of(150, 1);
    private static readonly int Approvals = Effort.Of(200, 3);

    private StatementTimes? Statements { get; init; }

    /// <summary>Measures with so many cases; true when every page answered and every approval was taken.</summary>
    public static async Task<bool> RunAsync(int count, bool statements)
    {
        await using var benchmark = new PageBenchmark { Statements = statements ? StatementTimes.Listen() : null };
        return await benchmark.MeasureAsync(count);
    }

    private async Task<bool> MeasureAsync(int count)
    {
        var password = (await Services.GetRequiredService<ISampleData>().LoadAsync(default))!.Password;
        var database = Services.GetRequiredService<Database>();
        Organisation organisation;
        await using (var db = database.Open()) organisation = await db.Organisations.SingleAsync(one => one.IsSample);
        var seed = await SeededCases.AddAsync(database, organisation.Id, count);
        var real = await OpenAsync(seed, Approvals);
        var good = await MeasureApprovalsAsync(database, seed, real);
        Console.WriteLine(
            $"  pages with {count:N0} cases, {seed.Tasks:N0} tasks, {seed.Items:N0} tracked items, {seed.Matters:N0} "
                + "matters; "
            + $"{Rounds} requests each after {Warmup}");
        foreach (var user in (string[])["secretary", "director", "officer", "contact", "leader"])
        {
            using var browser =
                new DeskBrowser(CreateClient(new() { AllowAutoRedirect = false, HandleCookies = true }));
            if (!await browser.SignInAsync(user, password))
            {
                throw new InvalidOperationException($"{user} was not let in.");
            }
            foreach (var path in (string[])["/", "/cases", "/cases?q=990", "/matters", "/tasks", "/tracking"])
            {
                // The pool of matters is not for contacts and leaders.
                if (path != "/matters" || user is not ("contact" or "leader"))
                {
                    good &= await MeasurePageAsync(browser.Client, user, path, Warmup, Rounds, Statements);
                }
            }

            if (user == "secretary") good &= await MeasurePageAsync(
                    browser.Client, user, $"/cases/{real[0].Value:D}", Warmup, Rounds, Statements);
        }

        return good;
    }

    /// <summary>Cases that truly run, opened at the desk.</summary>
    private async Task<List<CaseId>> OpenAsync(SeededCases seed, int count)
    {
        var opened = new List<CaseId>(count);
        for (var i = 0; i < count; i++)
        {
            var result = await Services.GetRequiredService<ICaseActs>().OpenAsync(new OpenCase
            {
                OrganisationId = seed.Organisation,
                DefinitionId = "six-step-procedure",
                Kind = CaseKind.SixStep,
                Title = $"河边步道夜间照明 {i}",
                Matters = [seed.Pool[i]],
                PlatformId = seed.Platform,
                ActorId = seed.Secretary,
                OperationId = $"pages-{i}",
            }, default);
            opened.Add(result is OpenCaseResult.Opened one
                ? one.CaseId
                : throw new InvalidOperationException($"Not opened: {result}"));
        }

        await Services.GetRequiredService<WorkLoop>().DrainAsync(default);
        return opened;
    }

    /// <summary>The screening of each case is answered; the case goes on to its topic.</summary>
    private async Task<bool> MeasureApprovalsAsync(Database database, SeededCases seed, List<CaseId> cases)
    {
        var desk = Services.GetRequiredService<ITaskAnswers>();
        var fields = new Scenario([], TimeProvider.System.GetUtcNow()).Fill("screening");
        var times = new List<double>(cases.Count);
        var wrong = 0;
        for (var i = 0; i < cases.Count; i++)
        {
            WorkTask task;
            await using (var db = database.ForOrganisation(seed.Organisation))
            {
                var id = cases[i];
                task = await db.Tasks.AsNoTracking()
                    .SingleAsync(row => row.CaseId == id && row.State == TaskState.Open);
            }

            var answer = new TaskAnswer
            {
                OrganisationId = seed.Organisation,
                TaskId = task.Id,
                ActorId = task.Assignees[0].PersonId,
                Outcome = task.Outcomes[0].Key,
                Revision = task.Revision,
                OperationId = $"approval-{i}",
                Channel = "desk",
                Fields = fields,
            };
            var started = Stopwatch.GetTimestamp();
            var result = await desk.AnswerAsync(answer, default);
            if (i >= Warmup) times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            if (result is not AnswerResult.Accepted && wrong++ < 3) Console.WriteLine($"    WRONG: {result}");
        }

        Console.WriteLine($"  approval, answer to committed next step: {Describe(times)} ({times.Count} approvals)");
        await Services.GetRequiredService<WorkLoop>().DrainAsync(default);
        return wrong == 0;
    }
}
