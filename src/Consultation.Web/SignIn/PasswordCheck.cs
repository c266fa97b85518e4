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

    /// <summary>Not checked: there were too many guesses.</summary>
    public sealed record Wait(TimeSpan For) : SignInResult;
}

/// <summary>
/// Checks and changes passwords, as fast as guessing is allowed. The rules of ASP.NET Core Identity, on the persons of
/// the organisation.
/// </summary>
internal sealed class PasswordCheck(AccountStore accounts, IPasswordHasher<Account> hasher, GuessGate gate)
{
    // Verified when the name is unknown, so that the answer takes as long as for a known one.
    private static readonly Lazy<string> Decoy =
        new(() => new PasswordHasher<Account>().HashPassword(null!, Guid.NewGuid().ToString()));

    public async Task<SignInResult> SignInAsync(string userName, string password, CancellationToken cancellationToken)
    {
        var account = await accounts.FindByUserNameAsync(userName, cancellationToken);
        var name = GuessRule.NameOf(account?.UserName ?? userName);
        // Counted before it is checked: of many guesses at the same time only so many are checked as are allowed.
        if (await gate.TakeAsync(name, cancellationToken) is { Ticks: > 0 } wait) return new SignInResult.Wait(wait);
        if (account is not { Active: true, PasswordHash: { } hash })
        {
            hasher.VerifyHashedPassword(null!, Decoy.Value, password);
            return new SignInResult.Refused();
        }

        var verified = hasher.VerifyHashedPassword(account, hash, password);
        if (verified == PasswordVerificationResult.Failed) return new SignInResult.Refused();
        await gate.SucceededAsync(name, cancellationToken);
        if (verified == PasswordVerificationResult.SuccessRehashNeeded)
        {
            await accounts.SavePasswordAsync(
                account.PersonId, hasher.HashPassword(account, password), account.SecurityStamp,
                account.MustChangePassword, cancellationToken);
        }

        return new SignInResult.SignedIn(Principal(account), account.Language, account.MustChangePassword);
    }

    /// <summary>Changes the own password; every other session of the person ends.</summary>
    public async Task<SignInResult> ChangePasswordAsync(
        OrganisationId organisation, PersonId person, string present, string wanted,
        CancellationToken cancellationToken)
    {
        if (await accounts.FindAsync(organisation, person, cancellationToken) is not { PasswordHash: { } hash } account)
        {
            return new SignInResult.Refused();
        }

        var name = GuessRule.NameOf(account.UserName);
        if (await gate.TakeAsync(name, cancellationToken) is { Ticks: > 0 } wait) return new SignInResult.Wait(wait);
        if (hasher.VerifyHashedPassword(account, hash, present) == PasswordVerificationResult.Failed)
        {
            return new SignInResult.Refused();
        }

        await gate.SucceededAsync(name, cancellationToken);
        var changed = account with { SecurityStamp = LogInSecrets.NewStamp(), MustChangePassword = false };
        await accounts.SavePasswordAsync(
            person, hasher.HashPassword(changed, wanted), changed.SecurityStamp, false, cancellationToken);
        return new SignInResult.SignedIn(Principal(changed), changed.Language, MustChangePassword: false);
    }

    /// <summary>The hash to store for a password.</summary>
    public string Hash(string password) => hasher.HashPassword(null!, password);

    /// <summary>Somebody got a new password: guesses at the old one hold nobody up.</summary>
    public Task ForgetGuessesAsync(string userName, CancellationToken cancellationToken) =>
        gate.ForgetAsync(GuessRule.NameOf(userName), cancellationToken);

    /// <summary>Whose claims they are.</summary>
    public static (OrganisationId Organisation, PersonId Person) Of(ClaimsPrincipal principal) => (
        new(Guid.ParseExact(principal.FindFirstValue(Viewer.OrganisationClaim)!, "N")),
        new(Guid.ParseExact(principal.FindFirstValue(ClaimTypes.NameIdentifier)!, "N")));

    /// <summary>The person's security stamp in the claims.</summary>
    public static string StampOf(ClaimsPrincipal principal) => principal.FindFirstValue(Viewer.StampClaim)!;

    /// <summary>The claims that pages read (see <see cref="Viewer"/>).</summary>
    public static ClaimsPrincipal Principal(
        Account account, string authenticationType = CookieAuthenticationDefaults.AuthenticationScheme)
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

        return new(new ClaimsIdentity(claims, authenticationType));
    }
}
