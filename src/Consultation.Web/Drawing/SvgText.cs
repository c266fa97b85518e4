using System.Globalization;
using System.Text;
using Consultation.Cases;

namespace Consultation.Web.Drawing;

/// <summary>
/// Writes SVG: numbers without a culture, texts always encoded, looks by class only (the pages' policy forbids inline
/// styles).
/// </summary>
internal sealed class SvgText
{
    private readonly StringBuilder _text = new();

    public SvgText Raw(string markup)
    {
        _text.Append(markup);
        return this;
    }

    /// <summary>Opens an element; attribute values are encoded, null ones left out.</summary>
    public SvgText Open(string name, params ReadOnlySpan<(string Name, object? Value)> attributes) =>
        Element(name, attributes, ">");

    public SvgText Empty(string name, params ReadOnlySpan<(string Name, object? Value)> attributes) =>
        Element(name, attributes, "/>");

    public SvgText Close(string name)
    {
        _text.Append("</").Append(name).Append('>');
        return this;
    }

    public SvgText Words(string text)
    {
        Encode(text);
        return this;
    }

    /// <summary>An element with words in it.</summary>
    public SvgText Said(string name, string words, params ReadOnlySpan<(string Name, object? Value)> attributes) =>
        Open(name, attributes).Words(words).Close(name);

    public override string ToString() => _text.ToString();

    internal static string Number(double value) => Math.Round(value, 1).ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// How wide a text is in units of its font size: Chinese and full-width characters count 1, others a bit over half.
    /// </summary>
    internal static double Width(string text) =>
        text.Sum(letter => char.IsLowSurrogate(letter) ? 0 : letter >= 0x2E80 ? 1.0
            : char.IsUpper(letter) || letter is 'm' or 'w' ? 0.68 : 0.53);

    /// <summary>
    /// Breaks a text into at most <paramref name="lines"/> lines of so many font sizes; what does not fit ends in "…".
    /// </summary>
    internal static IReadOnlyList<string> Wrap(string text, double width, int lines)
    {
        var result = new List<string>();
        var line = "";
        foreach (var piece in Pieces(text))
        {
            if (Width(line + piece) <= width || line.Length == 0)
            {
                line += piece;
                continue;
            }

            result.Add(line.Trim());
            line = piece.TrimStart();
        }

        result.Add(line.Trim());
        result = [.. result.SelectMany(one => Cut(one, width))];
        if (result.Count <= lines)
        {
            return result;
        }

        var last = result[lines - 1];
        while (last.Length > 1 && Width(last + "…") > width)
        {
            last = PlainText.Cut(last, last.Length - 1);
        }

        return [.. result.Take(lines - 1), last + "…"];
    }

    /// <summary>
    /// The largest font size, down to the smallest, at which a text stands whole in a box, and its lines; only what is
    /// too long even then ends in "…".
    /// </summary>
    internal static (double Size, IReadOnlyList<string> Lines) Fit(
        string text, double width, double height, double largest, double smallest)
    {
        for (var size = largest; ; size = Math.Max(smallest, size - 1))
        {
            var most = Math.Max(1, (int)(height / (size * 1.2)));
            var wide = width / size;
            var fits = Wrap(text, wide, int.MaxValue).Count <= most
                && Pieces(text).All(piece => Width(piece.Trim()) <= wide);
            if (fits || size <= smallest) return (size, Wrap(text, wide, most));
        }
    }

    private static IEnumerable<string> Cut(string word, double width)
    {
        while (Width(word) > width && word.Length > 1)
        {
            var fits = word;
            while (Width(fits) > width && PlainText.Cut(fits, fits.Length - 1) is { Length: > 0 } shorter)
            {
                fits = shorter;
            }

            yield return fits;
            word = word[fits.Length..];
        }

        yield return word;
    }

    private static IEnumerable<string> Pieces(string text)
    {
        var start = 0;
        foreach (var index in StringInfo.ParseCombiningCharacters(text).Skip(1).Append(text.Length))
        {
            if (index == text.Length || text[index] == ' ' || text[index] >= 0x2E80 && !IsClosing(text[index])
                || text[index - 1] >= 0x2E80 && !IsClosing(text[index]))
            {
                yield return text[start..index];
                start = index;
            }
        }
    }

    private static bool IsClosing(char letter) =>
        letter is '，' or '。' or '、' or '）' or '》' or '；' or '：' or '？' or '！' or ',' or '.' or ')' or '?';

    private SvgText Element(string name, ReadOnlySpan<(string Name, object? Value)> attributes, string end)
    {
        _text.Append('<').Append(name);
        foreach (var (key, value) in attributes)
        {
            if (value is null)
            {
                continue;
            }

            _text.Append(' ').Append(key).Append("=\"");
            Encode(value is double number ? Number(number) : Convert.ToString(value, CultureInfo.InvariantCulture)!);
            _text.Append('"');
        }

        _text.Append(end);
        return this;
    }

    private void Encode(string text)
    {
        foreach (var letter in PlainText.Clean(text))
        {
            _ = letter switch
            {
                '<' => _text.Append("&lt;"),
                '>' => _text.Append("&gt;"),
                '&' => _text.Append("&amp;"),
                '"' => _text.Append("&quot;"),
                _ => _text.Append(letter),
            };
        }
    }
}
