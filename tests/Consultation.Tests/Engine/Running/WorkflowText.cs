using System.Text.Json.Nodes;

namespace Consultation.Tests.Engine.Running;

/// <summary>Writes small definitions for tests.</summary>
internal static class WorkflowText
{
    public static string Definition(
        JsonObject root, JsonArray? variables = null, JsonArray? inputs = null, JsonArray? outputs = null,
        string id = "test",
        JsonObject? options = null) =>
        new JsonObject
        {
            ["id"] = id + "-v1",
            ["definitionId"] = id,
            ["name"] = id,
            ["version"] = 1,
            ["isLatest"] = true,
            ["isPublished"] = true,
            ["variables"] = variables ?? [],
            ["inputs"] = inputs ?? [],
            ["outputs"] = outputs ?? [],
            ["options"] = options ?? [],
            ["root"] = root,
        }.ToJsonString();

    public static JsonObject Activity(string type, string id, params (string Name, JsonNode? Value)[] properties)
    {
        var json = new JsonObject
        {
            ["id"] = id,
            ["name"] = id,
            ["type"] = type,
            ["version"] = 1,
            ["customProperties"] = new JsonObject(),
            ["metadata"] = new JsonObject(),
        };
        foreach (var (name, value) in properties) json[name] = value;
        return json;
    }

    public static JsonObject Line(string id, string? text = null) =>
        Activity("Elsa.WriteLine", id, ("text", Literal(text ?? id)));

    public static JsonObject LineJs(string id, string script) => Activity("Elsa.WriteLine", id, ("text", Js(script)));

    public static JsonObject Literal(JsonNode? value) => Wrapped("Literal", value);

    public static JsonObject Js(string script) => Wrapped("JavaScript", script);

    public static JsonObject Wrapped(string type, JsonNode? value) =>
        new() { ["typeName"] = "Object", ["expression"] = new JsonObject { ["type"] = type, ["value"] = value } };

    public static JsonObject To(string variableOrOutput) =>
        new() { ["typeName"] = "Object", ["memoryReference"] = new JsonObject { ["id"] = variableOrOutput } };

    public static JsonObject Variable(
        string name, string type = "Object", JsonNode? value = null, bool isArray = false) =>
        new() { ["id"] = name, ["name"] = name, ["typeName"] = type, ["isArray"] = isArray, ["value"] = value };

    public static JsonObject Sequence(string id, params JsonObject[] activities) =>
        Activity("Elsa.Sequence", id, ("activities", new JsonArray([.. activities])));

    public static JsonObject WithMerge(this JsonObject activity, string mode)
    {
        activity["customProperties"]!["mergeMode"] = mode;
        return activity;
    }

    /// <summary>Connections are written as <c>"A -> B"</c> or <c>"A:True -> B"</c>.</summary>
    public static JsonObject Flowchart(string id, IEnumerable<JsonObject> activities, params string[] connections)
    {
        var list = new JsonArray();
        foreach (var connection in connections)
        {
            var ends = connection.Split("->", StringSplitOptions.TrimEntries);
            var source = ends[0].Split(':');
            list.Add((JsonNode)new JsonObject
            {
                ["source"] =
                    new JsonObject { ["activity"] = source[0], ["port"] = source.Length > 1 ? source[1] : "Done" },
                ["target"] = new JsonObject { ["activity"] = ends[1], ["port"] = "In" },
            });
        }

        return Activity("Elsa.Flowchart", id, ("activities", new JsonArray([.. activities])), ("connections", list));
    }
}
