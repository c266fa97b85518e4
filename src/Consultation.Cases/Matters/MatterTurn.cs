namespace Consultation.Cases.Matters;

/// <summary>What happened to a matter of the pool.</summary>
public enum MatterTurnKind
{
    /// <summary>更正: its words were mended; the fields stand with it.</summary>
    Edited,
    /// <summary>不予受理: not taken in, with the reason.</summary>
    Declined,
    /// <summary>转交: offered to another hall.</summary>
    PassedOn,
    /// <summary>接收: the other hall took it over.</summary>
    TakenOver,
    /// <summary>退回: the other hall gave it back.</summary>
    SentBack,
    /// <summary>请提出人补充: the proposer is asked something.</summary>
    Asked,
    /// <summary>补充: the proposer answered.</summary>
    Replied,
    /// <summary>直接答复: answered at once, without a deliberation.</summary>
    Answered,
    /// <summary>并入.</summary>
    Merged,
    /// <summary>撤销并入.</summary>
    Unmerged,
    /// <summary>重新受理.</summary>
    Reopened,
    /// <summary>评分 (P21).</summary>
    Scored,
    /// <summary>定时限 (O21).</summary>
    Timed,
    /// <summary>交办: routed to a unit.</summary>
    Routed,
    /// <summary>评价: the proposer's opinion of the reply.</summary>
    Rated,
}

/// <summary>One line of the history of a matter, from its receipt to its end; never changed.</summary>
public sealed class MatterTurn
{
    public required OrganisationId OrganisationId { get; init; }
    public required Guid Id { get; init; }
    public required MatterId MatterId { get; init; }
    public required MatterTurnKind Kind { get; init; }

    /// <summary>Who did it; null for the proposer.</summary>
    public PersonId? ActorId { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Reason, question or answer, as it was typed; empty where the kind says all.</summary>
    public string Words { get; init; } = "";

    /// <summary>Fields that were changed, with what stood there before.</summary>
    public List<MatterChange> Changes { get; init; } = [];

    /// <summary>The hall or unit that it is about.</summary>
    public UnitId? UnitId { get; init; }

    /// <summary>Whether the proposer was written to.</summary>
    public bool Told { get; init; }
}

/// <summary>
/// A field of a matter before and after. Of contact data only that it changed is kept: whoever has it deleted must not
/// find it in the history.
/// </summary>
public sealed record MatterChange(string Field, string Before, string After);
