using System.Text.Json;
using System.Text.Json.Nodes;
using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Runtime.Definitions;

namespace Consultation.Api.Definitions;

/// <summary>What one version of a definition uses.</summary>
/// <param name="VersionId">The version that uses.</param>
/// <param name="DefinitionId">Its definition.</param>
/// <param name="Definitions">Ids of the definitions used, by whatever step.</param>
/// <param name="Versions">Ids of the versions used that are named one by one, as an activity names them.</param>
public sealed record DefinitionUser(
    string VersionId, string DefinitionId, IReadOnlySet<string> Definitions, IReadOnlySet<string> Versions);

/// <summary>
/// Which definitions use which: as an activity, or by a step with an input that picks a workflow (executing,
/// dispatching, opening tracked items).
/// </summary>
public sealed class DefinitionReferences(IDefinitionStore store, DefinitionEditing editing, WorkflowCache cache)
{
    /// <summary>
    /// Points every definition that uses the given one as an activity to its published version, each in a draft that
    /// somebody still has to publish. Returns the names of those that changed.
    /// </summary>
    public async Task<IReadOnlyList<string>> UpdateAsync(
        string definitionId, string by, CancellationToken cancellationToken)
    {
        var changed = new List<string>();
        if (await store.FindAsync(definitionId, VersionOptions.Published, cancellationToken) is not { } published)
        {
            return changed;
        }
        var (summaries, _) =
            await store.ListAsync(new DefinitionFilter { Versions = VersionOptions.Latest }, cancellationToken);
        foreach (var consumer in await store.FindVersionsAsync(
            [.. summaries.Select(summary => summary.Id)], cancellationToken))
        {
            var nodes = 0;
            var renewed = consumer.Definition.With(json => nodes = Renew(json["root"], published.Definition));
            if (nodes > 0
                && await editing.SaveAsync(renewed, publish: false, new DefinitionAuthor(by, consumer.Tag),
                    cancellationToken) is DefinitionChange.Stored)
            {
                changed.Add(renewed.Name ?? renewed.DefinitionId);
            }
        }

        return changed;
    }

    private static int Renew(JsonNode? root, WorkflowDefinition published)
    {
        var renewed = 0;
        foreach (var activity in Objects(root))
        {
            var pinned = activity["workflowDefinitionVersionId"] is JsonValue
                && activity["workflowDefinitionId"] is JsonValue used
                && used.ToString() == published.DefinitionId;
            if (!pinned || activity["workflowDefinitionVersionId"]!.ToString() == published.Id) continue;
            activity["workflowDefinitionVersionId"] = published.Id;
            activity["latestAvailablePublishedVersionId"] = published.Id;
            activity["latestAvailablePublishedVersion"] = published.Version;
            activity["version"] = published.Version;
            renewed++;
        }

        return renewed;
    }

    /// <summary>Ids of the definitions whose newest version uses the given one, at any depth.</summary>
    public async Task<IReadOnlyList<string>> ConsumersOfAsync(string definitionId, CancellationToken cancellationToken)
    {
        var (summaries, _) =
            await store.ListAsync(new DefinitionFilter { Versions = VersionOptions.Latest }, cancellationToken);
        var all = await store.FindVersionsAsync([.. summaries.Select(summary => summary.Id)], cancellationToken);
        var uses = all.ToDictionary(stored => stored.Definition.DefinitionId, stored => Uses(stored.Definition.Root));
        var found = new HashSet<string>();
        var pending = new Queue<string>([definitionId]);
        while (pending.TryDequeue(out var used))
        {
            foreach (var consumer in uses.Where(pair => pair.Value.Contains(used) && pair.Key != definitionId)
                .Select(pair => pair.Key))
            {
                if (found.Add(consumer))
                {
                    pending.Enqueue(consumer);
                }
            }
        }

        return [.. found.Order(StringComparer.Ordinal)];
    }

    /// <summary>
    /// What uses others and counts: newest and published versions, and further ones, on which instances run.
    /// </summary>
    public async Task<IReadOnlyList<DefinitionUser>> UsersAsync(
        IEnumerable<string> further, CancellationToken cancellationToken)
    {
        var (present, _) = await store.ListAsync(
            new DefinitionFilter { Versions = new VersionOptions(VersionChoice.LatestOrPublished) }, cancellationToken);
        var versions = await store.FindVersionsAsync(
            [.. present.Select(summary => summary.Id).Union(further)], cancellationToken);
        return [.. versions.Select(stored => new DefinitionUser(
            stored.Definition.Id, stored.Definition.DefinitionId, Uses(stored.Definition.Root),
            Objects(stored.Definition.Root).Select(map => map["workflowDefinitionVersionId"]).OfType<JsonValue>()
                .Select(id => id.ToString()).ToHashSet()))];
    }

    private HashSet<string> Uses(JsonNode? root) =>
        [.. Objects(root).SelectMany(Referenced).OfType<string>().Where(id => id.Length > 0)];

    /// <summary>
    /// What an activity names: the definition that it is, and the workflows that its inputs pick, be it by default.
    /// </summary>
    private IEnumerable<string?> Referenced(JsonObject map)
    {
        yield return Referenced(map["workflowDefinitionId"]);
        if (map["type"] is not JsonValue type || !type.TryGetValue<string>(out var name)) yield break;
        var picks = cache.Catalog.Find(name, int.MaxValue)?.Descriptor.Inputs
            .Where(input => input.UIHint == UIHints.WorkflowDefinitionPicker) ?? [];
        foreach (var input in picks)
        {
            yield return Referenced(
                map[JsonNamingPolicy.CamelCase.ConvertName(input.Name)] ?? map[input.Name] ?? input.DefaultValue);
        }
    }

    private static List<JsonObject> Objects(JsonNode? root)
    {
        var found = new List<JsonObject>();
        var pending = new Stack<JsonNode?>([root]);
        while (pending.TryPop(out var node))
        {
            if (node is JsonObject map) found.Add(map);
            foreach (var child in node is JsonObject values
                ? values.Select(pair => pair.Value)
                : node as JsonArray ?? [])
            {
                if (child is JsonObject or JsonArray) pending.Push(child);
            }
        }

        return found;
    }

    /// <summary>
    /// A bare id (a definition used as an activity), or a wrapped literal (ExecuteWorkflow, DispatchWorkflow).
    /// </summary>
    private static string? Referenced(JsonNode? value) => value switch
    {
        JsonValue bare when bare.TryGetValue<string>(out var id) => id,
        JsonObject wrapped =>
            wrapped["expression"]?["value"] is JsonValue literal && literal.TryGetValue<string>(out var id) ? id : null,
        _ => null,
    };
}
