using System.Globalization;
using System.Security.Cryptography;
using Consultation.Cases;
using Consultation.Cases.People;
using Microsoft.AspNetCore.DataProtection;

namespace Consultation.Web.SignIn;

/// <summary>What a token of Elsa's API may be used for.</summary>
internal enum MachineTokenUse
{
    /// <summary>Calling the API.</summary>
    Access,

    /// <summary>Getting a new pair of tokens.</summary>
    Refresh,
}

/// <summary>What a sealed token says. It stands no longer than the session that it belongs to.</summary>
internal sealed record MachineToken(
    OrganisationId OrganisationId, PersonId PersonId, SessionId SessionId, string Stamp);

/// <summary>
/// Seals and opens the tokens that Elsa's own client signs in with. They are sealed with the host's keys, so that
/// every process of the host reads them, and nobody else does.
/// </summary>
internal sealed class MachineTokens(IDataProtectionProvider protection, TimeProvider time)
{
    private static readonly TimeSpan AccessFor = TimeSpan.FromHours(1);

    /// <summary>A token for that use.</summary>
    public string Seal(MachineToken token, MachineTokenUse use)
    {
        var until = time.GetUtcNow() + (use == MachineTokenUse.Access ? AccessFor : SignInSession.StandsFor);
        return SealOf(use).Protect(string.Create(CultureInfo.InvariantCulture,
            $"{until.ToUnixTimeSeconds()}.{token.OrganisationId.Value:N}.{token.PersonId.Value:N}."
                + $"{token.SessionId.Value:N}.{token.Stamp}"));
    }

    /// <summary>What a token says; null when it is none of ours, for another use, or over.</summary>
    public MachineToken? Open(string text, MachineTokenUse use)
    {
        string content;
        try
        {
            content = SealOf(use).Unprotect(text);
        }
        catch (CryptographicException)
        {
            return null;
        }

        return content.Split('.') is [var until, var organisation, var person, var session, var stamp]
            && long.TryParse(until, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && time.GetUtcNow() < DateTimeOffset.FromUnixTimeSeconds(seconds)
                ? new(new(Guid.ParseExact(organisation, "N")), new(Guid.ParseExact(person, "N")),
                    new(Guid.ParseExact(session, "N")), stamp)
                : null;
    }

    private IDataProtector SealOf(MachineTokenUse use) =>
        protection.CreateProtector("Consultation.MachineTokens", use.ToString());
}
