using Consultation.Cases.Plans;
using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Storage.Reading.Flowcharts;

namespace Consultation.Storage.Reading.Plans;

/// <summary>The outline of a definition: what the engine reads of the file, put before the rules of plans.</summary>
public static class PlanOutlineReader
{
    /// <summary>The outline; empty when the definition has no flowchart.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="catalog">The activity types, which say what begins a phase and what asks people for
    /// something.</param>
    public static PlanOutline Read(WorkflowDefinition definition, ActivityCatalog catalog)
    {
        var drawn = DrawnFlowchart.Of(definition);
        return OutlineRules.Of(
            [.. drawn.Activities.Select(one => new OutlinedActivity(
                one.Id, KindOf(FlowchartReader.Describe(one.Type, catalog)), one.DisplayText, one.Literal, one.Value,
                one.LiteralOrDefault("due")))],
            drawn.Connections.Select(way => (way.From, way.To)));
    }

    private static OutlinedKind KindOf(ActivityDescriptor? type) => type switch
    {
        { Shape: ActivityShape.Milestone } => OutlinedKind.Step,
        // What asks for an answer to a notice is no work of the plan.
        { Shape: ActivityShape.Gate, Asks.OnlyIf: null, Asks: not null } => OutlinedKind.Gate,
        { Asks: { OnlyIf: null } } => OutlinedKind.Work,
        _ => OutlinedKind.Other,
    };
}
