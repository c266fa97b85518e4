using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Consultation.ServerTests.SignIn;

/// <summary>
/// A real OpenID Connect provider (OpenIddict) on a loopback port: code flow with PKCE, userinfo, sign-out. Whoever
/// comes is signed in as
/// <see cref="Claims"/> says.
/// </summary>
internal sealed class IdentityProvider : IAsyncDisposable
{
    public const string ClientId = "consultation";
    public const string ClientSecret = "secret-of-the-desk";

    private const string Scheme = OpenIddictServerAspNetCoreDefaults.AuthenticationScheme;
    private readonly WebApplication _server;

    private IdentityProvider(WebApplication server) => _server = server;

    /// <summary>Where it listens.</summary>
    public string Authority => _server.Urls.Single();

    /// <summary>What it says about whoever signs in; several values of one claim stand behind a comma.</summary>
    public Dictionary<string, string> Claims { get; } = new() { ["preferred_username"] = "admin" };

    /// <summary>True when the person presses cancel.</summary>
    public bool IsCancelled { get; set; }

    /// <summary>How many people signed out here with a token that says who they are.</summary>
    public int SignOuts { get; private set; }

    /// <summary>Settings of a desk that trusts this provider.</summary>
    public KeyValuePair<string, string>[] Settings =>
    [
        new("OpenId:Authority", Authority), new("OpenId:ClientId", ClientId), new("OpenId:ClientSecret", ClientSecret),
        new("OpenId:Scopes:0", "roles"),
    ];

    public static async Task<IdentityProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var name = Guid.NewGuid().ToString();
        builder.Services.AddDbContext<DbContext>(options => options.UseInMemoryDatabase(name).UseOpenIddict());
        builder.Services.AddOpenIddict()
            .AddCore(core => core.UseEntityFrameworkCore().UseDbContext<DbContext>())
            .AddServer(Configure);
        var provider = new IdentityProvider(builder.Build());
        provider._server.MapGet("/connect/authorize", provider.Authorize);
        provider._server.MapGet("/connect/logout", provider.SignOut);
        await provider._server.StartAsync();
        // Asked once before anybody waits for it: the first answers take their time on a busy machine.
        using var first = new HttpClient { BaseAddress = new(provider.Authority) };
        await first.GetStringAsync("/.well-known/openid-configuration");
        await first.GetStringAsync("/.well-known/jwks");
        return provider;
    }

    /// <summary>Makes the desk at an address known.</summary>
    public async Task TrustAsync(Uri desk)
    {
        await using var scope = _server.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>()
            .CreateAsync(new OpenIddictApplicationDescriptor
            {
                ClientId = ClientId,
                ClientSecret = ClientSecret,
                RedirectUris = { new(desk, "/sign-in/openid/callback") },
                PostLogoutRedirectUris = { new(desk, "/sign-out/openid/callback") },
                Permissions =
            {
                Permissions.Endpoints.Authorization, Permissions.Endpoints.Token, Permissions.Endpoints.EndSession,
                Permissions.GrantTypes.AuthorizationCode, Permissions.ResponseTypes.Code,
                Permissions.Scopes.Email, Permissions.Scopes.Profile, Permissions.Scopes.Roles,
            },
                Requirements = { Requirements.Features.ProofKeyForCodeExchange },
            });
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static void Configure(OpenIddictServerBuilder server)
    {
        server.SetAuthorizationEndpointUris("connect/authorize").SetTokenEndpointUris("connect/token")
            .SetUserInfoEndpointUris("connect/userinfo").SetEndSessionEndpointUris("connect/logout");
        server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange();
        server.RegisterScopes(Scopes.Email, Scopes.Profile, Scopes.Roles);
        server.AddEphemeralEncryptionKey().AddEphemeralSigningKey();
        server.UseAspNetCore().EnableAuthorizationEndpointPassthrough().EnableEndSessionEndpointPassthrough()
            .DisableTransportSecurityRequirement();
    }

    private IResult Authorize(HttpContext http)
    {
        if (IsCancelled)
        {
            return Results.Forbid(
                new AuthenticationProperties(new Dictionary<string, string?>
                {
                    [OpenIddictServerAspNetCoreConstants.Properties.Error] = Errors.AccessDenied,
                }), [Scheme]);
        }

        var identity = new ClaimsIdentity("test", OpenIddictConstants.Claims.Name, OpenIddictConstants.Claims.Role);
        identity.SetClaim(OpenIddictConstants.Claims.Subject, "42");
        foreach (var (claim, value) in Claims)
        {
            if (claim == OpenIddictConstants.Claims.EmailVerified) identity.SetClaim(claim, bool.Parse(value));
            else if (value.Contains(',', StringComparison.Ordinal)) identity.SetClaims(claim, [.. value.Split(',')]);
            else identity.SetClaim(claim, value);
        }

        identity.SetScopes(http.GetOpenIddictServerRequest()!.GetScopes());
        identity.SetDestinations(_ => [Destinations.AccessToken, Destinations.IdentityToken]);
        return Results.SignIn(new ClaimsPrincipal(identity), authenticationScheme: Scheme);
    }

    private IResult SignOut(HttpContext http)
    {
        if (http.GetOpenIddictServerRequest()!.IdTokenHint is { Length: > 0 }) SignOuts++;
        return Results.SignOut(new AuthenticationProperties { RedirectUri = "/" }, [Scheme]);
    }
}
