using System.Text.Json.Nodes;
using Consultation.Engine.Describing;

namespace Consultation.Engine.Definitions;

/// <summary>Fills in what Studio leaves out of a fresh definition and needs back.</summary>
internal static class DefinitionCompletion
{
    private static readonly string[] Lists = ["variables", "inputs", "outputs", "outcomes"];

    public static void Complete(JsonObject definition, ActivityCatalog? catalog)
    {
        foreach (var list in Lists)
        {
            if (definition[list] is not JsonArray) definition[list] = new JsonArray();
        }

        if (definition["customProperties"] is not JsonObject) definition["customProperties"] = new JsonObject();
        if (definition["options"] is not JsonObject) definition["options"] = new JsonObject();
        if (definition["root"] is JsonObject root) CompleteActivity(root, ActivityNode.WorkflowNodeId, catalog);
    }

    private static void CompleteActivity(JsonObject activity, string parentNodeId, ActivityCatalog? catalog)
    {
        if (activity.Text("id") is not { Length: > 0 } id)
        {
            id = activity.Text("name") ?? "Root";
            activity["id"] = id;
        }

        var nodeId = $"{parentNodeId}:{id}";
        activity["nodeId"] = nodeId;
        if (activity["version"] is not JsonValue) activity["version"] = 1;
        if (activity["metadata"] is not JsonObject) activity["metadata"] = new JsonObject();
        if (activity["customProperties"] is not JsonObject custom)
            activity["customProperties"] = custom = new JsonObject();
        if (!custom.ContainsKey("canStartWorkflow")) custom["canStartWorkflow"] = activity.Flag("canStartWorkflow");
        if (!custom.ContainsKey("runAsynchronously")) custom["runAsynchronously"] = activity.Flag("runAsynchronously");

        var type = activity.Text("type") ?? "";
        if (type is "Elsa.Flowchart" or "Elsa.Sequence")
        {
            if (activity["activities"] is not JsonArray) activity["activities"] = new JsonArray();
            if (activity["variables"] is not JsonArray) activity["variables"] = new JsonArray();
        }

        if (type == "Elsa.Flowchart" && activity["connections"] is not JsonArray)
        {
            activity["connections"] = new JsonArray();
        }

        var descriptor = catalog?.Find(type, (int)(activity.Whole("version") ?? 1))?.Descriptor;
        if (descriptor is not null) FillTypeNames(activity, descriptor);
        foreach (var child in ActivityChildren.Of(activity).ToList()) CompleteActivity(child.Json, nodeId, catalog);
    }

    private static void FillTypeNames(JsonObject activity, ActivityDescriptor descriptor)
    {
        foreach (var input in descriptor.Inputs)
        {
            if (!input.IsWrapped || activity[JsonName(input.Name)] is not JsonObject wrapper) continue;
            if (wrapper.ContainsKey("expression") && wrapper.Text("typeName") is not { Length: > 0 })
                wrapper["typeName"] = input.TypeName;
        }
    }

    /// <summary>The JSON property of a descriptor's name: camelCase.</summary>
    public static string JsonName(string name) =>
        name.Length > 0 && char.IsAsciiLetterUpper(name[0]) ? char.ToLowerInvariant(name[0]) + name[1..] : name;
}
