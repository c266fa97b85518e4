namespace Consultation.Engine.Expressions;

/// <summary>
/// What one evaluation may use up. A script that asks for more ends with an <see cref="ExpressionException"/> of kind
/// <see cref="ExpressionErrorKind.Limit"/>; the process is never at risk.
/// </summary>
public sealed class ExpressionLimits
{
    /// <summary>The limits used where none are given.</summary>
    public static ExpressionLimits Standard { get; } = new();

    /// <summary>Statements, calls, loop turns and elements worked on. Default 200,000.</summary>
    public int MaxSteps { get; init; } = 200_000;

    /// <summary>Characters of source text. Default 65,536.</summary>
    public int MaxSourceLength { get; init; } = 64 * 1024;

    /// <summary>Depth of brackets, blocks and operators in the source. Default 200.</summary>
    public int MaxNesting { get; init; } = 200;

    /// <summary>Depth of function calls. Default 128.</summary>
    public int MaxCallDepth { get; init; } = 128;

    /// <summary>
    /// Bytes of all texts, lists and objects made during one evaluation, whether or not still in use.
    /// Default 16 MiB.
    /// </summary>
    public long MaxMemoryBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>
    /// Time that one evaluation works, without what the machine pauses in between. Default 180 milliseconds.
    /// </summary>
    public TimeSpan MaxTime { get; init; } = TimeSpan.FromMilliseconds(180);

    /// <summary>
    /// Time after which one evaluation ends in any case, the machine's pauses and slow regular expressions included.
    /// Default 1 second.
    /// </summary>
    public TimeSpan MaxHeld { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How far local time of a template's dates is ahead of UTC. Default 8 hours (China).</summary>
    public TimeSpan LocalOffset { get; init; } = TimeSpan.FromHours(8);
}
