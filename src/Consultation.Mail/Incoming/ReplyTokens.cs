using System.Security.Cryptography;
using System.Text;
using Consultation.Mail.ActionLinks;

namespace Consultation.Mail.Incoming;

/// <summary>
/// The token in the address to which somebody replies: another one than the link's, so that an address that is quoted
/// and forwarded opens no page. 160 bits, in letters and digits that survive any mail server, whether or not it keeps
/// upper case.
/// </summary>
internal static class ReplyTokens
{
    /// <summary>Length of every token.</summary>
    public const int Length = 32;

    private const string Signs = "abcdefghijklmnopqrstuvwxyz234567";

    /// <summary>The token that belongs to a link's nonce.</summary>
    public static string Of(LinkKey key, ReadOnlySpan<byte> bound)
    {
        Span<byte> digest = stackalloc byte[32];
        Span<byte> message = stackalloc byte[bound.Length + 5];
        "reply"u8.CopyTo(message);
        bound.CopyTo(message[5..]);
        HMACSHA256.HashData(key.Secret, message, digest);
        var token = new StringBuilder(Length);
        for (var at = 0; at < 20; at += 5)
        {
            ulong five = 0;
            for (var one = 0; one < 5; one++) five = (five << 8) | digest[at + one];
            for (var shift = 35; shift >= 0; shift -= 5) token.Append(Signs[(int)(five >> shift) & 31]);
        }

        return token.ToString();
    }

    /// <summary>The tokens in addresses that a mail was sent to, by the settings' template; each once.</summary>
    public static IReadOnlyList<string> In(IEnumerable<string> addresses, string template)
    {
        var place = template.IndexOf(IncomingSettings.Token, StringComparison.Ordinal);
        if (place < 0) return [];
        var (before, after) = (template[..place], template[(place + IncomingSettings.Token.Length)..]);
        return
        [
            .. addresses.Where(address => address.Length == before.Length + Length + after.Length
                    && address.StartsWith(before, StringComparison.OrdinalIgnoreCase)
                    && address.EndsWith(after, StringComparison.OrdinalIgnoreCase))
                .Select(address => address.Substring(before.Length, Length).ToLowerInvariant())
                .Where(token => token.All(sign => Signs.Contains(sign, StringComparison.Ordinal))).Distinct(),
        ];
    }
}
