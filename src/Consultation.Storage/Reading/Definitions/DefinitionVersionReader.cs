using Consultation.Cases;
using Consultation.Engine.Definitions;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Reading.Definitions;

/// <summary>
/// One version of a workflow definition, who wrote it last (a log-in name; empty for the product itself), and how many
/// runs stand on it.
/// </summary>
public sealed record DefinitionVersion(
    string Id, string DefinitionId, int Version, string Name, string Description, bool IsLatest, bool IsPublished,
    bool IsSystem,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, string UpdatedBy, int Running, int Ended);

/// <summary>Two versions of one definition and what changed from the earlier to the later.</summary>
public sealed record VersionComparison(string Name, int Earlier, int Later, string LaterBy, DateTimeOffset LaterAt,
    IReadOnlyList<NamedDifference> Differences);

/// <summary>Workflow definitions with their versions and the runs on each.</summary>
public sealed class DefinitionVersionReader(Database database, ActivityCatalog catalog)
{
    /// <summary>All versions, newest first; runs are counted for one organisation.</summary>
    public async Task<IReadOnlyList<DefinitionVersion>> ListAsync(
        OrganisationId organisation, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        var rows = await db.Definitions.AsNoTracking()
            .Select(row => new
            {
                row.Id,
                row.DefinitionId,
                row.Version,
                row.Name,
                row.Description,
                row.IsLatest,
                row.IsPublished,
                row.IsSystem,
                row.CreatedAt,
                row.UpdatedAt,
                row.UpdatedBy,
            })
            .ToListAsync(cancellationToken);
        var runs = await db.Runs.Where(run => run.OrganisationId == organisation)
            .GroupBy(run => new { run.DefinitionVersionId, Running = run.FinishedAt == null })
            .Select(group => new { group.Key.DefinitionVersionId, group.Key.Running, Count = group.Count() })
            .ToListAsync(cancellationToken);
        int Count(string version, bool running) =>
            runs.Where(run => run.DefinitionVersionId == version && run.Running == running).Sum(run => run.Count);
        return
        [
            .. rows.OrderBy(row => row.DefinitionId, StringComparer.Ordinal).ThenByDescending(row => row.Version)
                .Select(row => new DefinitionVersion(
                row.Id, row.DefinitionId, row.Version, row.Name ?? row.DefinitionId, row.Description ?? "",
                row.IsLatest, row.IsPublished, row.IsSystem,
                row.CreatedAt, row.UpdatedAt, row.UpdatedBy, Count(row.Id, true), Count(row.Id, false))),
        ];
    }

    /// <summary>
    /// What changed between two versions, which may be given in either order; null when one of them does not exist.
    /// </summary>
    public async Task<VersionComparison?> CompareAsync(
        OrganisationId organisation, string definitionId, int one, int other, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        var rows = await db.Definitions.AsNoTracking()
            .Where(row => row.DefinitionId == definitionId && (row.Version == one || row.Version == other))
            .OrderBy(row => row.Version).ToListAsync(cancellationToken);
        if (rows is not [var earlier, var later])
        {
            return null;
        }

        var (was, now) = (WorkflowDefinition.Parse(earlier.Json), WorkflowDefinition.Parse(later.Json));
        return new(
            later.Name ?? later.DefinitionId, earlier.Version, later.Version, later.UpdatedBy, later.UpdatedAt,
            new DifferenceNames(catalog, was, now).Tell(DefinitionComparison.Compare(was, now)));
    }
}
