using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Consultation.Mail.ActionLinks;

/// <summary>
/// Private calendar addresses: 256 bits that only the key ring can make again. Stored are hash, nonce and the key's
/// name: who reads the database alone subscribes to nobody's calendar. The token decides nothing.
/// </summary>
public sealed class FeedMint(LinkKeyRing ring)
{
    private const string Purpose = "calendar-feed";

    /// <summary>Characters of a token.</summary>
    public const int TokenLength = 43;

    /// <summary>What is stored of a new address.</summary>
    public (string Hash, byte[] Nonce, string KeyId) Issue(Guid organisation, Guid person)
    {
        var (key, nonce) = (ring.Current, RandomNumberGenerator.GetBytes(32));
        return (ActionLinkMint.HashOf(Token(key, organisation, person, nonce)), nonce, key.Id);
    }

    /// <summary>The address again; null when its key has left the ring.</summary>
    public string? Address(Uri publicBaseUrl, Guid organisation, Guid person, byte[]? nonce, string? keyId) =>
        nonce is not null && keyId is not null && ring.Find(keyId) is { } key
            ? $"{publicBaseUrl.AbsoluteUri.TrimEnd('/')}/feed/{Token(key, organisation, person, nonce)}.ics"
            : null;

    private static string Token(LinkKey key, Guid organisation, Guid person, byte[] nonce) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(
            key.Secret,
            (byte[])
            [
                .. Encoding.ASCII.GetBytes(Purpose), .. organisation.ToByteArray(), .. person.ToByteArray(), .. nonce,
            ]));
}
