using System.Text.Json;
using System.Text.Json.Nodes;
using Consultation.Engine.BuiltIns;
using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;

namespace Consultation.Runtime.Definitions;

/// <summary>One place where a workflow uses another.</summary>
/// <param name="DefinitionId">The other one.</param>
/// <param name="TakesLatest">The step starts whatever is published when it gets there.</param>
/// <param name="VersionId">The version that the step itself names, as activities made of a workflow do.</param>
public sealed record WorkflowUse(string DefinitionId, bool TakesLatest, string? VersionId);

/// <summary>
/// Which workflows a definition uses: as an activity, or by a step with an input that picks a workflow (executing,
/// dispatching, opening tracked items). Ids that an expression computes are not known before the step.
/// </summary>
public static class WorkflowUses
{
    /// <summary>All places, in the order of the file.</summary>
    public static IReadOnlyList<WorkflowUse> Of(WorkflowDefinition definition, ActivityCatalog catalog) =>
        [.. Activities(definition).SelectMany(activity => In(activity, catalog))];

    /// <summary>The definitions with those first that others of them use.</summary>
    public static IReadOnlyList<T> PartsFirst<T>(
        IEnumerable<T> all, Func<T, WorkflowDefinition> definitionOf, ActivityCatalog catalog)
    {
        var left = all.OrderBy(one => definitionOf(one).DefinitionId, StringComparer.Ordinal)
            .Select(one => (One: one, Id: definitionOf(one).DefinitionId,
                Uses: Of(definitionOf(one), catalog).Select(use => use.DefinitionId).ToHashSet()))
            .ToList();
        var sorted = new List<T>();
        while (left.Count > 0)
        {
            // Of workflows that use each other in a circle one has to be the first.
            var next = left.FindIndex(one => !left.Exists(other => other.Id != one.Id && one.Uses.Contains(other.Id)));
            next = Math.Max(next, 0);
            sorted.Add(left[next].One);
            left.RemoveAt(next);
        }

        return sorted;
    }

    /// <summary>
    /// What an activity names: the definition that it is, and the workflows that its inputs pick, be it by default.
    /// </summary>
    private static IEnumerable<WorkflowUse> In(JsonObject activity, ActivityCatalog catalog)
    {
        var version = (activity["workflowDefinitionVersionId"] as JsonValue)?.ToString();
        var choice = Literal(activity[JsonNamingPolicy.CamelCase.ConvertName(ChildVersion.Input)]);
        var latest = choice == ChildVersion.Latest;
        if (Literal(activity["workflowDefinitionId"]) is { Length: > 0 } used) yield return new(used, latest, version);
        if (activity["type"] is not JsonValue type || !type.TryGetValue<string>(out var name)) yield break;
        var picks = catalog.Find(name, int.MaxValue)?.Descriptor.Inputs
            .Where(input => input.UIHint == UIHints.WorkflowDefinitionPicker) ?? [];
        foreach (var input in picks)
        {
            var picked = Literal(
                activity[JsonNamingPolicy.CamelCase.ConvertName(input.Name)] ?? activity[input.Name]
                    ?? input.DefaultValue);
            if (picked is { Length: > 0 }) yield return new(picked, latest, null);
        }
    }

    /// <summary>Every object of the tree; those that are no activities name nothing.</summary>
    public static IEnumerable<JsonObject> Activities(WorkflowDefinition definition)
    {
        var pending = new Stack<JsonNode?>([definition.Root]);
        while (pending.TryPop(out var node))
        {
            if (node is JsonObject map) yield return map;
            foreach (var child in node is JsonObject values
                ? values.Select(pair => pair.Value)
                : node as JsonArray ?? [])
            {
                if (child is JsonObject or JsonArray) pending.Push(child);
            }
        }
    }

    /// <summary>
    /// A bare text (a definition used as an activity), or a wrapped literal (the input of a step).
    /// </summary>
    private static string? Literal(JsonNode? value) => value switch
    {
        JsonValue bare when bare.TryGetValue<string>(out var text) => text,
        JsonObject wrapped =>
            wrapped["expression"]?["value"] is JsonValue literal && literal.TryGetValue<string>(out var text) ? text
                : null,
        _ => null,
    };
}
