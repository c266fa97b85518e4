using System.Globalization;
using System.Text;
using Consultation.Cases;
using Consultation.Engine.Definitions;

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
    public static FlowchartPicture Read(WorkflowDefinition definition)
    {
        var drawn = DrawnFlowchart.Of(definition);
        return drawn.Activities.Count == 0
            ? FlowchartPicture.Empty
            : new([.. drawn.Activities.Select(Node)],
                [.. drawn.Connections.Select(way => new FlowEdge(way.From, way.Port, way.To))]);
    }

    private static FlowNode Node(DrawnActivity activity, int index)
    {
        var (place, shape) = (activity.Place, Shape(activity.Type));
        return new FlowNode(
            activity.Id,
            activity.Type,
            Label(activity),
            shape,
            Within(place.X) ?? index % PerLine * Spacing,
            Within(place.Y) ?? Math.Floor((double)index / PerLine) * 130,
            Positive(Within(place.Width)) ?? DefaultWidth,
            Positive(Within(place.Height)) ?? DefaultHeight,
            activity.Rows,
            activity.Literal("workflowDefinitionId")
                ?? (shape == NodeShape.Part ? activity.Literal("workflow") : null));
    }

    /// <summary>What an activity is called: by its author, else after its id.</summary>
    internal static LocalText Label(DrawnActivity activity) => new(
        activity.DisplayText ?? activity.Literal("title") ?? activity.Literal("name") ?? activity.Name ?? activity.Id,
        activity.DisplayTextEn ?? activity.Literal("titleEn") ?? activity.Literal("stepNameEn") ?? Apart(activity.Id));

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

    private static double? Within(double? value) =>
        value is { } known && double.IsFinite(known) ? Math.Clamp(known, -100_000, 100_000) : null;

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
