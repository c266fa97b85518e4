using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Consultation.Web.SignIn;

/// <summary>
/// Wires the sign-in by OpenID Connect: code flow with PKCE, ending in the cookie of the password sign-in.
/// </summary>
internal static class OpenIdRegistration
{
    internal const string Scheme = "openid";
    private const string Door = "/sign-in/openid";

    public static void AddOpenId(this IServiceCollection services, OpenIdOptions options)
    {
        services.AddSingleton(options);
        if (!options.IsOn) return;
        services.AddScoped<OpenIdAccounts>();
        services.AddScoped<OpenIdEvents>();
        services.AddAuthentication().AddOpenIdConnect(Scheme, connect => Configure(connect, options));
    }

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        if (endpoints.ServiceProvider.GetRequiredService<OpenIdOptions>().IsOn)
        {
            endpoints.MapGet(Door, ChallengeAsync).AllowAnonymous();
        }
    }

    /// <summary>
    /// Leads whoever came by the provider there, to sign out as well; false when there is nothing to do or the provider
    /// cannot be asked. Call it before the answer begins.
    /// </summary>
    public static async Task<bool> TrySignOutThereAsync(HttpContext http)
    {
        var options = http.RequestServices.GetRequiredService<OpenIdOptions>();
        if (!options.IsOn || !options.SignsOutThere
            || await http.GetTokenAsync(OpenIdEvents.IdToken) is not { Length: > 0 })
        {
            return false;
        }
        try
        {
            await http.SignOutAsync(Scheme, new AuthenticationProperties { RedirectUri = "/sign-in" });
            return true;
        }
        catch (Exception failure) when (failure is InvalidOperationException or HttpRequestException or IOException)
        {
            Logger(http).OpenIdFailed(failure);
            return false;
        }
    }

    private static async Task ChallengeAsync(HttpContext http, string? to)
    {
        try
        {
            await http.ChallengeAsync(Scheme, new AuthenticationProperties { RedirectUri = LocalAddress.Of(to) });
        }
        catch (Exception failure) when (failure is InvalidOperationException or HttpRequestException or IOException)
        {
            // The provider's description could not be read.
            Logger(http).OpenIdFailed(failure);
            OpenIdEvents.ShowProblem(http.Response, "away");
        }
    }

    private static void Configure(OpenIdConnectOptions connect, OpenIdOptions options)
    {
        connect.Authority = options.Authority;
        connect.RequireHttpsMetadata = options.Origin?.StartsWith("https:", StringComparison.Ordinal) == true;
        connect.ClientId = options.ClientId;
        connect.ClientSecret = options.ClientSecret;
        connect.SignInScheme = CookieAuthenticationDefaults.AuthenticationScheme;
        connect.EventsType = typeof(OpenIdEvents);
        connect.ResponseType = OpenIdConnectResponseType.Code;
        // A post from another site would need cookies that are sent there and back everywhere, over https only.
        connect.ResponseMode = OpenIdConnectResponseMode.Query;
        connect.UsePkce = true;
        connect.MapInboundClaims = false;
        connect.SaveTokens = true;
        connect.GetClaimsFromUserInfoEndpoint = options.AsksUserInfo;
        connect.DisableTelemetry = true;
        connect.BackchannelTimeout = TimeSpan.FromSeconds(30);
        connect.CallbackPath = $"{Door}/callback";
        connect.SignedOutCallbackPath = "/sign-out/openid/callback";
        // A GET of another site would sign people out.
        connect.RemoteSignOutPath = default;
        connect.TokenValidationParameters.NameClaimType = options.LogInNameClaim;
        connect.TokenValidationParameters.RoleClaimType = options.RoleClaim;
        foreach (var claim in new[] { options.LogInNameClaim, options.RoleClaim, "email", "email_verified" })
        {
            connect.ClaimActions.MapUniqueJsonKey(claim, claim);
        }

        connect.Scope.Clear();
        connect.Scope.Add("openid");
        connect.Scope.Add("profile");
        if (options.MatchBy == PersonMatch.VerifiedEmail) connect.Scope.Add("email");
        foreach (var scope in options.Scopes.Except(connect.Scope).ToList()) connect.Scope.Add(scope);
        foreach (var cookie in new[] { connect.CorrelationCookie, connect.NonceCookie })
        {
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        }
    }

    private static ILogger Logger(HttpContext http) =>
        http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(OpenIdRegistration));
}
