namespace Consultation.Cases.Publishing;

/// <summary>What became of an opinion.</summary>
public enum OpinionState
{
    /// <summary>待审核: nobody sees it yet.</summary>
    Waiting,
    /// <summary>已公开.</summary>
    Shown,
    /// <summary>未公开, with a reason that its writer reads.</summary>
    Refused,
    /// <summary>已合并: it says the same as another one, which counts it.</summary>
    Folded,
}

/// <summary>
/// What somebody wrote to a topic (Q55). Nothing of the writer is kept: a number and a code tell what became of it.
/// </summary>
public sealed class Opinion
{
    public required OrganisationId OrganisationId { get; init; }
    public required OpinionId Id { get; init; }
    public required PublicationId PublicationId { get; init; }
    public required CaseId CaseId { get; init; }

    /// <summary>Number told to the writer, per organisation and year, e.g. YJ2026-000012.</summary>
    public required string Number { get; init; }
    public required string Text { get; init; }

    /// <summary>The text without what does not matter for whether two say the same.</summary>
    public required string Fingerprint { get; init; }
    public OpinionState State { get; set; } = OpinionState.Waiting;

    /// <summary>The opinion that says the same, for a folded one.</summary>
    public OpinionId? FoldedIntoId { get; set; }

    /// <summary>How many say the same and were folded into this one.</summary>
    public int Same { get; set; }

    /// <summary>How many visitors agreed.</summary>
    public int Agreements { get; set; }

    /// <summary>Why it is not shown: a key of <see cref="OpinionRules.Reasons"/>.</summary>
    public string? RefusedWhy { get; set; }

    /// <summary>
    /// Hash of the visitor's cookie together with the topic: counts one visitor's opinions here and joins nothing else.
    /// </summary>
    public required string Visitor { get; init; }
    public required string FollowSecretHash { get; init; }
    public required DateTimeOffset WrittenAt { get; init; }
    public PersonId? DecidedById { get; set; }
    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>Grows with every change.</summary>
    public int Revision { get; set; } = 1;
}

/// <summary>
/// One visitor's agreement with one opinion; its id is made of both, so that there is one, and says nothing of either.
/// </summary>
public sealed class Agreement
{
    public required OrganisationId OrganisationId { get; init; }
    public required Guid Id { get; init; }
    public required OpinionId OpinionId { get; init; }
    public required DateTimeOffset At { get; init; }
}
