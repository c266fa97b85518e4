using Consultation.Engine.Expressions;

namespace Consultation.Engine.Definitions;

/// <summary>
/// What a trigger's expressions see before any run exists: initial values of variables, nothing else.
/// </summary>
internal sealed class TriggerScope(WorkflowDefinition definition) : IExpressionScope
{
    public IEnumerable<string> VariableNames => definition.Variables.Select(v => v.Name);

    public IEnumerable<string> InputNames => definition.Inputs.Select(i => i.Name);

    public string WorkflowInstanceId => "";

    public string WorkflowDefinitionId => definition.DefinitionId;

    public string WorkflowDefinitionVersionId => definition.Id;

    public int WorkflowDefinitionVersion => definition.Version;

    public string? CorrelationId { get; set; }

    public string? WorkflowInstanceName { get; set; }

    public DateTimeOffset Now => definition.CreatedAt ?? DateTimeOffset.UnixEpoch;

    public TimeZoneInfo Zone => TimeZoneInfo.Utc;

    public bool TryGetVariable(string name, out object? value)
    {
        var variable = definition.Variables.FirstOrDefault(v => v.Name == name);
        value = variable?.InitialValue;
        return variable is not null;
    }

    public bool TrySetVariable(string name, object? value) => false;

    public bool TryGetInput(string name, out object? value)
    {
        value = null;
        return definition.Inputs.Any(i => i.Name == name);
    }

    public object? GetOutputFrom(string activityIdOrName, string? outputName) => null;

    public object? GetLastResult() => null;

    public string NewId() => "00000000-0000-0000-0000-000000000000";

    public double NextRandom() => 0.5;

    public bool TryGetHostValue(string name, out object? value)
    {
        value = null;
        return false;
    }
}
