namespace Consultation.Engine.Definitions;

/// <summary>A variable as declared in a definition, a Flowchart or a Sequence.</summary>
/// <param name="Id">The id that expressions and outputs refer to.</param>
/// <param name="Name">The name that scripts use.</param>
/// <param name="TypeName">The alias of the type, for example <c>String</c>; values are converted to it.</param>
/// <param name="IsArray">Whether the variable holds a list of that type.</param>
/// <param name="InitialValue">The initial value as plain data of that type.</param>
public sealed record VariableDefinition(string Id, string Name, string TypeName, bool IsArray, object? InitialValue)
{
    /// <summary>The alias that conversion uses: the type, with <c>[]</c> for lists.</summary>
    public string ValueType { get; } = IsArray ? TypeName + "[]" : TypeName;
}

/// <summary>An input of a workflow.</summary>
public sealed record WorkflowInputDefinition(
    string Name, string TypeName, bool IsArray, string DisplayName, string Description, string UIHint)
{
    /// <summary>The alias that conversion uses: the type, with <c>[]</c> for lists.</summary>
    public string ValueType { get; } = IsArray ? TypeName + "[]" : TypeName;
}

/// <summary>An output of a workflow.</summary>
public sealed record WorkflowOutputDefinition(
    string Name, string TypeName, bool IsArray, string DisplayName, string Description);

/// <summary>What to do with the rest of a run when an activity fails.</summary>
public enum IncidentStrategy
{
    /// <summary>The run becomes <c>Faulted</c> (the default, as in Elsa).</summary>
    Fault,

    /// <summary>The run goes on where it can and shows the incident.</summary>
    ContinueWithIncidents,
}

/// <summary>The settings of a definition that change how it runs.</summary>
/// <param name="ActivationStrategyType">Full type name of the start rule, or null for "always".</param>
/// <param name="UsableAsActivity">Whether other workflows may use this one as an activity.</param>
/// <param name="AutoUpdateConsumingWorkflows">Whether consumers follow a new version.</param>
/// <param name="ActivityCategory">Heading in the toolbox when used as an activity, or null.</param>
/// <param name="IncidentStrategyType">Full type name as Elsa writes it, or null for the default.</param>
/// <param name="CommitStrategyName">Elsa's name, or null; this engine commits once a step in any case.</param>
public sealed record WorkflowOptions(
    string? ActivationStrategyType,
    bool UsableAsActivity,
    bool AutoUpdateConsumingWorkflows,
    string? ActivityCategory,
    string? IncidentStrategyType,
    string? CommitStrategyName)
{
    /// <summary>The strategy that <see cref="IncidentStrategyType"/> names.</summary>
    public IncidentStrategy IncidentStrategy =>
        IncidentStrategyType?.Contains("ContinueWithIncidents", StringComparison.Ordinal) == true
            ? IncidentStrategy.ContinueWithIncidents
            : IncidentStrategy.Fault;
}
