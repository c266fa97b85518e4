using System.Globalization;
using Consultation.Cases;
using Consultation.Runtime.Runs;
using Consultation.Runtime.Stimuli;
using Consultation.Storage;
using Consultation.Testing.Runs;
using Microsoft.EntityFrameworkCore;

namespace Consultation.StorageTests.Crash;

/// <summary>
/// A process that opens cases, answers whatever waits, and lets its loop do the timers, until it is killed. It writes a
/// line for each thing that was acknowledged to it: "started" and the case, "decided" and the bookmark. With starts "0"
/// it finishes what is open and ends.
/// </summary>
internal static class CrashWorker
{
    private const int MostOpen = 60;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <param name="args">Provider, connection string, organisation, name of the round, number of cases to
    /// open.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        var storage =
            new StorageOptions { Provider = Enum.Parse<DatabaseProvider>(args[0]), ConnectionString = args[1] };
        var organisation = new OrganisationId(Guid.Parse(args[2]));
        var starts = int.Parse(args[4], CultureInfo.InvariantCulture);
        await using var host = new RunHost(storage, TimeProvider.System, [CrashFlow.Decision], options =>
        {
            options.Lease = TimeSpan.FromSeconds(1);
            options.PollEvery = TimeSpan.FromMilliseconds(100);
            options.ConflictRetries = 200;
        });
        using var ended = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        await host.Loop.StartAsync(ended.Token);
        if (starts == 0) Console.WriteLine("ready");
        await Task.WhenAll(
            StartAsync(host, organisation, args[3], starts, ended.Token), DecideAsync(host, starts > 0, ended.Token));
        await host.Loop.StopAsync(ended.Token);
        return 0;
    }

    private static async Task StartAsync(
        RunHost host, OrganisationId organisation, string round, int starts, CancellationToken cancellationToken)
    {
        for (var i = 0; i < starts; i++)
        {
            await using (var db = host.Database.Open())
            {
                while (await db.Runs.CountAsync(run => run.Status == "Running", cancellationToken) > MostOpen)
                    await Task.Delay(Pause, TimeProvider.System, cancellationToken);
            }

            var (id, title) = (CaseId.New(), $"{round}-{i}");
            var message = new StimulusMessage.StartRun("crash")
            {
                OperationId = $"start-{round}-{i}",
                CorrelationId = id.ToString(),
                MakeEntities = () =>
                [
                    new Case
                    {
                        OrganisationId = organisation,
                        Id = id,
                        Kind = CaseKind.SixStep,
                        Title = title,
                        OpenedAt = TimeProvider.System.GetUtcNow(),
                    },
                ],
            };
            if (await SendAsync(host, message, cancellationToken) is StimulusResult.Applied)
            {
                Console.WriteLine($"started {id}");
            }
            // Only a warm process has work in hand when it is killed.
            if (i == 0) Console.WriteLine("ready");
        }
    }

    private static async Task DecideAsync(RunHost host, bool forEver, CancellationToken cancellationToken)
    {
        while (true)
        {
            await using var db = host.Database.Open();
            if (!forEver && !await db.Runs.AnyAsync(run => run.Status == "Running", cancellationToken)
                && !await db.Inbox.AnyAsync(cancellationToken)) return;
            var waiting = await db.Bookmarks.Where(bookmark => bookmark.Name == CrashFlow.DecisionName)
                .OrderBy(bookmark => bookmark.CreatedAt).Take(20)
                .Select(bookmark => new { bookmark.InstanceId, bookmark.Id })
                .ToListAsync(cancellationToken);
            foreach (var bookmark in waiting)
            {
                var message = new StimulusMessage.Resume(new InstanceId(bookmark.InstanceId), bookmark.Id, bookmark.Id)
                {
                    OperationId = $"decide-{bookmark.Id}",
                };
                if (await SendAsync(host, message,
                    cancellationToken) is StimulusResult.Applied { Answer: string answer } && answer == bookmark.Id)
                    Console.WriteLine($"decided {bookmark.Id}");
            }

            if (waiting.Count == 0) await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>Null when the database was locked for too long: nothing was acknowledged then.</summary>
    private static async Task<StimulusResult?> SendAsync(
        RunHost host, StimulusMessage message, CancellationToken cancellationToken)
    {
        try
        {
            return await host.Sender.SendAsync(message, cancellationToken);
        }
        catch (StoreUnavailableException)
        {
            return null;
        }
    }
}
