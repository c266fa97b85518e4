using System.Diagnostics;
using Consultation.Runtime.Stimuli;
using Consultation.Storage;
using Consultation.Testing;
using Consultation.Testing.Databases;
using Consultation.Testing.Runs;

namespace Consultation.Benchmarks.Runs;

/// <summary>How fast a storm of timers that all became due at once is worked off.</summary>
internal static class TimerBenchmark
{
    private static readonly int Timers = Effort.Of(3_000, 20);

    public static async Task RunAsync(TimeSpan time)
    {
        if (PostgreSqlCluster.TryGet(out var whyNot) is { } cluster)
            await StormAsync(
                new StorageOptions
                {
                    Provider = DatabaseProvider.PostgreSql,
                    ConnectionString = cluster.ConnectionTo("timers"),
                });
        else
            Console.WriteLine($"PostgreSQL is not measured: {whyNot}");

        var folder = Directory.CreateTempSubdirectory("consultation-bench-");
        await StormAsync(new StorageOptions { ConnectionString = $"Data Source={folder.FullName}/timers.db" });
        folder.Delete(recursive: true);
    }

    private static async Task StormAsync(StorageOptions storage)
    {
        var clock = new FakeClock();
        await new Database(storage).MigrateAsync(CancellationToken.None);
        await using var host = new RunHost(storage, clock);
        await host.PublishAsync(Flows.Sequence("sleep", Flows.Delay("nap", "01:00:00"), Flows.WriteLine("end", "end")));
        for (var i = 0; i < Timers; i++) await host.ApplyAsync(new StimulusMessage.StartRun("sleep"));

        clock.Advance(TimeSpan.FromHours(2));
        var watch = Stopwatch.StartNew();
        await host.Loop.DrainAsync(CancellationToken.None);
        Console.WriteLine(
            $"{storage.Provider}: {Timers} due timers in {watch.Elapsed.TotalSeconds:F1} s, "
                + $"{Timers / watch.Elapsed.TotalSeconds:F0} per second");
    }
}
