using Consultation.Cases;
using Consultation.Cases.Matters;
using Consultation.Cases.Matters.Import;
using Consultation.Storage.Cases;
using Consultation.Storage.Mapping;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Matters;

/// <summary>
/// Stores the orders of one import: everything or nothing, in one transaction that also ends the job.
/// </summary>
internal sealed class ImportWriter(
    Database database, DirectoryCache directories, ImportProgress progress, TimeProvider clock)
{
    /// <summary>How long a worker that writes an import is believed to live without a sign of life.</summary>
    internal static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Rows written between two looks at the cancel button; rows looked up at once; tries when others write the same
    /// orders.
    /// </summary>
    private const int BatchRows = 2000, LookUpRows = 500, Tries = 5;

    /// <summary>Writes a job that this process has claimed, and ends it.</summary>
    public async Task WriteAsync(OrganisationId organisation, Guid id, CancellationToken cancellationToken)
    {
        using var standing = progress.Begin(id);
        for (var attempt = 1; ; attempt++)
        {
            await using var db = database.ForOrganisation(organisation);
            try
            {
                await WriteAsync(db, id, standing, cancellationToken);
                return;
            }
            catch (Exception failure) when (attempt < Tries && db.Judge(failure).Kind == FailureKind.Conflict)
            {
                // Another import or the desk wrote at the same time: compared again with what is known now.
                standing.Processed = 0;
            }
        }
    }

    /// <summary>Ends a job without its orders; the file goes with it.</summary>
    public static async Task EndAsync(
        ConsultationDb db, Guid id, ImportState state, LocalText? reason, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var job = await db.Set<ImportJob>().SingleAsync(row => row.Id == id, cancellationToken);
        job.End(state, reason, now);
        await db.SaveChangesAsync(cancellationToken);
        await db.Set<ImportFile>().Where(row => row.Id == id).ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>
    /// What orders would do to the matters known under their numbers. Looked up in parts: only matters that would
    /// change are kept.
    /// </summary>
    public static async Task<OrderComparison> CompareAsync(
        ConsultationDb db, IReadOnlyList<HotlineOrder> orders, CancellationToken cancellationToken)
    {
        var parts = new List<OrderComparison>();
        foreach (var chunk in orders.Chunk(LookUpRows))
        {
            var known = new Dictionary<string, Matter>(StringComparer.OrdinalIgnoreCase);
            var numbers = chunk.Select(order => order.OrderNumber).ToList();
            foreach (var matter in await db.Matters.AsNoTracking()
                .Where(row => row.OrderNumber != null && numbers.Contains(row.OrderNumber))
                .ToListAsync(cancellationToken))
            {
                known.TryAdd(matter.OrderNumber!, matter);
            }

            parts.Add(OrderComparison.Of(chunk, known));
        }

        return new([.. parts.SelectMany(part => part.New)], [.. parts.SelectMany(part => part.Changed)],
            parts.Sum(part => part.Unchanged));
    }

    private async Task WriteAsync(
        ConsultationDb db, Guid id, ImportProgress.Standing standing, CancellationToken cancellationToken)
    {
        var job = await db.Set<ImportJob>().AsNoTracking().SingleAsync(row => row.Id == id, cancellationToken);
        if (job.State != ImportState.Running)
        {
            return;
        }

        var now = clock.GetUtcNow();
        if (job.IsCancelAsked)
        {
            await EndAsync(db, id, ImportState.Cancelled, null, now, cancellationToken);
            return;
        }

        var snapshot = await directories.FindAsync(db, job.OrganisationId, cancellationToken);
        var content = await db.Set<ImportFile>().Where(row => row.Id == id).Select(row => row.Content)
            .SingleOrDefaultAsync(cancellationToken);
        if (snapshot is null || content is null
            || await ImportProgress.ReadAsync(() => OrderReader.Read(content, job.Columns(), snapshot.Calendar, now),
                cancellationToken) is not OrderReading.Read(var list))
        {
            await EndAsync(db, id, ImportState.Failed, ImportJob.Unreadable, now, cancellationToken);
            return;
        }

        var comparison = await CompareAsync(db, list.Orders, cancellationToken);
        var year = snapshot.Calendar.DayOf(now).Year;
        bool isStored;
        await using (var transaction = await db.Database.BeginTransactionAsync(cancellationToken))
        {
            isStored = await StoreAsync(
                db, job, comparison, list.Bad, year, standing, now, cancellationToken);
            if (isStored)
            {
                await transaction.CommitAsync(cancellationToken);
            }
        }

        if (!isStored)
        {
            await EndAsync(db, id, ImportState.Cancelled, null, now, cancellationToken);
        }
    }

    /// <summary>Writes in batches within the open transaction; false when somebody cancelled before the end.</summary>
    private async Task<bool> StoreAsync(
        ConsultationDb db, ImportJob job, OrderComparison comparison, int bad, int year,
        ImportProgress.Standing standing, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var series =
            await IntakeStore.SeriesOf(db, job.OrganisationId, MatterRules.NumberSeries, year, cancellationToken);
        var next = series.Last;
        series.Last += comparison.New.Count;
        await db.SaveChangesAsync(cancellationToken);
        standing.Processed = comparison.Unchanged + bad;
        foreach (var batch in comparison.Changed.Chunk(BatchRows))
        {
            db.ChangeTracker.Clear();
            foreach (var (order, matter) in batch)
            {
                db.Attach(matter);
                OrderComparison.Apply(order, matter);
            }

            await db.SaveChangesAsync(cancellationToken);
            if (!await GoesOnAsync(job, batch.Length, standing, cancellationToken))
            {
                return false;
            }
        }

        foreach (var batch in comparison.New.Chunk(BatchRows))
        {
            await db.InsertAsync(
                batch.Select(
                    order => OrderComparison.Create(order, job.OrganisationId, MatterRules.Number(year, ++next), now)),
                    cancellationToken);
            if (!await GoesOnAsync(job, batch.Length, standing, cancellationToken))
            {
                return false;
            }
        }

        db.ChangeTracker.Clear();
        job = await db.Set<ImportJob>().SingleAsync(row => row.Id == job.Id, cancellationToken);
        db.Add(job.Finish(comparison, bad, now));
        await db.SaveChangesAsync(cancellationToken);
        await db.Set<ImportFile>().Where(row => row.Id == job.Id).ExecuteDeleteAsync(cancellationToken);
        return true;
    }

    /// <summary>Notes rows that are written; false when somebody stops the import.</summary>
    private async Task<bool> GoesOnAsync(
        ImportJob job, int rows, ImportProgress.Standing standing, CancellationToken cancellationToken)
    {
        standing.Processed += rows;
        return !standing.IsCancelAsked && await GoesOnAsync(job, standing.Processed, cancellationToken);
    }

    /// <summary>
    /// On a database server other processes see how far the import is, and may stop it, by the job's row; this
    /// transaction touches the row only at its end. On SQLite the one process that writes knows by itself.
    /// </summary>
    private async Task<bool> GoesOnAsync(ImportJob job, int processed, CancellationToken cancellationToken)
    {
        if (database.Provider == DatabaseProvider.Sqlite)
        {
            return true;
        }

        await using var db = database.ForOrganisation(job.OrganisationId);
        var until = clock.GetUtcNow() + Lease;
        var row = db.Set<ImportJob>().Where(one => one.Id == job.Id && one.State == ImportState.Running);
        await row.ExecuteUpdateAsync(
            set => set.SetProperty(one => one.Processed, processed)
                .SetProperty(one => one.LeasedUntil, (DateTimeOffset?)until), cancellationToken);
        return !await row.AnyAsync(one => one.IsCancelAsked, cancellationToken);
    }
}
