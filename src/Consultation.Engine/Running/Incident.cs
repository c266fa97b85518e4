namespace Consultation.Engine.Running;

/// <summary>What an activity was doing when it failed; retrying does the same again.</summary>
public enum FaultedAction
{
    /// <summary>Executing.</summary>
    Execute,

    /// <summary>Handling a resumption; the payload is kept.</summary>
    Resume,

    /// <summary>Deciding what comes after a child.</summary>
    ChildCompleted,
}

/// <summary>
/// A failure inside a run. The run stays where it was until the incident is retried or the run is cancelled.
/// </summary>
public sealed class Incident
{
    internal Incident(string id, ActivityExecution execution)
    {
        Id = id;
        Execution = execution;
    }

    public string Id { get; }

    /// <summary>The execution that failed.</summary>
    public ActivityExecution Execution { get; }

    public required string ActivityId { get; init; }

    public required string NodeId { get; init; }

    public required string ActivityType { get; init; }

    public string? ActivityName { get; init; }

    /// <summary>In plain words; for an expression with line and column.</summary>
    public required string Message { get; init; }

    /// <summary>The input whose expression failed, or null.</summary>
    public string? InputName { get; init; }

    /// <summary>Line in the expression from 1, 0 if none.</summary>
    public int Line { get; init; }

    /// <summary>Column in the expression from 1, 0 if none.</summary>
    public int Column { get; init; }

    /// <summary>The kind of failure: the exception's type name, or the type given to <c>Elsa.Fault</c>.</summary>
    public required string CauseType { get; init; }

    /// <summary>The underlying cause's message, or null.</summary>
    public string? CauseMessage { get; init; }

    public required DateTimeOffset Timestamp { get; init; }

    public FaultedAction Action { get; init; }

    internal Bookmark? Bookmark { get; init; }

    internal object? Payload { get; init; }

    internal ActivityExecution? Child { get; init; }
}
