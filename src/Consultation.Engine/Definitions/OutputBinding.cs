using System.Text.Json.Nodes;
using Consultation.Engine.Running;

namespace Consultation.Engine.Definitions;

/// <summary>
/// Where an activity's output goes: a variable, an output of the workflow, or only the run's record of results.
/// </summary>
public sealed class OutputBinding
{
    private readonly VariablePlace? _variable;
    private readonly string? _workflowOutput;

    private OutputBinding(string name, VariablePlace? variable, string? workflowOutput)
    {
        Name = name;
        _variable = variable;
        _workflowOutput = workflowOutput;
    }

    /// <summary>The output's name in PascalCase.</summary>
    public string Name { get; }

    /// <summary>True when the definition sends the output to a variable or workflow output.</summary>
    public bool IsBound => _variable is not null || _workflowOutput is not null;

    internal static OutputBinding Create(ActivityNode node, string name, JsonNode? json)
    {
        var reference = (json as JsonObject)?["memoryReference"] as JsonObject;
        if (reference?.Text("id") is not { Length: > 0 } id) return new OutputBinding(name, null, null);
        if (node.FindVariableInScope(id) is { } variable) return new OutputBinding(name, variable, null);
        foreach (var output in node.Definition.Outputs)
        {
            if (output.Name == id) return new OutputBinding(name, null, id);
        }

        return new OutputBinding(name, null, null);
    }

    internal void Set(ActivityContext context, object? value)
    {
        context.RecordOutput(Name, value);
        if (_variable is { } place) VariableSlots.Set(context.Execution, place, value);
        else if (_workflowOutput is not null) context.SetWorkflowOutput(_workflowOutput, value);
    }
}
