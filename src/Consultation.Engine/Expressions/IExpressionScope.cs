namespace Consultation.Engine.Expressions;

/// <summary>
/// What an expression may see and change. An interface because the running step, template rendering and trials
/// of an expression in the designer each implement it. All values are plain data (see <see cref="PlainData"/>).
/// </summary>
public interface IExpressionScope
{
    /// <summary>Names of the variables in scope, as declared (not Pascal-cased).</summary>
    IEnumerable<string> VariableNames { get; }

    /// <summary>Names of the workflow inputs.</summary>
    IEnumerable<string> InputNames { get; }

    string WorkflowInstanceId { get; }

    string WorkflowDefinitionId { get; }

    string WorkflowDefinitionVersionId { get; }

    int WorkflowDefinitionVersion { get; }

    string? CorrelationId { get; set; }

    string? WorkflowInstanceName { get; set; }

    /// <summary>The step's time. The same for the whole evaluation.</summary>
    DateTimeOffset Now { get; }

    /// <summary>The zone of the run: local time of a script's <c>Date</c>.</summary>
    TimeZoneInfo Zone { get; }

    /// <summary>Cancelled when the evaluation must end; it fails as one that took too long. Default never.</summary>
    CancellationToken Stop => CancellationToken.None;

    /// <summary>Reads a variable; false if there is none of that name.</summary>
    bool TryGetVariable(string name, out object? value);

    /// <summary>Writes a variable; false if there is none of that name.</summary>
    bool TrySetVariable(string name, object? value);

    /// <summary>Reads a workflow input; false if there is none of that name.</summary>
    bool TryGetInput(string name, out object? value);

    /// <summary>
    /// Elsa's <c>getOutputFrom("Activity", "Output")</c>; null if there is none. A script that calls
    /// <c>getResultFromAskResident()</c> asks here with the Pascal-cased activity name, so implementations compare
    /// with <see cref="PascalName.Of"/> as well.
    /// </summary>
    object? GetOutputFrom(string activityIdOrName, string? outputName);

    /// <summary>Elsa's <c>getLastResult()</c>.</summary>
    object? GetLastResult();

    /// <summary>A new id in the form of a GUID with dashes.</summary>
    string NewId();

    /// <summary>A number from 0 up to but not including 1, the same again when the step is replayed.</summary>
    double NextRandom();

    /// <summary>
    /// Values and functions the host adds by name. A function is a <c>Func&lt;object?[], object?&gt;</c> over plain
    /// data; anything else must be plain data.
    /// </summary>
    bool TryGetHostValue(string name, out object? value);
}
