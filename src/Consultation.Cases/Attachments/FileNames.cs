using System.Globalization;
using System.Text;

namespace Consultation.Cases.Attachments;

/// <summary>Names of files as strangers send them, made fit to show, to save and to put into a header.</summary>
public static class FileNames
{
    /// <summary>Most characters of a kept name.</summary>
    public const int Longest = 120;

    private static readonly HashSet<string> OfDevices = new(StringComparer.OrdinalIgnoreCase)
    {
        "CON", "PRN", "AUX", "NUL", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9", "LPT1",
        "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9",
    };

    /// <summary>
    /// The name without path, control characters, marks of direction and what file systems do not take; not empty, not
    /// that of a device, at most <see cref="Longest"/> characters, its ending kept.
    /// </summary>
    public static string Clean(string? name)
    {
        // Both separators, whatever system this runs on; a stream's name behind a colon goes too.
        var last = (name ?? "").Split('/', '\\')[^1];
        var kept = new StringBuilder(last.Length);
        foreach (var rune in TypedText.Line(last.Length > 2000 ? last[^2000..] : last).EnumerateRunes())
        {
            kept.Append(rune.Value is '<' or '>' or ':' or '"' or '|' or '?' or '*' or '%' or '\u200C' or '\u200D'
                or ';' ? "_" : rune.ToString());
        }

        var clean = kept.ToString().Trim(' ', '.');
        var ending = Path.GetExtension(clean);
        if (ending.Length is < 2 or > 12) ending = "";
        var stem = clean[..^ending.Length].TrimEnd(' ', '.');
        if (stem.Length == 0 || OfDevices.Contains(stem.Split('.')[0])) stem = "_" + stem;
        return Cut(stem, Longest - ending.Length) + ending.ToLowerInvariant();
    }

    /// <summary>The name with the ending of its kind: whatever it was called, it opens as what it is.</summary>
    public static string EndedBy(string name, FileKind kind)
    {
        var ending = Path.GetExtension(name);
        return ending.Length > 1 && kind.IsEndedBy(ending[1..]) ? name : $"{Cut(name, Longest - 6)}.{kind.Key}";
    }

    /// <summary>Never in the middle of a character.</summary>
    private static string Cut(string text, int longest)
    {
        if (text.Length <= longest) return text;
        var cut = 0;
        var elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext() && elements.ElementIndex + ((string)elements.Current).Length <= longest)
        {
            cut = elements.ElementIndex + ((string)elements.Current).Length;
        }

        return text[..cut];
    }
}
