using System.Diagnostics;
using Consultation.Benchmarks.Cases;
using Consultation.Benchmarks.Desk;
using Consultation.Cases.Tasks;
using Consultation.Mail.ActionLinks;
using Consultation.Runtime.Loops;
using Consultation.ServerTests;
using Consultation.Storage;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.Benchmarks.Sending;

/// <summary>
/// The whole host in this process, SQLite flushed at every commit, with many open tasks that each have a link: how long
/// opening a decision link takes, and deciding by it, from the request to the last byte.
/// </summary>
internal sealed class LinkBenchmark : BenchmarkHost
{
    private static readonly int Warmup = Effort.Of(20, 1);
    private static readonly int Rounds = Effort.Of(200, 2);

    private StatementTimes? Statements { get; init; }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("Host:PublicPostsPerMinute", "100000");
    }

    /// <summary>Measures with so many open tasks; true when every decision was taken.</summary>
    public static async Task<bool> RunAsync(int count, bool statements)
    {
        await using var benchmark = new LinkBenchmark { Statements = statements ? StatementTimes.Listen() : null };
        return await benchmark.MeasureAsync(count);
    }

    private async Task<bool> MeasureAsync(int count)
    {
        var cases = await GateCases.AddAsync(Services);
        var database = Services.GetRequiredService<Database>();
        await SeededCases.AddOpenTasksAsync(
            database, cases.Organisation, count, Services.GetRequiredService<ActionLinkMint>());
        for (var at = 0; at < Warmup + Rounds; at++) await cases.OpenAsync($"河边步道夜间照明 {at}");
        await Services.GetRequiredService<WorkLoop>().DrainAsync(default);
        var links = await LinksAsync(database);
        using var browser = new DeskBrowser(CreateClient(new() { AllowAutoRedirect = false, HandleCookies = true }));
        var (opening, deciding) = (new List<double>(Rounds), new List<double>(Rounds));
        var processor = TimeSpan.Zero;
        for (var at = -Warmup; at < Rounds; at++)
        {
            if (at == 0)
            {
                Statements?.Clear();
                processor = Environment.CpuUsage.TotalTime;
            }

            var started = Stopwatch.GetTimestamp();
            await browser.GetAsync($"/link/{links[at + Warmup]}");
            var opened = Stopwatch.GetElapsedTime(started);
            // As the page's own button does; what the test's reading of the page costs is not counted.
            using var form = new FormUrlEncodedContent(browser.FieldsOf("answer", new() { ["outcome"] = "Confirm" }));
            started = Stopwatch.GetTimestamp();
            using var answer = await browser.Client.PostAsync($"/link/{links[at + Warmup]}", form);
            await answer.Content.ReadAsByteArrayAsync();
            if (at < 0) continue;
            opening.Add(opened.TotalMilliseconds);
            deciding.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        processor = Environment.CpuUsage.TotalTime - processor;
        Console.WriteLine($"  {count:N0} open tasks, each with a link; {Rounds} decisions after {Warmup}");
        Console.WriteLine($"    opening the link, page read   {Describe(opening)}");
        Console.WriteLine($"    deciding, post to last byte   {Describe(deciding)}");
        Console.WriteLine(
            $"    processor, both with all that follows them {processor.TotalMilliseconds / Rounds:F1} ms");
        Statements?.Print(8, Rounds);
        await using var db = database.Open();
        var decided = (await db.Tasks.AsNoTracking().Where(task => task.ActivityId == "Gate").ToListAsync())
            .Count(task => task.State != TaskState.Open || task.HeldUntil is not null);
        if (decided == Warmup + Rounds) return true;
        Console.WriteLine($"    WRONG: {decided} of {Warmup + Rounds} were decided");
        return false;
    }

    /// <summary>The tokens of the links that wait at a gate.</summary>
    private async Task<List<string>> LinksAsync(Database database)
    {
        var mint = Services.GetRequiredService<ActionLinkMint>();
        await using var db = database.Open();
        var tasks = (await db.Tasks.AsNoTracking().Where(task => task.ActivityId == "Gate").Select(task => task.Id)
            .ToListAsync()).ConvertAll(task => task.Value);
        var links = await db.ActionLinks.AsNoTracking().Where(link => tasks.Contains(link.TaskId)).ToListAsync();
        return links.ConvertAll(link => mint.TokenOf(link)!);
    }
}
