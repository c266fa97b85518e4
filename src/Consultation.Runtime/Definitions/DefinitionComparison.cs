using System.Text.Json.Nodes;
using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;

namespace Consultation.Runtime.Definitions;

/// <summary>What one version of a definition has that another has not, activity by activity; where things stand on the canvas does not count.</summary>
/// <param name="Added">Activities only the second has, by display text or id.</param>
/// <param name="Removed">Activities only the first has.</param>
/// <param name="Changed">Activities that differ.</param>
/// <param name="Settings">Names of the definition's own properties that differ.</param>
public sealed record DefinitionComparison(
    IReadOnlyList<string> Added, IReadOnlyList<string> Removed, IReadOnlyList<string> Changed, IReadOnlyList<string> Settings)
{
    private static readonly string[] OwnProperties =
        ["name", "description", "variables", "inputs", "outputs", "outcomes", "customProperties", "options"];

    /// <summary>True when nothing differs that a run would notice.</summary>
    public bool IsEmpty => Added.Count + Removed.Count + Changed.Count + Settings.Count == 0;

    /// <summary>Compares two versions.</summary>
    public static DefinitionComparison Compare(WorkflowDefinition first, WorkflowDefinition second)
    {
        var (before, after) = (Activities(first.Root), Activities(second.Root));
        return new(
            [.. after.Where(pair => !before.ContainsKey(pair.Key)).Select(pair => Name(pair.Value))],
            [.. before.Where(pair => !after.ContainsKey(pair.Key)).Select(pair => Name(pair.Value))],
            [.. after.Where(pair => before.TryGetValue(pair.Key, out var old) && !Same(old, pair.Value)).Select(pair => Name(pair.Value))],
            [.. OwnProperties.Where(name => !JsonNode.DeepEquals(Normal(first.Json[name]), Normal(second.Json[name])))]);
    }

    /// <summary>One sentence.</summary>
    public string In(string culture)
    {
        var parts = new List<string>();
        void Say(IReadOnlyList<string> names, string zh, string en)
        {
            if (names.Count > 0)
            {
                var shown = string.Join(culture == "zh" ? "、" : ", ", names.Take(5)) + (names.Count > 5 ? " …" : "");
                parts.Add($"{new BilingualText(zh, en).In(culture)} {shown}");
            }
        }

        Say(Added, "新增", "added");
        Say(Removed, "删除", "removed");
        Say(Changed, "修改", "changed");
        Say(Settings, "设置", "settings");
        return parts.Count > 0 ? string.Join(";", parts) : new BilingualText("内容相同", "the same content").In(culture);
    }

    private static Dictionary<string, JsonObject> Activities(JsonNode? root)
    {
        var found = new Dictionary<string, JsonObject>();
        var pending = new Stack<JsonNode?>([root]);
        while (pending.TryPop(out var node))
        {
            switch (node)
            {
                case JsonArray array:
                    foreach (var item in array) pending.Push(item);
                    break;
                case JsonObject map:
                    if (map["type"] is JsonValue && map["id"] is JsonValue id) found.TryAdd(id.ToString(), map);
                    foreach (var (_, value) in map) pending.Push(value);
                    break;
                default:
                    break;
            }
        }

        return found;
    }

    private static string Name(JsonObject activity) =>
        activity["metadata"]?["displayText"] is JsonValue text && text.ToString() is { Length: > 0 } shown ? shown : activity["id"]!.ToString();

    private static bool Same(JsonObject first, JsonObject second) => JsonNode.DeepEquals(Own(first), Own(second));

    /// <summary>An activity without its children (compared on their own) and without its place on the canvas.</summary>
    private static JsonObject Own(JsonObject activity)
    {
        var copy = new JsonObject();
        foreach (var (name, value) in activity)
        {
            if (name is "metadata" or "activities" or "nodeId" || value is null) continue;
            if (value is JsonObject child && child["type"] is not null && child["id"] is not null) continue;
            copy[name] = name == "connections" ? Connections(value) : value.DeepClone();
        }

        return copy;
    }

    private static JsonArray Connections(JsonNode connections) => new(
        [.. (connections as JsonArray ?? []).OfType<JsonObject>()
            .Select(one => $"{one["source"]?["activity"]}.{one["source"]?["port"]}>{one["target"]?["activity"]}.{one["target"]?["port"]}")
            .Order(StringComparer.Ordinal).Select(text => (JsonNode)text)]);

    /// <summary>Nothing, null and an empty list are the same.</summary>
    private static JsonNode? Normal(JsonNode? value) => value switch
    {
        JsonArray { Count: 0 } or JsonObject { Count: 0 } => null,
        _ => value,
    };
}
