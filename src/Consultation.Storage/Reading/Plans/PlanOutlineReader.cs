using Consultation.Cases.Plans;
using Consultation.Engine.Definitions;

namespace Consultation.Storage.Reading.Plans;

/// <summary>The outline of a definition: what the engine reads of the file, put before the rules of plans.</summary>
public static class PlanOutlineReader
{
    /// <summary>The outline; empty when the definition has no flowchart.</summary>
    public static PlanOutline Read(WorkflowDefinition definition)
    {
        var drawn = DrawnFlowchart.Of(definition);
        return OutlineRules.Of(
            [.. drawn.Activities.Select(one => new OutlinedActivity(
                one.Id, one.Type, one.DisplayText, one.Literal, one.Value, one.LiteralOrDefault("due")))],
            drawn.Connections.Select(way => (way.From, way.To)));
    }
}
