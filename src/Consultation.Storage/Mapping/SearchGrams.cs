using System.Text;

namespace Consultation.Storage.Mapping;

/// <summary>
/// Pairs of characters, by which an index finds Chinese, which has no blanks between its words, and any part of a word
/// or number in other scripts. A text has its pairs and its single characters; what is looked for has the pairs of its
/// words. A row that holds all pairs of a word need not hold the word: the column is looked into after the index.
/// </summary>
internal static class SearchGrams
{
    /// <summary>Name of the database's function that takes a text apart.</summary>
    public const string Function = "search_grams";

    /// <summary>Most pairs of one search; further ones would hardly leave out more rows.</summary>
    private const int Most = 40;

    /// <summary>
    /// What an index has to hold for folded words: the pairs of each, a word of one character itself.
    /// </summary>
    public static IReadOnlyList<string> Asked(IReadOnlyList<string> words) =>
        [.. words.SelectMany(word => Of(word).Where(gram => IsPair(gram) || gram.Length == word.Length)).Distinct()
            .Take(Most)];

    /// <summary>The single characters and the pairs of a text, each once; none with a blank.</summary>
    public static IReadOnlySet<string> Of(string text)
    {
        var grams = new HashSet<string>(StringComparer.Ordinal);
        Rune? before = null;
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                before = null;
                continue;
            }

            grams.Add(rune.ToString());
            if (before is { } first) grams.Add($"{first}{rune}");
            before = rune;
        }

        return grams;
    }

    /// <summary>A gram in letters that every tokenizer keeps together.</summary>
    public static string Token(string gram) =>
        string.Join('z', gram.EnumerateRunes().Select(rune => $"{rune.Value:x}"));

    private static bool IsPair(string gram) => Rune.GetRuneAt(gram, 0).Utf16SequenceLength < gram.Length;
}
