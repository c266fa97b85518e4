using System.Text.Json.Nodes;
using Consultation.Engine.Describing;

namespace Consultation.Engine.Definitions;

/// <summary>Reads a flowchart's connections, in the present shape and in those of older Elsa versions.</summary>
internal static class ConnectionReader
{
    public static IReadOnlyList<FlowConnection> Read(
        ActivityNode flowchart, JsonNode connections, List<DefinitionFinding> findings)
    {
        var array = connections switch
        {
            JsonArray list => list,
            JsonObject { } wrapped when wrapped["$values"] is JsonArray list => list,
            JsonObject { } single when single.ContainsKey("source") => [single.DeepClone()],
            _ => [],
        };
        var byId = new Dictionary<string, ActivityNode>(StringComparer.Ordinal);
        foreach (var child in flowchart.Children) byId.TryAdd(child.ActivityId, child);
        var read = new List<FlowConnection>(array.Count);
        foreach (var item in array)
        {
            if (item is not JsonObject json) continue;
            var (source, sourcePort) = End(json, "source", "Done");
            var (target, targetPort) = End(json, "target", "In");
            if (source is not null && target is not null
                && byId.TryGetValue(source, out var from) && byId.TryGetValue(target, out var to))
            {
                read.Add(new FlowConnection(from, sourcePort, to, targetPort, Vertices(json["vertices"])));
                continue;
            }

            var missing = source is null || !byId.ContainsKey(source) ? source ?? "?" : target ?? "?";
            findings.Add(flowchart.Finding(
                FindingSeverity.Error,
                "dangling-connection",
                new BilingualText(
                    $"从“{source}”到“{target}”的连线指向不存在的活动“{missing}”",
                    $"The connection from {source} to {target} ends at {missing}, which does not exist"),
                new BilingualText(
                    "请删除该连线，或重新连接到现有的活动",
                    "Delete the connection, or connect it to an existing activity")));
        }

        return read;
    }

    internal static (string? Activity, string Port) End(JsonObject connection, string side, string defaultPort)
    {
        if (connection[side] is JsonObject end)
        {
            var port = end.Text("port");
            return (end.Text("activity") ?? end.Text("activityId"), string.IsNullOrEmpty(port) ? defaultPort : port);
        }

        var old = connection.Text(side + "Port");
        return (connection.Text(side), string.IsNullOrEmpty(old) ? defaultPort : old);
    }

    private static IReadOnlyList<NodePlace> Vertices(JsonNode? node) => node is not JsonArray { Count: > 0 } array
        ? []
        : [.. array.OfType<JsonObject>().Select(v => new NodePlace(v.Number("x") ?? 0, v.Number("y") ?? 0, 0, 0))];
}
