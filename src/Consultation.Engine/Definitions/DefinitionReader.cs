using System.Text.Json.Nodes;
using Consultation.Engine.Expressions;

namespace Consultation.Engine.Definitions;

/// <summary>Reads the parts of a definition's JSON, tolerant to what older Elsa versions wrote.</summary>
internal static class DefinitionReader
{
    public static string? Text(this JsonObject json, string name) =>
        json[name] is JsonValue value ? value.TryGetValue<string>(out var text) ? text : value.ToString() : null;

    /// <summary>A bool, also from the texts "True" and "False"; anything else is false.</summary>
    public static bool Flag(this JsonObject json, string name) =>
        json[name] is JsonValue value
        && (value.TryGetValue<bool>(out var flag)
            ? flag
            : value.TryGetValue<string>(out var text) && bool.TryParse(text, out var parsed) && parsed);

    public static long? Whole(this JsonObject json, string name)
    {
        if (json[name] is not JsonValue value) return null;
        if (value.TryGetValue<long>(out var whole)) return whole;
        if (value.TryGetValue<int>(out var small)) return small;
        return value.TryGetValue<string>(out var text)
            && long.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var parsed)
            ? parsed
            : null;
    }

    public static double? Number(this JsonObject json, string name) =>
        json[name] is JsonValue value && value.GetValueKind() == System.Text.Json.JsonValueKind.Number
            ? PlainData.ToNumber(PlainData.FromNode(value))
            : null;

    /// <summary>
    /// A property by name, first exactly, then without regard to case (old files are PascalCase here and there).
    /// </summary>
    public static JsonNode? Find(this JsonObject json, string name)
    {
        if (json.TryGetPropertyValue(name, out var found)) return found;
        foreach (var (key, value) in json)
        {
            if (string.Equals(key, name, StringComparison.OrdinalIgnoreCase)) return value;
        }

        return null;
    }

    public static IReadOnlyList<VariableDefinition> Variables(JsonNode? node)
    {
        if (node is not JsonArray { Count: > 0 } array) return [];
        var variables = new List<VariableDefinition>(array.Count);
        foreach (var item in array)
        {
            if (item is not JsonObject json) continue;
            var name = json.Text("name") is { Length: > 0 } given ? given : $"Variable{variables.Count + 1}";
            var type = json.Text("typeName") ?? "Object";
            var isArray = json.Flag("isArray");
            variables.Add(new VariableDefinition(
                json.Text("id") is { Length: > 0 } id ? id : name, name, type, isArray,
                InitialValue(json["value"], type, isArray)));
        }

        return variables;
    }

    public static IReadOnlyList<WorkflowInputDefinition> Inputs(JsonNode? node)
    {
        if (node is not JsonArray { Count: > 0 } array) return [];
        var inputs = new List<WorkflowInputDefinition>(array.Count);
        foreach (var item in array)
        {
            if (item is not JsonObject json || json.Text("name") is not { Length: > 0 } name) continue;
            inputs.Add(new WorkflowInputDefinition(
                name,
                json.Text("type") ?? "Object",
                json.Flag("isArray"),
                json.Text("displayName") ?? name,
                json.Text("description") ?? "",
                json.Text("uiHint") ?? "singleline"));
        }

        return inputs;
    }

    public static IReadOnlyList<WorkflowOutputDefinition> Outputs(JsonNode? node)
    {
        if (node is not JsonArray { Count: > 0 } array) return [];
        var outputs = new List<WorkflowOutputDefinition>(array.Count);
        foreach (var item in array)
        {
            if (item is not JsonObject json || json.Text("name") is not { Length: > 0 } name) continue;
            outputs.Add(new WorkflowOutputDefinition(
                name,
                json.Text("type") ?? "Object",
                json.Flag("isArray"),
                json.Text("displayName") ?? name,
                json.Text("description") ?? ""));
        }

        return outputs;
    }

    public static IReadOnlyList<string> Strings(JsonNode? node)
    {
        if (node is not JsonArray { Count: > 0 } array) return [];
        var texts = new List<string>(array.Count);
        foreach (var item in array)
        {
            if (item is JsonValue value) texts.Add(value.ToString());
        }

        return texts;
    }

    public static WorkflowOptions Options(JsonObject definition)
    {
        var json = definition["options"] as JsonObject ?? [];
        return new WorkflowOptions(
            json.Text("activationStrategyType"),
            json.Flag("usableAsActivity") || definition.Flag("usableAsActivity"),
            json.Flag("autoUpdateConsumingWorkflows"),
            json.Text("activityCategory"),
            json.Text("incidentStrategyType"),
            json.Text("commitStrategyName"));
    }

    /// <summary>Studio writes initial values as text; a text that does not fit the type is kept as text.</summary>
    private static object? InitialValue(JsonNode? node, string type, bool isArray)
    {
        var value = PlainData.FromNode(node);
        if (value is null or "") return type == "String" && !isArray ? value : null;
        try
        {
            if (value is string text && (isArray || IsStructured(type)) && text.TrimStart() is ['[' or '{', ..])
                value = PlainData.FromJson(text);
            return PlainData.ConvertTo(value, isArray ? type + "[]" : type);
        }
        catch (FormatException)
        {
            return value;
        }
    }

    private static bool IsStructured(string type) =>
        type is "Object" or "ObjectDictionary" or "StringDictionary" or "JSON" or "JsonObject" or "JsonNode"
            or "JsonElement"
        || type.Contains('<', StringComparison.Ordinal) || type.EndsWith("[]", StringComparison.Ordinal);
}
