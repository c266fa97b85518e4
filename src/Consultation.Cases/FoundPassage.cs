using System.Text;

namespace Consultation.Cases;

/// <summary>A stretch of a text in which a search found something.</summary>
/// <param name="Text">As it was written.</param>
/// <param name="IsHit">True when it is one of the words looked for.</param>
public sealed record FoundPart(string Text, bool IsHit);

/// <summary>
/// The passage of a text that shows why a search found it, its words marked as they were written, whatever their
/// capitals and their width. Pure.
/// </summary>
public static class FoundPassage
{
    private const string Left = "…";

    /// <summary>
    /// At most so many UTF-16 units around the first word that occurs; the beginning of the text when none does. Empty
    /// for an empty text.
    /// </summary>
    /// <param name="text">Prose or a title.</param>
    /// <param name="words">Folded words (<see cref="TypedText.Words"/>).</param>
    /// <param name="most">At least 20.</param>
    public static IReadOnlyList<FoundPart> Of(string text, IReadOnlyList<string> words, int most)
    {
        var line = TypedText.Line(text);
        if (line.Length == 0) return [];
        var (folded, places) = Fold(line);
        var first = words.Select(word => folded.IndexOf(word, StringComparison.Ordinal)).Where(at => at >= 0)
            .DefaultIfEmpty(0).Min();
        var from = line.Length <= most ? 0 : Math.Clamp(places[first] - (most / 4), 0, line.Length - most);
        var passage = PlainText.Cut(line[Whole(line, from)..], most, Left);
        return Marked(from > 0 ? Left + passage : passage, words);
    }

    /// <summary>True when one of the words occurs.</summary>
    public static bool Holds(string? text, IReadOnlyList<string> words) =>
        TypedText.Fold(text) is var folded && words.Any(word => folded.Contains(word, StringComparison.Ordinal));

    /// <summary>A short text whole, with its hits.</summary>
    public static IReadOnlyList<FoundPart> Marked(string text, IReadOnlyList<string> words)
    {
        var (folded, places) = Fold(text);
        var parts = new List<FoundPart>();
        var done = 0;
        for (var at = 0; Next(folded, words, at) is { Length: > 0 } hit; at = hit.At + hit.Length)
        {
            var (from, to) = (places[hit.At], places[hit.At + hit.Length]);
            if (from > done) parts.Add(new(text[done..from], IsHit: false));
            if (to > from) parts.Add(new(text[from..to], IsHit: true));
            done = Math.Max(done, to);
        }

        if (done < text.Length) parts.Add(new(text[done..], IsHit: false));
        return parts;
    }

    private static (int At, int Length) Next(string folded, IReadOnlyList<string> words, int from) => words
        .Select(word => (At: folded.IndexOf(word, from, StringComparison.Ordinal), word.Length))
        .Where(hit => hit.At >= 0).OrderBy(hit => hit.At).ThenByDescending(hit => hit.Length).FirstOrDefault();

    /// <summary>The text folded letter by letter, and where each letter of it stands in the text.</summary>
    private static (string Folded, List<int> Places) Fold(string text)
    {
        var (folded, places, at) = (new StringBuilder(text.Length), new List<int>(text.Length + 1), 0);
        foreach (var rune in text.EnumerateRunes())
        {
            var one = Rune.IsWhiteSpace(rune) ? " " : TypedText.Fold(rune.ToString());
            folded.Append(one);
            places.AddRange(Enumerable.Repeat(at, one.Length));
            at += rune.Utf16SequenceLength;
        }

        places.Add(at);
        return (folded.ToString(), places);
    }

    private static int Whole(string text, int at) => at > 0 && char.IsLowSurrogate(text[at]) ? at + 1 : at;
}
