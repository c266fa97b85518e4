using System.Text.Json.Nodes;
using Consultation.Engine.Describing;

namespace Consultation.Engine.Definitions;

public sealed partial class ActivityNode
{
    private readonly List<DefinitionFinding> _findings = [];

    /// <summary>Findings made while the node was built.</summary>
    internal IReadOnlyList<DefinitionFinding> Findings => _findings;

    /// <summary>
    /// Binds an input once, in the activity's constructor. T is bool, int, long, double, string, DateTimeOffset,
    /// TimeSpan, <c>List&lt;object?&gt;</c>, <c>List&lt;string&gt;</c>, <c>Dictionary&lt;string, object?&gt;</c> or
    /// object, nullable or not. A bad expression becomes a finding, not an exception.
    /// </summary>
    /// <param name="name">The descriptor's name in PascalCase.</param>
    /// <param name="whenAbsent">The value when the definition gives none.</param>
    public InputBinding<T> Input<T>(string name, T whenAbsent = default!) =>
        InputBinding<T>.Create(this, name, Bare(name), whenAbsent);

    /// <summary>Binds an expression that stands elsewhere than in an input, for example a case's condition.</summary>
    public InputBinding<T> Expression<T>(string name, JsonNode? expression, T whenAbsent = default!) =>
        InputBinding<T>.Create(
            this, name, expression is null ? null : new JsonObject
            {
                ["expression"] = expression.DeepClone(),
            }, whenAbsent);

    /// <summary>Binds an output once, in the activity's constructor.</summary>
    public OutputBinding Output(string name) => OutputBinding.Create(this, name, Bare(name));

    /// <summary>The JSON that the definition gives for an input, wrapped or not, or null.</summary>
    public JsonNode? Bare(string name) => Json.Find(DefinitionCompletion.JsonName(name));

    /// <summary>Whether the definition gives that input any value.</summary>
    public bool HasInput(string name) => Bare(name) switch
    {
        null => false,
        JsonObject wrapper when wrapper.ContainsKey("expression") =>
            wrapper["expression"] is JsonObject expression && expression["value"] is { } value
                && value.ToString().Length > 0,
        _ => true,
    };

    /// <summary>A finding about this node.</summary>
    public DefinitionFinding Finding(
        FindingSeverity severity, string code, BilingualText message, BilingualText mend, string? inputName = null) =>
        new(severity, code, ActivityId, NodeId, message, mend) { InputName = inputName };

    /// <summary>Reports a finding while the node is being built.</summary>
    public void Report(DefinitionFinding finding) => _findings.Add(finding);

    /// <summary>The place of a variable that is in scope at this node, by its id; null if there is none.</summary>
    internal VariablePlace? FindVariableInScope(string id)
    {
        for (var node = IsUsedDefinition ? Parent : this; node is not null; node = node.Parent)
        {
            var slot = node.FindVariableById(id);
            if (slot < 0) slot = node.FindVariable(id);
            if (slot >= 0) return new VariablePlace(node, slot);
        }

        return null;
    }
}

/// <summary>Where a variable's value is kept: a slot of the executions of one node.</summary>
internal sealed record VariablePlace(ActivityNode Scope, int Slot)
{
    public VariableDefinition Variable => Scope.Variables[Slot];
}
