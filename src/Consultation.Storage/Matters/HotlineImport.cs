using System.Collections.Concurrent;
using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.History;
using Consultation.Cases.Matters;
using Consultation.Cases.Matters.Import;
using Consultation.Storage.Cases;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Matters;

/// <summary>
/// Imports hotline orders: the file is kept with its job until somebody confirms it, then every good row is stored in one transaction.
/// Progress and cancelling of a running job are kept in this process's memory, because a database writes one transaction at a time.
/// </summary>
internal sealed class HotlineImport(Database database, DirectoryCache directories, TimeProvider clock) : IHotlineImport
{
    /// <summary>Rows of a preview; rows written between two looks at the cancel button.</summary>
    private const int PreviewRows = 100, BatchRows = 2000, LookUpRows = 500;

    private readonly ConcurrentDictionary<Guid, Progress> _running = new();

    public async Task<PreviewResult> PreviewAsync(
        OrganisationId organisation, PersonId actor, string fileName, byte[] content, IReadOnlyDictionary<ImportField, int>? mapping, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        var job = new ImportJob
        {
            OrganisationId = organisation,
            Id = Guid.CreateVersion7(),
            FileName = Path.GetFileName(fileName),
            Content = content,
            ById = actor,
            At = clock.GetUtcNow(),
        };
        db.Add(job);
        return await PreviewAsync(db, job, mapping, cancellationToken);
    }

    public async Task<PreviewResult> RemapAsync(
        OrganisationId organisation, Guid job, IReadOnlyDictionary<ImportField, int> mapping, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        var known = await db.Set<ImportJob>().FirstOrDefaultAsync(row => row.Id == job, cancellationToken);
        return known is { State: ImportState.Previewed }
            ? await PreviewAsync(db, known, mapping, cancellationToken)
            : Refused("导入任务不存在或已经结束，请重新选择文件。", "The import does not exist or is over; choose the file again.");
    }

    public async Task<ImportJob?> CommitAsync(OrganisationId organisation, Guid job, PersonId actor, CancellationToken cancellationToken)
    {
        var progress = new Progress();
        if (!_running.TryAdd(job, progress))
        {
            return await FindAsync(organisation, job, cancellationToken);
        }

        try
        {
            for (var attempt = 1; ; attempt++)
            {
                await using var db = database.ForOrganisation(organisation);
                var row = await db.Set<ImportJob>().FirstOrDefaultAsync(one => one.Id == job, cancellationToken);
                if (row is null or { State: ImportState.Done or ImportState.Cancelled or ImportState.Failed })
                {
                    return row;
                }

                try
                {
                    return await StoreAsync(db, row, actor, progress, cancellationToken);
                }
                catch (DbUpdateException failure) when (attempt < 5 && db.Judge(failure).Kind == FailureKind.Conflict)
                {
                    progress.Processed = 0;
                }
            }
        }
        finally
        {
            _running.TryRemove(job, out _);
        }
    }

    public async Task<bool> CancelAsync(OrganisationId organisation, Guid job, PersonId actor, CancellationToken cancellationToken)
    {
        if (_running.TryGetValue(job, out var progress))
        {
            progress.IsCancelled = true;
            return true;
        }

        await using var db = database.ForOrganisation(organisation);
        return await db.Set<ImportJob>().FirstOrDefaultAsync(row => row.Id == job, cancellationToken) is { State: ImportState.Previewed or ImportState.Running } row
            && await EndAsync(db, row, ImportState.Cancelled, cancellationToken) is not null;
    }

    public async Task<ImportJob?> FindAsync(OrganisationId organisation, Guid job, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        var row = await db.Set<ImportJob>().AsNoTracking().FirstOrDefaultAsync(one => one.Id == job, cancellationToken);
        if (row is not null && _running.TryGetValue(job, out var progress))
        {
            (row.State, row.Processed) = (ImportState.Running, progress.Processed);
        }

        return row;
    }

    private async Task<PreviewResult> PreviewAsync(
        ConsultationDb db, ImportJob job, IReadOnlyDictionary<ImportField, int>? mapping, CancellationToken cancellationToken)
    {
        if (await directories.FindAsync(db, job.OrganisationId, cancellationToken) is not { } snapshot)
        {
            return Refused("单位不存在。", "There is no such organisation.");
        }

        var reading = OrderReader.Read(job.Content, mapping, snapshot.Calendar, clock.GetUtcNow());
        if (reading is OrderReading.Refused(var errors, var headers))
        {
            if (headers.Count == 0)
            {
                return new PreviewResult.Refused(errors);
            }

            await db.SaveChangesAsync(cancellationToken);
            return new PreviewResult.NeedsMapping(job.Id, headers, mapping ?? OrderReader.Suggest(headers), errors);
        }

        var list = ((OrderReading.Read)reading).List;
        var comparison = OrderComparison.Of(list.Orders, await KnownAsync(db, list.Orders, cancellationToken));
        job.Mapping = list.Mapping.ToDictionary(pair => pair.Key.ToString(), pair => pair.Value);
        (job.Rows, job.New, job.Changed) = (list.Orders.Count + list.BadRows.Count, comparison.New.Count, comparison.Changed.Count);
        (job.Unchanged, job.Bad) = (comparison.Unchanged, list.BadRows.Count);
        await db.SaveChangesAsync(cancellationToken);
        return new PreviewResult.Ready(new ImportPreview(
            job,
            list.Headers,
            [.. comparison.New.Take(PreviewRows)],
            [.. comparison.Changed.Take(PreviewRows).Select(pair => pair.Order)],
            [.. list.BadRows.Take(PreviewRows)],
            list.Encoding));
    }

