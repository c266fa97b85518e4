using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Consultation.Cases;
using Consultation.Cases.People;
using Consultation.Storage;
using Consultation.Testing.Databases;
using Consultation.Testing.Runs;
using Microsoft.EntityFrameworkCore;
using Xunit.Abstractions;

namespace Consultation.StorageTests.Crash;

/// <summary>
/// Processes are killed at random moments while cases run and decisions come in; afterwards the history must be whole.
/// The environment variable CONSULTATION_CRASHES says how many kills (default 5 per database).
/// </summary>
public sealed class CrashTests(SqliteDatabase sqlite, PostgreSqlDatabase postgreSql, ITestOutputHelper output)
    : IClassFixture<SqliteDatabase>, IClassFixture<PostgreSqlDatabase>
{
    private static readonly int Crashes =
        int.TryParse(Environment.GetEnvironmentVariable("CONSULTATION_CRASHES"), CultureInfo.InvariantCulture,
            out var wanted) ? wanted : 5;

    private readonly OrganisationId _organisation = OrganisationId.New();
    private readonly ConcurrentDictionary<string, int> _started = new();
    private readonly ConcurrentDictionary<string, int> _decided = new();

    [SkippableFact]
    public Task Nothing_acknowledged_is_lost_or_done_twice_when_the_process_is_killed_on_sqlite() =>
        KillAgainAndAgain(sqlite, nodes: 1);

    [SkippableFact]
    public Task Nothing_acknowledged_is_lost_or_done_twice_when_one_of_two_processes_is_killed_on_postgresql() =>
        KillAgainAndAgain(postgreSql, nodes: 2);

    private async Task KillAgainAndAgain(TestDatabase database, int nodes)
    {
        Skip.If(database.WhyNot is not null, database.WhyNot);
        var storage = database.NewDatabase();
        await PrepareAsync(storage);

        var random = new Random(20260302);
        var running = new Queue<Worker>();
        for (var kill = 0; kill < Crashes; kill++)
        {
            while (running.Count < nodes)
            {
                running.Enqueue(await StartAsync(storage, $"{kill}-{running.Count}", starts: 100_000));
            }
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(30, 700)), TimeProvider.System);
            await running.Dequeue().KillAsync();
        }

        while (running.TryDequeue(out var left)) await left.KillAsync();
        var last = await StartAsync(storage, "last", starts: 0);
        await last.EndAsync();

        await CheckAsync(storage);
    }

    private async Task PrepareAsync(StorageOptions storage)
    {
        await using var host = new RunHost(storage, TimeProvider.System, [CrashFlow.Decision]);
        await host.PublishAsync(CrashFlow.Definition);
        await using var db = host.Database.Open();
        db.Add(new Organisation
        {
            Id = _organisation,
            Name = new("通河区政协"),
            Slug = "tonghe",
            CreatedAt = TimeProvider.System.GetUtcNow(),
        });
        await db.SaveChangesAsync();
    }

    /// <summary>The history checker: every acknowledged thing in effect exactly once, and nothing half done.</summary>
    private async Task CheckAsync(StorageOptions storage)
    {
        await using var db = new Database(storage).Open();
        var runs = await db.Runs.AsNoTracking().Select(run => new
        {
            run.Id,
            run.CorrelationId,
            run.SubStatus,
            run.IncidentCount,
        }).ToListAsync();
        var records = await db.Records.AsNoTracking().ToListAsync();
        var opened = records.Where(record => record.Kind == "opened").Select(record => record.Fields["value"]).ToList();
        var decided = records.Where(record => record.Kind == "decided")
            .Select(record => record.Fields["value"]).ToList();
        var mails = await db.Mails.AsNoTracking().Select(mail => mail.Subject).ToListAsync();
        output.WriteLine(
            $"{Crashes} kills, {runs.Count} runs, {_started.Count} starts and {_decided.Count} decisions "
                + $"acknowledged, {mails.Count} mails");

        runs.Should().NotBeEmpty().And.OnlyContain(
            run => run.SubStatus == "Finished" && run.IncidentCount == 0, "no run is stuck and no timer lost");
        runs.Select(run => run.CorrelationId).Should()
            .OnlyHaveUniqueItems().And.Contain(_started.Keys, "an acknowledged start is stored");
        (await db.Cases.CountAsync()).Should().Be(runs.Count, "a case and its run are written together");
        decided.Should().OnlyHaveUniqueItems("no decision counts twice").And.Contain(
            _decided.Keys, "an acknowledged decision is stored");
        decided.Should().HaveCount(runs.Count * 2);
        mails.Should().BeEquivalentTo(decided, "each request for a decision left one mail");
        opened.Select(int.Parse).Order().Should()
            .Equal(Enumerable.Range(1, runs.Count * 2), "the number series has no gap");
        (await db.Bookmarks.CountAsync()).Should().Be(0);
        (await db.Inbox.CountAsync()).Should().Be(0);
    }

    private async Task<Worker> StartAsync(StorageOptions storage, string round, int starts)
    {
        var assembly = typeof(CrashTests).Assembly.Location;
        string[] arguments =
        [
            assembly, "crash-worker", storage.Provider.ToString(), storage.ConnectionString,
            _organisation.Value.ToString(), round,
            starts.ToString(CultureInfo.InvariantCulture),
        ];
        var process = Process.Start(
            new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var worker = new Worker(process, Read);
        await worker.Ready;
        return worker;
    }

    private void Read(string line)
    {
        if (line.Split(' ') is not [var what, var id]) return;
        if (what == "started") _started.AddOrUpdate(id, 1, (_, count) => count + 1);
        if (what == "decided") _decided.AddOrUpdate(id, 1, (_, count) => count + 1);
    }

    private sealed class Worker
    {
        private readonly Process _process;
        private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ConcurrentQueue<string> _errors = new();

        public Worker(Process process, Action<string> read)
        {
            _process = process;
            process.OutputDataReceived += (_, line) =>
            {
                if (line.Data == "ready") _ready.TrySetResult();
                else if (line.Data is { } text) read(text);
                else
                {
                    _ready.TrySetException(
                        new InvalidOperationException($"The worker ended: {string.Join('\n', _errors)}"));
                }
            };
            process.ErrorDataReceived += (_, line) => _errors.Enqueue(line.Data ?? "");
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
        }

        public Task Ready => _ready.Task;

        /// <summary>SIGKILL: nothing of the process runs any more after this, no finally, no flush.</summary>
        public async Task KillAsync()
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        public async Task EndAsync()
        {
            await _process.WaitForExitAsync();
            _process.ExitCode.Should().Be(0, string.Join('\n', _errors));
            _process.Dispose();
        }
    }
}
