using Consultation.Cases;
using Consultation.Storage.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Consultation.Storage.Tracking;

/// <summary>
/// Lets cases go on whose rest has a known end that has come (O14): once, however many processes run this on one
/// database.
/// </summary>
public sealed class RestWorker(
    Database database, DirectoryCache directories, ICaseActs acts, TimeProvider clock, ILogger<RestWorker> log)
    : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(5);

    /// <summary>Looks through all organisations; answers how many cases go on now.</summary>
    public async Task<int> TurnAsync(CancellationToken cancellationToken)
    {
        var ended = 0;
        foreach (var (organisation, caseId, until) in await DueAsync(cancellationToken))
        {
            if (await acts.EndRestAsync(organisation, caseId, until, cancellationToken)) ended++;
        }

        return ended;
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
                log.RestEndFailed(failure);
            }

            await Task.Delay(LookEvery, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<List<(OrganisationId Organisation, CaseId Case, DateOnly Until)>> DueAsync(
        CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var resting = await db.Cases.AsNoTracking()
            .Where(row => row.State == CaseState.Suspended && row.SuspendedUntil != null)
            .Select(row => new { row.OrganisationId, row.Id, Until = row.SuspendedUntil!.Value })
            .ToListAsync(cancellationToken);
        var due = new List<(OrganisationId, CaseId, DateOnly)>();
        foreach (var one in resting)
        {
            // The day begins at midnight of the organisation, not of the database.
            if (await directories.FindAsync(db, one.OrganisationId, cancellationToken) is { } snapshot
                && one.Until <= snapshot.Calendar.DayOf(clock.GetUtcNow()))
            {
                due.Add((one.OrganisationId, one.Id, one.Until));
            }
        }

        return due;
    }
}
