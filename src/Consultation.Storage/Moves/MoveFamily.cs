using Consultation.Engine.Definitions;
using Consultation.Runtime.Definitions;
using Consultation.Storage.Runs;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Moves;

/// <summary>A run that goes along with the one that started it.</summary>
/// <param name="Run">The run.</param>
/// <param name="To">The version that it is moved to.</param>
internal sealed record FamilyMember(RunRow Run, WorkflowDefinition To);

/// <summary>
/// Which runs go along with one: those it has started that still run, and theirs, to the versions that the new version
/// is bound to.
/// </summary>
internal sealed class MoveFamily(ConsultationDb db, IDefinitionStore definitions)
{
    private readonly Dictionary<string, WorkflowDefinition?> _known = new(StringComparer.Ordinal);

    /// <summary>Those that move, parents before their children; what is on its version already is left out.</summary>
    public async Task<IReadOnlyList<FamilyMember>> OfAsync(
        string instance, WorkflowDefinition to, CancellationToken cancellationToken)
    {
        var found = new List<FamilyMember>();
        var pending = new Queue<(string Instance, WorkflowDefinition To)>([(instance, to)]);
        while (pending.TryDequeue(out var parent))
        {
            var children = await db.Runs.AsNoTracking()
                .Where(run => run.ParentInstanceId == parent.Instance && run.FinishedAt == null)
                .OrderBy(run => run.CreatedAt).ThenBy(run => run.Id).ToListAsync(cancellationToken);
            foreach (var child in children)
            {
                if (await MeantAsync(parent.To, child.DefinitionId, cancellationToken) is not { } meant) continue;
                if (meant.Id != child.DefinitionVersionId) found.Add(new(child, meant));
                pending.Enqueue((child.Id, meant));
            }
        }

        return found;
    }

    private async Task<WorkflowDefinition?> MeantAsync(
        WorkflowDefinition parent, string definitionId, CancellationToken cancellationToken)
    {
        var bound = definitionId == parent.DefinitionId
            ? parent.Id
            : parent.Bound.GetValueOrDefault(definitionId)?.VersionId;
        var key = bound ?? $"published {definitionId}";
        if (_known.TryGetValue(key, out var known)) return known;
        var stored = bound is not null
            ? await definitions.FindVersionAsync(bound, cancellationToken)
            : await definitions.FindAsync(definitionId, VersionOptions.Published, cancellationToken);
        return _known[key] = stored?.Definition;
    }
}
