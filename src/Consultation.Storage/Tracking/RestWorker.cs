using Consultation.Cases;
using Consultation.Storage.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Consultation.Storage.Tracking;

/// <summary>
/// Lets cases go on whose rest has a known end that has come (O14): once, however many processes run this on one
/// database.
/// </summary>
public sealed class RestWorker(
    Database database, DirectoryCache directories, ICaseActs acts, TimeProvider clock, ILogger<RestWorker> log)
    : TurnWorker(TimeSpan.FromMinutes(5), clock)
{
    /// <summary>Looks through all organisations; answers how many cases go on now.</summary>
    public override async Task<int> TurnAsync(CancellationToken cancellationToken)
    {
        var ended = 0;
        foreach (var (organisation, caseId, until) in await DueAsync(cancellationToken))
        {
            if (await acts.EndRestAsync(organisation, caseId, until, cancellationToken)) ended++;
        }

        return ended;
    }

    /// <inheritdoc/>
    protected override void Failed(Exception failure) => log.RestEndFailed(failure);

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
                && one.Until <= snapshot.Calendar.DayOf(Clock.GetUtcNow()))
            {
                due.Add((one.OrganisationId, one.Id, one.Until));
            }
        }

        return due;
    }
}
