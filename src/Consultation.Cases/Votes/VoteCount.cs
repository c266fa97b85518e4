using Consultation.Cases.Forms;

namespace Consultation.Cases.Votes;

/// <summary>What a vote comes to.</summary>
public enum VoteResult
{
    /// <summary>通过.</summary>
    Passed,
    /// <summary>未通过; a tie included.</summary>
    Failed,
    /// <summary>未达法定人数: nothing was decided.</summary>
    NoQuorum,
}

/// <summary>What was counted in a vote: people and papers.</summary>
/// <param name="Participants">Participants with a vote (应到), those recused among them.</param>
/// <param name="Recused">Of these, who do not vote on this matter (回避).</param>
/// <param name="Present">Who are there and may vote (实到), nobody recused among them.</param>
/// <param name="For">赞成.</param>
/// <param name="Against">反对.</param>
/// <param name="Abstained">弃权.</param>
/// <param name="Invalid">无效: papers that say nothing valid.</param>
public sealed record VoteCount(
    int Participants, int Recused, int Present, int For = 0, int Against = 0, int Abstained = 0, int Invalid = 0)
{
    /// <summary>Greatest number that is believed.</summary>
    public const int Most = 100_000;

    /// <summary>Participants who may vote on this matter.</summary>
    public int Eligible => Participants - Recused;

    /// <summary>Votes given, invalid ones included.</summary>
    public int Cast => For + Against + Abstained + Invalid;

    /// <summary>Who are there and gave no vote: named in the result, they count as present.</summary>
    public int NotCast => Present - Cast;

    /// <summary>True when enough people are there to vote at all.</summary>
    public bool HasQuorum(VoteRules rules) => Present > 0 && rules.Quorum.IsReachedBy(Present, Eligible);

    /// <summary>
    /// The result under the rules. Only for numbers that <see cref="Check"/> finds nothing wrong with.
    /// </summary>
    /// <exception cref="ArgumentException">The numbers contradict each other.</exception>
    public VoteResult Result(VoteRules rules) =>
        Check() is [var first, ..] ? throw new ArgumentException(first.Message.For("en"), nameof(rules))
        : !HasQuorum(rules) ? VoteResult.NoQuorum
        : For > Against && rules.IsPassedBy(For, rules.Of == MajorityOf.Present ? Present : Eligible)
            ? VoteResult.Passed
            : VoteResult.Failed;

    /// <summary>What contradicts itself, number by number, in words; nothing when all is well.</summary>
    public IReadOnlyList<FieldError> Check()
    {
        List<FieldError> errors =
        [
            .. from one in Named()
               where one.Value is < 0 or > Most
               select new FieldError(one.Key, new(
                   $"请填写 0 到 {Most} 之间的整数。", $"Enter a whole number from 0 to {Most}.")),
        ];
        if (errors.Count > 0) return errors;
        if (Recused > Participants)
        {
            errors.Add(new("recused", new(
                $"回避 {Recused} 人，多于有表决权的 {Participants} 人。",
                $"{Recused} are recused, more than the {Participants} who have a vote.")));
        }
        else if (Present > Eligible)
        {
            errors.Add(new("present", new(
                $"实到 {Present} 人，多于应到的 {Eligible} 人。请核对签到表和回避人员。",
                $"{Present} present, more than the {Eligible} entitled. Check the sign-in list and who is recused.")));
        }
        else if (Cast > Present)
        {
            errors.Add(new("for", new(
                $"赞成、反对、弃权、无效合计 {Cast} 票，实到只有 {Present} 人。请重新点票。",
                $"For, against, abstained and invalid make {Cast} votes of {Present} people present. Count again.")));
        }

        return errors;
    }

    /// <summary>Why the result is what it is, with the numbers that decide, in one sentence.</summary>
    public LocalText Explain(VoteRules rules)
    {
        var needed = rules.Quorum.FewestOf(Eligible);
        if (!HasQuorum(rules))
        {
            return new(
                $"未达法定人数：应到 {Eligible} 人，至少 {Math.Max(1, needed)} 人到会方可表决，实到 {Present} 人。",
                $"No quorum: of {Eligible} entitled at least {Math.Max(1, needed)} have to be there, {Present} are.");
        }

        var counted = rules.Of == MajorityOf.Present ? Present : Eligible;
        var passing = rules.NeededOf(counted);
        var numbers = $"赞成 {For}，反对 {Against}，弃权 {Abstained}，无效 {Invalid}"
            + (NotCast > 0 ? $"，未投票 {NotCast}" : "");
        var numbersEn = $"{For} for, {Against} against, {Abstained} abstained, {Invalid} invalid"
            + (NotCast > 0 ? $", {NotCast} not cast" : "");
        return Result(rules) == VoteResult.Passed
            ? new($"通过：{numbers}；须 {passing} 票赞成。", $"Passed: {numbersEn}; {passing} in favour were needed.")
            : For == Against
            ? new($"未通过：{numbers}；赞成与反对票数相等。", $"Not passed: {numbersEn}; a tie.")
            : new($"未通过：{numbers}；须 {passing} 票赞成。", $"Not passed: {numbersEn}; {passing} in favour were needed.");
    }

    private IEnumerable<KeyValuePair<string, int>> Named() =>
    [
        new("participants", Participants), new("recused", Recused), new("present", Present), new("for", For),
        new("against", Against), new("abstained", Abstained), new("invalid", Invalid),
    ];
}
