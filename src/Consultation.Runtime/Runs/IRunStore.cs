using Consultation.Engine.Describing;
using Consultation.Engine.Running;
using Consultation.Runtime.Stimuli;

namespace Consultation.Runtime.Runs;

/// <summary>
/// Where runs are kept. An interface because Runtime may not see SQL: Storage implements it, several databases lie
/// behind it.
/// </summary>
public interface IRunStore
{
    /// <summary>
    /// Opens a session: one database context, one transaction at its end. Not for use by two threads at once.
    /// </summary>
    IStepSession Begin();

    /// <summary>
    /// Claims due timers and inbox rows, oldest first. A claim is a short lease that only avoids wasted work: the
    /// commit decides who was first.
    /// </summary>
    /// <param name="atMost">Most rows, 1–1000.</param>
    /// <param name="now">Rows due at or before this instant are due.</param>
    /// <param name="lease">How long others leave the rows alone.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    Task<IReadOnlyList<DueWork>> TakeDueAsync(
        int atMost, DateTimeOffset now, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>When the next row that nobody holds is due, or null when there is none.</summary>
    Task<DateTimeOffset?> NextDueAtAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>
    /// Keeps a claimed row until an instant. False, and nothing changes, when it was claimed again since or is gone.
    /// </summary>
    Task<bool> HoldAsync(DueWork.Inbox work, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>
    /// Gives a claimed row back, to be taken again at an instant; its attempts were counted when it was claimed.
    /// </summary>
    Task ReleaseAsync(DueWork work, DateTimeOffset availableAt, string? error, CancellationToken cancellationToken);

    /// <summary>
    /// Makes messages that wait for one of these bookmarks, or for their run, available at once. Returns how many.
    /// </summary>
    Task<int> HastenAsync(
        InstanceId instance, IReadOnlyList<string> hashes, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>
    /// Drops inbox rows that nobody wanted in time and operations older than an instant. Returns how many rows went.
    /// </summary>
    Task<int> TidyAsync(DateTimeOffset now, DateTimeOffset operationsBefore, CancellationToken cancellationToken);

    /// <summary>The state of one run as last committed, or null.</summary>
    Task<RunState?> FindStateAsync(InstanceId instance, CancellationToken cancellationToken);

    /// <summary>
    /// Removes a finished or cancelled run and everything kept about it, into the bin. False when there is none, or it
    /// is still running.
    /// </summary>
    Task<bool> DeleteAsync(InstanceId instance, string by, CancellationToken cancellationToken);
}

/// <summary>
/// One unit of work on the store. An interface for the same reason as <see cref="IRunStore"/>. Several runs may be
/// stepped in one session: group commit.
/// </summary>
public interface IStepSession : IAsyncDisposable
{
    /// <summary>
    /// The run with what the host floors need in its step, or null. A run loaded before in this session is given again
    /// as it stands now.
    /// </summary>
    /// <exception cref="SeparateStepsException">This run cannot share the session; what is in it already can be
    /// saved.</exception>
    Task<LoadedRun?> LoadAsync(InstanceId instance, CancellationToken cancellationToken);

    /// <summary>
    /// Takes a new run into the session, with the objects that are stored together with it. The run's id must be free.
    /// </summary>
    /// <exception cref="SeparateStepsException">As with <see cref="LoadAsync"/>, unless objects are stored together
    /// with it.</exception>
    Task<LoadedRun> AddAsync(RunState state, IReadOnlyList<object> newEntities, CancellationToken cancellationToken);

    /// <summary>The answer that an operation got, or null when the id was never seen.</summary>
    Task<StimulusResult.Applied?> FindOperationAsync(string operationId, CancellationToken cancellationToken);

    /// <summary>Whether a run is running, of that definition, with that correlation id; null means any.</summary>
    Task<bool> AnyRunningAsync(string? definitionId, string? correlationId, CancellationToken cancellationToken);

    /// <summary>Bookmarks that wait for a stimulus.</summary>
    Task<IReadOnlyList<WaitingBookmark>> FindWaitingAsync(
        StimulusMessage.Publish message, CancellationToken cancellationToken);

    /// <summary>Triggers of published definitions that start at a stimulus.</summary>
    Task<IReadOnlyList<StartingTrigger>> FindTriggersAsync(
        string name, string hash, CancellationToken cancellationToken);

    /// <summary>What is kept of a run that was moved and not moved back; null when there is nothing.</summary>
    Task<KeptMove?> FindMoveAsync(InstanceId instance, string moveId, CancellationToken cancellationToken);

    /// <summary>Puts the result of a step into the session. May be called for several runs.</summary>
    void Apply(RunCommit commit);

    /// <summary>Writes an inbox row with the session.</summary>
    void Enqueue(InboxMessage message);

    /// <summary>Takes a claimed row off with the session: it has been dealt with.</summary>
    void Consume(DueWork work);

    /// <summary>Moves the timer of a trigger on with the session; null when it never comes again.</summary>
    void MoveTrigger(DueWork.TriggerTimer work, DateTimeOffset? nextDueAt);

    /// <summary>
    /// Writes everything in one transaction. On a conflict nothing is written and the session is of no more use.
    /// </summary>
    Task<SaveResult> SaveAsync(CancellationToken cancellationToken);
}

/// <summary>How a session ended.</summary>
public enum SaveResult
{
    /// <summary>All of it is written.</summary>
    Saved,

    /// <summary>Somebody else was first; nothing is written.</summary>
    Conflict,
}

/// <summary>A run ready for its step.</summary>
/// <param name="State">Its state; belongs to the session.</param>
/// <param name="DefinitionVersion">Which compiled definition it needs.</param>
/// <param name="Host">What the host floors read and change in the step, or null.</param>
/// <param name="Zone">Zone of the run's owner, in which cron expressions are meant; null for the host's
/// default.</param>
/// <param name="HostValues">Values that expressions may read, or null.</param>
/// <param name="IsNew">True when it was never stepped.</param>
public sealed record LoadedRun(
    RunState State,
    DefinitionVersionKey DefinitionVersion,
    object? Host,
    TimeZoneInfo? Zone = null,
    IReadOnlyDictionary<string, object?>? HostValues = null,
    bool IsNew = false);

/// <summary>
/// A stored definition version and how often it was written: a draft keeps its id when it is overwritten.
/// </summary>
public readonly record struct DefinitionVersionKey(string VersionId, long Stamp);

/// <summary>The result of a step on its way to the store.</summary>
/// <param name="Result">What the engine did.</param>
/// <param name="Message">Why.</param>
public sealed record RunCommit(StepResult Result, StimulusMessage Message)
{
    /// <summary>What the sender is told; stored under the message's operation id.</summary>
    public required StimulusResult.Applied Answer { get; init; }

    /// <summary>When the step was taken.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>For a move to another version: what is kept of it; null for every other step.</summary>
    public RunMoved? Moved { get; init; }
}

/// <summary>A run was moved to another version, or back.</summary>
/// <param name="MoveId">The move that it is part of, or null.</param>
/// <param name="FromVersion">The version it was on.</param>
/// <param name="FromVersionId">Its id.</param>
/// <param name="Before">The run's state before, to undo the move; null when the move is taken back.</param>
/// <param name="Lost">What the new version has no place for.</param>
/// <param name="AskedAgain">What was done and is asked once more.</param>
public sealed record RunMoved(
    string? MoveId, int FromVersion, string FromVersionId, byte[]? Before, IReadOnlyList<BilingualText> Lost,
    IReadOnlyList<BilingualText> AskedAgain);

/// <summary>What is kept of a run that was moved.</summary>
/// <param name="Before">Its state before.</param>
/// <param name="Steps">How many steps it had taken after the move.</param>
/// <param name="NodeMap">What was said by hand.</param>
public sealed record KeptMove(byte[] Before, long Steps, IReadOnlyDictionary<string, string> NodeMap);

/// <summary>A bookmark that waits for a published stimulus.</summary>
public readonly record struct WaitingBookmark(InstanceId InstanceId, string BookmarkId);

/// <summary>A trigger that starts runs of a published definition.</summary>
public readonly record struct StartingTrigger(string DefinitionId, string VersionId, string ActivityId);
