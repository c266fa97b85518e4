using System.Text.Json;
using System.Text.RegularExpressions;
using Consultation.Engine.Describing;

namespace Consultation.Engine.Expressions;

/// <summary>
/// What parsers and evaluators say of a wrong text, in both languages. They say it in English, with the words of the
/// text in it; the Chinese stands in
/// <c>Problems.zh.json</c> under the English sentence: {0} takes the words of that place as they are, {t0} takes them
/// in Chinese.
/// </summary>
internal static partial class Problems
{
    /// <summary>
    /// Characters; what is longer was written by a script, and looking through it for words of ours would take long.
    /// </summary>
    private const int LongestSentence = 500;

    private static readonly Lazy<IReadOnlyList<(Regex English, string Chinese)>> Known = new(() => Load("zh"));

    private static readonly Lazy<IReadOnlyList<(Regex English, string Chinese)>> OfEvaluator = new(() => Load("js"));

    /// <summary>A failure with its place.</summary>
    public static BilingualText Of(ExpressionException failure) => failure.Line > 0
        ? new($"{Chinese(failure.Problem)}（第 {failure.Line} 行第 {failure.Column} 列）", failure.Message)
        : Of(failure.Problem);

    /// <summary>A sentence without its final stop in Chinese; the English as it is.</summary>
    public static BilingualText Of(string english) => new(Chinese(english), english);

    /// <summary>The halves of a fault's "中文 / English"; the whole of a message that is not so made.</summary>
    public static BilingualText Halves(string message) =>
        message.Split(" / ", 2) is { Length: 2 } both ? new(both[0], both[1]) : new(message, message);

    /// <summary>
    /// What the JavaScript evaluator says, in words that say what to mend (<c>Problems.js.json</c>); what is not known
    /// stays as it is.
    /// </summary>
    internal static string Plain(string said)
    {
        if (said.Length is 0 or > LongestSentence) return said;
        var bare = said.TrimEnd('.');
        foreach (var (pattern, plain) in OfEvaluator.Value)
        {
            if (pattern.Match(bare) is not { Success: true } match) continue;
            var text = plain;
            for (var place = 0; place + 1 < match.Groups.Count; place++)
            {
                text = text.Replace($"{{{place}}}", match.Groups[place + 1].Value, StringComparison.Ordinal);
            }

            return text;
        }

        return said;
    }

    /// <summary>
    /// The Chinese of a sentence or of a part of one; what is not known stays as it is. The name of an error's class
    /// before it and of a parameter behind it tell a reader of Chinese nothing and are left out.
    /// </summary>
    internal static string Chinese(string english)
    {
        if (english.Length is 0 or > LongestSentence) return english;
        var said = Sentence().Match(english).Groups["said"].Value;
        foreach (var (pattern, chinese) in Known.Value)
        {
            if (pattern.Match(said) is not { Success: true } match) continue;
            var text = chinese;
            for (var place = 0; place + 1 < match.Groups.Count; place++)
            {
                var words = match.Groups[place + 1].Value;
                if (text.Contains($"{{t{place}}}", StringComparison.Ordinal))
                {
                    text = With(text, $"{{t{place}}}", Chinese(words));
                }
                text = text.Replace($"{{{place}}}", words, StringComparison.Ordinal);
            }

            return text;
        }

        return said;
    }

    /// <summary>Puts Chinese into its place; the blanks around the place are for other letters.</summary>
    private static string With(string text, string place, string words)
    {
        if (IsChinese(words[0])) text = text.Replace(" " + place, place, StringComparison.Ordinal);
        if (IsChinese(words[^1])) text = text.Replace(place + " ", place, StringComparison.Ordinal);
        return text.Replace(place, words, StringComparison.Ordinal);
    }

    private static bool IsChinese(char letter) => letter is >= '\u4e00' and <= '\u9fff';

    /// <summary>The sentences with most words of their own first: "{0} is missing" fits many.</summary>
    private static List<(Regex English, string Chinese)> Load(string kind)
    {
        using var stream = typeof(Problems).Assembly.GetManifestResourceStream(
            $"Consultation.Engine.Expressions.Problems.{kind}.json")!;
        var texts = JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!;
        return [.. texts.OrderByDescending(text => Places(text.Key, "").Length).Select(text => (
            new Regex($"^{Places(Regex.Escape(text.Key), "(.+?)")}$",
                RegexOptions.Singleline | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)), text.Value))];
    }

    private static string Places(string text, string instead) => Place().Replace(text, _ => instead);

    [GeneratedRegex(@"^(?:(?:Type|Range|Reference|Syntax|URI|Eval)?Error: )?(?<said>.+?)(?: \(Parameter '\w+'\))?$",
        RegexOptions.Singleline)]
    private static partial Regex Sentence();

    [GeneratedRegex(@"\\?\{\d\}")]
    private static partial Regex Place();
}
