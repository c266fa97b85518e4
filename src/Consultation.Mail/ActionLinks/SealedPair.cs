using System.Buffers.Text;
using System.Security.Cryptography;

namespace Consultation.Mail.ActionLinks;

/// <summary>
/// A token that names two ids and what they are for, sealed with the key ring: it holds no row, and nobody without the
/// ring's keys can make one, or use one of another purpose.
/// </summary>
internal static class SealedPair
{
    private const int NamedLength = 32, MacLength = 32;

    /// <summary>The token.</summary>
    public static string Write(LinkKeyRing ring, string purpose, Guid first, Guid second)
    {
        var key = ring.Current;
        var named = (byte[])[.. first.ToByteArray(), .. second.ToByteArray()];
        return Base64Url.EncodeToString([.. named, .. Seal(key, purpose, named)]);
    }

    /// <summary>What it names; null when the token is forged, of another purpose, or its key is gone.</summary>
    public static (Guid First, Guid Second)? Read(LinkKeyRing ring, string purpose, string? token)
    {
        if (token is null || !Base64Url.IsValid(token, out var length) || length != NamedLength + MacLength)
        {
            return null;
        }

        var bytes = Base64Url.DecodeFromChars(token);
        var named = bytes[..NamedLength];
        var genuine = false;
        foreach (var key in ring.Keys)
        {
            genuine |= CryptographicOperations.FixedTimeEquals(
                bytes.AsSpan(NamedLength), Seal(key, purpose, named));
        }

        return genuine ? (new Guid(named.AsSpan(0, 16)), new Guid(named.AsSpan(16))) : null;
    }

    private static byte[] Seal(LinkKey key, string purpose, byte[] named) => HMACSHA256.HashData(
        key.Secret, (byte[])[.. System.Text.Encoding.ASCII.GetBytes(purpose), .. named]);
}
