using System.Security.Cryptography;
using System.Text;

namespace Consultation.Runtime.Runs;

/// <summary>
/// The id of a run (workflow instance): 16 lower-case hex digits when made here, as Elsa makes them; at most 64
/// characters when given.
/// </summary>
public readonly record struct InstanceId(string Value)
{
    /// <summary>A new random id.</summary>
    public static InstanceId New() => new(NewHex());

    /// <summary>The id that the same key always gives: starting twice for one cause starts once.</summary>
    public static InstanceId For(string cause)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(cause));
        return new(Convert.ToHexStringLower(digest.AsSpan(0, 8)));
    }

    /// <summary>The bare id.</summary>
    public override string ToString() => Value;

    /// <summary>16 random hex digits, for every id that Elsa writes that way.</summary>
    internal static string NewHex()
    {
        Span<byte> bytes = stackalloc byte[8];
        RandomNumberGenerator.Fill(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
