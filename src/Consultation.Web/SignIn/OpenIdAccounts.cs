using System.Security.Claims;
using Consultation.Cases.People;
using Consultation.Storage.People;

namespace Consultation.Web.SignIn;

/// <summary>Whom the provider's claims mean here.</summary>
internal abstract record OpenIdResult
{
    private OpenIdResult() { }

    public sealed record Found(Account Account) : OpenIdResult;

    /// <summary>Nobody, or nobody who may sign in: a key below sign-in.problem that says why.</summary>
    public sealed record Refused(string Problem) : OpenIdResult;
}

/// <summary>Finds the account that the provider's claims name, and lets mapped roles follow them.</summary>
internal sealed class OpenIdAccounts(AccountStore accounts, OrganisationEdits edits, OpenIdOptions options)
{
    public async Task<OpenIdResult> FindAsync(ClaimsPrincipal told, CancellationToken cancellationToken)
    {
        var result = options.MatchBy == PersonMatch.VerifiedEmail
            ? await ByEmailAsync(told, cancellationToken)
            : await ByNameAsync(told, cancellationToken);
        if (result is not OpenIdResult.Found { Account: var account }) return result;
        if (!account.Active) return new OpenIdResult.Refused("left");
        return await FollowRolesAsync(account, told, cancellationToken)
            ? new OpenIdResult.Found(
                await accounts.FindAsync(account.OrganisationId, account.PersonId, cancellationToken) ?? account)
            : result;
    }

    private async Task<OpenIdResult> ByNameAsync(ClaimsPrincipal told, CancellationToken cancellationToken)
    {
        if (told.FindFirstValue(options.LogInNameClaim) is not { Length: > 0 } name)
        {
            return new OpenIdResult.Refused("no-name");
        }
        return await accounts.FindByUserNameAsync(name, cancellationToken) is { } account
            ? new OpenIdResult.Found(account)
            : new OpenIdResult.Refused("unknown");
    }

    private async Task<OpenIdResult> ByEmailAsync(ClaimsPrincipal told, CancellationToken cancellationToken)
    {
        if (told.FindFirstValue("email") is not { Length: > 0 } email) return new OpenIdResult.Refused("no-name");
        // Without this anybody could become anybody by writing an address into his profile.
        if (!string.Equals(told.FindFirstValue("email_verified"), "true", StringComparison.OrdinalIgnoreCase))
        {
            return new OpenIdResult.Refused("unverified");
        }

        return await accounts.FindByEmailAsync(email, cancellationToken) switch
        {
            [] => new OpenIdResult.Refused("unknown"),
            [var only] => new OpenIdResult.Found(only),
            _ => new OpenIdResult.Refused("several"),
        };
    }

    /// <summary>
    /// Grants and takes back what the rules name; true when anything changed. The last administrator stays one.
    /// </summary>
    private async Task<bool> FollowRolesAsync(
        Account account, ClaimsPrincipal told, CancellationToken cancellationToken)
    {
        if (options.Roles.Length == 0) return false;
        var wanted = options.Roles.Where(rule => told.HasClaim(options.RoleClaim, rule.Value)).Select(rule => rule.Role)
            .ToHashSet();
        var grants = await accounts.GrantsAsync(account.OrganisationId, account.PersonId, cancellationToken);
        var held = grants.Where(grant => grant is { UnitId: null, IsSubstitute: false }
            && Array.Exists(options.Roles, rule => rule.Role == grant.Role)).ToList();
        var changed = false;
        foreach (var role in wanted.Except(held.Select(grant => grant.Role)))
        {
            await edits.GrantAsync(Edit(account), account.PersonId, role, null, false, cancellationToken);
            changed = true;
        }

        foreach (var grant in held.Where(grant => !wanted.Contains(grant.Role)))
        {
            await edits.RevokeAsync(Edit(account), grant.Id, cancellationToken);
            changed = true;
        }

        return changed;
    }

    // Nobody of the organisation edits: the provider has decided.
    private static OrganisationEdit Edit(Account account) =>
        new(account.OrganisationId, null, null, Guid.NewGuid().ToString("N"));
}
