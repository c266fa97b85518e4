using System.Diagnostics;
using System.Net;
using Consultation.Cases;
using Consultation.Cases.People;
using Consultation.Cases.Publishing;
using Consultation.Cases.TrackedItems;
using Consultation.Storage;
using Consultation.Web.Health;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.Benchmarks.Desk;

/// <summary>
/// Public pages with many published results: how long the server takes for the hall, a list, one result and the feed,
/// and for the empty answer to a browser that has the page already.
/// </summary>
internal sealed class PublicBenchmark : BenchmarkHost
{
    private const string Visitor = "visitor";
    private static readonly int Warmup = Effort.Of(20, 1);
    private static readonly int Rounds = Effort.Of(150, 1);

    /// <summary>Measures with so many results; true when every page answered.</summary>
    public static async Task<bool> RunAsync(int results)
    {
        await using var benchmark = new PublicBenchmark();
        return await benchmark.MeasureAsync(results);
    }

    private async Task<bool> MeasureAsync(int results)
    {
        await Services.GetRequiredService<ISampleData>().LoadAsync(default);
        var one = await PublishAsync(results);
        using var client = CreateClient(new() { AllowAutoRedirect = false, HandleCookies = true });
        Console.WriteLine($"  public pages with {results:N0} results; {Rounds} requests each after {Warmup}");
        var good = true;
        foreach (var path in (string[])
            ["/", "/p/sample", "/p/sample/list/results", "/p/sample/list/results?page=40", $"/p/sample/x/{one.Value:D}",
                "/p/sample/feed.atom", "/p/sample/meetings.ics"])
        {
            good &= await MeasurePageAsync(client, Visitor, path, Warmup, Rounds, null);
        }

        return good & await MeasureUnchangedAsync(client);
    }

    private static async Task<bool> MeasureUnchangedAsync(HttpClient client)
    {
        using var first = await client.GetAsync("/p/sample");
        var times = new List<double>(Rounds);
        for (var i = -Warmup; i < Rounds; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/p/sample");
            request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
            var started = Stopwatch.GetTimestamp();
            using var answer = await client.SendAsync(request);
            if (i >= 0) times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            if (answer.StatusCode is HttpStatusCode.NotModified) continue;
            Console.WriteLine($"    WRONG: {(int)answer.StatusCode} to a browser that has the page");
            return false;
        }

        Console.WriteLine($"    {Visitor,-10} unchanged (304)    {Describe(times)}");
        return true;
    }

    /// <summary>Results of closed cases, each with three promises.</summary>
    private async Task<PublicationId> PublishAsync(int results)
    {
        await using var db = Services.GetRequiredService<Database>().Open();
        var organisation = await db.Organisations.SingleAsync(one => one.IsSample);
        var by = await db.People.FirstAsync(one => one.OrganisationId == organisation.Id);
        var now = TimeProvider.System.GetUtcNow();
        var last = default(PublicationId);
        for (var i = 0; i < results; i++)
        {
            var at = now.AddHours(-i);
            var file = Closed(organisation, i, at);
            var items = Enumerable.Range(0, 3).Select(n => Item(file, i * 3 + n, at)).ToList();
            last = PublicationId.New();
            db.Add(file);
            db.AddRange(items);
            db.Add(new Publication
            {
                OrganisationId = organisation.Id,
                Id = last,
                CaseId = file.Id,
                Kind = PublicationKind.Result,
                Title = file.Title,
                Texts =
                [
                    new("asked", new string('问', 300), FieldLevel.Public),
                    new("advised", new string('议', 600), FieldLevel.Public),
                    new("done", new string('办', 300), FieldLevel.Participants),
                ],
                Promises = [.. items.Select(item => new PublishedPromise(item.Id.Value, item.Advice))],
                FirstAt = at,
                PublishedAt = at,
                ChangedAt = at,
                ById = by.Id,
            });
            if (i % 100 != 99) continue;
            await db.SaveChangesAsync();
            db.ChangeTracker.Clear();
        }

        await db.SaveChangesAsync();
        return last;
    }

    private static Case Closed(Organisation organisation, int number, DateTimeOffset at) => new()
    {
        OrganisationId = organisation.Id,
        Id = CaseId.New(),
        Kind = CaseKind.SixStep,
        Title = $"社区第{number}件协商事项的结果",
        State = CaseState.Closed,
        IsPublic = true,
        OpenedAt = at,
        ClosedAt = at,
    };

    private static TrackedItem Item(Case file, int number, DateTimeOffset at) => new()
    {
        OrganisationId = file.OrganisationId,
        Id = TrackedItemId.New(),
        CaseId = file.Id,
        Number = 100_000 + number,
        Year = 2020,
        Topic = file.Title,
        Advice = $"第{number}条建议：加装路灯",
        DueOn = new DateOnly(2026, 1, 1),
        State = number % 3 == 0 ? TrackedItemState.InProgress : TrackedItemState.Done,
        OpenedAt = at,
        ClosedAt = number % 3 == 0 ? null : at,
    };
}
