using Consultation.Engine.Definitions;
using Consultation.Runtime.Definitions;

namespace Consultation.Storage.Reading.Definitions;

/// <summary>A workflow that a version of another one starts.</summary>
/// <param name="DefinitionId">Which one.</param>
/// <param name="Name">Its name; its id where it is not stored.</param>
/// <param name="Version">The version that is started; null for whichever is published at that moment.</param>
/// <param name="Published">The version that is published now; null when none is.</param>
/// <param name="TakesLatest">Its author wants the latest, so that nothing is bound.</param>
public sealed record StartedPart(string DefinitionId, string Name, int? Version, int? Published, bool TakesLatest)
{
    /// <summary>A newer version is published than the one that is bound, or one where none was yet.</summary>
    public bool IsOutdated => !TakesLatest && Published is { } now && now != Version;
}

/// <summary>Which versions of other workflows a version is bound to.</summary>
public sealed class BoundVersionReader(IDefinitionStore definitions, ActivityCatalog catalog)
{
    /// <summary>What a version starts, in the order of its steps.</summary>
    public async Task<IReadOnlyList<StartedPart>> PartsAsync(string versionId, CancellationToken cancellationToken)
    {
        if (await definitions.FindVersionAsync(versionId, cancellationToken) is not { Definition: var definition })
        {
            return [];
        }
        var uses = WorkflowUses.Of(definition, catalog).Where(use => use.DefinitionId != definition.DefinitionId)
            .GroupBy(use => use.DefinitionId).ToList();
        if (uses.Count == 0) return [];
        var (rows, _) = await definitions.ListAsync(
            new DefinitionFilter { DefinitionIds = [.. uses.Select(use => use.Key)] }, cancellationToken);
        var stored = rows.ToLookup(row => row.DefinitionId);
        return
        [
            .. uses.Select(use => new StartedPart(
                use.Key,
                stored[use.Key].FirstOrDefault(row => row.IsLatest)?.Name ?? use.Key,
                definition.Bound.GetValueOrDefault(use.Key)?.Version ?? VersionOf(use, stored[use.Key]),
                stored[use.Key].FirstOrDefault(row => row.IsPublished)?.Version,
                use.All(one => one.TakesLatest))),
        ];
    }

    /// <summary>The version that a step itself names.</summary>
    private static int? VersionOf(IEnumerable<WorkflowUse> uses, IEnumerable<DefinitionSummary> stored) =>
        uses.Select(use => use.VersionId).OfType<string>().FirstOrDefault() is { } named
            ? stored.FirstOrDefault(row => row.Id == named)?.Version
            : null;
}
