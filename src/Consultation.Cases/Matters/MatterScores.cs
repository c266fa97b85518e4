namespace Consultation.Cases.Matters;

/// <summary>
/// The three scores by which matters are ranked (P21): 代表性, 普遍性, 紧迫性, each 1 to 5, with a reason.
/// </summary>
public sealed record MatterScores(int Representative, int Widespread, int Urgent, string Reason)
{
    /// <summary>Least and greatest value of one score, and most characters of the reason.</summary>
    public const int Least = 1, Most = 5, LongestReason = 500;

    /// <summary>The sum, by which matters are ranked; each score counts the same.</summary>
    public int Total => Representative + Widespread + Urgent;

    /// <summary>The arithmetic in words that anybody can check.</summary>
    public LocalText Sum => new(
        $"代表性 {Representative} + 普遍性 {Widespread} + 紧迫性 {Urgent} = {Total}（满分 {3 * Most}）",
        $"representative {Representative} + widespread {Widespread} + urgent {Urgent} = {Total} (of {3 * Most})");
}
