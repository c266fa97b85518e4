using Consultation.Cases.Forms;
using Consultation.Cases.Tasks;
using Consultation.Mail.Incoming;

namespace Consultation.Activities.Desk.Incoming;

/// <summary>What an answer word comes to at a task. Every case is listed here.</summary>
internal abstract record ReplyJudgement
{
    private ReplyJudgement() { }

    /// <summary>It answers the task so.</summary>
    public sealed record Answers(string Outcome, string? Reason, IReadOnlyDictionary<string, string> Fields)
        : ReplyJudgement;

    /// <summary>It does not; a person has to look.</summary>
    public sealed record Kept(IncomingReason Why) : ReplyJudgement;
}

/// <summary>
/// Which tasks a reply may answer, and how: one of the outcomes that the task offers, which neither needs a form nor is
/// for good. The reply to a notice is a form of one choice, for which there are words of their own.
/// </summary>
internal static class ReplyRule
{
    private static readonly Dictionary<ReplyWord, string[]> Outcomes = new()
    {
        [ReplyWord.Agree] = [OutcomeKeys.Confirm, OutcomeKeys.Accept, OutcomeKeys.Grant],
        [ReplyWord.Return] = [OutcomeKeys.Return],
        [ReplyWord.Reject] = [OutcomeKeys.Reject, OutcomeKeys.Refuse],
        [ReplyWord.Noted] = [OutcomeKeys.Acknowledge],
        [ReplyWord.NoObjection] = [OutcomeKeys.NoObjection],
        [ReplyWord.Objection] = [OutcomeKeys.Objection],
    };

    private static readonly Dictionary<string, string> Nothing = [];

    /// <summary>The words by which the task can be answered; none for most tasks with a form.</summary>
    public static IReadOnlyList<ReplyWord> Offered(WorkTask task) =>
        [.. Enum.GetValues<ReplyWord>().Where(word => Judge(task, word, "reason") is ReplyJudgement.Answers)];

    /// <summary>What the word, with what stands below it, comes to.</summary>
    public static ReplyJudgement Judge(WorkTask task, ReplyWord word, string remark)
    {
        if (task.Form is { IsReply: true }) return OfNotice(task, word, remark);
        if (!Outcomes.TryGetValue(word, out var keys)
            || task.Outcomes.FindAll(one => keys.Contains(one.Key)) is not [var outcome])
        {
            return new ReplyJudgement.Kept(IncomingReason.NotOffered);
        }

        if (task.Form is not null) return new ReplyJudgement.Kept(IncomingReason.NeedsForm);
        if (!outcome.MayBeTakenBack()) return new ReplyJudgement.Kept(IncomingReason.Irreversible);
        return outcome.AsksReason() && remark.Length == 0
            ? new ReplyJudgement.Kept(IncomingReason.NeedsReason)
            : new ReplyJudgement.Answers(outcome.Key, remark.Length == 0 ? null : remark, Nothing);
    }

    /// <summary>Whether somebody comes to a meeting.</summary>
    private static ReplyJudgement OfNotice(WorkTask task, ReplyWord word, string remark) => word switch
    {
        ReplyWord.Comes or ReplyWord.Declines when task.Outcomes is not [{ Key: OutcomeKeys.Submit }] =>
            new ReplyJudgement.Kept(IncomingReason.NotOffered),
        ReplyWord.Comes => new ReplyJudgement.Answers(
            OutcomeKeys.Submit, null, new Dictionary<string, string> { ["reply"] = FormValues.Yes }),
        ReplyWord.Declines when remark.Length == 0 => new ReplyJudgement.Kept(IncomingReason.NeedsReason),
        ReplyWord.Declines => new ReplyJudgement.Answers(
            OutcomeKeys.Submit, null,
            new Dictionary<string, string> { ["reply"] = FormValues.No, ["reason"] = remark }),
        _ => new ReplyJudgement.Kept(IncomingReason.NotOffered),
    };
}
