using System.Globalization;
using System.Text;
using System.Text.Json;
using Consultation.Cases;

namespace Consultation.Storage.Reading.Flowcharts;

/// <summary>
/// Reads the picture out of a definition: nodes where the designer put them, connections by port. Pure. What is missing
/// is made up sensibly (a definition written by hand may have no positions), what is broken is left out: a picture
/// never fails a page.
/// </summary>
public static class FlowchartReader
{
    private const double DefaultWidth = 220;
    private const double DefaultHeight = 60;
    private const double Spacing = 290;
    private const int PerLine = 6;

    /// <summary>
    /// The picture of the definition's root flowchart; <see cref="FlowchartPicture.Empty"/> when the root is no
    /// flowchart.
    /// </summary>
    /// <param name="definition">An Elsa 3 definition, or its root alone.</param>
    public static FlowchartPicture Read(JsonElement definition)
    {
        var root = Property(definition, "root") is { ValueKind: JsonValueKind.Object } inner ? inner : definition;
        if (Property(root, "activities") is not { ValueKind: JsonValueKind.Array } activities)
        {
            return FlowchartPicture.Empty;
        }

        var nodes = new Dictionary<string, FlowNode>(StringComparer.Ordinal);
        foreach (var activity in activities.EnumerateArray())
        {
            if (Text(activity, "id") is { Length: > 0 } id)
            {
                nodes[id] = Node(activity, id, nodes.Count);
            }
        }

        var edges = Property(root, "connections") is { ValueKind: JsonValueKind.Array } connections
            ? connections.EnumerateArray().Select(Edge).OfType<FlowEdge>()
                .Where(edge => nodes.ContainsKey(edge.From) && nodes.ContainsKey(edge.To)).Distinct().ToList()
            : [];
        return new FlowchartPicture([.. nodes.Values], edges);
    }

    private static FlowNode Node(JsonElement activity, string id, int index)
    {
        var type = Text(activity, "type") ?? "";
        var metadata = Property(activity, "metadata");
        var designer = Property(metadata, "designer");
        var position = Property(designer, "position");
        var size = Property(designer, "size");
        return new FlowNode(
            id,
            type,
            Label(activity, id),
            Shape(type),
            Number(position, "x") ?? index % PerLine * Spacing,
            Number(position, "y") ?? Math.Floor((double)index / PerLine) * 130,
            Positive(Number(size, "width")) ?? DefaultWidth,
            Positive(Number(size, "height")) ?? DefaultHeight,
            Rows(activity),
            Literal(activity, "workflowDefinitionId")
                ?? (Shape(type) == NodeShape.Part ? Literal(activity, "workflow") : null));
    }

    /// <summary>What an activity is called: by its author, else after its id.</summary>
    internal static LocalText Label(JsonElement activity, string id)
    {
        var metadata = Property(activity, "metadata");
        var shown = Text(metadata, "displayText");
        var title = Literal(activity, "title");
        var english = Text(metadata, "displayTextEn") ?? Literal(activity, "titleEn") ?? Literal(activity, "stepNameEn")
            ?? Apart(id);
        return new LocalText(shown ?? title ?? Literal(activity, "name") ?? Text(activity, "name") ?? id, english);
    }

    private static NodeShape Shape(string type) => type[(type.LastIndexOf('.') + 1)..] switch
    {
        "Start" or "End" or "Finish" or "Complete" => NodeShape.Terminal,
        "FlowDecision" or "FlowSwitch" or "If" or "Switch" => NodeShape.Choice,
        "FlowFork" or "FlowJoin" or "Fork" => NodeShape.Junction,
        "RequestApproval" => NodeShape.Gate,
        "EnterStep" => NodeShape.Milestone,
        "ExecuteWorkflow" or "DispatchWorkflow" or "OpenTrackedItems" => NodeShape.Part,
        _ => NodeShape.Step,
    };

    private static string[] Rows(JsonElement activity) =>
        Property(Property(activity, "customProperties"), "rows") is { ValueKind: JsonValueKind.Array } rows
            ? [.. rows.EnumerateArray().Select(row => row.ToString())]
            : [];

    private static FlowEdge? Edge(JsonElement connection)
    {
        var source = Property(connection, "source");
        var target = Property(connection, "target");
        // Elsa writes the ends as objects; older definitions have plain ids and a port beside them.
        var from = Text(source, "activity") ?? AsText(source);
        var to = Text(target, "activity") ?? AsText(target);
        return from is null || to is null
            ? null
            : new FlowEdge(from, Text(source, "port") ?? Text(connection, "sourcePort") ?? "Done", to);
    }

    /// <summary>The literal value of an input, or null when it is computed or missing.</summary>
    internal static string? Literal(JsonElement activity, string input) =>
        Property(Property(activity, input), "expression") is { } expression && Text(expression, "type") == "Literal"
            ? Text(expression, "value") is { Length: > 0 } text ? text : null
            : null;

    internal static JsonElement? Property(JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } known && known.TryGetProperty(name, out var value)
            ? value
            : null;

    internal static string? Text(JsonElement? element, string name) => AsText(Property(element, name));

    private static string? AsText(JsonElement? element) =>
        element is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static double? Number(JsonElement? element, string name) =>
        Property(element, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetDouble(out var value)
            && double.IsFinite(value)
            ? Math.Clamp(value, -100_000, 100_000)
            : null;

    private static double? Positive(double? value) => value is > 0 ? value : null;

    /// <summary>"CommitteeGate" as "Committee gate".</summary>
    private static string Apart(string name)
    {
        var words = new StringBuilder();
        for (var index = 0; index < name.Length; index++)
        {
            var breaks = index > 0 && char.IsUpper(name[index]) && !char.IsUpper(name[index - 1]);
            words.Append(breaks ? $" {char.ToLower(name[index], CultureInfo.InvariantCulture)}" : name[index]);
        }

        return words.ToString();
    }
}
