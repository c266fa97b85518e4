namespace Consultation.Cases.Votes;

/// <summary>Of whom a majority is counted.</summary>
public enum MajorityOf
{
    /// <summary>到会人员: those present who may vote; abstaining and invalid papers count (default).</summary>
    Present,
    /// <summary>应到人员: all who may vote, whether they came or not.</summary>
    Eligible,
}

/// <summary>How votes are given (P51).</summary>
public enum VoteMethod
{
    /// <summary>举手: counted by two tellers who both confirm.</summary>
    Hands,
    /// <summary>无记名投票: paper ballots, counted by two tellers who both confirm.</summary>
    Paper,
    /// <summary>记名表决: each by name.</summary>
    RollCall,
    /// <summary>网络表决: a ballot on each participant's own page.</summary>
    Online,
}

/// <summary>
/// The rules by which a vote is counted, as the adopted rule set says (P32, P49). Nobody types a result: it follows.
/// </summary>
/// <param name="Quorum">The share of those who may vote that has to be there.</param>
/// <param name="Majority">The share in favour that passes.</param>
/// <param name="MoreThan">True when the majority has to be exceeded (more than 1/2), false when it has to be reached
/// (at least 2/3).</param>
/// <param name="Of">Of whom the majority is counted.</param>
public sealed record VoteRules(Fraction Quorum, Fraction Majority, bool MoreThan, MajorityOf Of)
{
    /// <summary>
    /// Two thirds there, more than half of those present in favour. A default of the product: neither document gives
    /// one (O10).
    /// </summary>
    public static VoteRules Default { get; } =
        new(Fraction.TwoThirds, Fraction.Half, MoreThan: true, MajorityOf.Present);

    /// <summary>The fewest in favour that pass, of so many who are counted.</summary>
    public int NeededOf(int counted) => MoreThan ? Majority.FewestAbove(counted) : Majority.FewestOf(counted);

    /// <summary>True when so many in favour pass.</summary>
    public bool IsPassedBy(int inFavour, int counted) =>
        MoreThan ? Majority.IsExceededBy(inFavour, counted) : Majority.IsReachedBy(inFavour, counted);

    /// <summary>For people: "应到人员的 2/3 到会，到会人员的 1/2 以上（不含本数）赞成".</summary>
    public LocalText Describe()
    {
        var (of, ofEn) = Of == MajorityOf.Present ? ("到会", "those present") : ("应到", "those entitled");
        return MoreThan
            ? new($"应到人员至少 {Quorum} 到会；{of}人员超过 {Majority} 赞成为通过",
                $"at least {Quorum} of those entitled present; passed with more than {Majority} of {ofEn}")
            : new($"应到人员至少 {Quorum} 到会；{of}人员至少 {Majority} 赞成为通过",
                $"at least {Quorum} of those entitled present; passed with at least {Majority} of {ofEn}");
    }
}
