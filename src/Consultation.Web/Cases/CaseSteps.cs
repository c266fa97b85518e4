using Consultation.Cases;

namespace Consultation.Web.Cases;

/// <summary>One step of the procedure or one phase of the plan.</summary>
internal sealed record CaseStep(int Number, string Key, LocalText Name);

/// <summary>The steps that each procedure has by the source documents (Q82–Q102, P14); where a case stands is told by its workflow.</summary>
internal static class CaseSteps
{
    private static readonly CaseStep[] Six =
    [
        new(1, "topic", new("确定议题", "Topic")),
        new(2, "research", new("充分调研", "Research")),
        new(3, "participants", new("明确主体", "Participants")),
        new(4, "meeting", new("开展协商", "Consultation")),
        new(5, "submission", new("情况报送", "Submission")),
        new(6, "follow-up", new("督办落实", "Follow-up")),
    ];

    private static readonly CaseStep[] Weeks =
    [
        new(1, "weeks-1-2", new("第1–2周 准备", "Weeks 1–2 Preparation")),
        new(2, "weeks-3-4", new("第3–4周 会议", "Weeks 3–4 Meeting")),
        new(3, "weeks-5-8", new("第5–8周 落实", "Weeks 5–8 Implementation")),
        new(4, "weeks-9-10", new("第9–10周 评估", "Weeks 9–10 Evaluation")),
    ];

    /// <summary>All steps of a kind, in order.</summary>
    public static IReadOnlyList<CaseStep> Of(CaseKind kind) => kind == CaseKind.TenWeekPlan ? Weeks : Six;

    /// <summary>"done", "now", "stopped" or "ahead".</summary>
    public static string Mark(int number, int reached, CaseState state) => state switch
    {
        CaseState.Closed => "done",
        _ when number < reached => "done",
        _ when number > reached => "ahead",
        CaseState.Open => "now",
        _ => "stopped",
    };
}
