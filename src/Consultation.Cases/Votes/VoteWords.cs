namespace Consultation.Cases.Votes;

/// <summary>How ways of voting and choices are written in forms, records and workflows.</summary>
public static class VoteWords
{
    private static readonly (string Key, VoteMethod Method, bool Secret)[] Ways =
    [
        ("hands", VoteMethod.Hands, false), ("open", VoteMethod.RollCall, false), ("secret", VoteMethod.Paper, true),
        ("online", VoteMethod.Online, false), ("online-secret", VoteMethod.Online, true),
    ];

    /// <summary>The way of voting that a word means, and whether it is secret; null for another word.</summary>
    public static (VoteMethod Method, bool Secret)? WayOf(string? key) =>
        Array.Find(Ways, way => way.Key == key) is { Key: not null } found ? (found.Method, found.Secret) : null;

    /// <summary>The word for a way of voting. Only online it makes a difference whether the vote is secret.</summary>
    public static string KeyOf(VoteMethod method, bool secret) => Array.Find(
        Ways, way => way.Method == method && (way.Secret == secret || method != VoteMethod.Online)).Key;

    /// <summary>The choice that a word means; null for another word, or none.</summary>
    public static BallotChoice? ChoiceOf(string key) => key switch
    {
        "for" => BallotChoice.For,
        "against" => BallotChoice.Against,
        "abstain" => BallotChoice.Abstain,
        "recused" => BallotChoice.Recused,
        "absent" => BallotChoice.Absent,
        _ => null,
    };
}
