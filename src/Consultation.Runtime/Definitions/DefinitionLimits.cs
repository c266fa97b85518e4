using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;

namespace Consultation.Runtime.Definitions;

/// <summary>
/// How large a definition from outside may be; a hostile file is refused before anything is built of it.
/// </summary>
public static class DefinitionLimits
{
    /// <summary>10 MB, as in Studio.</summary>
    public const long MaxBytes = 10 * 1024 * 1024;

    /// <summary>JSON values of any kind.</summary>
    private const int MaxValues = 200_000;

    private const int MaxDepth = 120;

    /// <summary>What is said of a larger file.</summary>
    public static readonly BilingualText TooLarge = new(
        "文件超过 10 MB，不是合理的流程定义；请拆分后再导入。", "The file is larger than 10 MB; split the definition and import it again.");

    /// <summary>What is too much, or null.</summary>
    public static BilingualText? Check(ReadOnlySpan<byte> utf8) =>
        utf8.Length > MaxBytes ? TooLarge : JsonBounds.Check(utf8, MaxDepth, MaxValues);
}
