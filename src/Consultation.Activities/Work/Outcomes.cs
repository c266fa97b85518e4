using Consultation.Cases.Tasks;

namespace Consultation.Activities.Work;

/// <summary>What the buttons of an outcome say. An outcome that is not listed shows its own name.</summary>
internal static class Outcomes
{
    private static readonly Dictionary<string, TaskOutcome> Known = new[]
    {
        new TaskOutcome(OutcomeKeys.Confirm, new("同意", "Confirm")),
        new TaskOutcome(OutcomeKeys.Return, new("退回修改", "Return for changes"), NeedsReason: true),
        new TaskOutcome(OutcomeKeys.Reject, new("不予通过", "Reject"), NeedsReason: true),
        new TaskOutcome(OutcomeKeys.Accept, new("通过", "Accept")),
        new TaskOutcome(OutcomeKeys.Adjust, new("通过，并要求调整方案", "Accept and have the plan adjusted"), NeedsReason: true),
        new TaskOutcome(OutcomeKeys.Grant, new("同意延期", "Grant")),
        new TaskOutcome(OutcomeKeys.SignFor, new("签收", "Sign for it")),
        new TaskOutcome(OutcomeKeys.AskChange, new("申请改办", "Ask for another unit"), NeedsReason: true),
        new TaskOutcome(OutcomeKeys.GrantChange, new("同意改办", "Grant another unit")),
        new TaskOutcome(OutcomeKeys.Refuse, new("不同意", "Refuse"), NeedsReason: true),
        new TaskOutcome(OutcomeKeys.Resume, new("恢复办理", "Resume"), NeedsReason: true),
        new TaskOutcome(OutcomeKeys.End, new("终止", "End"), NeedsReason: true, Irreversible: true),
        new TaskOutcome(OutcomeKeys.Done, new("提交办理结果", "Hand in")),
        new TaskOutcome(OutcomeKeys.Submit, new("提交", "Submit")),
        new TaskOutcome(OutcomeKeys.CastVote, new("投票", "Cast the vote"), Final: true),
        new TaskOutcome(OutcomeKeys.Revise, new("修改后再次表决", "Revise and vote again"), NeedsReason: true),
        new TaskOutcome(OutcomeKeys.Refer, new("转交研究", "Refer"), NeedsReason: true),
        new TaskOutcome(OutcomeKeys.Close, new("说明理由后结束", "Close with the reason"), NeedsReason: true),
        new TaskOutcome(OutcomeKeys.Acknowledge, new("已知悉", "Noted")),
        new TaskOutcome(OutcomeKeys.Report, new("提交填报", "Submit the entry")),
        new TaskOutcome(OutcomeKeys.AskExtension, new("申请延期", "Ask for an extension"), NeedsReason: true),
        new TaskOutcome(OutcomeKeys.NoObjection, new("无异议", "No objection")),
        new TaskOutcome(OutcomeKeys.Objection, new("有异议", "Object"), NeedsReason: true),
        new TaskOutcome(OutcomeKeys.Uphold, new("维持不予纳入", "Uphold the exclusion"), NeedsReason: true),
        new TaskOutcome(OutcomeKeys.Reopen, new("重新办理", "Reopen the matter"), NeedsReason: true),
        new TaskOutcome(OutcomeKeys.Publish, new("公开", "Publish")),
        new TaskOutcome(OutcomeKeys.Withhold, new("不公开", "Do not publish"), NeedsReason: true),
        new TaskOutcome(OutcomeKeys.Abstain, new("弃权", "Abstain")),
        new TaskOutcome(OutcomeKeys.Recuse, new("回避", "Stand aside"), NeedsReason: true),
        new TaskOutcome(OutcomeKeys.Undecided, new("未能决定", "Not decided")),
        new TaskOutcome(OutcomeKeys.Prolong, new("延长答复时间", "Give more time")),
    }.ToDictionary(outcome => outcome.Key);

    public static TaskOutcome Of(string key) => Known.GetValueOrDefault(key) ?? new TaskOutcome(key, new(key, key));
}
