using System.Diagnostics;
using System.Globalization;
using Consultation.Cases;
using Consultation.Cases.Access;
using Consultation.Cases.Matters;
using Consultation.Storage;
using Consultation.Storage.Cases;
using Consultation.Storage.Reading.Matters;
using Consultation.Web.Health;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.Benchmarks.Desk;

/// <summary>
/// How long it takes to propose what a matter is like among so many that wait in the pool, and how much memory one
/// search asks for. Texts are made of a few hundred words of complaints, so that many share some of them.
/// </summary>
internal sealed class LikenessBenchmark : BenchmarkHost
{
    private const int Batch = 1000;

    /// <summary>Most milliseconds of one search.</summary>
    private const double MostMilliseconds = 1000;

    private static readonly string[] Places =
        ["河畔小区", "城北新村", "东关大街", "学院路", "和平里", "滨江花园", "老城厢", "火车站南广场", "开发区三期", "柳林村"];

    private static readonly string[] Things =
        ["停车位", "电梯", "路灯", "下水道", "健身器材", "公交站", "垃圾分类点", "消防通道", "供暖管道", "菜市场", "社区食堂", "充电桩",
            "老年活动室", "红绿灯", "人行道", "绿化带", "快递柜", "无障碍坡道", "自来水", "宽带"];

    private static readonly string[] Troubles =
        ["不够用", "经常坏", "没人管", "太吵", "被占用", "不安全", "晚上不亮", "积水", "收费不合理", "异味大", "排队时间长", "标识不清",
            "年久失修", "缺少维护", "影响出行", "老人不方便"];

    /// <summary>Measures with so many matters; true when the one that was put there is found in time.</summary>
    public static async Task<bool> RunAsync(int count)
    {
        await using var benchmark = new LikenessBenchmark();
        return await benchmark.MeasureAsync(count);
    }

    private async Task<bool> MeasureAsync(int count)
    {
        await Services.GetRequiredService<ISampleData>().LoadAsync(default);
        var database = Services.GetRequiredService<Database>();
        OrganisationId organisation;
        PersonId secretary;
        await using (var db = database.Open())
        {
            organisation = (await db.Organisations.SingleAsync(one => one.Slug == "sample")).Id;
            secretary = (await db.People.SingleAsync(one => one.UserName == "secretary")).Id;
        }

        for (var at = 0; at < count; at += Batch)
        {
            await using var db = database.ForOrganisation(organisation);
            for (var number = at; number < Math.Min(count, at + Batch); number++) db.Add(Made(organisation, number));
            await db.SaveChangesAsync();
        }

        var sought = Made(organisation, count + 1, "滨江花园东门井盖松动", "东门的井盖松动一个多月，老人差点摔倒，请尽快修复。");
        var alike = Made(organisation, count + 2, "滨江花园井盖松动有危险", "东门附近井盖松动，孩子和老人经过很危险。");
        CaseScope scope;
        await using (var db = database.ForOrganisation(organisation))
        {
            db.AddRange(sought, alike);
            await db.SaveChangesAsync();
            var found = await Services.GetRequiredService<DirectoryCache>().FindAsync(db, organisation, default);
            scope = CaseScope.Of(secretary, found!.Directory);
        }

        var reader = Services.GetRequiredService<LikenessReader>();
        await reader.FindAsync(scope, sought, default);
        var times = new List<double>();
        long bytes = 0;
        var good = true;
        for (var round = 0; round < Effort.Of(20, 1); round++)
        {
            var before = GC.GetTotalAllocatedBytes();
            var started = Stopwatch.GetTimestamp();
            var best = await reader.FindAsync(scope, sought, default);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            bytes = Math.Max(bytes, GC.GetTotalAllocatedBytes() - before);
            good &= best is [{ Matter.Id: var first }, ..] && first == alike.Id;
        }

        times.Sort();
        var last = times[(int)((times.Count - 1) * 0.95)];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {count:N0} matters in the pool, SQLite: median {times[times.Count / 2]:F0} ms, p95 {last:F0} ms, "
                + $"{bytes / 1048576.0:F1} MB asked for in one search; "
                + $"found {(good ? "the one put there" : "another")}"));
        return good && (Effort.Small || last < MostMilliseconds);
    }

    private static Matter Made(OrganisationId organisation, int number, string? title = null, string? text = null)
    {
        var (place, thing, trouble) = (
            Places[number % Places.Length], Things[number / 7 % Things.Length], Troubles[number / 3 % Troubles.Length]);
        return new Matter
        {
            OrganisationId = organisation,
            Id = MatterId.New(),
            Number = string.Create(CultureInfo.InvariantCulture, $"LK-{number:D6}"),
            Source = MatterSource.Hotline,
            Title = title ?? $"{place}{thing}{trouble}",
            Text = text ?? $"{place}{number % 40 + 1}号楼附近{thing}{trouble}，已经{number % 12 + 1}个月，"
                + $"{Things[number / 11 % Things.Length]}也{Troubles[number / 5 % Troubles.Length]}，居民多次反映，请协调解决。",
            Place = place,
            RaisedAt = DateTimeOffset.UnixEpoch.AddMinutes(number),
            ReceivedAt = DateTimeOffset.UnixEpoch.AddMinutes(number),
        };
    }
}
