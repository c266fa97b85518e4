namespace Consultation.Engine.Running;

/// <summary>What is known of a run that took place somewhere else; see <see cref="RunState.Record"/>.</summary>
public sealed record PastRun
{
    /// <summary>Id of the run, kept so that its journal and executions still name it.</summary>
    public required string InstanceId { get; init; }

    /// <summary>The run's own name, or null.</summary>
    public string? Name { get; init; }

    /// <summary>What it was correlated with, or null.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>
    /// True when it came to its end by itself; false when it stood somewhere: here it counts as cancelled.
    /// </summary>
    public required bool HasFinished { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Time of its last step.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When it ended, or was brought here.</summary>
    public required DateTimeOffset FinishedAt { get; init; }

    /// <summary>Plain data by name.</summary>
    public Dictionary<string, object?> Input { get; init; } = [];

    /// <summary>Plain data by name.</summary>
    public Dictionary<string, object?> Output { get; init; } = [];

    /// <summary>Plain data by name.</summary>
    public Dictionary<string, object?> Properties { get; init; } = [];

    /// <summary>Last values by variable id, as plain data.</summary>
    public Dictionary<string, object?> Variables { get; init; } = [];

    /// <summary>The incidents it stood at.</summary>
    public IReadOnlyList<PastIncident> Incidents { get; init; } = [];

    /// <summary>Number of its last journal line.</summary>
    public required long JournalSequence { get; init; }

    /// <summary>Number of pages of its journal.</summary>
    public required long StepCount { get; init; }

    /// <summary>Number of its activity executions.</summary>
    public required long ActivityCount { get; init; }
}

/// <summary>An incident of a <see cref="PastRun"/>; nobody can retry it.</summary>
/// <param name="ActivityId">The activity that failed.</param>
/// <param name="NodeId">Its node.</param>
/// <param name="ActivityType">Its type.</param>
/// <param name="Message">In plain words.</param>
/// <param name="CauseType">Kind of the failure.</param>
/// <param name="CauseMessage">The underlying cause's message, or null.</param>
/// <param name="Timestamp">When it failed.</param>
public sealed record PastIncident(
    string ActivityId, string NodeId, string ActivityType, string Message, string CauseType, string? CauseMessage,
    DateTimeOffset Timestamp);
