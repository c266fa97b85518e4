using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.Matters.Import;
using Consultation.Storage.Cases;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Matters;

/// <summary>
/// The desk's side of importing hotline orders: the file is kept with its job until somebody confirms what it would do;
/// the
/// <see cref="ImportWorker"/> stores it.
/// </summary>
internal sealed class HotlineImport(
    Database database, DirectoryCache directories, ImportProgress progress, TimeProvider clock) : IHotlineImport
{
    /// <summary>Rows of a preview.</summary>
    private const int PreviewRows = 100;

    public async Task<PreviewResult> PreviewAsync(
        OrganisationId organisation, PersonId actor, string fileName, byte[] content,
        IReadOnlyDictionary<ImportField, int>? mapping, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        var job = new ImportJob
        {
            OrganisationId = organisation,
            Id = Guid.CreateVersion7(),
            FileName = Path.GetFileName(fileName),
            ById = actor,
            At = clock.GetUtcNow(),
        };
        var result = await ReadAsync(db, job, content, mapping, cancellationToken);
        if (result is not PreviewResult.Refused)
        {
            db.Add(job);
            db.Add(new ImportFile { OrganisationId = organisation, Id = job.Id, Content = content });
            await db.SaveChangesAsync(cancellationToken);
        }

        return result;
    }

    public async Task<PreviewResult> ReviewAsync(
        OrganisationId organisation, Guid job, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        return await FindPreviewAsync(db, job, cancellationToken) is var (known, content)
            ? await ReadAsync(db, known, content, MappingOf(known), cancellationToken)
            : Over();
    }

    public async Task<PreviewResult> RemapAsync(
        OrganisationId organisation, Guid job, IReadOnlyDictionary<ImportField, int> mapping,
        CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        if (await FindPreviewAsync(db, job, cancellationToken) is not var (known, content))
        {
            return Over();
        }

        var result = await ReadAsync(db, known, content, mapping, cancellationToken);
        if (result is PreviewResult.Ready)
        {
            await db.SaveChangesAsync(cancellationToken);
        }

        return result;
    }

    public async Task<ConfirmResult> ConfirmAsync(
        OrganisationId organisation, Guid job, PersonId actor, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        var rows = db.Set<ImportJob>().Where(row => row.Id == job);
        var queued = await rows.Where(row => row.State == ImportState.Previewed && row.New + row.Changed > 0)
            .ExecuteUpdateAsync(
            set => set.SetProperty(row => row.State, ImportState.Queued)
                .SetProperty(row => row.ConfirmedById, (PersonId?)actor), cancellationToken);
        if (queued == 1)
        {
            progress.Confirmed.Signal();
            return new ConfirmResult.Queued();
        }

        return await rows.Select(row => (ImportState?)row.State).FirstOrDefaultAsync(cancellationToken) switch
        {
            ImportState.Queued or ImportState.Running or ImportState.Done => new ConfirmResult.Queued(),
            ImportState.Previewed => new ConfirmResult.Refused(new(
                "没有可以导入的工单：文件里没有新增，也没有变化。", "There is nothing to import: no order is new or changed.")),
            _ => new ConfirmResult.Refused(new("这次导入已经结束，请重新上传文件。", "This import is over; upload the file again.")),
        };
    }

    public async Task<bool> CancelAsync(OrganisationId organisation, Guid job, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        var rows = db.Set<ImportJob>().Where(row => row.Id == job);
        if (progress.Find(job) is { } standing && await rows.AnyAsync(cancellationToken))
        {
            standing.IsCancelAsked = true;
            return true;
        }

        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var cancelled = await rows.Where(row => row.State == ImportState.Previewed || row.State == ImportState.Queued)
            .ExecuteUpdateAsync(
            set => set.SetProperty(row => row.State, ImportState.Cancelled)
                .SetProperty(row => row.EndedAt, (DateTimeOffset?)now), cancellationToken);
        if (cancelled == 1)
        {
            await db.Set<ImportFile>().Where(row => row.Id == job).ExecuteDeleteAsync(cancellationToken);
        }
        else
        {
            cancelled = await rows.Where(row => row.State == ImportState.Running).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.IsCancelAsked, true), cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return cancelled == 1;
    }

    public async Task<ImportJob?> FindAsync(OrganisationId organisation, Guid job, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        return Standing(
            await db.Set<ImportJob>().AsNoTracking().FirstOrDefaultAsync(one => one.Id == job, cancellationToken));
    }

    public async Task<IReadOnlyList<ImportJob>> RecentAsync(
        OrganisationId organisation, int atMost, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        var jobs = await db.Set<ImportJob>().AsNoTracking().OrderByDescending(row => row.At).Take(atMost)
            .ToListAsync(cancellationToken);
        return jobs.ConvertAll(job => Standing(job)!);
    }

    private ImportJob? Standing(ImportJob? job)
    {
        if (job is { State: ImportState.Running } && progress.Find(job.Id) is { } standing)
        {
            (job.Processed, job.IsCancelAsked) = (standing.Processed, standing.IsCancelAsked);
        }

        return job;
    }

    /// <summary>
    /// Reads the file and writes counts and mapping into the job, which the caller may or may not save.
    /// </summary>
    private async Task<PreviewResult> ReadAsync(
        ConsultationDb db, ImportJob job, byte[] content, IReadOnlyDictionary<ImportField, int>? mapping,
        CancellationToken cancellationToken)
    {
        if (await directories.FindAsync(db, job.OrganisationId, cancellationToken) is not { } snapshot)
        {
            return Refused("单位不存在。", "There is no such organisation.");
        }

        var reading = OrderReader.Read(content, mapping, snapshot.Calendar, clock.GetUtcNow());
        if (reading is OrderReading.Refused(var errors, var headers))
        {
            return headers.Count == 0
                ? new PreviewResult.Refused(errors)
                : new PreviewResult.NeedsMapping(job.Id, headers, mapping ?? OrderReader.Suggest(headers), errors);
        }

        var list = ((OrderReading.Read)reading).List;
        var comparison =
            OrderComparison.Of(list.Orders, await ImportWriter.KnownAsync(db, list.Orders, cancellationToken));
        job.Mapping = list.Mapping.ToDictionary(pair => pair.Key.ToString(), pair => pair.Value);
        (job.Rows, job.New, job.Changed) =
            (list.Orders.Count + list.BadRows.Count, comparison.New.Count, comparison.Changed.Count);
        (job.Unchanged, job.Bad) = (comparison.Unchanged, list.BadRows.Count);
        return new PreviewResult.Ready(new ImportPreview(
            job,
            list.Headers,
            [.. comparison.New.Take(PreviewRows)],
            [.. comparison.Changed.Take(PreviewRows).Select(pair => pair.Order)],
            [.. list.BadRows.Take(PreviewRows)],
            list.Encoding));
    }

    private static async Task<(ImportJob Job, byte[] Content)?> FindPreviewAsync(
        ConsultationDb db, Guid job, CancellationToken cancellationToken) =>
        await db.Set<ImportJob>().FirstOrDefaultAsync(
            row => row.Id == job && row.State == ImportState.Previewed, cancellationToken) is { } known
        && await db.Set<ImportFile>().Where(row => row.Id == job).Select(row => row.Content)
        .FirstOrDefaultAsync(cancellationToken) is { } content
            ? (known, content)
            : null;

    /// <summary>The mapping kept with a job; null, which asks for the suggestion, while none could be used.</summary>
    private static Dictionary<ImportField, int>? MappingOf(ImportJob job) =>
        job.Mapping.Count == 0
            ? null
            : job.Mapping.ToDictionary(pair => Enum.Parse<ImportField>(pair.Key), pair => pair.Value);

    private static PreviewResult.Refused Over() =>
        Refused("导入任务不存在或已经结束，请重新选择文件。", "The import does not exist or is over; choose the file again.");

    private static PreviewResult.Refused Refused(string zh, string en) => new([new FieldError("file", new(zh, en))]);
}
