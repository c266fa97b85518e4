using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Consultation.Benchmarks.Cases;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Data.Sqlite;

namespace Consultation.Benchmarks.Desk;

/// <summary>The whole host in this process, on a SQLite file of its own that is flushed at every commit.</summary>
internal abstract partial class BenchmarkHost : WebApplicationFactory<Consultation.Server.HostOptions>
{
    private readonly string _folder = Directory.CreateTempSubdirectory("consultation-pages-").FullName;

    // The host's own files lie beside the benchmark.
    protected BenchmarkHost() =>
        Environment.SetEnvironmentVariable("ASPNETCORE_TEST_CONTENTROOT_CONSULTATION_SERVER", AppContext.BaseDirectory);

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        foreach (var (key, value) in new Dictionary<string, string>
        {
            ["Storage:ConnectionString"] = $"Data Source={Path.Combine(_folder, "desk.db")}",
            ["Mail:PickupFolder"] = Path.Combine(_folder, "outbox"),
            ["Mail:LinkKeyFile"] = Path.Combine(_folder, "link-keys.json"),
            ["Host:SecretsFolder"] = Path.Combine(_folder, "secrets"),
            ["Host:WorkflowFolder"] = Path.Combine(AppContext.BaseDirectory, "workflows"),
            ["Host:RunsWork"] = "false",
            ["Logging:LogLevel:Default"] = "Error",
        })
        {
            builder.UseSetting(key, value);
        }
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!disposing || !Directory.Exists(_folder)) return;
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Asks for a page so often and prints how long it took; false when it did not answer.</summary>
    protected static async Task<bool> MeasurePageAsync(
        HttpClient client, string user, string path, int warmup, int rounds, StatementTimes? statements)
    {
        var times = new List<double>(rounds);
        var (bytes, processor, allocated) = (0, TimeSpan.Zero, 0L);
        for (var i = -warmup; i < rounds; i++)
        {
            if (i == 0)
            {
                statements?.Clear();
                (processor, allocated) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes(precise: true));
            }

            var started = Stopwatch.GetTimestamp();
            using var answer = await client.GetAsync(path);
            bytes = (await answer.Content.ReadAsByteArrayAsync()).Length;
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                Console.WriteLine($"    WRONG: {user} {path}: {(int)answer.StatusCode}");
                return false;
            }

            if (i >= 0) times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        Console.WriteLine($"    {user,-10} {Short(path),-18} {Describe(times)}, "
            + $"processor {(Environment.CpuUsage.TotalTime - processor).TotalMilliseconds / rounds,5:F1} ms, "
            + $"{(GC.GetTotalAllocatedBytes(precise: true) - allocated) / 1024.0 / rounds,5:F0} KB allocated, "
            + $"{bytes / 1024.0:F0} KB long");
        statements?.Print(5, rounds);
        return true;
    }

    protected static string Describe(List<double> times)
    {
        times.Sort();
        return $"p50 {times[times.Count / 2],6:F1} ms, p99 "
            + $"{times[Math.Min(times.Count - 1, times.Count * 99 / 100)],6:F1} ms";
    }

    private static string Short(string path) => Id().Replace(path, "{id}");

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f-]{27}")]
    private static partial Regex Id();
}
