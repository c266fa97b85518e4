namespace Consultation.Cases.Votes;

/// <summary>Somebody with a vote who does not vote on this matter, and why (回避).</summary>
/// <param name="Name">Who.</param>
/// <param name="Reason">Why.</param>
public sealed record Recusal(string Name, string Reason);

/// <summary>What a voter says.</summary>
public enum BallotChoice
{
    /// <summary>赞成.</summary>
    For,
    /// <summary>反对.</summary>
    Against,
    /// <summary>弃权.</summary>
    Abstain,
    /// <summary>回避: not counted among those who may vote.</summary>
    Recused,
    /// <summary>缺席.</summary>
    Absent,
}

/// <summary>A vote given by name, in a roll call or an open online vote.</summary>
/// <param name="Name">Whose.</param>
/// <param name="Choice">What was said.</param>
public sealed record NamedVote(string Name, BallotChoice Choice);

/// <summary>
/// One vote on one question of a case (P49–P51): the rules it went by, what was counted, what followed. In a secret
/// online vote only the sums are kept, so that nobody can join a person with a choice.
/// </summary>
public sealed class Vote
{
    public required OrganisationId OrganisationId { get; init; }
    public required Guid Id { get; init; }
    public required CaseId CaseId { get; init; }

    /// <summary>What was put to the vote.</summary>
    public required LocalText Question { get; init; }

    /// <summary>Counts the votes of a case, from 1; a question that is put again is a further one.</summary>
    public required int Round { get; init; }
    public required VoteMethod Method { get; init; }

    /// <summary>True when choices are not joined with names.</summary>
    public required bool Secret { get; init; }

    /// <summary>As adopted; a later edit of the rules changes no vote that has begun.</summary>
    public required VoteRules Rules { get; init; }

    /// <summary>What has been counted; final with <see cref="ClosedAt"/>.</summary>
    public required VoteCount Count { get; set; }

    public List<Recusal> Recusals { get; set; } = [];

    /// <summary>Votes by name; empty where the vote is secret or counted by hands.</summary>
    public List<NamedVote> Named { get; set; } = [];

    /// <summary>Who counted and confirmed, by name.</summary>
    public List<string> Tellers { get; set; } = [];

    /// <summary>Null while it is open.</summary>
    public VoteResult? Result { get; set; }
    public required DateTimeOffset OpenedAt { get; init; }
    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>Closes it with what was counted; the result follows from the rules.</summary>
    /// <exception cref="ArgumentException">The numbers contradict each other.</exception>
    public void Close(VoteCount count, DateTimeOffset now) =>
        (Count, Result, ClosedAt) = (count, count.Result(Rules), now);
}
