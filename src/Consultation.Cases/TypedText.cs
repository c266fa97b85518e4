using System.Buffers;
using System.Globalization;
using System.Text;

namespace Consultation.Cases;

/// <summary>
/// Text as people type, paste and import it, made fit to keep and to compare: the only place that knows which
/// characters nobody sees and which look alike. Asked at every door (posted forms, imports, addresses of pages) and by
/// every search. Prose keeps what was written; codes, numbers, phones and mail addresses are brought to one form
/// (Unicode NFKC). See docs/design/text.md.
/// </summary>
public static class TypedText
{
    private const char Joiner = '\u200D', NonJoiner = '\u200C';

    private const string PlainSigns =
        " \t\nabcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,;:!?'\"()[]{}<>/\\|@#$%^&*-_=+~`";

    /// <summary>What nearly every code consists of, and comes out as it was.</summary>
    private static readonly SearchValues<char> SameInCodes =
        SearchValues.Create([.. PlainSigns, .. Range('\u4E00', '\u9FFF'), '\u3001']);

    /// <summary>What nearly every text consists of, and comes out as it was.</summary>
    private static readonly SearchValues<char> SameInProse =
        SearchValues.Create([.. PlainSigns, .. Range('\u4E00', '\u9FFF'), .. Range('\u3000', '\u3029'),
            .. Range('\uFF01', '\uFF5E'), '\u2018', '\u2019', '\u201C', '\u201D', '\u2014', '\u2026', '\u00B7']);

    /// <summary>
    /// Several lines as they were written, without what cannot be seen: invisible and control characters, marks of
    /// direction, halves of characters and what XML cannot carry. Line ends become \n, all blanks but the wide one of
    /// Chinese paragraphs a plain one. Empty when nothing would be visible.
    /// </summary>
    public static string Prose(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        var clean = Rid(text.Replace("\r\n", "\n", StringComparison.Ordinal), SameInProse, isCode: false).Trim();
        return IsVisible(clean) ? clean : "";
    }

    /// <summary>The same in one line: line ends and tabs are blanks.</summary>
    public static string Line(string? text) => Prose(text).Replace('\n', ' ').Replace('\t', ' ').Trim();

    /// <summary>
    /// What people and programs compare letter by letter: a code, a number, a day. Full-width letters, digits and signs
    /// become plain ones, every dash a hyphen, blanks one blank.
    /// </summary>
    public static string Code(string? text)
    {
        var line = Line(text);
        if (line.AsSpan().IndexOfAnyExcept(SameInCodes) >= 0)
        {
            line = Rid(line.Normalize(NormalizationForm.FormKC), SameInCodes, isCode: true);
        }

        return line.Contains("  ", StringComparison.Ordinal)
            ? string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            : line.Trim();
    }

    /// <summary>
    /// A mail address: a <see cref="Code"/> in which the stop of Chinese keyboards is a point, and a Chinese domain is
    /// written as mail servers write it.
    /// </summary>
    public static string Address(string? text)
    {
        var address = Code(text).Replace('。', '.');
        var at = address.LastIndexOf('@');
        if (at < 0 || Ascii.IsValid(address.AsSpan(at)) || !Ascii.IsValid(address.AsSpan(0, at))
            || !address.AsSpan(at).Contains('.'))
        {
            return address;
        }

        try
        {
            return address[..(at + 1)] + new IdnMapping().GetAscii(address, at + 1);
        }
        catch (ArgumentException)
        {
            // No domain at all: whoever checks the address says so.
            return address;
        }
    }

    /// <summary>
    /// As a search compares it, whatever its capitals and its width. Both sides are folded: what is stored for it, and
    /// the words that somebody looks for.
    /// </summary>
    public static string Fold(string? text) => Code(text).ToLowerInvariant();

    /// <summary>The words of a search, folded; each has to occur.</summary>
    public static IReadOnlyList<string> Words(string? search) =>
        [.. Fold(search).Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct().Take(20)];

    /// <summary>
    /// The digits of a word that is written like a phone number, so that 010-6555 0000 finds 01065550000; null when it
    /// is not, or holds nothing but digits.
    /// </summary>
    public static string? PhoneDigits(string? word)
    {
        var code = Code(word);
        var digits = string.Concat(code.Where(char.IsAsciiDigit));
        return digits.Length >= 7 && digits.Length < code.Length
            && code.All(one => char.IsAsciiDigit(one) || one is ' ' or '-' or '(' or ')' or '+') ? digits : null;
    }

    /// <summary>What a search looks into: the parts folded, a phone number also as its digits alone.</summary>
    public static string Searched(params ReadOnlySpan<string?> parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            if (Fold(part) is not { Length: > 0 } folded) continue;
            text.Append(text.Length > 0 ? "\n" : "").Append(folded);
            if (PhoneDigits(folded) is { } digits) text.Append('\n').Append(digits);
        }

        return text.ToString();
    }

    private enum Sight { Visible, Joining, Blank, Break, Invisible }

    /// <summary>True when anything of the text can be seen.</summary>
    private static bool IsVisible(string text) => text.EnumerateRunes().Any(rune => Seen(rune) == Sight.Visible
        && !Rune.IsWhiteSpace(rune));

    /// <summary>The text without what nobody sees; in codes dashes and blanks are plain, and joiners go too.</summary>
    private static string Rid(string text, SearchValues<char> same, bool isCode)
    {
        var next = text.AsSpan().IndexOfAnyExcept(same);
        if (next < 0) return text;
        var kept = new StringBuilder(text.Length);
        for (var at = 0; ;)
        {
            kept.Append(text, at, next);
            at += next;
            if (at == text.Length) return kept.ToString();
            var isWhole = Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out var taken) == OperationStatus.Done;
            switch (isWhole ? Seen(rune) : Sight.Invisible)
            {
                case Sight.Break:
                    kept.Append(isCode ? ' ' : '\n');
                    break;
                case Sight.Blank:
                    kept.Append(' ');
                    break;
                case Sight.Visible when isCode && IsDash(rune):
                    kept.Append('-');
                    break;
                case Sight.Joining when isCode:
                case Sight.Invisible:
                    break;
                default:
                    kept.Append(text, at, taken);
                    break;
            }

            at += taken;
            next = text.AsSpan(at).IndexOfAnyExcept(same);
            if (next < 0) next = text.Length - at;
        }
    }

    private static bool IsDash(Rune rune) =>
        rune.Value == 0x2212 || Rune.GetUnicodeCategory(rune) == UnicodeCategory.DashPunctuation;

    private static IEnumerable<char> Range(char first, char last) =>
        Enumerable.Range(first, last - first + 1).Select(code => (char)code);

    private static Sight Seen(Rune rune) => rune.Value switch
    {
        '\n' or '\u000B' or '\u000C' or '\r' or '\u0085' or '\u2028' or '\u2029' => Sight.Break,
        '\t' or '\u3000' => Sight.Visible,
        // Joiners hold emoji and some scripts together; selectors tell variants of one Chinese character apart.
        Joiner or NonJoiner or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF) => Sight.Joining,
        // Letters by their class, blank by their look.
        0x2800 or 0x3164 or 0xFFA0 => Sight.Blank,
        0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 => Sight.Invisible,
        _ when (rune.Value & 0xFFFE) == 0xFFFE || rune.Value is >= 0xFDD0 and <= 0xFDEF => Sight.Invisible,
        _ => Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.SpaceSeparator => Sight.Blank,
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate => Sight.Invisible,
            _ => Sight.Visible,
        },
    };
}
