using System.Text.Json.Nodes;

namespace Consultation.Engine.Definitions;

/// <summary>What kind of part of a definition differs.</summary>
public enum DifferencePart
{
    /// <summary>Name, description or another property of the whole.</summary>
    Setting,
    /// <summary>A variable.</summary>
    Variable,
    /// <summary>An input of the workflow.</summary>
    Input,
    /// <summary>An output of the workflow.</summary>
    Output,
    /// <summary>An activity as a whole, or one of its properties.</summary>
    Activity,
    /// <summary>A line between two activities.</summary>
    Connection,
}

/// <summary>
/// One difference between two versions. What was added has no text before, what was removed none after.
/// </summary>
/// <param name="Part">What kind of part differs.</param>
/// <param name="Name">Which one: display name, or the property of the whole; for a connection the activity it
/// leaves.</param>
/// <param name="Property">Which property of it, or the port of a connection; null when the whole part came or
/// went.</param>
/// <param name="Before">What the earlier version says; for a connection the activity it enters.</param>
/// <param name="After">What the later version says.</param>
public sealed record DefinitionDifference(
    DifferencePart Part, string Name, string? Property, string? Before, string? After)
{
    /// <summary>The activity that differs, or that a connection leaves; null for other parts.</summary>
    public string? ActivityId { get; init; }

    /// <summary>Its type.</summary>
    public string? ActivityType { get; init; }

    /// <summary>The activity that a connection enters in the later version; null when it is gone.</summary>
    public string? TargetId { get; init; }

    /// <summary>The activity that it entered in the earlier version; null when it is new.</summary>
    public string? FormerTargetId { get; init; }
}

/// <summary>
/// Compares two versions of a definition by meaning: activities by their ids wherever they stand, connections by their
/// ends; a way out that led to one activity and leads to another now is one difference. Where a box is drawn makes no
/// difference; neither do version numbers and times.
/// </summary>
public static class DefinitionComparison
{
    private static readonly string[] Settings =
        ["name", "description", "outcomes", "options", "customProperties", "isReadonly"];
    private static readonly string[] OfNoMeaning = ["id", "nodeId", "metadata", "activities", "connections"];

    /// <summary>
    /// What a reader has to know to go from the earlier version to the later one; empty when nothing but the drawing
    /// changed.
    /// </summary>
    public static IReadOnlyList<DefinitionDifference> Compare(WorkflowDefinition earlier, WorkflowDefinition later)
    {
        var found = new List<DefinitionDifference>();
        foreach (var setting in Settings)
        {
            Add(found, DifferencePart.Setting, setting, null, Text(earlier.Json[setting]), Text(later.Json[setting]));
        }

        foreach (var (part, list) in new[]
        {
            (DifferencePart.Variable, "variables"), (DifferencePart.Input, "inputs"),
                (DifferencePart.Output, "outputs"),
        })
        {
            Parts(found, part, ByName(earlier.Json[list]), ByName(later.Json[list]), name => name);
        }

        var (before, after) = (Activities(earlier.Json["root"]), Activities(later.Json["root"]));
        Parts(found, DifferencePart.Activity, before, after, id => Named(after.GetValueOrDefault(id) ?? before[id]));
        var (had, has) = (Connections(before), Connections(after));
        foreach (var way in had.Except(has).Concat(has.Except(had)).GroupBy(line => (line.From, line.Port)))
        {
            var (gone, come) = (way.Where(had.Contains).ToList(), way.Where(has.Contains).ToList());
            if (gone.Count == 1 && come.Count == 1)
            {
                found.Add(Led(way.Key, gone[0].To, come[0].To));
            }
            else
            {
                found.AddRange(gone.Select(line => Led(way.Key, line.To, null)));
                found.AddRange(come.Select(line => Led(way.Key, null, line.To)));
            }
        }

        return found;

        DefinitionDifference Led((string From, string Port) way, string? former, string? target) =>
            new(DifferencePart.Connection, End(way.From)!, way.Port, End(former), End(target))
            {
                ActivityId = way.From,
                ActivityType =
                    (after.GetValueOrDefault(way.From) ?? before.GetValueOrDefault(way.From))?["type"]?.ToString(),
                TargetId = target,
                FormerTargetId = former,
            };

        string? End(string? id) => id is not null
            && (after.GetValueOrDefault(id) ?? before.GetValueOrDefault(id)) is { } activity ? Named(activity) : id;
    }