    /// <summary>Everything or nothing: read again, compare again with what is known now, write in batches, commit at the end.</summary>
    private async Task<ImportJob> StoreAsync(ConsultationDb db, ImportJob job, PersonId actor, Progress progress, CancellationToken cancellationToken)
    {
        var snapshot = await directories.FindAsync(db, job.OrganisationId, cancellationToken);
        var now = clock.GetUtcNow();
        var mapping = job.Mapping.ToDictionary(pair => Enum.Parse<ImportField>(pair.Key), pair => pair.Value);
        if (snapshot is null || mapping.Count == 0 || OrderReader.Read(job.Content, mapping, snapshot.Calendar, now) is not OrderReading.Read(var list))
        {
            job.Error = new("文件无法再次读取，没有导入任何内容。", "The file could not be read again; nothing was imported.");
            return await EndAsync(db, job, ImportState.Failed, cancellationToken);
        }

        var comparison = OrderComparison.Of(list.Orders, await KnownAsync(db, list.Orders, cancellationToken));
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var year = snapshot.Calendar.DayOf(now).Year;
        var series = await MatterRegister.SeriesOf(db, job.OrganisationId, year, cancellationToken);
        var next = series.Last;
        series.Last += comparison.New.Count;
        foreach (var (order, matter) in comparison.Changed)
        {
            OrderComparison.Apply(order, matter);
        }

        await db.SaveChangesAsync(cancellationToken);
        progress.Processed = comparison.Unchanged + comparison.Changed.Count + list.BadRows.Count;
        foreach (var batch in comparison.New.Chunk(BatchRows))
        {
            if (progress.IsCancelled)
            {
                await transaction.RollbackAsync(cancellationToken);
                db.ChangeTracker.Clear();
                return await EndAsync(db, await db.Set<ImportJob>().SingleAsync(row => row.Id == job.Id, cancellationToken), ImportState.Cancelled, cancellationToken);
            }

            // What is written is forgotten, so that the last batch is as fast as the first.
            db.ChangeTracker.Clear();
            db.AddRange(batch.Select(order => OrderComparison.Create(order, job.OrganisationId, MatterRules.Number(year, ++next), now)));
            await db.SaveChangesAsync(cancellationToken);
            progress.Processed += batch.Length;
        }

        db.ChangeTracker.Clear();
        job = await db.Set<ImportJob>().SingleAsync(row => row.Id == job.Id, cancellationToken);
        (job.New, job.Changed, job.Unchanged, job.Bad) = (comparison.New.Count, comparison.Changed.Count, comparison.Unchanged, list.BadRows.Count);
        job.Processed = job.Rows;
        db.Add(new HistoryEntry
        {
            OrganisationId = job.OrganisationId,
            Id = Guid.CreateVersion7(),
            At = now,
            ActorId = actor,
            Verb = "matters.imported",
            Rows = "Q37",
            Text = new($"从“{job.FileName}”导入热线工单：新增 {job.New}，更新 {job.Changed}，未变 {job.Unchanged}，有误 {job.Bad}",
                $"imported hotline orders from “{job.FileName}”： {job.New} new, {job.Changed} changed, {job.Unchanged} unchanged, {job.Bad} bad"),
        });
        job = await EndAsync(db, job, ImportState.Done, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return job;
    }

    private async Task<ImportJob> EndAsync(ConsultationDb db, ImportJob job, ImportState state, CancellationToken cancellationToken)
    {
        (job.State, job.EndedAt, job.Content) = (state, clock.GetUtcNow(), []);
        await db.SaveChangesAsync(cancellationToken);
        return job;
    }

    private static async Task<Dictionary<string, Matter>> KnownAsync(ConsultationDb db, IReadOnlyList<HotlineOrder> orders, CancellationToken cancellationToken)
    {
        var known = new Dictionary<string, Matter>(StringComparer.OrdinalIgnoreCase);
        foreach (var chunk in orders.Chunk(LookUpRows))
        {
            var numbers = chunk.Select(order => order.OrderNumber).ToList();
            foreach (var matter in await db.Matters.Where(row => row.OrderNumber != null && numbers.Contains(row.OrderNumber)).ToListAsync(cancellationToken))
            {
                known.TryAdd(matter.OrderNumber!, matter);
            }
        }

        return known;
    }

    private static PreviewResult.Refused Refused(string zh, string en) => new([new FieldError("file", new(zh, en))]);

    /// <summary>How far a running import is, and whether somebody stops it.</summary>
    private sealed class Progress
    {
        private volatile bool _isCancelled;
        private volatile int _processed;

        internal bool IsCancelled
        {
            get => _isCancelled;
            set => _isCancelled = value;
        }

        internal int Processed
        {
            get => _processed;
            set => _processed = value;
        }
    }
}
