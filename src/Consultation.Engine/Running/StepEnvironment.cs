namespace Consultation.Engine.Running;

/// <summary>How much a step reports about what it did.</summary>
public enum JournalDetail
{
    /// <summary>Journal lines and execution records with evaluated inputs and outputs (the default).</summary>
    Full,

    /// <summary>Journal lines and execution records without values.</summary>
    Lines,

    /// <summary>Only faults and lines that activities write themselves.</summary>
    FaultsOnly,
}

/// <summary>All that a step may know of the world outside the run.</summary>
public sealed record StepEnvironment
{
    /// <summary>The step's time; the same for the whole step.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Makes a new unique id (bookmarks, incidents, child runs).</summary>
    public required Func<string> NewId { get; init; }

    /// <summary>
    /// A random number from 0 up to but not including 1; null makes scripts that ask for one get 0.5.
    /// </summary>
    public Func<double>? NextRandom { get; init; }

    /// <summary>What the host floor passes for this step; its own activities cast it.</summary>
    public object? Host { get; init; }

    /// <summary>Values and functions by name that the host adds to scripts; may be null.</summary>
    public IReadOnlyDictionary<string, object?>? HostValues { get; init; }

    /// <summary>
    /// Most activities executed in one step, so that an endless loop does not hold a worker; the rest stays scheduled
    /// and <see cref="StepResult.HasMoreWork"/> is true. Default 100,000.
    /// </summary>
    public int MaxActivities { get; init; } = 100_000;

    /// <summary>
    /// Most activities executed in one run altogether; beyond it the run gets an incident. Default 10,000,000.
    /// </summary>
    public long MaxActivitiesPerRun { get; init; } = 10_000_000;

    /// <summary>
    /// Cancelled when the step must come to its end although nobody waits for its result: what is still to be executed
    /// or evaluated fails. For trials; a step of a run is bounded by <see cref="MaxActivities"/>. Default never.
    /// </summary>
    public CancellationToken Stop { get; init; }

    /// <summary>The zone in which cron expressions are meant. Default UTC.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>
    /// Calls that failed in an earlier attempt at this step (<see cref="StepResult.SpoiltBy"/>): they fail again at
    /// once, before they do anything, so that nothing of what they did is committed. Default none.
    /// </summary>
    public IReadOnlyList<FailedCall> Failing { get; init; } = [];

    /// <summary>Resilience strategies that activities may choose by id. Default none.</summary>
    public IReadOnlyList<RetryStrategy> RetryStrategies { get; init; } = [];

    /// <summary>How much the step reports. A definition's log persistence setting can only lessen it.</summary>
    public JournalDetail Journal { get; init; } = JournalDetail.Full;
}
