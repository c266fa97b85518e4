using System.Security.Cryptography;
using System.Text;

namespace Consultation.Cases;

/// <summary>
/// Ids made of what they stand for: the same twice is the same row, and the id tells nothing of what it was made of.
/// </summary>
public static class HashedGuid
{
    /// <summary>The first 128 bits of the text's SHA-256.</summary>
    public static Guid Of(string text) => new(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
}
