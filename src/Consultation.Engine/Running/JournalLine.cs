namespace Consultation.Engine.Running;

/// <summary>The names of events that the engine itself writes into a run's journal.</summary>
public static class JournalEvents
{
    public const string Started = "Started";
    public const string Completed = "Completed";
    public const string Faulted = "Faulted";
    public const string Canceled = "Canceled";
    public const string Suspended = "Suspended";
    public const string Resumed = "Resumed";
    public const string Retried = "Retried";
    public const string Moved = "Moved";
}

/// <summary>One line of a run's journal, with the fields that Studio shows.</summary>
public sealed record JournalLine
{
    /// <summary>Ascending within the run, from 1, without gaps between steps.</summary>
    public required long Sequence { get; init; }

    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>Free text; the engine's own are in <see cref="JournalEvents"/>.</summary>
    public required string EventName { get; init; }

    public required string ActivityInstanceId { get; init; }

    public string? ParentActivityInstanceId { get; init; }

    public required string ActivityId { get; init; }

    public required string ActivityType { get; init; }

    public int ActivityTypeVersion { get; init; }

    public string? ActivityName { get; init; }

    public required string NodeId { get; init; }

    public string? Message { get; init; }

    public string? Source { get; init; }

    /// <summary>Evaluated inputs by name, or null when not recorded.</summary>
    public IReadOnlyDictionary<string, object?>? ActivityState { get; init; }

    /// <summary>Plain data.</summary>
    public object? Payload { get; init; }
}
