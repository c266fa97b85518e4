using System.Globalization;
using System.Text.Json;
using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.Plans;
using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Storage.Reading.Flowcharts;

namespace Consultation.Storage.Reading.Plans;

/// <summary>
/// Reads what a definition leads through: its steps or its phases by weeks, which work and which gates lie in which
/// phase, and when each is due. Pure.
/// </summary>
public static class PlanOutlineReader
{
    /// <summary>The outline; empty when the definition has no flowchart.</summary>
    /// <param name="definition">An Elsa 3 definition, or its root alone.</param>
    /// <param name="catalog">The activity types, which say what begins a phase and what asks people for
    /// something.</param>
    public static PlanOutline Read(JsonElement definition, ActivityCatalog catalog)
    {
        var root = FlowchartReader.Property(definition, "root") is { } inner ? inner : definition;
        if (FlowchartReader.Property(root, "activities") is not { ValueKind: JsonValueKind.Array } list)
        {
            return PlanOutline.Empty;
        }

        var picture = FlowchartReader.Read(definition, catalog);
        var phases = PhasesByNode(picture, list, catalog);
        var order = phases.Values.Distinct().ToList();
        return new(
            [.. list.EnumerateArray().Where(activity => IsMilestone(activity, catalog)).Select(Step)
                .OfType<PlannedStep>()
                .DistinctBy(step => step.Key).OrderBy(step => step.Number)],
            [.. list.EnumerateArray()
                .Select(activity => (Activity: activity, Type: TypeOf(activity, catalog)))

                // What asks for an answer to a notice is no work of the plan.
                .Where(one => one.Type?.Asks is { OnlyIf: null })
                .Select(one => Work(one.Activity, one.Type!.Shape == ActivityShape.Gate, phases))
                .OfType<PlannedWork>()
                .OrderBy(work => order.IndexOf(work.Phase))]);
    }

    /// <summary>A step, with its weeks where it is planned by weeks.</summary>
    private static PlannedStep? Step(JsonElement activity)
    {
        if (FlowchartReader.Literal(activity, "key") is not { } key
            || Whole(activity, "number") is not (> 0 and var number))
        {
            return null;
        }
        var shown = FlowchartReader.Literal(activity, "stepName")
            ?? FlowchartReader.Text(FlowchartReader.Property(activity, "metadata"), "displayText");
        var name = new LocalText(shown ?? key, FlowchartReader.Literal(activity, "stepNameEn"));
        return Whole(activity, "toWeek") is > 0 and var to
            ? new PlannedPhase(key, number, name, Whole(activity, "fromWeek"), to)
            : new PlannedStep(key, number, name);
    }

    /// <summary>A literal, written as a number or as text; 0 otherwise.</summary>
    private static int Whole(JsonElement activity, string input) =>
        FlowchartReader.Property(
            FlowchartReader.Property(FlowchartReader.Property(activity, input), "expression"), "value") is { } value
        && int.TryParse(value.ToString(), CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static ActivityDescriptor? TypeOf(JsonElement activity, ActivityCatalog catalog) =>
        FlowchartReader.Describe(FlowchartReader.Text(activity, "type"), catalog);

    private static bool IsMilestone(JsonElement activity, ActivityCatalog catalog) =>
        TypeOf(activity, catalog)?.Shape == ActivityShape.Milestone;

    private static PlannedWork? Work(JsonElement activity, bool isGate, Dictionary<string, string> phases)
    {
        var id = FlowchartReader.Text(activity, "id");
        if (id is null || !phases.TryGetValue(id, out var phase))
        {
            return null;
        }

        var title = FlowchartReader.Literal(activity, "title")
            ?? FlowchartReader.Text(FlowchartReader.Property(activity, "metadata"), "displayText") ?? id;
        WorkingDuration? due = WorkingDuration.TryParse(Due(activity), out var duration) ? duration : null;
        return new(
            id,
            new LocalText(title, FlowchartReader.Literal(activity, "titleEn")),
            isGate,
            phase,
            due,
            FlowchartReader.Literal(activity, "dueFrom") == "startDate");
    }

    /// <summary>A literal, or the default of the variable that it names.</summary>
    private static string? Due(JsonElement activity)
    {
        var expression = FlowchartReader.Property(FlowchartReader.Property(activity, "due"), "expression");
        return FlowchartReader.Text(expression, "type") switch
        {
            "Literal" => FlowchartReader.Text(expression, "value"),
            "Variable" => FlowchartReader.Text(FlowchartReader.Property(expression, "value"), "value"),
            _ => null,
        };
    }

    /// <summary>A node belongs to the phase whose beginning is the nearest before it along the connections.</summary>
    private static Dictionary<string,
    string> PhasesByNode(FlowchartPicture picture, JsonElement activities, ActivityCatalog catalog)
    {
        var begins = activities.EnumerateArray()
            .Where(activity => IsMilestone(activity, catalog))
            .Select(activity =>
                (Id: FlowchartReader.Text(activity, "id")!, Key: FlowchartReader.Literal(activity, "key")))
            .Where(step => step.Key is not null).ToList();
        var next = picture.Edges.ToLookup(edge => edge.From, edge => edge.To);
        var starts = begins.Select(step => step.Id).ToHashSet();
        var phases = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (id, key) in begins)
        {
            var ahead = new Queue<string>([id]);
            while (ahead.TryDequeue(out var node))
            {
                if (phases.TryAdd(node, key!))
                {
                    foreach (var other in next[node].Where(other => !starts.Contains(other)))
                    {
                        ahead.Enqueue(other);
                    }
                }
            }
        }

        return phases;
    }
}
