using System.Buffers.Text;
using System.Security.Cryptography;

namespace Consultation.Mail.ActionLinks;

/// <summary>
/// The address with which a person leaves the daily digest without a log-in (List-Unsubscribe, mail rule 5). Holds no
/// row: the token names organisation and person and is sealed with the key ring. GET shows a page; POST
/// (<c>List-Unsubscribe=One-Click</c>) leaves.
/// </summary>
public sealed class UnsubscribeLink(LinkKeyRing ring)
{
    private const int MacLength = 32;

    /// <summary>The address for one person.</summary>
    public string Address(Uri publicBaseUrl, Guid organisation, Guid person)
    {
        var key = ring.Current;
        var named = (byte[])[.. organisation.ToByteArray(), .. person.ToByteArray()];
        var token = Base64Url.EncodeToString([.. named, .. Seal(key, named)]);
        return $"{publicBaseUrl.AbsoluteUri.TrimEnd('/')}/digest/leave/{token}";
    }

    /// <summary>Who leaves; null when the token is forged or its key is gone.</summary>
    public (Guid Organisation, Guid Person)? Read(string? token)
    {
        if (token is null || !Base64Url.IsValid(token, out var length) || length != 32 + MacLength)
        {
            return null;
        }

        var bytes = Base64Url.DecodeFromChars(token);
        var named = bytes[..32];
        var genuine = false;
        foreach (var key in ring.Keys)
        {
            genuine |= CryptographicOperations.FixedTimeEquals(bytes.AsSpan(32), Seal(key, named));
        }

        return genuine ? (new Guid(named.AsSpan(0, 16)), new Guid(named.AsSpan(16))) : null;
    }

    private static byte[] Seal(LinkKey key, byte[] named) =>
        HMACSHA256.HashData(key.Secret, (byte[])[.. "leave-digest"u8, .. named]);
}