    private static void Parts(
        List<DefinitionDifference> found, DifferencePart part, Dictionary<string, JsonObject> before,
        Dictionary<string, JsonObject> after,
        Func<string, string> name)
    {
        foreach (var key in before.Keys.Union(after.Keys))
        {
            var (had, has) = (before.GetValueOrDefault(key), after.GetValueOrDefault(key));
            var first = found.Count;
            if (had is null || has is null)
            {
                found.Add(new(part, name(key), null, had is null ? null : Kind(had), has is null ? null : Kind(has)));
            }
            else
            {
                foreach (var property in had.Select(one => one.Key).Union(has.Select(one => one.Key))
                    .Except(OfNoMeaning))
                {
                    Add(found, part, name(key), property, Text(had[property]), Text(has[property]));
                }

                Add(found, part, name(key), "displayText", Text(had["metadata"]?["displayText"]),
                    Text(has["metadata"]?["displayText"]));
            }

            if (part != DifferencePart.Activity) continue;
            for (var at = first; at < found.Count; at++)
            {
                found[at] = found[at] with { ActivityId = key, ActivityType = (has ?? had)!["type"]?.ToString() };
            }
        }
    }

    private static void Add(List<DefinitionDifference> found, DifferencePart part, string name, string? property,
        string? before, string? after)
    {
        if ((before ?? "") != (after ?? ""))
        {
            found.Add(new(part, name, property, before, after));
        }
    }

    private static Dictionary<string, JsonObject> ByName(JsonNode? list) =>
        (list as JsonArray ?? []).OfType<JsonObject>().GroupBy(one => one["name"]?.ToString() ?? "")
            .ToDictionary(group => group.Key, group => group.First());

    private static Dictionary<string, JsonObject> Activities(JsonNode? root)
    {
        var all = new Dictionary<string, JsonObject>();
        var pending = new Stack<JsonObject>();
        if (root is JsonObject first)
        {
            pending.Push(first);
        }

        while (pending.TryPop(out var activity))
        {
            all.TryAdd(activity["id"]?.ToString() ?? "", activity);
            foreach (var child in ActivityChildren.Of(activity))
            {
                pending.Push(child.Json);
            }
        }

        return all;
    }

    private static HashSet<(string From, string Port, string To)> Connections(
        Dictionary<string, JsonObject> activities) =>
    [
        .. activities.Values.SelectMany(activity => activity["connections"] as JsonArray ?? []).OfType<JsonObject>()
            .Select(line => (
            line["source"]?["activity"]?.ToString() ?? "", line["source"]?["port"]?.ToString() ?? "Done",
            line["target"]?["activity"]?.ToString() ?? "")),
    ];

    private static string Named(JsonObject activity) =>
        activity["metadata"]?["displayText"]?.ToString() is { Length: > 0 } shown ? shown
        : activity["name"]?.ToString() is { Length: > 0 } name ? name
        : activity["id"]?.ToString() ?? "";

    private static string Kind(JsonObject part) => part["type"]?.ToString() ?? part["typeName"]?.ToString() ?? "";

    /// <summary>
    /// An input reads as what was typed into it; everything else as its JSON, with names in a fixed order and nothing
    /// for what is empty.
    /// </summary>
    private static string? Text(JsonNode? value) => value switch
    {
        JsonObject map when map["expression"] is JsonObject expression => Text(expression["value"]),
        JsonObject map when ActivityChildren.IsActivity(map) => Named(map),
        JsonObject map => Joined(map.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => Text(pair.Value) is { } text ? $"{pair.Key}: {text}" : null)),
        JsonArray list => Joined(list.Select(Text)),
        JsonValue single when single.TryGetValue(out bool flag) => flag ? "true" : null,
        _ => value?.ToString() is { Length: > 0 } text ? text : null,
    };

    private static string? Joined(IEnumerable<string?> texts) =>
        string.Join(", ", texts.OfType<string>()) is { Length: > 0 } joined ? joined : null;
}
