namespace Consultation.Engine.Running;

/// <summary>What makes a run take a step. A closed list of cases.</summary>
public abstract record Stimulus
{
    private Stimulus()
    {
    }

    /// <summary>Starts a new run.</summary>
    /// <param name="Input">Values of the workflow's inputs by name, as plain data; converted to the declared
    /// types.</param>
    /// <param name="TriggerActivityId">The activity that starts the run, when it is a trigger.</param>
    /// <param name="TriggerPayload">What the trigger received (an event's payload), as plain data.</param>
    public sealed record Start(
        IReadOnlyDictionary<string, object?>? Input = null,
        string? TriggerActivityId = null,
        object? TriggerPayload = null) : Stimulus;

    /// <summary>Somebody or something answers a bookmark.</summary>
    public sealed record Resume(string BookmarkId, object? Payload = null) : Stimulus;

    /// <summary>
    /// The time of a bookmark's timer has come. The runtime sends it once <see cref="Bookmark.DueAt"/> has passed.
    /// </summary>
    public sealed record TimerDue(string BookmarkId) : Stimulus;

    /// <summary>Does again what failed.</summary>
    /// <param name="IncidentId">The incident to retry; null retries all that are open.</param>
    public sealed record Retry(string? IncidentId = null) : Stimulus;

    /// <summary>Ends the run: cancels every activity, removes every bookmark.</summary>
    public sealed record Cancel(string? Reason = null) : Stimulus;

    /// <summary>
    /// Goes on with work that a step left scheduled because it had reached <see cref="StepEnvironment.MaxActivities"/>.
    /// </summary>
    public sealed record Continue : Stimulus;

    /// <summary>Sets variables of a run from outside, by variable id or name; nothing is executed.</summary>
    public sealed record SetVariables(IReadOnlyDictionary<string, object?> Values) : Stimulus;

    /// <summary>Notes in the journal that the run is on another version now; nothing is executed.</summary>
    public sealed record Moved(int FromVersion, int ToVersion) : Stimulus;
}
