using System.Text.Json;
using System.Text.Json.Nodes;
using Consultation.Engine.Expressions;

namespace Consultation.Engine.Running;

/// <summary>What a bookmark waits for, in the shape and casing in which Elsa writes it.</summary>
internal static class ElsaPayload
{
    public static JsonNode? Of(Bookmark bookmark, string instanceId)
    {
        var stimulus = PlainData.ToNode(bookmark.Stimulus);
        return bookmark.Name switch
        {
            "Elsa.Event" => new JsonObject { ["eventName"] = stimulus },
            "Elsa.ExecuteWorkflow" or "Elsa.DispatchWorkflow" => new JsonObject { ["childInstanceId"] = stimulus },
            "Elsa.BulkDispatchWorkflows" => new JsonObject
            {
                ["parentInstanceId"] = instanceId,
                ["childInstanceId"] = stimulus,
            },
            "Elsa.Delay" or "Elsa.Timer" => new JsonObject { ["resumeAt"] = At(bookmark) },
            "Elsa.StartAt" => new JsonObject { ["executeAt"] = At(bookmark) },
            "Elsa.Cron" => new JsonObject
            {
                ["executeAt"] = At(bookmark),
                ["cronExpression"] = PlainData.ToNode(
                    bookmark.Execution.RecordedInputs?.GetValueOrDefault("CronExpression")),
            },
            _ => Camel(PlainData.ToNode(bookmark.Payload ?? bookmark.Stimulus)),
        };
    }

    private static JsonNode? At(Bookmark bookmark) => bookmark.DueAt is { } due ? PlainData.ToText(due) : null;

    /// <summary>Names of the outermost object begin with a small letter; what is inside is data.</summary>
    private static JsonNode? Camel(JsonNode? node) => node is not JsonObject map
        ? node
        : new JsonObject(map.Select(pair => KeyValuePair.Create(
            JsonNamingPolicy.CamelCase.ConvertName(pair.Key), pair.Value?.DeepClone())));
}
