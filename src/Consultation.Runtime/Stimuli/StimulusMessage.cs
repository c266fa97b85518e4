using Consultation.Runtime.Runs;

namespace Consultation.Runtime.Stimuli;

/// <summary>
/// Something that wakes a run or starts one. A closed list of cases; every case can be sent now or enqueued.
/// </summary>
public abstract record StimulusMessage
{
    private StimulusMessage()
    {
    }

    /// <summary>
    /// Same id, same answer: an id seen before changes nothing and returns the first answer. At most 200 characters;
    /// null for none.
    /// </summary>
    public string? OperationId { get; init; }

    /// <summary>Starts a run.</summary>
    /// <param name="DefinitionId">The definition to run.</param>
    public sealed record StartRun(string DefinitionId) : StimulusMessage
    {
        /// <summary>Which version, in Elsa's words. Default Published.</summary>
        public string VersionOptions { get; init; } = "Published";

        /// <summary>The version's own id; when given it counts and <see cref="VersionOptions"/> does not.</summary>
        public string? VersionId { get; init; }

        /// <summary>
        /// The id the run shall get; a run that has it already makes the start a repetition without effect. Null makes
        /// a new one.
        /// </summary>
        public InstanceId? InstanceId { get; init; }

        /// <summary>Values of the workflow's inputs by name, as plain data.</summary>
        public IReadOnlyDictionary<string, object?>? Input { get; init; }

        /// <summary>For a run that serves a case: the case's id.</summary>
        public string? CorrelationId { get; init; }

        /// <summary>Name of the run, shown in lists.</summary>
        public string? Name { get; init; }

        /// <summary>The trigger activity that starts it, or null.</summary>
        public string? TriggerActivityId { get; init; }

        /// <summary>What the trigger received, as plain data.</summary>
        public object? TriggerPayload { get; init; }

        /// <summary>The run that waits for this one, or null.</summary>
        public string? ParentInstanceId { get; init; }

        /// <summary>The bookmark at which it waits, or null.</summary>
        public string? ParentBookmarkId { get; init; }

        /// <summary>
        /// Makes objects of the host floors that are written in the same transaction, before the run is loaded: the
        /// case itself, for example. Called anew for every attempt, because the step changes them. Only for <see
        /// cref="StimulusSender.SendAsync"/>; such a start cannot be enqueued.
        /// </summary>
        public Func<IReadOnlyList<object>>? MakeEntities { get; init; }

        /// <summary>
        /// True starts the run even if the definition's activation strategy forbids it: the caller has checked already.
        /// Default false.
        /// </summary>
        public bool IgnoreActivationStrategy { get; init; }
    }

    /// <summary>Answers a bookmark.</summary>
    /// <param name="InstanceId">The run.</param>
    /// <param name="BookmarkId">Its bookmark.</param>
    /// <param name="Payload">Plain data for the waiting activity.</param>
    public sealed record Resume(InstanceId InstanceId, string BookmarkId, object? Payload = null) : StimulusMessage
    {
        /// <summary>
        /// True lets the message wait in the inbox when the bookmark is not there (yet). Default false.
        /// </summary>
        public bool WaitIfEarly { get; init; }
    }

    /// <summary>The time of a bookmark has come.</summary>
    public sealed record TimerDue(InstanceId InstanceId, string BookmarkId) : StimulusMessage;

    /// <summary>
    /// Tells everybody who waits for it: resumes bookmarks of that name and stimulus, and starts workflows that it
    /// triggers. When it names a run or a correlation id and nobody waits yet, it waits in the inbox.
    /// </summary>
    /// <param name="Name">Stimulus name, e.g. "Elsa.Event".</param>
    /// <param name="Stimulus">Plain data that bookmarks and triggers must match.</param>
    public sealed record Publish(string Name, object? Stimulus) : StimulusMessage
    {
        /// <summary>Only this run, or null for all.</summary>
        public InstanceId? InstanceId { get; init; }

        /// <summary>Only runs with this correlation id, or null for all. Runs that the message starts get it.</summary>
        public string? CorrelationId { get; init; }

        /// <summary>Plain data for the receivers.</summary>
        public object? Payload { get; init; }

        /// <summary>False tells waiting runs only and starts none. Default true.</summary>
        public bool StartsRuns { get; init; } = true;
    }

    /// <summary>
    /// Does again what failed; all open incidents of the run when <paramref name="IncidentId"/> is null.
    /// </summary>
    public sealed record Retry(InstanceId InstanceId, string? IncidentId = null) : StimulusMessage
    {
        /// <summary>How many automatic retries came before this one; 0 when a person asks.</summary>
        public int Attempt { get; init; }
    }

    /// <summary>Ends a run.</summary>
    public sealed record Cancel(InstanceId InstanceId, string? Reason = null) : StimulusMessage;

    /// <summary>Goes on with a step that stopped at its limit of activities.</summary>
    public sealed record Continue(InstanceId InstanceId) : StimulusMessage;

    /// <summary>Sets variables of a run from outside, by id or name.</summary>
    public sealed record SetVariables(InstanceId InstanceId, IReadOnlyDictionary<string, object?> Values)
        : StimulusMessage;

    /// <summary>
    /// Moves a run to another version of its definition; refused where it stands at something that the new version
    /// has no counterpart for.
    /// </summary>
    public sealed record Migrate(InstanceId InstanceId, string VersionId) : StimulusMessage
    {
        /// <summary>Node ids of the old version with those of the new, said by hand.</summary>
        public IReadOnlyDictionary<string, string> NodeMap { get; init; } = new Dictionary<string, string>();

        /// <summary>The move that it is part of, or null.</summary>
        public string? MoveId { get; init; }
    }

    /// <summary>Takes a move back; refused where the run has taken a step since.</summary>
    /// <param name="InstanceId">The run.</param>
    /// <param name="MoveId">The move.</param>
    public sealed record MoveBack(InstanceId InstanceId, string MoveId) : StimulusMessage;

    /// <summary>
    /// Work outside the database that a step asked for: HTTP, a task of the application, a request of a host floor.
    /// </summary>
    /// <param name="InstanceId">The run that asked.</param>
    /// <param name="Kind">"http", "task", or the kind of a custom request.</param>
    /// <param name="BookmarkId">The bookmark that the answer resumes, or null.</param>
    /// <param name="Body">The request, as plain data.</param>
    public sealed record Outside(InstanceId InstanceId, string Kind, string? BookmarkId, object? Body)
        : StimulusMessage;
}
