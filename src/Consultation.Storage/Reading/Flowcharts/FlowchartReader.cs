using System.Globalization;
using System.Text;
using System.Text.Json;
using Consultation.Cases;
using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;

namespace Consultation.Storage.Reading.Flowcharts;

/// <summary>
/// Makes the picture of a definition: nodes where the designer put them, connections by port. Pure. What is missing is
/// made up sensibly (a definition written by hand may have no positions): a picture never fails a page.
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
    /// <param name="definition">The definition.</param>
    /// <param name="catalog">The activity types, which say what shape their nodes have and what their ways out are
    /// called.</param>
    public static FlowchartPicture Read(WorkflowDefinition definition, ActivityCatalog catalog)
    {
        var drawn = DrawnFlowchart.Of(definition);
        if (drawn.Activities.Count == 0) return FlowchartPicture.Empty;
        var types = drawn.Activities.ToDictionary(one => one.Id, one => Describe(one.Type, catalog));
        return new(
            [.. drawn.Activities.Select((activity, index) => Node(activity, index, types[activity.Id]))],
            [.. drawn.Connections.Select(way =>
                new FlowEdge(way.From, way.Port, way.To) { Name = PortName(types[way.From], way.Port) })]);
    }

    /// <summary>What the catalogue says of a type by its newest version, or null.</summary>
    internal static ActivityDescriptor? Describe(string type, ActivityCatalog catalog) =>
        catalog.Find(type, int.MaxValue)?.Descriptor;

    private static FlowNode Node(DrawnActivity activity, int index, ActivityDescriptor? descriptor)
    {
        var place = activity.Place;
        return new FlowNode(
            activity.Id,
            activity.Type,
            Label(activity),
            Shape(descriptor),
            Within(place.X) ?? index % PerLine * Spacing,
            Within(place.Y) ?? Math.Floor((double)index / PerLine) * 130,
            Positive(Within(place.Width)) ?? DefaultWidth,
            Positive(Within(place.Height)) ?? DefaultHeight,
            activity.Rows,
            descriptor?.Inputs.Where(input => input.UIHint == UIHints.WorkflowDefinitionPicker)
                .Select(input => activity.Literal(JsonNamingPolicy.CamelCase.ConvertName(input.Name)))
                .FirstOrDefault());
    }

    /// <summary>What an activity is called: by its author, else after its id.</summary>
    internal static LocalText Label(DrawnActivity activity) => new(
        activity.DisplayText ?? activity.Literal("title") ?? activity.Literal("name") ?? activity.Name ?? activity.Id,
        activity.DisplayTextEn ?? activity.Literal("titleEn") ?? activity.Literal("stepNameEn") ?? Apart(activity.Id));

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

    private static double? Within(double? value) =>
        value is { } known && double.IsFinite(known) ? Math.Clamp(known, -100_000, 100_000) : null;

    private static LocalText? PortName(ActivityDescriptor? descriptor, string port) =>
        descriptor?.Ports.FirstOrDefault(one => one.Name == port)?.DisplayName is { } name
            ? new(name.Zh, name.En) : null;

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
