using System.Security.Cryptography;
using Consultation.Cases.Screening;
using Microsoft.AspNetCore.DataProtection;

namespace Consultation.Storage.Keys;

/// <summary>
/// Seals words with the host's keys: whoever reads a table or a copy of it without them reads nothing.
/// </summary>
internal sealed class WordSeal(IDataProtectionProvider protection) : IWordSeal
{
    private readonly IDataProtector _seal = protection.CreateProtector("Consultation.WithheldWords");

    public string Close(string words) => _seal.Protect(words);

    public string? Open(string closed)
    {
        try
        {
            return _seal.Unprotect(closed);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
