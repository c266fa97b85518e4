using System.Globalization;
using System.Security.Claims;
using Consultation.Cases;
using Consultation.Cases.People;
using Consultation.Storage;
using Consultation.Storage.People;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;

namespace Consultation.Web.SignIn;

/// <summary>
/// Looks at every request whether its session still stands: not ended, the person active, the security stamp unchanged.
/// Once a minute the roles are read anew.
/// </summary>
internal sealed class SessionCheck(
    AccountStore accounts, SessionStore sessions, Database database, TimeProvider time) : CookieAuthenticationEvents
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan NotedEvery = TimeSpan.FromHours(1);
    private const string CheckedAt = "checked-at";

    /// <summary>Begins a session; whoever is signed in already goes on with his.</summary>
    public override async Task SigningIn(CookieSigningInContext context)
    {
        var now = time.GetUtcNow();
        var (organisation, person, _) = Of(context.Principal)!.Value;
        var session = Of(context.HttpContext.User) is { Session: { } running } present
            && (present.Organisation, present.Person) == (organisation, person)
                ? running
                : await sessions.StartAsync(organisation, person, now, context.HttpContext.RequestAborted);
        Keep(context.Principal!, session);
        Mark(context.Properties, now);
    }

    /// <summary>Ends the session, even when the browser does not wait for the answer.</summary>
    public override async Task SigningOut(CookieSigningOutContext context)
    {
        if (Of(context.HttpContext.User) is { Session: { } session } signedIn)
        {
            await sessions.EndAsync(signedIn.Organisation, session, CancellationToken.None);
        }
    }

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        // Files of the look are for everybody, and there are many on a page.
        if (context.Request.Path.StartsWithSegments("/assets", StringComparison.Ordinal)) return;
        try
        {
            await CheckAsync(context);
        }
        catch (Exception failure) when (
            context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal)
            && database.Explain(failure) is not null)
        {
            // Whoever looks what is wrong is told so; nothing else is to be had there.
        }
    }

    private async Task CheckAsync(CookieValidatePrincipalContext context)
    {
        var now = time.GetUtcNow();
        var aborted = context.HttpContext.RequestAborted;
        if (Of(context.Principal) is not { Session: { } id } told
            || await sessions.FindAsync(told.Organisation, id, aborted) is not { Active: true } session
            || session.PersonId != told.Person || now - session.SeenAt > SignInSession.StandsFor + NotedEvery
            || session.SecurityStamp != context.Principal!.FindFirstValue(Viewer.StampClaim))
        {
            await RefuseAsync(context);
            return;
        }

        if (context.Properties.Items.TryGetValue(CheckedAt, out var text)
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && now - DateTimeOffset.FromUnixTimeSeconds(seconds) < Every)
        {
            return;
        }

        if (await accounts.FindAsync(told.Organisation, told.Person, aborted) is not { } account)
        {
            await RefuseAsync(context);
            return;
        }

        if (now - session.SeenAt > NotedEvery) await sessions.SeeAsync(told.Organisation, id, now, aborted);
        // Whoever comes by the provider has used no password that somebody else gave.
        var isOpenId = context.Properties.GetTokenValue(OpenIdEvents.IdToken) is not null;
        var principal = PasswordCheck.Principal(isOpenId ? account with { MustChangePassword = false } : account);
        Keep(principal, id);
        context.ReplacePrincipal(principal);
        Mark(context.Properties, now);
        context.ShouldRenew = true;
    }

    private static async Task RefuseAsync(CookieValidatePrincipalContext context)
    {
        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
    }

    /// <summary>People are led to the sign-in page; the machines' door is told in JSON.</summary>
    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context) =>
        MachineAnswer.IsAsked(context.Request)
            ? MachineAnswer.SignInFirstAsync(context.HttpContext)
            : base.RedirectToLogin(context);

    /// <inheritdoc cref="RedirectToLogin"/>
    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context) =>
        MachineAnswer.IsAsked(context.Request)
            ? MachineAnswer.ForbiddenAsync(context.HttpContext)
            : base.RedirectToAccessDenied(context);


    private static (OrganisationId Organisation, PersonId Person, SessionId? Session)? Of(ClaimsPrincipal? user) =>
        Guid.TryParse(user?.FindFirstValue(Viewer.OrganisationClaim), out var organisation)
        && Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var person)
            ? (new(organisation), new(person),
                Guid.TryParse(user.FindFirstValue(Viewer.SessionClaim), out var session) ? new(session) : null)
            : null;

    private static void Keep(ClaimsPrincipal principal, SessionId session) =>
        ((ClaimsIdentity)principal.Identity!).AddClaim(new(Viewer.SessionClaim, session.Value.ToString("N")));

    private static void Mark(AuthenticationProperties properties, DateTimeOffset now) =>
        properties.Items[CheckedAt] = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}

/// <summary>Whoever got the password from somebody else sees only the page that changes it.</summary>
internal sealed class MustChangePassword(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http)
    {
        var path = http.Request.Path;
        if (http.User.HasClaim(Viewer.MustChangeClaim, "true")
            && path != "/account/password" && path != "/sign-out"
            && !path.StartsWithSegments("/assets", StringComparison.Ordinal)
            && !path.StartsWithSegments("/health", StringComparison.Ordinal))
        {
            if (MachineAnswer.IsAsked(http.Request)) return MachineAnswer.ChangePasswordFirstAsync(http);
            http.Response.Redirect("/account/password");
            return Task.CompletedTask;
        }

        return next(http);
    }
}
