using Consultation.Engine.Expressions;

namespace Consultation.Tests.Engine.Expressions;

/// <summary>A scope over plain dictionaries, with a clock that stands still.</summary>
internal sealed class TrialScope : IExpressionScope
{
    private int _ids;
    private uint _random = 1;

    public Dictionary<string, object?> Variables { get; } = [];

    public Dictionary<string, object?> Inputs { get; } = [];

    public Dictionary<string, object?> Outputs { get; } = [];

    public Dictionary<string, object?> HostValues { get; } = [];

    public List<string> Written { get; } = [];

    public object? LastResult { get; init; }

    public IEnumerable<string> VariableNames => Variables.Keys;

    public IEnumerable<string> InputNames => Inputs.Keys;

    public string WorkflowInstanceId => "run-1";

    public string WorkflowDefinitionId => "definition-1";

    public string WorkflowDefinitionVersionId => "version-1";

    public int WorkflowDefinitionVersion => 3;

    public string? CorrelationId { get; set; } = "case-1";

    public string? WorkflowInstanceName { get; set; }

    public DateTimeOffset Now { get; init; } = new(2026, 3, 1, 9, 30, 0, TimeSpan.FromHours(8));

    public TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    public bool TryGetVariable(string name, out object? value) => Variables.TryGetValue(name, out value);

    public bool TrySetVariable(string name, object? value)
    {
        if (!Variables.ContainsKey(name)) return false;
        Variables[name] = value;
        Written.Add(name);
        return true;
    }

    public bool TryGetInput(string name, out object? value) => Inputs.TryGetValue(name, out value);

    public object? GetOutputFrom(string activityIdOrName, string? outputName) =>
        Outputs.FirstOrDefault(
            pair => PascalName.Of(pair.Key) == PascalName.Of($"{activityIdOrName}.{outputName}")).Value;

    public object? GetLastResult() => LastResult;

    public string NewId() => $"00000000-0000-0000-0000-{++_ids:d12}";

    public double NextRandom()
    {
        _random = unchecked((_random * 1664525) + 1013904223);
        return _random / 4294967296d;
    }

    public bool TryGetHostValue(string name, out object? value) => HostValues.TryGetValue(name, out value);
}
