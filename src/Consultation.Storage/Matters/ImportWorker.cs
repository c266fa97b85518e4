using Consultation.Cases;
using Consultation.Cases.Matters.Import;
using Consultation.Cases.People.Import;
using Consultation.Storage.People;
using Consultation.Storage.Tracking;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Consultation.Storage.Matters;

/// <summary>
/// Stores confirmed imports, one at a time: claim, write in one transaction, next. As many processes as wanted may run
/// it on one database. A job whose worker died is begun anew when its lease is over; nothing of the first try is left,
/// because nothing was committed.
/// </summary>
public sealed class ImportWorker : QueueWorker
{
    private readonly Database _database;
    private readonly ImportWriter _writer;
    private readonly ImportProgress _progress;
    private readonly ILogger<ImportWorker> _log;

    internal ImportWorker(Database database, ImportWriter writer, ImportProgress progress, TimeProvider clock,
        ILogger<ImportWorker> log)
        : base(TimeSpan.FromSeconds(5), clock) =>
        (_database, _writer, _progress, _log) = (database, writer, progress, log);

    /// <summary>
    /// Takes the oldest confirmed job, if there is one, and stores it. False when there was nothing to do.
    /// </summary>
    public override async Task<bool> TurnAsync(CancellationToken cancellationToken)
    {
        if (await ClaimAsync(cancellationToken) is not { } job)
        {
            return false;
        }

        await RunAsync(job, cancellationToken);
        return true;
    }

    /// <summary>
    /// Stores a previewed job at once, past the queue: the sample orders, before the host serves anybody. False when it
    /// is no preview.
    /// </summary>
    public async Task<bool> StoreAsync(
        OrganisationId organisation, Guid job, PersonId actor, CancellationToken cancellationToken)
    {
        await using var db = _database.ForOrganisation(organisation);
        var until = Clock.GetUtcNow() + ImportWriter.Lease;
        var taken = await db.Set<ImportJob>().Where(row => row.Id == job && row.State == ImportState.Previewed)
            .ExecuteUpdateAsync(
            set => set.SetProperty(row => row.State, ImportState.Running)
                .SetProperty(row => row.LeasedUntil, (DateTimeOffset?)until)
                .SetProperty(row => row.ConfirmedById, (PersonId?)actor).SetProperty(row => row.Attempts, 1),
            cancellationToken) == 1;
        if (taken)
        {
            await _writer.WriteAsync(organisation, job, cancellationToken);
        }

        return taken;
    }

    /// <summary>Drops previews that nobody confirmed for a week: their files hold callers' names and numbers.</summary>
    public async Task TidyAsync(CancellationToken cancellationToken)
    {
        var now = Clock.GetUtcNow();
        var before = now - ImportJob.KeepPreviewsFor;
        await using var db = _database.Open();
        var old = await db.Set<ImportJob>().Where(row => row.State == ImportState.Previewed && row.At < before)
            .Select(row => row.Id).Take(100).ToListAsync(cancellationToken);
        foreach (var job in old)
        {
            await ImportWriter.EndAsync(db, job, ImportState.Cancelled, ImportJob.Unconfirmed, now, cancellationToken);
        }

        await DirectoryImports.EndAsync(
            db.Set<DirectoryImport>().Where(row => row.At < before), now, cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task RestAsync(CancellationToken cancellationToken)
    {
        await TidyAsync(cancellationToken);
        await _progress.Confirmed.WaitAsync(PollEvery, Clock, cancellationToken);
    }

    /// <inheritdoc/>
    protected override void Failed(Exception failure) => _log.ImportLookFailed(failure);

    private async Task RunAsync(Claimed job, CancellationToken cancellationToken)
    {
        try
        {
            if (job.Attempts <= ImportJob.MostAttempts)
            {
                await _writer.WriteAsync(job.Organisation, job.Id, cancellationToken);
                return;
            }

            await using var db = _database.ForOrganisation(job.Organisation);
            await ImportWriter.EndAsync(
                db, job.Id, ImportState.Failed, ImportJob.GivenUp, Clock.GetUtcNow(), cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await ReleaseAsync(job);
            throw;
        }
#pragma warning disable CA1031 // Whatever it was, nothing was committed; the next try comes when the lease is over.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            _log.ImportFailed(failure, job.Id, job.Attempts);
        }
    }

    private async Task<Claimed?> ClaimAsync(CancellationToken cancellationToken)
    {
        var now = Clock.GetUtcNow();
        var until = now + ImportWriter.Lease;
        await using var db = _database.Open();
        var waiting = db.Set<ImportJob>().Where(
            row => row.State == ImportState.Queued
                || (row.State == ImportState.Running && (row.LeasedUntil == null || row.LeasedUntil < now)));
        var next = await waiting.OrderBy(row => row.At)
            .Select(row => new Claimed(row.OrganisationId, row.Id, row.Attempts + 1))
            .FirstOrDefaultAsync(cancellationToken);
        if (next is null)
        {
            return null;
        }

        var taken = await waiting.Where(row => row.Id == next.Id).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.State, ImportState.Running)
                .SetProperty(row => row.LeasedUntil, (DateTimeOffset?)until)
                .SetProperty(row => row.Attempts, next.Attempts).SetProperty(row => row.Processed, 0),
            cancellationToken);
        return taken == 1 ? next : null;
    }

    /// <summary>
    /// The host stops: the job goes back into the queue, so that the next start need not wait for the lease.
    /// </summary>
    private async Task ReleaseAsync(Claimed job)
    {
        await using var db = _database.Open();
        await db.Set<ImportJob>().Where(row => row.Id == job.Id && row.State == ImportState.Running).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.State, ImportState.Queued)
                .SetProperty(row => row.LeasedUntil, (DateTimeOffset?)null)
                .SetProperty(row => row.Attempts, job.Attempts - 1),
            CancellationToken.None);
    }

    private sealed record Claimed(OrganisationId Organisation, Guid Id, int Attempts);
}
