using System.Globalization;
using System.Text;
using System.Xml;

namespace Consultation.Cases;

/// <summary>
/// Text as documents can carry it. Called where text comes into the product, and again where XML is written: what came
/// in by another way, or before, must not make a list or a document unreadable. Pure.
/// </summary>
public static class PlainText
{
    /// <summary>
    /// Leaves out what XML cannot carry: control characters except tab and line feed, halves of surrogate pairs, U+FFFE
    /// and U+FFFF. Line ends become single line feeds. The same text when nothing is to be left out.
    /// </summary>
    public static string Clean(string text)
    {
        var at = 0;
        while (at < text.Length && LengthAt(text, at) is > 0 and var length)
        {
            at += length;
        }

        if (at == text.Length) return text;
        var clean = new StringBuilder(text, 0, at, text.Length);
        while (at < text.Length)
        {
            var length = LengthAt(text, at);
            if (length > 0)
            {
                clean.Append(text, at, length);
            }
            else if (text[at] == '\r' && (at + 1 == text.Length || text[at + 1] != '\n'))
            {
                clean.Append('\n');
            }

            at += Math.Max(length, 1);
        }

        return clean.ToString();
    }

    /// <summary>
    /// The beginning of a text: at most so many UTF-16 units, never ending within what people see as one character (a
    /// surrogate pair, a letter with its accents, a joined emoji). What was cut off is replaced by
    /// <paramref name="end"/>, which counts.
    /// </summary>
    public static string Cut(string text, int most, string end = "")
    {
        if (text.Length <= most) return text;
        var kept = 0;
        while (kept < text.Length
            && StringInfo.GetNextTextElementLength(text, kept) is var next && kept + next <= most - end.Length)
        {
            kept += next;
        }

        if (kept == 0 && most > end.Length)
        {
            // One letter under a heap of accents: better a part of it than nothing.
            kept = most - end.Length;
            if (char.IsHighSurrogate(text[kept - 1])) kept--;
        }

        return string.Concat(text.AsSpan(0, kept), end);
    }

    /// <summary>Units of the character that begins here; 0 when it has to go.</summary>
    private static int LengthAt(string text, int at)
    {
        var one = text[at];
        return !char.IsSurrogate(one) ? one != '\r' && XmlConvert.IsXmlChar(one) ? 1 : 0
            : at + 1 < text.Length && char.IsSurrogatePair(one, text[at + 1]) ? 2
            : 0;
    }
}
