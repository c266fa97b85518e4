using Consultation.Cases.Deletions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Consultation.Storage.Deletions;

/// <summary>Empties the bin of what has lain there for its thirty days.</summary>
public sealed class BinWorker : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromHours(1);

    private readonly Database _database;
    private readonly TimeProvider _clock;
    private readonly ILogger<BinWorker> _log;

    internal BinWorker(Database database, TimeProvider clock, ILogger<BinWorker> log) =>
        (_database, _clock, _log) = (database, clock, log);

    /// <summary>Removes for good what is due; returns how much.</summary>
    public async Task<int> TurnAsync(CancellationToken cancellationToken)
    {
        var before = _clock.GetUtcNow() - BinEntry.KeptFor;
        await using var db = _database.Open();
        return await db.Set<BinRow>().Where(row => row.At < before).ExecuteDeleteAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await TurnAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // The loop outlives a database that is away for a while; the next look tries again.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                _log.BinFailed(failure);
            }

            await Task.Delay(LookEvery, _clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
