using Consultation.Cases.Forms;

namespace Consultation.Cases.Tasks;

/// <summary>
/// How a task comes to its end, said as it is for what is asked: that all must agree is true of a gate, not of ballots,
/// count sheets, replies or minutes, which everybody answers for himself. Pure.
/// </summary>
public static class GateRule
{
    /// <summary>The rule of a task in a sentence.</summary>
    public static LocalText Of(WorkTask task) => (task.Assignees.Count(seat => seat.Active) == 1, task.Mode) switch
    {
        // What is said of several does not fit one.
        (true, _) when task.FormKey == FormKeys.AttendanceReply => new("请这一位回复。", "This person is asked to reply."),
        (true, _) when task.Kind == TaskKind.Acknowledgement =>
            new("请这一位确认知悉。", "This person is asked to acknowledge."),
        (true, _) when task.Kind == TaskKind.Approval && !IsMinutes(task) => new("由这一位决定。", "This person decides."),
        (true, GateMode.All) when IsMinutes(task) || task.FormKey == FormKeys.Ballot => OfAll(task),
        (true, _) => new("由这一位办理。", "This person does it."),
        (_, GateMode.NamedPerson) => new("由指定的一个人决定。", "One named person decides."),
        (_, GateMode.AnyOne) => new("任何一人答复即可，先到为准。", "Anyone may answer; the first answer decides."),
        (_, GateMode.MajorityWithQuorum) =>
            new("达到法定人数后，过半数决定。", "More than half decide, once the quorum has answered."),
        (_, GateMode.ChairLast) =>
            new("成员先发表意见，再由标明“最后决定”的一位决定。", "Members give opinions; the chair decides last."),
        (_, GateMode.EachUnit) => new(
            "每个单位各报一份，一个单位不能代替另一个单位。", "Each unit answers for itself; none answers for another."),
        _ => OfAll(task),
    };

    /// <summary>What everybody of several is asked, in few words; null for nothing more.</summary>
    internal static LocalText? Waits(WorkTask task) => task switch
    {
        { FormKey: FormKeys.Ballot } => new("各自投票，截止后计票", "each votes; it is counted when the time is over"),
        { FormKey: FormKeys.CountSheet } => new("两份计票单须一致", "both count sheets must agree"),
        { Kind: TaskKind.Acknowledgement } => null,
        _ when IsMinutes(task) => new("各自确认，未答复不算确认", "each for himself; silence is no consent"),
        { Kind: not TaskKind.Approval } => new("每一位都要提交", "each has to hand it in"),
        _ when HasAbstention(task) => new(
            "有人弃权，已不能全体同意；其他人仍可表示不同意，到时限另请人决定",
            "somebody abstained, so all cannot agree; the others may still refuse, and when the time is over the chair "
                + "is asked"),
        _ => new("须全体同意", "all must agree"),
    };

    /// <summary>True when somebody has no view where all must agree: that cannot be reached any more.</summary>
    internal static bool HasAbstention(WorkTask task) => task.Mode == GateMode.All
        && task.Assignees.Exists(seat => seat is { Active: true, Outcome: OutcomeKeys.Abstain });

    private static LocalText OfAll(WorkTask task) => task switch
    {
        { FormKey: FormKeys.Ballot } => new(
            "有表决权的人各投一票；全部投完或者到截止时间，按议事规则计票，未投的不计入。",
            "Each with a vote casts one; when all have, or the time is over, they are counted by the adopted rules. "
                + "Votes not cast do not count."),
        { FormKey: FormKeys.CountSheet } => new(
            "两名计票人各自填报计票单，两份一致才成立；是否通过由票数按议事规则得出。",
            "Two tellers each hand in a sheet, and both must agree; the result follows from the numbers by the "
                + "adopted rules."),
        { FormKey: FormKeys.AttendanceReply } => new("请每一位各自回复。", "Each is asked for an own reply."),
        { Kind: TaskKind.Acknowledgement } => new("请每一位确认知悉。", "Everybody is asked to acknowledge."),
        _ when IsMinutes(task) => new(
            "请到会人员各自确认；有人提出异议的，由记录人修改后再请全体确认，到期不答复的记为未回复，不算确认。",
            "Those present each confirm; an objection goes to the recorder, and all are asked about the next version. "
                + "Silence is kept as silence, not as consent."),
        { Kind: not TaskKind.Approval } => new("每一位都要提交。", "Each of them has to hand it in."),
        _ => new(
            "需要全体同意；有一人不同意即不通过，有人弃权而到期未决的，另请人决定。",
            "All must agree; one refusal refuses. Where somebody abstained and the time is over, the chair is asked."),
    };

    private static bool IsMinutes(WorkTask task) => task.Outcomes.Exists(one => one.Key == OutcomeKeys.NoObjection);
}
