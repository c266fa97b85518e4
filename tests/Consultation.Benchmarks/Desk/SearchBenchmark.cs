using Consultation.Benchmarks.Cases;
using Consultation.Cases;
using Consultation.Cases.Matters;
using Consultation.ServerTests;
using Consultation.Storage;
using Consultation.Web.Health;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.Benchmarks.Desk;

/// <summary>
/// The search over everything with many matters in the pool: words that stand in nearly every matter, in few, in one
/// and in none.
/// </summary>
internal sealed class SearchBenchmark : BenchmarkHost
{
    private const int PerCommit = 2_000;
    private static readonly int Warmup = Effort.Of(20, 1);
    private static readonly int Rounds = Effort.Of(150, 1);

    private static readonly string[] Subjects =
        ["路灯", "停车位", "电梯", "垃圾分类站", "老年餐桌", "人行道", "下水管网", "公交站台", "农贸市场", "社区医院"];

    private static readonly string[] Troubles =
        ["长期损坏无人维修", "数量不足", "异味严重影响居民", "停办以后没有替代", "夜间噪声扰民", "标识不清容易走错", "高峰时段拥堵", "收费不透明"];

    private static readonly (string What, string Words)[] Asked =
    [
        ("nearly every one", "希望尽快"), ("one in ten", "电梯"), ("one in eighty", "电梯 收费不透明"),
        ("one number", "SX2026-912345"), ("one phone", "138 0001 2345"), ("one character", "灯"), ("none", "地铁延伸线"),
    ];

    private StatementTimes? Statements { get; init; }

    /// <summary>Measures with so many matters; true when every page answered.</summary>
    public static async Task<bool> RunAsync(int matters, bool statements)
    {
        await using var benchmark = new SearchBenchmark { Statements = statements ? StatementTimes.Listen() : null };
        return await benchmark.MeasureAsync(matters);
    }

    private async Task<bool> MeasureAsync(int matters)
    {
        var password = (await Services.GetRequiredService<ISampleData>().LoadAsync(default))!.Password;
        await FillAsync(Services.GetRequiredService<Database>(), matters);
        Console.WriteLine($"  search over {matters:N0} matters; {Rounds} requests each after {Warmup}");
        var good = true;
        foreach (var user in (string[])["secretary", "officer"])
        {
            using var browser =
                new DeskBrowser(CreateClient(new() { AllowAutoRedirect = false, HandleCookies = true }));
            if (!await browser.SignInAsync(user, password)) throw new InvalidOperationException($"{user}: not let in.");
            foreach (var (what, words) in Asked)
            {
                Console.WriteLine($"   {what}");
                good &= await MeasurePageAsync(
                    browser.Client, user, $"/search?q={Uri.EscapeDataString(words)}", Warmup, Rounds, Statements);
            }
        }

        return good;
    }

    private static async Task FillAsync(Database database, int matters)
    {
        OrganisationId organisation;
        List<UnitId> platforms;
        await using (var db = database.Open())
        {
            organisation = (await db.Organisations.SingleAsync(one => one.IsSample)).Id;
            platforms = [.. (await db.Units.Where(one => one.OrganisationId == organisation).ToListAsync())
                .Where(one => one.IsPlatform).Select(one => one.Id)];
        }

        var now = TimeProvider.System.GetUtcNow();
        for (var first = 0; first < matters; first += PerCommit)
        {
            await using var db = database.ForOrganisation(organisation);
            db.ChangeTracker.AutoDetectChangesEnabled = false;
            db.AddRange(Enumerable.Range(first, Math.Min(PerCommit, matters - first)).Select(number =>
                Of(organisation, platforms[number % platforms.Count], number, now.AddMinutes(number - matters))));
            await db.SaveChangesAsync();
        }
    }

    private static Matter Of(OrganisationId organisation, UnitId platform, int number, DateTimeOffset at)
    {
        var (subject, trouble) = (Subjects[number % Subjects.Length], Troubles[number / 10 % Troubles.Length]);
        return new()
        {
            OrganisationId = organisation,
            Id = MatterId.New(),
            Number = $"SX2026-{900_000 + number}",
            Source = MatterSource.Hotline,
            Title = $"{subject}{trouble}",
            Text = $"居民反映小区{number % 700}号楼附近{subject}{trouble}，已经多次向物业和社区提出，一直没有明确答复。"
                + $"来电人表示周边{number % 90 + 10}户都有同样的困难，{Troubles[number / 3 % Troubles.Length]}，"
                + "希望尽快安排现场查看，公布处理时限，并把结果告诉大家。",
            Place = $"河畔街道{number % 40}社区",
            ProposerName = "居民",
            ProposerPhone = $"138{number:D8}",
            PlatformId = platform,
            RaisedAt = at,
            ReceivedAt = at,
        };
    }
}
