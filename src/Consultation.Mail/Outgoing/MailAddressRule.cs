using System.Text;
using System.Text.RegularExpressions;

namespace Consultation.Mail.Outgoing;

/// <summary>Why an address is refused, in both languages.</summary>
/// <param name="Zh">Chinese.</param>
/// <param name="En">English.</param>
public sealed record MailAddressProblem(string Zh, string En);

/// <summary>
/// Which addresses the product writes to, and what of a name may stand in a header (mail rule 13). Deliberately
/// narrower than RFC 5321: no quoted local parts, no comments, no address literals; nobody in real life has one and
/// every mail attack needs one.
/// </summary>
public static partial class MailAddressRule
{
    /// <summary>What stands behind the @ of an address that was checked.</summary>
    public static string DomainOf(string address) => address[(address.LastIndexOf('@') + 1)..];

    /// <summary>Checks an address as a person typed it; null when it is fine.</summary>
    public static MailAddressProblem? Check(string? address)
    {
        if (string.IsNullOrWhiteSpace(address))
        {
            return new("请填写电子邮箱。", "Enter an e-mail address.");
        }

        if (address.Any(char.IsControl) || address.Any(character => char.IsWhiteSpace(character)))
        {
            return new(
                "电子邮箱中不能有空格或换行，请删去后再试。",
                "An e-mail address has no spaces or line breaks; remove them.");
        }

        if (address.Contains('@', StringComparison.Ordinal)
            && address.Any(character => character is ',' or ';' or '\uFF0C' or '\uFF1B' or '\u3001'))
        {
            return new(
                "这里只能填写一个电子邮箱。",
                "Only one e-mail address fits here.");
        }

        if (address.Contains('\uFF20', StringComparison.Ordinal))
        {
            return new(
                "请用半角的 @，不要用全角的 \uFF20。",
                "Use the plain sign @ instead of the full-width \uFF20.");
        }

        if (address.Length > 254 || !Shape().IsMatch(address) || address.Contains("..", StringComparison.Ordinal))
        {
            return new(
                $"“{address}”不像一个电子邮箱。正确的写法例如：zhang.san@example.gov.cn",
                $"“{address}” does not look like an e-mail address. A right one looks like: zhang.san@example.gov.cn");
        }

        return null;
    }

    /// <summary>
    /// A text as one header line: control characters and line breaks become single spaces, at most <paramref
    /// name="most"/> characters.
    /// </summary>
    public static string OneLine(string? text, int most = 200)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var line = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            // U+2028 and U+2029 break lines in some clients; bidirectional overrides can make a name look like another.
            var breaks = char.IsControl(character)
                || character is '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
            if (!breaks)
            {
                line.Append(character);
            }
            else if (line.Length > 0 && line[^1] != ' ')
            {
                line.Append(' ');
            }
        }

        var clean = line.ToString().Trim();
        return clean.Length <= most ? clean : Cut(clean, most - 1) + "…";
    }

    private static string Cut(string text, int length) =>
        char.IsHighSurrogate(text[length - 1]) ? text[..(length - 1)] : text[..length];

    [GeneratedRegex(
        @"^[A-Za-z0-9](?:[A-Za-z0-9._%+'\-]{0,62}[A-Za-z0-9_])?@"
            + @"(?:(?:[A-Za-z0-9](?:[A-Za-z0-9\-]{0,61}[A-Za-z0-9])?\.)+"
            + @"(?:[A-Za-z]{2,63}|[Xx][Nn]--[A-Za-z0-9\-]{1,58}[A-Za-z0-9])|localhost)\z")]
    private static partial Regex Shape();
}
