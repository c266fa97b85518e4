using System.Text.Json.Nodes;
using Consultation.Engine.Definitions;
using Consultation.Runtime.Definitions;

namespace Consultation.Api.Definitions;

/// <summary>Which definitions use which: as an activity, or by a step that executes or dispatches a workflow.</summary>
public sealed class DefinitionReferences(IDefinitionStore store, DefinitionEditing editing)
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

    private static HashSet<string> Uses(JsonNode? root) =>
        [.. Objects(root).Select(map => Referenced(map["workflowDefinitionId"])).OfType<string>()
            .Where(id => id.Length > 0)];

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
