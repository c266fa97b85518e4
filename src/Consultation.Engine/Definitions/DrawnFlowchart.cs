using System.Text.Json.Nodes;

namespace Consultation.Engine.Definitions;

/// <summary>
/// A definition's root flowchart as its author drew it, whether it compiles or not: what is broken is left out, nothing
/// throws. For pictures and outlines; what runs is compiled.
/// </summary>
/// <param name="Activities">In the order of the file; of two with one id the later one.</param>
/// <param name="Connections">Those between two of the activities, each once.</param>
public sealed record DrawnFlowchart(IReadOnlyList<DrawnActivity> Activities, IReadOnlyList<DrawnConnection> Connections)
{
    /// <summary>Nothing is drawn.</summary>
    public static readonly DrawnFlowchart Empty = new([], []);

    /// <summary>The root flowchart; <see cref="Empty"/> when the root is none.</summary>
    public static DrawnFlowchart Of(WorkflowDefinition definition)
    {
        if (definition.Root?["activities"] is not JsonArray list) return Empty;
        var activities = new Dictionary<string, DrawnActivity>(StringComparer.Ordinal);
        foreach (var json in list.OfType<JsonObject>())
        {
            if (json.Text("id") is { Length: > 0 } id) activities[id] = new DrawnActivity(id, json);
        }

        var connections = (definition.Root["connections"] as JsonArray ?? []).OfType<JsonObject>()
            .Select(DrawnConnection.Of).OfType<DrawnConnection>()
            .Where(one => activities.ContainsKey(one.From) && activities.ContainsKey(one.To)).Distinct();
        return new([.. activities.Values], [.. connections]);
    }

    /// <summary>All activities of a definition that have an id, however deep they lie.</summary>
    public static IEnumerable<DrawnActivity> Everywhere(WorkflowDefinition definition)
    {
        var pending = new Stack<JsonObject>();
        if (definition.Root is { } root) pending.Push(root);
        while (pending.TryPop(out var json))
        {
            if (json.Text("id") is { Length: > 0 } id) yield return new DrawnActivity(id, json);
            foreach (var child in ActivityChildren.Of(json)) pending.Push(child.Json);
        }
    }
}

/// <summary>A way from a port of one activity to another.</summary>
/// <param name="From">Id of the activity that it leaves.</param>
/// <param name="Port">The port that it leaves by.</param>
/// <param name="To">Id of the activity that it enters.</param>
public sealed record DrawnConnection(string From, string Port, string To)
{
    internal static DrawnConnection? Of(JsonObject json)
    {
        var (from, port) = ConnectionReader.End(json, "source", "Done");
        var (to, _) = ConnectionReader.End(json, "target", "In");
        return from is null || to is null ? null : new(from, port, to);
    }
}

/// <summary>An activity as it stands in the file.</summary>
public sealed class DrawnActivity
{
    private readonly JsonObject _json;

    internal DrawnActivity(string id, JsonObject json) => (Id, _json) = (id, json);

    /// <summary>Its id, not empty.</summary>
    public string Id { get; }

    /// <summary>Type name; empty when the file has none.</summary>
    public string Type => _json.Text("type") ?? "";

    /// <summary>The technical name, or null.</summary>
    public string? Name => _json.Text("name");

    /// <summary>What its author calls it, or null.</summary>
    public string? DisplayText => Metadata.Text("displayText");

    /// <summary>The same in English, or null.</summary>
    public string? DisplayTextEn => Metadata.Text("displayTextEn");

    /// <summary>Rows of the source documents that it implements; empty when its file names none.</summary>
    public IReadOnlyList<string> Rows => (_json["customProperties"] as JsonObject)?["rows"] is JsonArray list
        ? [.. list.Select(row => row?.ToString() ?? "")]
        : [];

    /// <summary>Where it is drawn; null for what the file does not say.</summary>
    public (double? X, double? Y, double? Width, double? Height) Place
    {
        get
        {
            var designer = Metadata["designer"] as JsonObject;
            var (position, size) = (designer?["position"] as JsonObject, designer?["size"] as JsonObject);
            return (position?.Number("x"), position?.Number("y"), size?.Number("width"), size?.Number("height"));
        }
    }

    private JsonObject Metadata => _json["metadata"] as JsonObject ?? [];

    /// <summary>The literal value of an input; null when it is computed, empty or missing.</summary>
    public string? Literal(string input) => Expression(input) is { } expression && expression.Text("type") == "Literal"
        ? expression.Text("value") is { Length: > 0 } text ? text : null
        : null;

    /// <summary>What an input's expression says, whatever its kind; null when that is no plain value.</summary>
    public string? Value(string input) => Expression(input)?.Text("value");

    /// <summary>The literal value of an input, or the default of the variable that it names.</summary>
    public string? LiteralOrDefault(string input) =>
        Expression(input) is not { } expression ? null : expression.Text("type") switch
        {
            "Literal" => expression.Text("value"),
            "Variable" => (expression["value"] as JsonObject)?.Text("value"),
            _ => null,
        };

    private JsonObject? Expression(string input) => (_json[input] as JsonObject)?["expression"] as JsonObject;
}
