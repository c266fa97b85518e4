using System.Globalization;
using System.Text;
using System.Text.Json;
using Consultation.Cases;
using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;

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
    /// <param name="catalog">The activity types, which say what shape their nodes have and what their ways out are
    /// called.</param>
    public static FlowchartPicture Read(JsonElement definition, ActivityCatalog catalog)
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
                nodes[id] = Node(activity, id, nodes.Count, catalog);
            }
        }

        var edges = Property(root, "connections") is { ValueKind: JsonValueKind.Array } connections
            ? connections.EnumerateArray().Select(Edge).OfType<FlowEdge>()
                .Where(edge => nodes.ContainsKey(edge.From) && nodes.ContainsKey(edge.To)).Distinct()
                .Select(edge => edge with { Name = PortName(Describe(nodes[edge.From].Type, catalog), edge.Port) })
                .ToList()
            : [];
        return new FlowchartPicture([.. nodes.Values], edges);
    }

    /// <summary>What the catalogue says of a type by its newest version, or null.</summary>
    internal static ActivityDescriptor? Describe(string? type, ActivityCatalog catalog) =>
        type is null ? null : catalog.Find(type, int.MaxValue)?.Descriptor;

    private static FlowNode Node(JsonElement activity, string id, int index, ActivityCatalog catalog)
    {
        var type = Text(activity, "type") ?? "";
        var descriptor = Describe(type, catalog);
        var metadata = Property(activity, "metadata");
        var designer = Property(metadata, "designer");
        var position = Property(designer, "position");
        var size = Property(designer, "size");
        return new FlowNode(
            id,
            type,
            Label(activity, id),
            Shape(descriptor),
            Number(position, "x") ?? index % PerLine * Spacing,
            Number(position, "y") ?? Math.Floor((double)index / PerLine) * 130,
            Positive(Number(size, "width")) ?? DefaultWidth,
            Positive(Number(size, "height")) ?? DefaultHeight,
            Rows(activity),
            descriptor?.Inputs.Where(input => input.UIHint == UIHints.WorkflowDefinitionPicker)
                .Select(input => Literal(activity, JsonNamingPolicy.CamelCase.ConvertName(input.Name)))
                .FirstOrDefault());
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

    private static NodeShape Shape(ActivityDescriptor? descriptor) => descriptor?.Shape switch
    {
        ActivityShape.Gate => NodeShape.Gate,
        ActivityShape.Choice => NodeShape.Choice,
        ActivityShape.Terminal => NodeShape.Terminal,
        ActivityShape.Junction => NodeShape.Junction,
        ActivityShape.Milestone => NodeShape.Milestone,
        ActivityShape.Part => NodeShape.Part,
        _ => NodeShape.Step,
    };

    private static LocalText? PortName(ActivityDescriptor? descriptor, string port) =>
        descriptor?.Ports.FirstOrDefault(one => one.Name == port)?.DisplayName is { } name
            ? new(name.Zh, name.En) : null;

    private static string Rows(JsonElement activity)
    {
        var rows = Property(Property(activity, "customProperties"), "rows")
            ?? Property(Property(activity, "metadata"), "rows");
        return rows switch
        {
            { ValueKind: JsonValueKind.Array } list =>
                string.Join(' ', list.EnumerateArray().Select(row => row.ToString())),
            { ValueKind: JsonValueKind.String } text => text.GetString()!,
            _ => "",
        };
    }

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
