using System.Text.Json;
using System.Text.Unicode;
using Consultation.Engine.Describing;

namespace Consultation.Engine.Definitions;

/// <summary>
/// What JSON from outside may hold: looked at token by token before anything is built of it, for a tree takes many
/// times what its text does.
/// </summary>
public static class JsonBounds
{
    private static readonly BilingualText Torn = new(
        "文件里有不完整的字符（不是 UTF-8，或半个代理对、NUL），请重新导出。",
        "The file holds broken characters (no UTF-8, half a surrogate pair, or NUL); export it again.");

    /// <summary>What is too much or cannot be text, or null. What is no JSON is left to whoever parses it.</summary>
    /// <param name="utf8">The text, with or without a byte order mark.</param>
    /// <param name="mostDepth">Deepest nesting that is taken; a single value is one level deep.</param>
    /// <param name="mostValues">Most values of any kind.</param>
    public static BilingualText? Check(ReadOnlySpan<byte> utf8, int mostDepth, int mostValues)
    {
        if (!Utf8.IsValid(utf8)) return Torn;
        var reader = new Utf8JsonReader(
            utf8.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8, new JsonReaderOptions
            {
                AllowTrailingCommas = true,
                CommentHandling = JsonCommentHandling.Skip,
                MaxDepth = mostDepth + 1,
            });
        var values = 0;
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth >= mostDepth)
                {
                    return new($"内容嵌套超过 {mostDepth} 层，请减少嵌套。",
                        $"The content is nested deeper than {mostDepth} levels; make it flatter.");
                }

                if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray) continue;
                if (reader.TokenType != JsonTokenType.PropertyName && ++values > mostValues)
                {
                    return new($"内容超过 {mostValues} 个值，请拆成几份。",
                        $"The content has more than {mostValues} values; split it.");
                }

                // Only what is escaped can stand for something that UTF-8 cannot.
                if (reader.ValueIsEscaped && reader.GetString()!.Contains('\0')) return Torn;
            }
        }
        catch (JsonException)
        {
            return null;
        }
        catch (InvalidOperationException)
        {
            return Torn;
        }

        return null;
    }
}
