using System.Text.Json.Nodes;
using Consultation.Engine.Describing;

namespace Consultation.Runtime.Definitions;

/// <summary>
/// How large a definition from outside may be; a hostile file is refused before anything looks deeper.
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
    public static BilingualText? Check(JsonNode root)
    {
        var values = 0;
        var pending = new Stack<(JsonNode? Node, int Depth)>([(root, 1)]);
        while (pending.TryPop(out var item))
        {
            if (item.Depth > MaxDepth)
            {
                return new($"流程嵌套超过 {MaxDepth} 层，请减少嵌套。",
                    $"The definition is nested deeper than {MaxDepth} levels; make it flatter.");
            }

            if (++values > MaxValues)
            {
                return new($"流程超过 {MaxValues} 个值，请拆成几个流程。",
                    $"The definition has more than {MaxValues} values; split it into several workflows.");
            }

            switch (item.Node)
            {
                case JsonArray array:
                    foreach (var child in array)
                    {
                        pending.Push((child, item.Depth + 1));
                    }

                    break;
                case JsonObject map:
                    foreach (var (_, child) in map)
                    {
                        pending.Push((child, item.Depth + 1));
                    }

                    break;
                default:
                    break;
            }
        }

        return null;
    }
}
