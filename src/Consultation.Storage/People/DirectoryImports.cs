using Consultation.Cases;
using Consultation.Cases.Matters.Import;
using Consultation.Cases.People;
using Consultation.Cases.People.Import;
using Consultation.Storage.Cases;
using Consultation.Storage.Matters;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.People;

/// <summary>Workbooks of units and people in the database until somebody has confirmed or dropped them.</summary>
internal sealed class DirectoryImports(
    Database database, DirectoryCache directories, IUseCaseMail mail, TimeProvider clock) : IDirectoryImports
{
    public async Task<DirectoryReading> PreviewAsync(
        OrganisationId organisation, PersonId actor, string fileName, byte[] content,
        CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        var import = new DirectoryImport
        {
            OrganisationId = organisation,
            Id = Guid.CreateVersion7(),
            FileName = Path.GetFileName(fileName),
            Content = content,
            ById = actor,
            At = clock.GetUtcNow(),
        };
        var reading = await ReadAsync(db, import, actor, cancellationToken);
        if (reading is DirectoryReading.Ready)
        {
            db.Add(import);
            await db.SaveChangesAsync(cancellationToken);
        }

        return reading;
    }

    public async Task<DirectoryReading> ReviewAsync(
        OrganisationId organisation, PersonId actor, Guid import, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        return await db.Set<DirectoryImport>().AsNoTracking().FirstOrDefaultAsync(
                row => row.Id == import && row.State == ImportState.Previewed, cancellationToken) is { } known
            ? await ReadAsync(db, known, actor, cancellationToken)
            : DirectoryReading.Over;
    }

    public async Task<bool> CancelAsync(
        OrganisationId organisation, Guid import, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        return await EndAsync(
            db.Set<DirectoryImport>().Where(row => row.Id == import), clock.GetUtcNow(), cancellationToken) == 1;
    }

    public async Task<DirectoryImport?> FindAsync(
        OrganisationId organisation, Guid import, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        return await WithoutFiles(db.Set<DirectoryImport>().Where(row => row.Id == import))
            .FirstOrDefaultAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<DirectoryImport>> RecentAsync(
        OrganisationId organisation, int atMost, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        return await WithoutFiles(db.Set<DirectoryImport>().OrderByDescending(row => row.At).Take(atMost))
            .ToListAsync(cancellationToken);
    }

    /// <summary>Ends those of the imports that nobody confirmed; their files go.</summary>
    internal static Task<int> EndAsync(
        IQueryable<DirectoryImport> imports, DateTimeOffset now, CancellationToken cancellationToken) =>
        imports.Where(row => row.State == ImportState.Previewed).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.State, ImportState.Cancelled)
                .SetProperty(row => row.EndedAt, (DateTimeOffset?)now)
                .SetProperty(row => row.Content, (byte[]?)null), cancellationToken);

    private static IQueryable<DirectoryImport> WithoutFiles(IQueryable<DirectoryImport> imports) =>
        imports.AsNoTracking().Select(row => new DirectoryImport
        {
            OrganisationId = row.OrganisationId,
            Id = row.Id,
            FileName = row.FileName,
            State = row.State,
            New = row.New,
            Changed = row.Changed,
            Unchanged = row.Unchanged,
            Bad = row.Bad,
            ById = row.ById,
            ConfirmedById = row.ConfirmedById,
            At = row.At,
            EndedAt = row.EndedAt,
        });

    private async Task<DirectoryReading> ReadAsync(
        ConsultationDb db, DirectoryImport import, PersonId actor, CancellationToken cancellationToken)
    {
        if (await directories.FindAsync(db, import.OrganisationId, cancellationToken) is not { } snapshot)
        {
            return DirectoryReading.NoOrganisation;
        }

        // In the pace of the other imports: a workbook made to be slow holds up nobody else.
        var (plan, wrong) = await await ImportProgress.ReadAsync(
            () => OrganisationEdits.PlanImportAsync(import.Content!, snapshot.Directory, actor, mail,
                name => db.People.IgnoreQueryFilters().AnyAsync(
                    person => person.UserName == name && person.OrganisationId != import.OrganisationId,
                    cancellationToken)),
            cancellationToken);
        if (plan is null) return DirectoryReading.Because(wrong!);
        (import.New, import.Changed, import.Unchanged, import.Bad) = (
            plan.Count(RowFate.New), plan.Count(RowFate.Changed), plan.Count(RowFate.Same),
            plan.Count(RowFate.Refused));
        return new DirectoryReading.Ready(import, plan);
    }
}
