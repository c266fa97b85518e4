using System.Text.Json.Nodes;
using Consultation.Runtime.Definitions;

namespace Consultation.Api.Definitions;

/// <summary>Which definitions use which: as an activity, or by a step that executes or dispatches a workflow.</summary>
public sealed class DefinitionReferences(IDefinitionStore store)
{
    /// <summary>Ids of the definitions whose newest version uses the given one, at any depth.</summary>
    public async Task<IReadOnlyList<string>> ConsumersOfAsync(string definitionId, CancellationToken cancellationToken)
    {
        var (summaries, _) = await store.ListAsync(new DefinitionFilter { Versions = VersionOptions.Latest }, cancellationToken);
        var all = await store.FindVersionsAsync([.. summaries.Select(summary => summary.Id)], cancellationToken);
        var uses = all.ToDictionary(stored => stored.Definition.DefinitionId, stored => Uses(stored.Definition.Root));
        var found = new HashSet<string>();
        var pending = new Queue<string>([definitionId]);
        while (pending.TryDequeue(out var used))
        {
            foreach (var consumer in uses.Where(pair => pair.Value.Contains(used) && pair.Key != definitionId).Select(pair => pair.Key))
            {
                if (found.Add(consumer))
                {
                    pending.Enqueue(consumer);
                }
            }
        }

        return [.. found.Order(StringComparer.Ordinal)];
    }

    private static HashSet<string> Uses(JsonNode? root)
    {
        var ids = new HashSet<string>();
        var pending = new Stack<JsonNode?>([root]);
        while (pending.TryPop(out var node))
        {
            if (node is JsonArray array)
            {
                foreach (var item in array)
                {
                    pending.Push(item);
                }
            }
            else if (node is JsonObject map)
            {
                if (Referenced(map["workflowDefinitionId"]) is { Length: > 0 } id)
                {
                    ids.Add(id);
                }

                foreach (var (_, value) in map)
                {
                    pending.Push(value);
                }
            }
        }

        return ids;
    }

    /// <summary>A bare id (a definition used as an activity), or a wrapped literal (ExecuteWorkflow, DispatchWorkflow).</summary>
    private static string? Referenced(JsonNode? value) => value switch
    {
        JsonValue bare when bare.TryGetValue<string>(out var id) => id,
        JsonObject wrapped => wrapped["expression"]?["value"] is JsonValue literal && literal.TryGetValue<string>(out var id) ? id : null,
        _ => null,
    };
}
