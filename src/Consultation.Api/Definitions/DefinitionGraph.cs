using System.Text.Json.Nodes;
using Consultation.Engine.Definitions;
using Consultation.Runtime.Definitions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Consultation.Api.Definitions;

/// <summary>
/// Parts of a definition's tree, for nodes that are workflows themselves and for journal lines in other containers
/// (contract rows D21, D22).
/// </summary>
internal static class DefinitionGraph
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/workflow-definitions/subgraph/{versionId}", SubgraphAsync);
        api.MapGet("/workflow-definitions/subgraph/segments/{versionId}", SegmentsAsync);
    }

    private static async Task<IResult> SubgraphAsync(
        HttpContext http, string versionId, string? parentNodeId, IDefinitionStore store, WorkflowCache cache,
        CancellationToken cancellationToken)
    {
        var workflow = await CompiledAsync(versionId, store, cache, cancellationToken);
        var node = parentNodeId is null ? workflow?.Root : workflow?.FindNode(parentNodeId);
        return node is null ? Unknown(http) : Answers.Ok(Tree(node));
    }

    private static async Task<IResult> SegmentsAsync(
        HttpContext http, string versionId, string? childNodeId, IDefinitionStore store, WorkflowCache cache,
        CancellationToken cancellationToken)
    {
        var workflow = await CompiledAsync(versionId, store, cache, cancellationToken);
        if (childNodeId is null || workflow?.FindNode(childNodeId) is not { } child)
        {
            return Unknown(http);
        }

        // The way leads through the activities that hold others; flowcharts and workflows between them are no stations
        // of it.
        var segments = new List<JsonNode>();
        ActivityNode? container = null;
        for (var node = child; node.Parent is { } parent; node = parent)
        {
            if (parent.Type is "Elsa.Workflow" or "Elsa.Flowchart") continue;
            container ??= parent;
            segments.Insert(0, new JsonObject
            {
                ["activityNodeId"] = parent.NodeId,
                ["activityId"] = parent.ActivityId,
                ["activityType"] = parent.Type,
                ["portName"] = node.Port,
                ["activityName"] = parent.DisplayText,
            });
        }

        return Answers.Ok(new JsonObject
        {
            ["childNode"] = Tree(child),
            ["container"] = Tree(container ?? child.Parent ?? child),
            ["pathSegments"] = new JsonArray([.. segments]),
        });
    }

    private static async Task<CompiledWorkflow?> CompiledAsync(
        string versionId, IDefinitionStore store, WorkflowCache cache, CancellationToken cancellationToken) =>
        await store.FindVersionAsync(versionId, cancellationToken) is { } stored
            ? (await cache.CompileAsync(stored, cancellationToken)).Workflow
            : null;

    private static JsonObject Tree(ActivityNode node) => new()
    {
        ["activity"] = Whole(node),
        ["port"] = node.Parent is null ? "Root" : node.Port,
        ["nodeId"] = node.NodeId,
        ["parents"] = new JsonArray(),
        ["children"] = new JsonArray([.. node.Children.Select(child => (JsonNode)Tree(child))]),
    };

    /// <summary>
    /// An activity with all that stands inside it, under the node ids of this workflow. What a used definition holds
    /// stands in its <c>root</c>.
    /// </summary>
    private static JsonObject Whole(ActivityNode node)
    {
        var json = (JsonObject)node.Json.DeepClone();
        json["nodeId"] = node.NodeId;
        foreach (var child in node.Children.Where(child => child.Port.Length > 0))
        {
            var name = char.ToLowerInvariant(child.Port[0]) + child.Port[1..];
            if (json[name] is JsonArray list)
            {
                var place = list.ToList().FindIndex(one => one?["id"]?.ToString() == child.ActivityId);
                if (place >= 0) list[place] = Whole(child);
            }
            else if (json[name] is JsonObject || child.Port == "Root")
            {
                json[name] = Whole(child);
            }
        }

        return json;
    }

    private static IResult Unknown(HttpContext http) => Answers.NotFound(
        http, "没有这个流程版本或节点。", "There is no such version, or it has no such node.");
}
