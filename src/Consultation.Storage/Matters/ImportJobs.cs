using Consultation.Cases;
using Consultation.Cases.Matters.Import;
using Consultation.Storage.Cases;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Matters;

/// <summary>
/// The desk's side of importing hotline orders: the file is kept with its job until somebody confirms what it would do;
/// the <see cref="ImportWorker"/> stores it.
/// </summary>
internal sealed class ImportJobs(
    Database database, DirectoryCache directories, ImportProgress progress, TimeProvider clock) : IHotlineImport
{
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
            ? await ReadAsync(db, known, content, known.Columns(), cancellationToken)
            : PreviewResult.Over;
    }

    public async Task<PreviewResult> RemapAsync(
        OrganisationId organisation, Guid job, IReadOnlyDictionary<ImportField, int> mapping,
        CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        if (await FindPreviewAsync(db, job, cancellationToken) is not var (known, content))
        {
            return PreviewResult.Over;
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

        return ConfirmResult.Of(
            await rows.Select(row => (ImportState?)row.State).FirstOrDefaultAsync(cancellationToken));
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
            return PreviewResult.NoOrganisation;
        }

        var reading = await ImportProgress.ReadAsync(
            () => OrderReader.Read(content, mapping, snapshot.Calendar, clock.GetUtcNow()), cancellationToken);
        if (reading is OrderReading.Refused refused) return PreviewResult.Of(job, refused, mapping);

        var list = ((OrderReading.Read)reading).List;
        return new PreviewResult.Ready(
            ImportPreview.Of(job, list, await ImportWriter.CompareAsync(db, list.Orders, cancellationToken)));
    }

    private static async Task<(ImportJob Job, byte[] Content)?> FindPreviewAsync(
        ConsultationDb db, Guid job, CancellationToken cancellationToken) =>
        await db.Set<ImportJob>().FirstOrDefaultAsync(
            row => row.Id == job && row.State == ImportState.Previewed, cancellationToken) is { } known
        && await db.Set<ImportFile>().Where(row => row.Id == job).Select(row => row.Content)
        .FirstOrDefaultAsync(cancellationToken) is { } content
            ? (known, content)
            : null;
}
