using System.Text;

namespace Consultation.Storage.Mapping;

/// <summary>
/// What an index of characters is made of: pairs, which find Chinese, that has no blanks between its words, and five in
/// a row of the plain letters, digits and signs of numbers, whose pairs stand in nearly every row. A text has all of
/// these and its single characters; what is looked for has the rarest of its words. A row that holds all of them need
/// not hold the word: the column is looked into after the index.
/// </summary>
internal static class SearchGrams
{
    /// <summary>Name of the database's function that takes a text apart.</summary>
    public const string Function = "search_grams";

    /// <summary>How many plain characters stand together.</summary>
    public const int Plain = 5;

    /// <summary>Most grams of one search; further ones would hardly leave out more rows.</summary>
    private const int Most = 40;

    /// <summary>What an index has to hold for folded words.</summary>
    public static IReadOnlyList<string> Asked(IReadOnlyList<string> words) =>
        [.. words.SelectMany(Asked).Distinct().Take(Most)];

    /// <summary>Everything that a text is found by, each once; nothing with a blank.</summary>
    public static IReadOnlySet<string> Of(string text)
    {
        var grams = new HashSet<string>(StringComparer.Ordinal);
        foreach (var word in text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries))
        {
            var runes = word.EnumerateRunes().ToArray();
            for (var at = 0; at < runes.Length; at++)
            {
                grams.Add(Gram(runes, at, 1));
                if (at + 1 < runes.Length) grams.Add(Gram(runes, at, 2));
                if (IsPlain(runes, at)) grams.Add(Gram(runes, at, Plain));
            }
        }

        return grams;
    }

    /// <summary>A gram in letters that every tokenizer keeps together.</summary>
    public static string Token(string gram) =>
        string.Join('z', gram.EnumerateRunes().Select(rune => $"{rune.Value:x}"));

    private static IEnumerable<string> Asked(string word)
    {
        var runes = word.EnumerateRunes().ToArray();
        if (runes.Length == 1) yield return word;
        for (int at = 0, covered = 0; at + 1 < runes.Length; at++)
        {
            if (IsPlain(runes, at))
            {
                covered = at + Plain;
                yield return Gram(runes, at, Plain);
            }
            else if (at + 2 > covered)
            {
                yield return Gram(runes, at, 2);
            }
        }
    }

    private static bool IsPlain(Rune[] runes, int at) =>
        at + Plain <= runes.Length && Array.TrueForAll(runes[at..(at + Plain)], rune => rune.IsAscii);

    private static string Gram(Rune[] runes, int at, int length) => string.Concat(runes[at..(at + length)]);
}
