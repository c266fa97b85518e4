namespace Consultation.Cases.Tasks;

/// <summary>
/// Outcomes of tasks that the product knows by name: what they are called stands with the steps, what follows in the
/// workflow.
/// </summary>
public static class OutcomeKeys
{
    /// <summary>同意; the first of a gate.</summary>
    public const string Confirm = "Confirm";

    /// <summary>退回修改.</summary>
    public const string Return = "Return";

    /// <summary>不予通过.</summary>
    public const string Reject = "Reject";

    /// <summary>通过, of a report.</summary>
    public const string Accept = "Accept";

    /// <summary>通过，并要求调整方案.</summary>
    public const string Adjust = "Adjust";

    /// <summary>同意延期.</summary>
    public const string Grant = "Grant";

    /// <summary>不同意.</summary>
    public const string Refuse = "Refuse";

    /// <summary>恢复办理.</summary>
    public const string Resume = "Resume";

    /// <summary>终止.</summary>
    public const string End = "End";

    /// <summary>签收, of a routed matter.</summary>
    public const string SignFor = "SignFor";

    /// <summary>申请改办.</summary>
    public const string AskChange = "AskChange";

    /// <summary>同意改办.</summary>
    public const string GrantChange = "GrantChange";

    /// <summary>Work was handed in.</summary>
    public const string Done = "Done";

    /// <summary>A form was handed in.</summary>
    public const string Submit = "Submit";

    /// <summary>已知悉.</summary>
    public const string Acknowledge = "Acknowledge";

    /// <summary>A report was handed in.</summary>
    public const string Report = "Report";

    /// <summary>投票; cannot be taken back.</summary>
    public const string CastVote = "CastVote";

    /// <summary>修改后再次表决.</summary>
    public const string Revise = "Revise";

    /// <summary>转交研究.</summary>
    public const string Refer = "Refer";

    /// <summary>说明理由后结束.</summary>
    public const string Close = "Close";

    /// <summary>申请延期.</summary>
    public const string AskExtension = "AskExtension";

    /// <summary>无异议, to minutes.</summary>
    public const string NoObjection = "NoObjection";

    /// <summary>有异议, to minutes.</summary>
    public const string Objection = "Objection";

    /// <summary>维持不予纳入, of a review.</summary>
    public const string Uphold = "Uphold";

    /// <summary>重新办理, of a review.</summary>
    public const string Reopen = "Reopen";
    /// <summary>回避: may not take part in this decision; does not count among those who are asked.</summary>
    public const string Recuse = "Recuse";

    /// <summary>弃权: has answered, and neither agrees nor refuses.</summary>
    public const string Abstain = "Abstain";

    /// <summary>未能决定: how a gate ends that the answers do not decide; somebody is asked then.</summary>
    public const string Undecided = "Undecided";

    /// <summary>延长答复时间: whoever is asked to decide in their place gives the others more time.</summary>
    public const string Prolong = "Prolong";

    /// <summary>公开.</summary>
    public const string Publish = "Publish";

    /// <summary>不公开.</summary>
    public const string Withhold = "Withhold";

    /// <summary>True for an answer that is none of the gate's outcomes: 回避, 弃权.</summary>
    public static bool IsStance(string? key) => key is Recuse or Abstain;

    /// <summary>Those that a gate offers unless its node says otherwise.</summary>
    public static IReadOnlyList<string> Usual { get; } = [Confirm, Return, Reject];
}
