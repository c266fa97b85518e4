using System.Security.Cryptography;

namespace Consultation.Server.FirstStart;

/// <summary>Passwords that the host makes: 16 letters and digits without look-alikes, 79 bits.</summary>
internal static class Passwords
{
    public static string New() => RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 16);
}
