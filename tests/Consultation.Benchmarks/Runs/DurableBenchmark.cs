using System.Diagnostics;
using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;
using Consultation.Runtime.Stimuli;
using Consultation.Storage;
using Consultation.Testing.Databases;
using Consultation.Testing.Runs;
using Npgsql;
using Activity = Consultation.Engine.Running.Activity;
using ActivityContext = Consultation.Engine.Running.ActivityContext;

namespace Consultation.Benchmarks.Runs;

/// <summary>
/// How many runs per second go through start, wait at a bookmark, resume and finish, each step its own durable commit;
/// beside it what the database itself commits in the same minute.
/// </summary>
internal static class DurableBenchmark
{
    public static async Task RunAsync(TimeSpan time)
    {
        if (PostgreSqlCluster.TryGet(out var whyNot) is not { } cluster)
        {
            Console.WriteLine($"PostgreSQL is not measured: {whyNot}");
        }
        else
        {
            var storage = new StorageOptions
            {
                Provider = DatabaseProvider.PostgreSql,
                ConnectionString = cluster.ConnectionTo("durable"),
            };
            Console.WriteLine("PostgreSQL, fsync and synchronous_commit on");
            foreach (var workers in (int[])[1, 8])
            {
                var commits = await CommitsAsync(storage.ConnectionString, workers, time);
                await CyclesAsync(storage, workers, time, commits);
            }
        }

        var folder = Directory.CreateTempSubdirectory("consultation-bench-");
        Console.WriteLine("SQLite, write-ahead log, flushed at every commit");
        await CyclesAsync(
            new StorageOptions { ConnectionString = $"Data Source={folder.FullName}/durable.db" }, 1, time, null);
        await CyclesAsync(
            new StorageOptions { ConnectionString = $"Data Source={folder.FullName}/durable.db" }, 8, time, null);
        folder.Delete(recursive: true);
    }

    private static async Task CyclesAsync(StorageOptions storage, int workers, TimeSpan time, double? commits)
    {
        await new Database(storage).MigrateAsync(CancellationToken.None);
        await using var host = new RunHost(storage, TimeProvider.System, [WaitActivity.Type]);
        await host.PublishAsync(
            Flows.Sequence("cycle", Flows.Activity("go", WaitActivity.Name), Flows.WriteLine("end", "end")));
        await MeasureAsync(host, workers, time / 3);
        var (count, allocated, latencies, took) = await MeasureAsync(host, workers, time);
        latencies.Sort();
        var rate = count / took.TotalSeconds;
        Console.WriteLine(
            $"  {workers} workers: {rate:F0} cycles/s ({rate * 2:F0} commits/s), {allocated / 1024.0 / count:F0} KB "
                + "allocated per cycle, "
            + $"decision p50 {latencies[latencies.Count / 2].TotalMilliseconds:F2} ms, p99 "
            + $"{latencies[latencies.Count * 99 / 100].TotalMilliseconds:F2} ms"
            + (commits is { } own
                ? $"; the database's own single-row commits {own:F0}/s, ratio {rate * 2 / own:F2}"
                : ""));
    }

    private static async Task<(int Count, long Allocated, List<TimeSpan> Latencies, TimeSpan Took)> MeasureAsync(
        RunHost host, int workers, TimeSpan time)
    {
        var latencies = new List<TimeSpan>();
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(async () =>
        {
            var own = new List<TimeSpan>();
            while (watch.Elapsed < time)
            {
                var started = await host.ApplyAsync(new StimulusMessage.StartRun("cycle"));
                var begin = watch.Elapsed;
                await host.ApplyAsync(
                    new StimulusMessage.Resume(started.InstanceId, WaitActivity.BookmarkOf(started.InstanceId.Value)));
                own.Add(watch.Elapsed - begin);
            }

            lock (latencies) latencies.AddRange(own);
        })));
        watch.Stop();
        return (latencies.Count, GC.GetTotalAllocatedBytes(precise: true) - before, latencies, watch.Elapsed);
    }

    private static async Task<double> CommitsAsync(string connectionString, int workers, TimeSpan time)
    {
        var options =
            new StorageOptions { Provider = DatabaseProvider.PostgreSql, ConnectionString = connectionString };
        await new Database(options).MigrateAsync(CancellationToken.None);
        await using var source = NpgsqlDataSource.Create(connectionString + ";Max Auto Prepare=10");
        await using (var create =
            source.CreateCommand("create table if not exists own_rate (id bigserial primary key, text text not null)"))
            await create.ExecuteNonQueryAsync();
        var count = 0;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(async () =>
        {
            await using var connection = await source.OpenConnectionAsync();
            while (watch.Elapsed < time / 2)
            {
                await using var insert = new NpgsqlCommand("insert into own_rate (text) values ('row')", connection);
                await insert.ExecuteNonQueryAsync();
                Interlocked.Increment(ref count);
            }
        })));
        return count / watch.Elapsed.TotalSeconds;
    }

    /// <summary>Waits at a bookmark whose id the benchmark knows, as a page knows it from the task.</summary>
    private sealed class WaitActivity : Activity
    {
        public const string Name = "Bench.Wait";

        public static ActivityType Type { get; } =
            new(ActivityDescriptorBuilder.Activity(Name, "等待", "Wait").Build(), _ => new WaitActivity());

        public static string BookmarkOf(string instanceId) => $"b{instanceId}";

        public override void Execute(ActivityContext context) =>
            context.CreateBookmark(new BookmarkRequest { Id = BookmarkOf(context.InstanceId) });
    }
}
