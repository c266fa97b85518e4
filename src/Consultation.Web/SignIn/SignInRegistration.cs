using Consultation.Cases.People;
using Consultation.Storage.People;
using Consultation.Web.Errors;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.Web.SignIn;

/// <summary>Wires the cookie sign-in, its sessions and policies, and the limits of posts.</summary>
internal static class SignInRegistration
{
    public static void AddDeskSignIn(this IServiceCollection services, OpenIdOptions openId)
    {
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(cookie =>
        {
            cookie.Cookie.Name = "consultation";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.LoginPath = "/sign-in";
            cookie.AccessDeniedPath = "/errors/403";
            cookie.ReturnUrlParameter = "to";
            cookie.ExpireTimeSpan = SignInSession.StandsFor;
            cookie.SlidingExpiration = true;
            cookie.EventsType = typeof(SessionCheck);
            cookie.ForwardDefaultSelector = MachineCheck.For;
        }).AddScheme<AuthenticationSchemeOptions, MachineCheck>(MachineCheck.SchemeName, null);
        services.AddOpenId(openId);
        services.AddScoped<SessionCheck>();
        services.AddSingleton<IPasswordHasher<Account>, PasswordHasher<Account>>();
        services.AddSingleton<SessionStore>();
        services.AddSingleton<ApiKeyStore>();
        services.AddSingleton<MachineTokens>();
        services.AddSingleton<GuessStore>();
        services.AddSingleton<KnownBrowser>();
        services.AddSingleton<GuessGate>();
        services.AddScoped<PasswordCheck>();
        services.AddAuthorization(Policies.Add);
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = OwnPost.Cookie;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.FormFieldName = "_token";
        });
        services.AddPostLimits();
    }
}
