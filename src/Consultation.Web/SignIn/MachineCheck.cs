using System.Security.Claims;
using System.Text.Encodings.Web;
using Consultation.Cases.People;
using Consultation.Storage.People;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Consultation.Web.SignIn;

/// <summary>
/// Who comes to Elsa's API with a token or a key in the header instead of a browser's cookie. A header counts alone:
/// where it opens nothing, no cookie beside it does.
/// </summary>
internal sealed class MachineCheck(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder, MachineTokens tokens,
    SessionStore sessions, AccountStore accounts, ApiKeyStore keys, GuessGate gate, TimeProvider time)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
{
    /// <summary>Name of the scheme.</summary>
    public const string SchemeName = "elsa-token";

    /// <summary>Type of the claim that holds a key's id.</summary>
    public const string KeyClaim = "api-key";

    private const string PermissionClaim = "permissions";
    private const string Bearer = "Bearer ";
    private const string ApiKeyPrefix = "ApiKey ";
    private static readonly TimeSpan NotedEvery = TimeSpan.FromHours(1);
    private TimeSpan _wait;

    /// <summary>The scheme for a request that brings a token or a key; null for all others.</summary>
    public static string? For(HttpContext http) =>
        http.Request.Path.StartsWithSegments("/elsa", StringComparison.OrdinalIgnoreCase) && TextOf(http) is not null
            ? SchemeName
            : null;

    /// <summary>The token in a request's header; null when there is none.</summary>
    public static string? TokenOf(HttpRequest request) =>
        request.Headers.Authorization.ToString() is var header
        && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? header[Bearer.Length..].Trim()
            : null;

    /// <summary>Live lines of browsers can send no header: there the token stands in the query.</summary>
    private static string? TextOf(HttpContext http)
    {
        var header = http.Request.Headers.Authorization.ToString();
        if (header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            || header.StartsWith(ApiKeyPrefix, StringComparison.OrdinalIgnoreCase)) return header;
        return http.Request.Path.StartsWithSegments("/elsa/hubs", StringComparison.OrdinalIgnoreCase)
            && http.Request.Query["access_token"].ToString() is { Length: > 0 } token
                ? $"{Bearer}{token}"
                : null;
    }

    /// <inheritdoc/>
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var text = TextOf(Context) ?? "";
        var principal = text.StartsWith(ApiKeyPrefix, StringComparison.OrdinalIgnoreCase)
            ? await OfKeyAsync(text[ApiKeyPrefix.Length..].Trim())
            : await OfTokenAsync(text[Bearer.Length..].Trim());
        return principal is null
            ? AuthenticateResult.Fail("The token or key opens nothing.")
            : AuthenticateResult.Success(new AuthenticationTicket(principal, SchemeName));
    }

    /// <inheritdoc/>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (_wait == TimeSpan.Zero) return MachineAnswer.SignInFirstAsync(Context);
        return MachineAnswer.WaitAsync(Context, _wait);
    }

    /// <inheritdoc/>
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        MachineAnswer.ForbiddenAsync(Context);

    private async Task<ClaimsPrincipal?> OfTokenAsync(string text)
    {
        var now = time.GetUtcNow();
        if (tokens.Open(text, MachineTokenUse.Access) is not { } token
            || await sessions.FindAsync(token.OrganisationId, token.SessionId, Context.RequestAborted)
                is not { Active: true } session
            || session.PersonId != token.PersonId || session.SecurityStamp != token.Stamp
            || await accounts.FindAsync(token.OrganisationId, token.PersonId, Context.RequestAborted)
                is not { } account) return null;
        if (now - session.SeenAt > NotedEvery)
        {
            await sessions.SeeAsync(token.OrganisationId, token.SessionId, now, Context.RequestAborted);
        }

        var principal = PasswordCheck.Principal(account, SchemeName);
        ((ClaimsIdentity)principal.Identity!).AddClaim(
            new(Viewer.SessionClaim, token.SessionId.Value.ToString("N")));
        return principal;
    }

    private async Task<ClaimsPrincipal?> OfKeyAsync(string text)
    {
        var now = time.GetUtcNow();
        if (ApiKeyText.Read(text) is not { } given
            || await keys.FindAsync(given.OrganisationId, given.Id, Context.RequestAborted) is not { } key
            || !given.Fits(key) || !key.StandsAt(now))
        {
            // Wrong ones are slowed down like wrong passwords; a right one never waits.
            var name = GuessRule.NameOf($"key {ApiKeyText.Read(text)?.Id.Value}");
            _wait = await gate.TakeAsync(name, Context.RequestAborted);
            return null;
        }

        if (await accounts.FindAsync(key.OrganisationId, key.PersonId, Context.RequestAborted)
            is not { Active: true } account) return null;
        if (key.UsedAt is not { } used || now - used > ApiKeyStore.NotedEvery)
        {
            await keys.UseAsync(key, now, Context.RequestAborted);
        }

        // The key never knew the password that has to be changed.
        var principal = PasswordCheck.Principal(account with { MustChangePassword = false }, SchemeName);
        var identity = (ClaimsIdentity)principal.Identity!;
        identity.AddClaim(new(KeyClaim, key.Id.Value.ToString("N")));
        identity.AddClaims(key.Rights.Select(right => new Claim(PermissionClaim, right)));
        return principal;
    }
}
