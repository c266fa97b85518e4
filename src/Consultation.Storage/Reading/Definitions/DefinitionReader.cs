using Consultation.Cases;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Reading.Definitions;

/// <summary>One version of a workflow definition, who wrote it last (a log-in name; empty for the product itself), and how many runs stand on it.</summary>
public sealed record DefinitionVersion(
    string Id, string DefinitionId, int Version, string Name, string Description, bool IsLatest, bool IsPublished, bool IsSystem,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, string UpdatedBy, int Running, int Ended);

/// <summary>Workflow definitions with their versions and the runs on each.</summary>
public sealed class DefinitionReader(Database database)
{
    /// <summary>All versions, newest first; runs are counted for one organisation.</summary>
    public async Task<IReadOnlyList<DefinitionVersion>> ListAsync(OrganisationId organisation, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        var rows = await db.Definitions.AsNoTracking()
            .Select(row => new { row.Id, row.DefinitionId, row.Version, row.Name, row.Description, row.IsLatest, row.IsPublished, row.IsSystem, row.CreatedAt, row.UpdatedAt, row.UpdatedBy })
            .ToListAsync(cancellationToken);
        var runs = await db.Runs.Where(run => run.OrganisationId == organisation)
            .GroupBy(run => new { run.DefinitionVersionId, Running = run.FinishedAt == null })
            .Select(group => new { group.Key.DefinitionVersionId, group.Key.Running, Count = group.Count() })
            .ToListAsync(cancellationToken);
        int Count(string version, bool running) => runs.Where(run => run.DefinitionVersionId == version && run.Running == running).Sum(run => run.Count);
        return
        [
            .. rows.OrderBy(row => row.DefinitionId, StringComparer.Ordinal).ThenByDescending(row => row.Version).Select(row => new DefinitionVersion(
                row.Id, row.DefinitionId, row.Version, row.Name ?? row.DefinitionId, row.Description ?? "", row.IsLatest, row.IsPublished, row.IsSystem,
                row.CreatedAt, row.UpdatedAt, row.UpdatedBy, Count(row.Id, true), Count(row.Id, false))),
        ];
    }
}
