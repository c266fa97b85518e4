namespace Consultation.Cases.Workflows;

/// <summary>
/// Definition ids of the workflows that the product ships and knows by name; each is a file of that name under
/// workflows/.
/// </summary>
public static class WorkflowKeys
{
    /// <summary>协商程序六步: what a matter's case runs.</summary>
    public const string SixSteps = "six-step-procedure";

    /// <summary>协商议事会议工作计划.</summary>
    public const string TenWeekPlan = "ten-week-plan";

    /// <summary>交办、答复、评价: what a matter runs that a unit answers.</summary>
    public const string MatterRouting = "matter-routing";

    /// <summary>征集与筛查, a part.</summary>
    public const string Intake = "intake-and-eligibility";

    /// <summary>不予纳入复核, a part.</summary>
    public const string ExclusionReview = "exclusion-review";

    /// <summary>议题确定, a part.</summary>
    public const string TopicGate = "topic-gate";

    /// <summary>表决, a part.</summary>
    public const string Vote = "meeting-vote";

    /// <summary>督办事项, a part.</summary>
    public const string TrackedItem = "tracked-item";

    /// <summary>定期汇报, a part.</summary>
    public const string PeriodicReport = "periodic-report";

    /// <summary>会议通知与回执, a part.</summary>
    public const string MeetingNotice = "meeting-notice";

    /// <summary>替换参会人员, a part.</summary>
    public const string SeatReplacement = "seat-replacement";

    /// <summary>会议纪要, a part.</summary>
    public const string MeetingMinutes = "meeting-minutes";

    /// <summary>Workflows that other workflows start; nobody opens a case with them.</summary>
    public static IReadOnlyList<string> Parts { get; } = [Intake, ExclusionReview, TopicGate, MeetingNotice,
        SeatReplacement, Vote, MeetingMinutes, TrackedItem, PeriodicReport];

    /// <summary>What a matter starts that is handed in to a platform without a procedure of its own.</summary>
    public static string OfMatters => SixSteps;

    /// <summary>
    /// Whether a case for matters can be opened with a workflow: not with a plan, which has no matters, nor with what
    /// routes one to a unit, nor with what is only a part.
    /// </summary>
    public static bool TakesMatters(string definitionId) =>
        definitionId is not (TenWeekPlan or MatterRouting) && !Parts.Contains(definitionId);
}
