namespace Consultation.Engine.Running;

/// <summary>
/// The state of one execution of one activity after a step: a row of the execution history. Later steps replace it by
/// id.
/// </summary>
public sealed record ActivityExecutionRecord
{
    /// <summary>The activity instance id.</summary>
    public required string Id { get; init; }

    public required string WorkflowInstanceId { get; init; }

    public required string ActivityId { get; init; }

    public required string ActivityNodeId { get; init; }

    public required string ActivityType { get; init; }

    public int ActivityTypeVersion { get; init; }

    public string? ActivityName { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    public required ActivityStatus Status { get; init; }

    public bool HasBookmarks { get; init; }

    /// <summary>Open faults of this execution and those below it.</summary>
    public int AggregateFaultCount { get; init; }

    /// <summary>Evaluated inputs by name, or null when not recorded.</summary>
    public IReadOnlyDictionary<string, object?>? ActivityState { get; init; }

    /// <summary>Outputs by name, or null when there are none or not recorded.</summary>
    public IReadOnlyDictionary<string, object?>? Outputs { get; init; }

    /// <summary>The outcomes it completed with, or null.</summary>
    public IReadOnlyList<string>? Outcomes { get; init; }

    /// <summary>The activity's private state, as far as it is plain data, or null.</summary>
    public IReadOnlyDictionary<string, object?>? Properties { get; init; }

    /// <summary>Message of the failure, or null.</summary>
    public string? FaultMessage { get; init; }

    /// <summary>Kind of the failure, or null.</summary>
    public string? FaultType { get; init; }

    /// <summary>The execution whose completion scheduled this one, or null.</summary>
    public string? SchedulingActivityExecutionId { get; init; }

    public string? SchedulingActivityId { get; init; }

    /// <summary>Id of the containing execution, or null for the workflow itself.</summary>
    public string? ParentId { get; init; }

    /// <summary>How deep the execution stands below the workflow (0).</summary>
    public int CallStackDepth { get; init; }
}
