using Consultation.Engine.BuiltIns;
using Consultation.Engine.Definitions;

namespace Consultation.Runtime.Definitions;

/// <summary>
/// The names under which activities appear in the designer. A workflow that others may use appears under its own name;
/// of two with one name nobody could say which is meant, and the designer does not open with such a list.
/// </summary>
internal sealed class ActivityNames
{
    /// <summary>For definitions that do not appear as activities.</summary>
    public static readonly ActivityNames NotNeeded = new(new ActivityCatalog([]), []);

    /// <summary>Who appears under a name: the definition's id, or "" for an activity of the product.</summary>
    private readonly Dictionary<string, (string DefinitionId, string Name)> _taken = new(StringComparer.Ordinal);

    /// <param name="catalog">The activities of the product and of others.</param>
    /// <param name="stored">All stored versions.</param>
    public ActivityNames(ActivityCatalog catalog, IEnumerable<DefinitionSummary> stored)
    {
        foreach (var type in catalog.Types) _taken[type.TypeName] = ("", type.TypeName);
        // The first to have a name keeps it.
        foreach (var one in stored.Where(Appears).OrderBy(one => one.CreatedAt).ThenBy(one => one.Id))
        {
            _taken.TryAdd(
                UsedDefinition.NameFor(one.Name, one.DefinitionId), (one.DefinitionId, one.Name ?? one.DefinitionId));
        }
    }

    /// <summary>Versions that the designer lists as activities.</summary>
    public static bool Appears(DefinitionSummary version) =>
        version.UsableAsActivity && (version.IsPublished || version.IsLatest);

    /// <summary>Takes the name that a definition is to appear under; the refusal when another has it.</summary>
    public DefinitionChange.NotAllowed? Take(WorkflowDefinition given, string definitionId)
    {
        if (!given.Options.UsableAsActivity) return null;
        var name = UsedDefinition.NameFor(given.Name, definitionId);
        if (_taken.TryGetValue(name, out var by))
        {
            return by.DefinitionId == definitionId ? null : Refusal(given.Name ?? definitionId, by);
        }

        _taken[name] = (definitionId, given.Name ?? definitionId);
        return null;
    }

    private static DefinitionChange.NotAllowed Refusal(string name, (string DefinitionId, string Name) by) =>
        new(new(
            $"名称“{name}”已被另一个可作为活动使用的流程“{by.Name}”（{by.DefinitionId}）占用。请换一个名称，或取消“可作为活动使用”。",
            $"The name “{name}” is taken by “{by.Name}” ({by.DefinitionId}), which can be used as an activity too. "
                + "Choose another name, or do not let this workflow be used as an activity."));
}
