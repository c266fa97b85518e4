using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Engine.Running;
using Consultation.Runtime.Runs;
using Consultation.Runtime.Stimuli;

namespace Consultation.Storage.Runs;

/// <summary>A run: what lists show, and its whole state in the engine's own form.</summary>
public sealed class RunRow
{
    public required string Id { get; init; }

    /// <summary>The organisation whose case the run serves; null for runs of the host itself.</summary>
    public OrganisationId? OrganisationId { get; set; }
    public required string DefinitionId { get; set; }
    public required string DefinitionVersionId { get; set; }
    public int DefinitionVersion { get; set; }

    /// <summary>"Running" or "Finished", as Elsa says it.</summary>
    public string Status { get; set; } = "";

    /// <summary>"Suspended", "Finished", "Cancelled", "Faulted", ..., as Elsa says it.</summary>
    public string SubStatus { get; set; } = "";
    public string? CorrelationId { get; set; }
    public string? Name { get; set; }
    public int IncidentCount { get; set; }
    public bool IsSystem { get; set; }
    public string? ParentInstanceId { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; set; }
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>Grows with every commit; whoever commits first wins.</summary>
    public long Version { get; set; }

    /// <summary>The state, as <c>RunState.Serialize</c> writes it.</summary>
    public byte[] State { get; set; } = [];
}

/// <summary>A place where a run waits, with its timer.</summary>
public sealed class BookmarkRow : IRunTimer
{
    public required string InstanceId { get; init; }
    public required string Id { get; init; }

    /// <summary>Stimulus name.</summary>
    public required string Name { get; init; }

    /// <summary>Hash of name and stimulus.</summary>
    public required string Hash { get; init; }
    public required string ActivityId { get; set; }
    public required string NodeId { get; set; }

    /// <summary>What the activity keeps with it, as JSON, or null.</summary>
    public string? Payload { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its timer is due; null without a timer, or once it fired.</summary>
    public DateTimeOffset? DueAt { get; set; }

    /// <summary>
    /// What the time was computed from, as <see cref="TimerBasis"/> writes it.
    /// </summary>
    public string? DueBasis { get; set; }
    public int Attempts { get; set; }
    public DateTimeOffset? LeasedUntil { get; set; }
    public Guid? LeasedBy { get; set; }

    /// <summary>A row to delete or change by its key, without reading it.</summary>
    internal static BookmarkRow Stub(string instanceId, string id, DateTimeOffset? dueAt = null) => new()
    {
        InstanceId = instanceId,
        Id = id,
        Name = "",
        Hash = "",
        ActivityId = "",
        NodeId = "",
        CreatedAt = default,
        DueAt = dueAt,
        LeasedUntil = dueAt,
    };
}

/// <summary>What starts runs of a published definition.</summary>
public sealed class TriggerRow
{
    /// <summary>Version id and node id.</summary>
    public required string Id { get; init; }
    public required string DefinitionId { get; init; }
    public required string VersionId { get; init; }
    public required string ActivityId { get; init; }
    public required string NodeId { get; init; }
    public required string Name { get; init; }
    public required string Hash { get; init; }

    /// <summary>For triggers of time: when the next run starts.</summary>
    public DateTimeOffset? DueAt { get; set; }

    /// <summary>The time zone by which the time is computed.</summary>
    public string? DueZone { get; set; }
    public int Attempts { get; set; }
    public DateTimeOffset? LeasedUntil { get; set; }
    public Guid? LeasedBy { get; set; }
}

/// <summary>A message that waits for a worker, or for its bookmark.</summary>
public sealed class InboxRow
{
    public required Guid Id { get; init; }

    /// <summary>Kind of message, see <see cref="StimulusText"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The run it is for, or null.</summary>
    public string? InstanceId { get; init; }

    /// <summary>Hash of name and stimulus of a published message, or null.</summary>
    public string? Hash { get; init; }

    /// <summary>The message as JSON.</summary>
    public required string Body { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Not taken before.</summary>
    public DateTimeOffset AvailableAt { get; set; }

    /// <summary>Dropped when nobody waited for it until then; null: kept.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
    public int Attempts { get; set; }
    public DateTimeOffset? LeasedUntil { get; set; }
    public Guid? LeasedBy { get; set; }

    /// <summary>Why the last attempt failed, or null.</summary>
    public string? Error { get; set; }

    /// <summary>
    /// The row of a message, for whoever writes one in a transaction of its own: <c>db.Inbox.Add(InboxRow.For(message,
    /// now))</c>. Signal
    /// <see cref="Consultation.Runtime.Loops.WakeUp"/> after the commit.
    /// </summary>
    public static InboxRow For(StimulusMessage message, DateTimeOffset now) => For(InboxMessage.For(message, now), now);

    internal static InboxRow For(InboxMessage message, DateTimeOffset now) => new()
    {
        Id = message.Id,
        Kind = StimulusText.KindOf(message.Message),
        InstanceId = StimulusText.InstanceOf(message.Message)?.Value,
        Hash = message.Message is StimulusMessage.Publish publish
            ? BookmarkHash.Of(publish.Name, publish.Stimulus)
            : null,
        Body = StimulusText.Write(message.Message),
        CreatedAt = now,
        AvailableAt = message.AvailableAt,
        ExpiresAt = message.ExpiresAt,
    };

    /// <summary>A row to delete by its key, without reading it.</summary>
    internal static InboxRow Stub(Guid id) => new() { Id = id, Kind = "", Body = "", CreatedAt = default };
}

/// <summary>The answer that an operation got.</summary>
public sealed class OperationRow
{
    /// <summary>The operation id.</summary>
    public required string Id { get; init; }
    public required string InstanceId { get; init; }
    public required string SubStatus { get; init; }

    /// <summary>Plain data as JSON, or null.</summary>
    public string? Answer { get; init; }

    /// <summary>Ids of the incidents that the step met.</summary>
    public List<string> Incidents { get; init; } = [];
    public required DateTimeOffset At { get; init; }
}

/// <summary>
/// What one step wrote down: journal lines and activity executions together, because they are always read run by run
/// and one row is written many times faster than twenty. Read them with <see cref="RunJournal"/>.
/// </summary>
public sealed class JournalRow
{
    public required string InstanceId { get; init; }

    /// <summary>Number of the step within its run, from 1.</summary>
    public required long Step { get; init; }

    /// <summary>
    /// Sequence of its last line, or 0 when it has none. Sequences have no gaps, so the page before says where it
    /// begins.
    /// </summary>
    public long LastSequence { get; init; }

    /// <summary>Lines and executions, see <see cref="JournalPage"/>.</summary>
    public required byte[] Page { get; init; }
}

/// <summary>A failure inside a run.</summary>
public sealed class IncidentRow
{
    public required string Id { get; init; }
    public required string InstanceId { get; init; }
    public OrganisationId? OrganisationId { get; init; }
    public required string ActivityId { get; init; }
    public required string NodeId { get; init; }
    public required string ActivityType { get; init; }
    public string? ActivityName { get; init; }
    public required string Message { get; init; }
    public required string CauseType { get; init; }
    public string? CauseMessage { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>When a retry took it up or its run ended; null while it is open.</summary>
    public DateTimeOffset? ResolvedAt { get; set; }

    /// <summary>A row to change by its key, without reading it.</summary>
    internal static IncidentRow Stub(string id) => new()
    {
        Id = id,
        InstanceId = "",
        ActivityId = "",
        NodeId = "",
        ActivityType = "",
        Message = "",
        CauseType = "",
        At = default,
    };
}
