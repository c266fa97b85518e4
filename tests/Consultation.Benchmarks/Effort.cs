namespace Consultation.Benchmarks;

/// <summary>
/// How much is measured: enough for a figure, or just enough to see that a verb still works (<c>smoke</c>).
/// </summary>
internal static class Effort
{
    /// <summary>Set once, before the first verb runs.</summary>
    public static bool Small { get; set; }

    public static int Of(int full, int small) => Small ? small : full;
}
