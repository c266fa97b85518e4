using Consultation.Engine.Definitions;

namespace Consultation.Engine.Running;

public sealed partial class ActivityContext
{
    /// <summary>
    /// The activity's private state in this execution: plain data that survives between steps. Null when not set.
    /// </summary>
    public object? GetProperty(string name) =>
        Execution.State is { } state && state.TryGetValue(name, out var value) ? value : null;

    /// <summary>Sets a value of the activity's private state; plain data only.</summary>
    public void SetProperty(string name, object? value) => (Execution.State ??= [])[name] = value;

    /// <summary>Reads a variable in scope by its name; null if there is none.</summary>
    public object? GetVariable(string name) => VariableAccess.TryGet(Execution, name, out var value) ? value : null;

    /// <summary>Sets a variable in scope by its name, converted to its declared type.</summary>
    /// <exception cref="ActivityFaultException">There is no variable of that name, or the value does not fit its
    /// type.</exception>
    public void SetVariable(string name, object? value)
    {
        if (!VariableAccess.TrySet(Execution, name, value))
            throw new ActivityFaultException($"没有名为“{name}”的变量 / There is no variable named \"{name}\".");
    }

    /// <summary>Reads an input of the definition in which this activity stands; null if there is none.</summary>
    public object? GetInput(string name) => VariableAccess.TryGetInput(Execution, name, out var value) ? value : null;

    /// <summary>Sets an output of the definition in which this activity stands.</summary>
    public void SetWorkflowOutput(string name, object? value) =>
        VariableAccess.SetDefinitionOutput(Execution, name, value);

    /// <summary>Sets an output of this activity, to where its binding leads, and for <c>getOutputFrom</c>.</summary>
    public void SetOutput(OutputBinding output, object? value) => output.Set(this, value);

    internal void RecordOutput(string name, object? value)
    {
        var outputs = _step.State.ActivityOutputs;
        if (!outputs.TryGetValue(Node.NodeId, out var values)) outputs[Node.NodeId] = values = new(1);
        values[name] = value;
        if (name == "Result") _step.State.LastResult = value;
        if (_step.RecordsValues && Node.Log.Output(name)) (Execution.RecordedOutputs ??= new(1))[name] = value;
    }
}
