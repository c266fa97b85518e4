using Consultation.Cases;
using Consultation.Cases.Matters;
using Consultation.Cases.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Cases;

/// <summary>Builds the case file of a step from entities that the step's context tracks.</summary>
internal sealed class CaseFileLoader(DirectoryCache directories)
{
    /// <summary>The file of a case, or null when the correlation id names none. Rows added to the context before count as stored.</summary>
    public async Task<CaseFile?> LoadAsync(
        ConsultationDb db, CaseId caseId, string instanceId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var added = db.ChangeTracker.Entries<Case>().FirstOrDefault(entry => entry.State == EntityState.Added && entry.Entity.Id == caseId)?.Entity;
        var @case = added ?? await db.Cases.FirstOrDefaultAsync(row => row.Id == caseId, cancellationToken);
        if (@case is null || await directories.FindAsync(db, @case.OrganisationId, cancellationToken) is not { } organisation) return null;

        var owner = @case.OrganisationId;
        var year = now.Year - 1;
        var series = await db.NumberSeries.Where(row => row.OrganisationId == owner && row.Year >= year).ToListAsync(cancellationToken);
        if (added is not null)
        {
            return new CaseFile(organisation.Directory, organisation.Calendar, @case, series)
            {
                Policies = organisation.Policies,
                Matters = [.. db.ChangeTracker.Entries<Matter>().Select(entry => entry.Entity).Where(row => row.CaseId == caseId)],
            };
        }

        var items = await db.TrackedItems.Where(row => row.OrganisationId == owner && row.CaseId == caseId)
            .OrderBy(row => row.Number).ToListAsync(cancellationToken);
        var itemIds = items.ConvertAll(item => item.Id);
        return new CaseFile(organisation.Directory, organisation.Calendar, @case, series)
        {
            Policies = organisation.Policies,
            Matters = await db.Matters.Where(row => row.OrganisationId == owner && row.CaseId == caseId)
                .OrderBy(row => row.State == MatterState.Merged).ThenBy(row => row.ReceivedAt).ToListAsync(cancellationToken),
            Screenings = await db.Screenings.Where(row => row.OrganisationId == owner && row.CaseId == caseId)
                .OrderByDescending(row => row.ScreenedAt).ToListAsync(cancellationToken),
            Topic = await db.Topics.Where(row => row.OrganisationId == owner && row.CaseId == caseId)
                .OrderByDescending(row => row.DraftedAt).FirstOrDefaultAsync(cancellationToken),
            Tasks = await db.Tasks
                .Where(row => row.OrganisationId == owner && row.CaseId == caseId && (row.State == TaskState.Open || row.InstanceId == instanceId))
                .OrderBy(row => row.OpenedAt).ToListAsync(cancellationToken),
            Items = items,
            Entries = items.Count == 0
                ? []
                : await db.ProgressEntries.Where(row => row.OrganisationId == owner && itemIds.Contains(row.TrackedItemId))
                    .OrderByDescending(row => row.At).ToListAsync(cancellationToken),
            Records = await db.Records.Where(row => row.OrganisationId == owner && row.CaseId == caseId)
                .OrderByDescending(row => row.At).ToListAsync(cancellationToken),
            Phases = await db.PlanPhases.Where(row => row.OrganisationId == owner && row.CaseId == caseId)
                .OrderBy(row => row.Number).ToListAsync(cancellationToken),
        };
    }
}
