namespace Consultation.Cases;

/// <summary>
/// Definition ids of the workflows that the product itself starts or offers; files of the same names lie under
/// workflows/.
/// </summary>
public static class Procedures
{
    /// <summary>The six steps of a consultation (Q82–Q102).</summary>
    public const string SixStep = "six-step-procedure";

    /// <summary>The ten-week plan of consultation meetings (P14).</summary>
    public const string TenWeekPlan = "ten-week-plan";

    /// <summary>What a matter starts that is handed in to a platform without a procedure of its own.</summary>
    public const string OfMatters = SixStep;

    /// <summary>Workflows that run inside others.</summary>
    private static readonly string[] Parts =
        ["intake-and-eligibility", "topic-gate", "tracked-item", "periodic-report"];

    /// <summary>
    /// Whether a case for matters can be opened with a workflow: not with a plan, which has no matters, nor with what
    /// is only a part.
    /// </summary>
    public static bool TakesMatters(string definitionId) =>
        definitionId != TenWeekPlan && !Parts.Contains(definitionId);
}
