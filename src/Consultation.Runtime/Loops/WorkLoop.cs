using Consultation.Runtime.Runs;
using Consultation.Runtime.Stimuli;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Consultation.Runtime.Loops;

/// <summary>
/// Deals with due timers and inbox rows: take, do, commit. As many processes as wanted may run it on one database. When
/// there is nothing to do it sleeps until the next due time, the next poll or a wake-up, whichever is first. Work
/// outside (HTTP) goes on beside the turns, so that a slow answer holds up neither timers nor other runs.
/// </summary>
public sealed class WorkLoop(
    IRunStore store, RunWorker worker, TimeProvider clock, WakeUp wakeUp, RuntimeOptions options,
    ILogger<WorkLoop> log) : BackgroundService
{
    private static readonly TimeSpan TidyEvery = TimeSpan.FromMinutes(10);
    private readonly OutsideLanes _outside = new(options.RequestsAtOnce);
    private DateTimeOffset _tidiedAt;

    /// <summary>
    /// One turn: claims what is due and deals with it, work outside included. Returns how many rows were claimed; 0
    /// means that nothing was due.
    /// </summary>
    public async Task<int> TurnAsync(CancellationToken cancellationToken)
    {
        var taken = await BeginTurnAsync(cancellationToken);
        await _outside.FinishAsync();
        return taken;
    }

    /// <summary>The same, but work outside is only set going.</summary>
    private async Task<int> BeginTurnAsync(CancellationToken cancellationToken)
    {
        var due = await store.TakeDueAsync(options.RowsPerTurn, clock.GetUtcNow(), options.Lease, cancellationToken);
        if (due.Count == 0) return 0;

        var inside = new List<DueWork>(due.Count);
        foreach (var work in due)
        {
            if (work.Outside is not null) _outside.Start(() => TakeOutsideAsync(work, cancellationToken));
            else inside.Add(work);
        }

        var workers =
            new ParallelOptions { MaxDegreeOfParallelism = options.Workers, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(
            Groups(inside), workers, async (group, stop) => await worker.TakeGroupAsync(group, stop));
        return due.Count;
    }

    private async Task TakeOutsideAsync(DueWork work, CancellationToken cancellationToken)
    {
        try
        {
            await worker.TakeDueAsync(work, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await GiveBackAsync(work);
        }
        catch (StoreUnavailableException)
        {
            // The turns meet the same and say so; the lease runs out and the row is taken again.
        }
        catch (Exception failure)
        {
            log.LoopFailed(failure, options.Lease);
        }
    }

    /// <summary>
    /// Stopping: whoever works next takes the row at once instead of waiting for the lease. A row that was dealt with
    /// is gone.
    /// </summary>
    private async Task GiveBackAsync(DueWork work)
    {
        try
        {
            await store.ReleaseAsync(work, clock.GetUtcNow(), null, CancellationToken.None);
        }
        catch (StoreUnavailableException)
        {
            // Then the lease runs out.
        }
    }

    /// <summary>Turns until nothing is due any more; for tests and rehearsals.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        while (await TurnAsync(cancellationToken) > 0)
        {
        }
    }

    /// <summary>Drops messages that nobody waited for in time and answers of long ago.</summary>
    public Task<int> TidyAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        _tidiedAt = now;
        return store.TidyAsync(now, now - options.KeepOperationsFor, cancellationToken);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await TurnUntilAsync(stoppingToken);
        await _outside.FinishAsync();
    }

    private async Task TurnUntilAsync(CancellationToken stoppingToken)
    {
        var failures = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var taken = await BeginTurnAsync(stoppingToken);
                if (failures > 0) log.StoreBack();
                failures = 0;
                if (taken > 0) continue;
                if (clock.GetUtcNow() - _tidiedAt > TidyEvery) await TidyAsync(stoppingToken);
                await wakeUp.WaitAsync(await PauseAsync(stoppingToken), clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                var pause = TimeSpan.FromSeconds(Math.Min(30, Math.Pow(2, failures++)));
                if (failure is StoreUnavailableException) log.StoreAway(pause, failure.Message);
                else log.LoopFailed(failure, pause);
                await PauseAsync(pause, stoppingToken);
            }
        }
    }

    private async Task PauseAsync(TimeSpan pause, CancellationToken stoppingToken)
    {
        try
        {
            await Task.Delay(pause, clock, stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // Stopping: the loop ends at its next look.
        }
    }

    private async Task<TimeSpan> PauseAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (await store.NextDueAtAsync(now, cancellationToken) is not { } next) return options.PollEvery;
        var wait = next - now;
        return wait <= TimeSpan.Zero ? TimeSpan.FromMilliseconds(1) : wait < options.PollEvery
            ? wait
            : options.PollEvery;
    }

    /// <summary>Rows of one run stay together and in order.</summary>
    private List<IReadOnlyList<DueWork>> Groups(List<DueWork> due)
    {
        var groups = new List<IReadOnlyList<DueWork>>();
        var byRun = new Dictionary<string, List<DueWork>>(StringComparer.Ordinal);
        foreach (var work in due)
        {
            var run = RunOf(work);
            if (!byRun.TryGetValue(run, out var rows)) byRun.Add(run, rows = []);
            rows.Add(work);
        }

        var size = Math.Clamp((due.Count + options.Workers - 1) / options.Workers, 1, options.RunsPerCommit);
        var open = new List<DueWork>();
        foreach (var rows in byRun.Values)
        {
            open.AddRange(rows);
            if (open.Count < size) continue;
            groups.Add(open);
            open = [];
        }

        if (open.Count > 0) groups.Add(open);
        return groups;
    }

    private static string RunOf(DueWork work) => work switch
    {
        DueWork.BookmarkTimer timer => timer.InstanceId.Value,
        DueWork.TriggerTimer trigger => trigger.TriggerId,
        DueWork.Inbox inbox => StimulusText.InstanceOf(inbox.Message.Message)?.Value ?? inbox.Message.Id.ToString(),
        _ => "",
    };
}
