using System.Globalization;
using System.Security.Claims;
using Consultation.Cases;
using Consultation.Storage.People;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;

namespace Consultation.Web.SignIn;

/// <summary>
/// Looks at most once a minute whether a session still stands: the person active, the security stamp unchanged. Roles
/// are read anew then.
/// </summary>
internal sealed class SessionCheck(AccountStore accounts, TimeProvider time) : CookieAuthenticationEvents
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);
    private const string CheckedAt = "checked-at";

    public override Task SigningIn(CookieSigningInContext context)
    {
        Mark(context.Properties, time.GetUtcNow());
        return Task.CompletedTask;
    }

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        var now = time.GetUtcNow();
        if (context.Properties.Items.TryGetValue(CheckedAt, out var text)
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && now - DateTimeOffset.FromUnixTimeSeconds(seconds) < Every)
        {
            return;
        }

        var account = await FindAsync(context);
        if (account is not { Active: true }
            || account.SecurityStamp != context.Principal!.FindFirstValue(Viewer.StampClaim))
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
            return;
        }

        // Whoever comes by the provider has used no password that somebody else gave.
        var isOpenId = context.Properties.GetTokenValue(OpenIdEvents.IdToken) is not null;
        context.ReplacePrincipal(
            PasswordCheck.Principal(isOpenId ? account with { MustChangePassword = false } : account));
        Mark(context.Properties, now);
        context.ShouldRenew = true;
    }

    /// <summary>People are led to the sign-in page; the machines' door is told in a number.</summary>
    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context) =>
        IsMachineDoor(context.Request)
            ? Answer(context.Response, StatusCodes.Status401Unauthorized)
            : base.RedirectToLogin(context);

    /// <inheritdoc cref="RedirectToLogin"/>
    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context) =>
        IsMachineDoor(context.Request)
            ? Answer(context.Response, StatusCodes.Status403Forbidden)
            : base.RedirectToAccessDenied(context);

    private static bool IsMachineDoor(HttpRequest request) =>
        request.Path.StartsWithSegments("/elsa", StringComparison.OrdinalIgnoreCase)
        || request.Path.StartsWithSegments("/endpoints", StringComparison.OrdinalIgnoreCase);

    private static Task Answer(HttpResponse response, int status)
    {
        response.StatusCode = status;
        return Task.CompletedTask;
    }

    private async Task<Account?> FindAsync(CookieValidatePrincipalContext context) =>
        Guid.TryParse(context.Principal?.FindFirstValue(Viewer.OrganisationClaim), out var organisation)
        && Guid.TryParse(context.Principal?.FindFirstValue(ClaimTypes.NameIdentifier), out var person)
            ? await accounts.FindAsync(
                new OrganisationId(organisation), new PersonId(person), context.HttpContext.RequestAborted)
            : null;

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
            http.Response.Redirect("/account/password");
            return Task.CompletedTask;
        }

        return next(http);
    }
}
