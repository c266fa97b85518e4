using System.Security.Cryptography;

namespace Consultation.Cases.People;

/// <summary>What the product makes up for log-ins. Never stored or logged in clear.</summary>
public static class LogInSecrets
{
    /// <summary>A password that is shown once: 16 letters and digits without look-alikes, 79 bits.</summary>
    public static string NewPassword() => RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 16);

    /// <summary>A security stamp: another one ends every session of the log-in.</summary>
    public static string NewStamp() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}
