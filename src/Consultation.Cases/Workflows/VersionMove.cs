namespace Consultation.Cases.Workflows;

/// <summary>Where a move of running cases to another version stands.</summary>
public enum VersionMoveState
{
    /// <summary>等待移动: a worker takes it a moment later.</summary>
    Queued,
    /// <summary>移动中.</summary>
    Running,
    /// <summary>已移动.</summary>
    Done,
    /// <summary>已停止: what was moved until then stays moved.</summary>
    Stopped,
    /// <summary>等待撤销.</summary>
    UndoQueued,
    /// <summary>撤销中.</summary>
    Undoing,
    /// <summary>已撤销.</summary>
    Undone,
}

/// <summary>
/// Somebody moves running instances of a workflow to another of its versions. A worker moves them one by one, each in
/// a transaction of its own; they stand beside it as <see cref="MovedRun"/>. It is its own audit: who, when, what to,
/// by which map, and what came of every instance.
/// </summary>
public sealed class VersionMove
{
    public required OrganisationId OrganisationId { get; init; }
    public required Guid Id { get; init; }

    /// <summary>The workflow.</summary>
    public required string DefinitionId { get; init; }

    /// <summary>Its name at that time.</summary>
    public required string Name { get; init; }

    /// <summary>The version that is moved to.</summary>
    public required string ToVersionId { get; init; }

    /// <summary>Its number.</summary>
    public required int ToVersion { get; init; }

    /// <summary>Node ids of the old version with those of the new, said by hand.</summary>
    public Dictionary<string, string> NodeMap { get; init; } = [];

    /// <summary>
    /// True when the instances that those have started go along, to the versions that the new version is bound to.
    /// </summary>
    public bool WithChildren { get; init; }
    public required PersonId ById { get; init; }
    public required DateTimeOffset At { get; init; }
    public VersionMoveState State { get; set; } = VersionMoveState.Queued;

    /// <summary>Somebody wants it stopped; the worker sees it before the next instance.</summary>
    public bool IsStopAsked { get; set; }

    /// <summary>Until when the worker that runs it is believed to live; afterwards another goes on.</summary>
    public DateTimeOffset? LeasedUntil { get; set; }
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Who took it back, or null.</summary>
    public PersonId? UndoneById { get; set; }

    /// <summary>How long it can be taken back.</summary>
    public static readonly TimeSpan UndoFor = TimeSpan.FromHours(24);

    /// <summary>True while it can be taken back.</summary>
    public bool MayBeUndone(DateTimeOffset now) =>
        State is VersionMoveState.Done or VersionMoveState.Stopped && now <= At + UndoFor;

    /// <summary>Why it cannot be taken back any more.</summary>
    public static readonly LocalText TooLate = new(
        "移动已超过 24 小时，或还没有完成，不能撤销。", "It was moved more than 24 hours ago, or is not done yet; it stays.");
}

/// <summary>What came of one instance of a move.</summary>
public enum MovedRunState
{
    /// <summary>等待移动.</summary>
    Waiting,
    /// <summary>已移动.</summary>
    Moved,
    /// <summary>未移动: it cannot move, and the reasons stand with it.</summary>
    Refused,
    /// <summary>已撤销.</summary>
    Undone,
    /// <summary>未撤销: it has gone on since.</summary>
    Kept,
}

/// <summary>One instance of a <see cref="VersionMove"/>.</summary>
public sealed class MovedRun
{
    public required OrganisationId OrganisationId { get; init; }
    public required Guid Id { get; init; }

    /// <summary>The <see cref="VersionMove"/>'s id.</summary>
    public required Guid MoveId { get; init; }
    public required string InstanceId { get; init; }

    /// <summary>Its name, or null.</summary>
    public string? Name { get; init; }
    public CaseId? CaseId { get; init; }

    /// <summary>The instance that started it, where it goes along with that; null where it moves by itself.</summary>
    public string? ParentInstanceId { get; init; }

    /// <summary>Where it is moved to.</summary>
    public required string ToVersionId { get; init; }
    public required int FromVersion { get; set; }
    public MovedRunState State { get; set; } = MovedRunState.Waiting;

    /// <summary>Why it was not moved, or not moved back.</summary>
    public List<LocalText> Reasons { get; set; } = [];

    /// <summary>What the new version had no place for.</summary>
    public List<LocalText> Lost { get; set; } = [];

    /// <summary>What was done and is asked once more.</summary>
    public List<LocalText> AskedAgain { get; set; } = [];

    /// <summary>Its state before, in the engine's own form; null before it moves and when it was moved back.</summary>
    public byte[]? Before { get; set; }

    /// <summary>How many steps it had taken after the move: one more, and the move stays.</summary>
    public long Steps { get; set; }
    public DateTimeOffset? At { get; set; }

    /// <summary>Why an instance was not moved, where the engine does not say it.</summary>
    public static readonly LocalText
        ParentStays = new("启动它的实例没有移动，它也不移动。", "What started it was not moved, so it stays as well."),
        IsGone = new("实例已不存在。", "The instance is gone."),
        Unusable = new(
            "它的版本或目标版本不能使用。", "Its version or the one it should move to cannot be used.");
}
