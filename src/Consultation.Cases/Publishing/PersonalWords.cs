using System.Text;
using System.Text.RegularExpressions;

namespace Consultation.Cases.Publishing;

/// <summary>
/// Finds what tells who somebody is or where he lives: phone and identity numbers, mail addresses, flats, and names
/// that the case knows (O23). It helps whoever redacts and stops what he overlooked; it does not redact for him.
/// </summary>
public static partial class PersonalWords
{
    /// <summary>Stands in place of what was taken out.</summary>
    public const string Hidden = "〔已隐去〕";

    /// <summary>
    /// The first words found that tell of a person, or null. Digits count however they are written: full width, with
    /// blanks or strokes between.
    /// </summary>
    public static string? Find(string? text, IEnumerable<string>? names = null)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var read = text.Normalize(NormalizationForm.FormKC);
        if (Shape().Match(read) is { Success: true } found) return found.Value.Trim();
        return names?.FirstOrDefault(name => IsName(name) && read.Contains(name, StringComparison.Ordinal));
    }

    /// <summary>The text without those words, as a beginning for whoever redacts it.</summary>
    public static string Mask(string? text, IEnumerable<string>? names = null)
    {
        var read = Shape().Replace((text ?? "").Normalize(NormalizationForm.FormC), Hidden);
        foreach (var name in names ?? [])
        {
            if (IsName(name)) read = read.Replace(name, Hidden, StringComparison.Ordinal);
        }

        return read;
    }

    /// <summary>One letter would hide half of every text.</summary>
    private static bool IsName(string name) => name.Trim().Length >= 2;

    // Identity numbers before phones: one holds the other. Then landlines, addresses of mail, flats.
    [GeneratedRegex(
        """
        (?<!\d)\d{6}[\s\-]?(?:19|20)\d{2}[\s\-]?\d{4}[\s\-]?\d{3}[\dXx](?!\d)
        |(?<!\d)(?:\+?86[\s\-]?)?1[\s\-.]?[3-9](?:[\s\-.]?\d){9}(?!\d)
        |(?<!\d)0\d{2,3}[\s\-]?\d{7,8}(?!\d)
        |[\w.+\-]{1,64}@[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,5}
        |\d{1,4}\s?(?:号楼|栋|幢)\s?(?:\d{1,3}\s?单元)?\s?\d{1,5}\s?(?:室|户|号)
        |\d{1,3}\s?单元\s?\d{1,5}\s?(?:室|户|号)?
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Shape();
}
