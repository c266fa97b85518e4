using Consultation.Engine.Expressions;

namespace Consultation.Engine.Running;

/// <summary>What expressions see at one execution of a run. One object serves a whole step.</summary>
internal sealed class ExpressionScope(StepExecution step) : IExpressionScope
{
    public ActivityExecution Execution { get; set; } = null!;

    /// <summary>Values and functions that the executing activity adds for one evaluation.</summary>
    public Dictionary<string, object?>? Extra { get; set; }

    public IEnumerable<string> VariableNames => VariableAccess.Names(Execution);

    public IEnumerable<string> InputNames
    {
        get
        {
            var composite = VariableAccess.Composite(Execution);
            var given = composite.Parent is null ? step.State.InputValues : composite.ScopeInput;
            foreach (var declared in Execution.Node.Definition.Inputs) yield return declared.Name;
            if (given is null) yield break;
            foreach (var name in given.Keys) yield return name;
        }
    }

    public string WorkflowInstanceId => step.State.InstanceId;

    public string WorkflowDefinitionId => Execution.Node.Definition.DefinitionId;

    public string WorkflowDefinitionVersionId => Execution.Node.Definition.Id;

    public int WorkflowDefinitionVersion => Execution.Node.Definition.Version;

    public string? CorrelationId
    {
        get => step.State.CorrelationId;
        set => step.State.CorrelationId = value;
    }

    public string? WorkflowInstanceName
    {
        get => step.State.Name;
        set => step.State.Name = value;
    }

    public DateTimeOffset Now => step.Environment.Now;

    public TimeZoneInfo Zone => step.Environment.Zone;

    public CancellationToken Stop => step.Environment.Stop;

    public bool TryGetVariable(string name, out object? value) => VariableAccess.TryGet(Execution, name, out value);

    public bool TrySetVariable(string name, object? value) => VariableAccess.TrySet(Execution, name, value);

    public bool TryGetInput(string name, out object? value)
    {
        if (VariableAccess.TryGetInput(Execution, name, out value)) return true;
        foreach (var declared in Execution.Node.Definition.Inputs)
        {
            if (declared.Name == name) return true;
        }

        return false;
    }

    public object? GetOutputFrom(string activityIdOrName, string? outputName)
    {
        if (step.Workflow.FindNear(Execution.Node, activityIdOrName) is not { } node
            || !step.State.ActivityOutputs.TryGetValue(node.NodeId, out var outputs)) return null;
        if (outputName is null)
        {
            return outputs.TryGetValue("Result", out var result) ? result : outputs.Values.FirstOrDefault();
        }
        if (outputs.TryGetValue(outputName, out var value)) return value;
        foreach (var (name, candidate) in outputs)
        {
            if (string.Equals(name, outputName, StringComparison.OrdinalIgnoreCase)) return candidate;
        }

        return null;
    }

    public object? GetLastResult() => step.State.LastResult;

    public string NewId()
    {
        var id = step.Environment.NewId();
        return Guid.TryParse(id, out var guid) ? guid.ToString() : id;
    }

    public double NextRandom() => step.Environment.NextRandom?.Invoke() ?? 0.5;

    public bool TryGetHostValue(string name, out object? value)
    {
        value = null;
        if (Extra is { } extra && extra.TryGetValue(name, out value)) return true;
        return step.Environment.HostValues?.TryGetValue(name, out value) == true;
    }
}
