using System.Text.Json;
using System.Text.Json.Nodes;

namespace Consultation.Engine.Definitions;

/// <summary>
/// Finds the activities inside an activity's JSON, whatever its type: lists (<c>activities</c>, <c>branches</c>),
/// embedded ports (<c>then</c>, <c>body</c>) and lists of cases that carry an activity.
/// </summary>
internal static class ActivityChildren
{
    /// <summary>A child and the property it hangs on, in PascalCase as Elsa names ports.</summary>
    public readonly record struct Child(string Port, JsonObject Json);

    /// <summary>
    /// As Studio does: an object with <c>id</c>, <c>type</c> and <c>version</c>; old files may lack one of them.
    /// </summary>
    public static bool IsActivity(JsonNode? node) =>
        node is JsonObject json
        && json["type"] is JsonValue type && type.GetValueKind() == JsonValueKind.String
        && (json["id"] is JsonValue || json["nodeId"] is JsonValue)
        && (json["version"] is JsonValue || json.ContainsKey("metadata") || json.ContainsKey("customProperties"));

    public static IEnumerable<Child> Of(JsonObject activity)
    {
        foreach (var (name, value) in activity)
        {
            if (name is "metadata" or "customProperties" or "connections" or "variables" or "applicationProperties")
            {
                continue;
            }
            if (IsActivity(value)) yield return new Child(PortName(name), (JsonObject)value!);
            else if (value is JsonArray array)
            {
                foreach (var child in InList(name, array)) yield return child;
            }
        }
    }

    public static string PortName(string property) =>
        property.Length > 0 && char.IsAsciiLetterLower(property[0])
            ? char.ToUpperInvariant(property[0]) + property[1..]
            : property;

    private static IEnumerable<Child> InList(string name, JsonArray array)
    {
        foreach (var item in array)
        {
            if (IsActivity(item))
            {
                yield return new Child(PortName(name), (JsonObject)item!);
            }
            else if (item is JsonObject entry)
            {
                var label = entry.Text("label") ?? entry.Text("statusCode") ?? entry.Text("name");
                foreach (var (property, value) in entry)
                {
                    if (!IsActivity(value)) continue;
                    var port = property == "activity" ? label ?? PortName(name) : PortName(property);
                    yield return new Child(port, (JsonObject)value!);
                }
            }
        }
    }
}
