using System.Security.Claims;
using Consultation.Cases;
using Consultation.Cases.People;
using Consultation.Storage.People;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;

namespace Consultation.Web.SignIn;

/// <summary>What became of an attempt to sign in. Unknown names and wrong passwords look the same.</summary>
internal abstract record SignInResult
{
    private SignInResult() { }

    public sealed record SignedIn(ClaimsPrincipal Principal, string Language, bool MustChangePassword) : SignInResult;

    public sealed record Refused : SignInResult;

    public sealed record Locked(DateTimeOffset Until) : SignInResult;
}

/// <summary>
/// Checks passwords, counts failures, changes passwords. The rules of ASP.NET Core Identity, on the persons of the
/// organisation.
/// </summary>
internal sealed class PasswordCheck(AccountStore accounts, IPasswordHasher<Account> hasher, TimeProvider time)
{
    internal const int FailuresBeforeLock = 5;
    internal static readonly TimeSpan LockFor = TimeSpan.FromMinutes(10);

    // Verified when the name is unknown, so that the answer takes as long as for a known one.
    private static readonly Lazy<string> Decoy =
        new(() => new PasswordHasher<Account>().HashPassword(null!, Guid.NewGuid().ToString()));

    public async Task<SignInResult> SignInAsync(string userName, string password, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var account = await accounts.FindByUserNameAsync(userName, cancellationToken);
        if (account is not { Active: true, PasswordHash: { } hash })
        {
            hasher.VerifyHashedPassword(null!, Decoy.Value, password);
            return new SignInResult.Refused();
        }

        if (account.LockedUntil is { } until && until > now)
        {
            return new SignInResult.Locked(until);
        }

        var verified = hasher.VerifyHashedPassword(account, hash, password);
        if (verified == PasswordVerificationResult.Failed)
        {
            var failures = account.FailedSignIns + 1;
            DateTimeOffset? locked = failures >= FailuresBeforeLock ? now + LockFor : null;
            await accounts.RecordFailureAsync(
                account.PersonId, locked is null ? failures : 0, locked, cancellationToken);
            return locked is { } end ? new SignInResult.Locked(end) : new SignInResult.Refused();
        }

        if (account.FailedSignIns > 0 || account.LockedUntil is not null)
        {
            await accounts.RecordFailureAsync(account.PersonId, 0, null, cancellationToken);
        }

        if (verified == PasswordVerificationResult.SuccessRehashNeeded)
        {
            await accounts.SavePasswordAsync(
                account.PersonId, hasher.HashPassword(account, password), account.SecurityStamp,
                account.MustChangePassword, cancellationToken);
        }

        return new SignInResult.SignedIn(Principal(account), account.Language, account.MustChangePassword);
    }

    /// <summary>
    /// Changes the own password; every other session of the person ends. Null when the present password is wrong.
    /// </summary>
    public async Task<ClaimsPrincipal?> ChangePasswordAsync(
        OrganisationId organisation, PersonId person, string present, string wanted,
        CancellationToken cancellationToken)
    {
        var account = await accounts.FindAsync(organisation, person, cancellationToken);
        if (account is not { PasswordHash: { } hash }
            || hasher.VerifyHashedPassword(account, hash, present) == PasswordVerificationResult.Failed)
        {
            return null;
        }

        var changed = account with { SecurityStamp = LogInSecrets.NewStamp(), MustChangePassword = false };
        await accounts.SavePasswordAsync(
            person, hasher.HashPassword(changed, wanted), changed.SecurityStamp, false, cancellationToken);
        return Principal(changed);
    }

    /// <summary>The hash to store for a password.</summary>
    public string Hash(string password) => hasher.HashPassword(null!, password);

    /// <summary>The claims that pages read (see <see cref="Viewer"/>).</summary>
    public static ClaimsPrincipal Principal(Account account)
    {
        var claims = new List<Claim>
        {
            new(ClaimTypes.NameIdentifier, account.PersonId.Value.ToString("N")),
            new(ClaimTypes.Name, account.Name),
            new(Viewer.UserNameClaim, account.UserName),
            new(Viewer.OrganisationClaim, account.OrganisationId.Value.ToString("N")),
            new(Viewer.OrganisationNameClaim, account.OrganisationName.Zh),
            new(Viewer.OrganisationNameEnClaim, account.OrganisationName.En ?? ""),
            new(Viewer.ZoneClaim, account.TimeZone),
            new(Viewer.StampClaim, account.SecurityStamp),
        };
        claims.AddRange(account.Roles.Distinct().Select(role => new Claim(ClaimTypes.Role, role.ToString())));
        if (account.IsSample)
        {
            claims.Add(new(Viewer.SampleClaim, "true"));
        }

        if (account.MustChangePassword)
        {
            claims.Add(new(Viewer.MustChangeClaim, "true"));
        }

        return new(new ClaimsIdentity(claims, CookieAuthenticationDefaults.AuthenticationScheme));
    }
}
