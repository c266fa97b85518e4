using System.Threading.RateLimiting;
using Consultation.Storage.People;
using Consultation.Web.Errors;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.Web.SignIn;

/// <summary>Cookie sign-in, policies and rate limits.</summary>
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
            cookie.ExpireTimeSpan = TimeSpan.FromHours(10);
            cookie.SlidingExpiration = true;
            cookie.EventsType = typeof(SessionCheck);
        });
        services.AddOpenId(openId);
        services.AddScoped<SessionCheck>();
        services.AddSingleton<IPasswordHasher<Account>, PasswordHasher<Account>>();
        services.AddScoped<PasswordCheck>();
        services.AddAuthorization(Policies.Add);
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = OwnPost.Cookie;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.FormFieldName = "_token";
        });
        services.AddRateLimiter(limits =>
        {
            limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limits.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(PublicDoor);
        });
    }

    /// <summary>Posts to pages that ask for no sign-in are limited per address; everything else is free.</summary>
    private static RateLimitPartition<string> PublicDoor(HttpContext http) =>
        HttpMethods.IsPost(http.Request.Method)
            && http.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null
            ? RateLimitPartition.GetSlidingWindowLimiter(
                http.Connection.RemoteIpAddress?.ToString() ?? "",
                _ => new()
                {
                    PermitLimit = http.RequestServices.GetRequiredService<PublicDoorLimit>().PostsPerMinute,
                    Window = TimeSpan.FromMinutes(1),
                    SegmentsPerWindow = 6,
                })
            : RateLimitPartition.GetNoLimiter("");
}

/// <summary>
/// How many posts a minute one address may send to pages that ask for no sign-in: sign-in, hand-in, decision links.
/// </summary>
/// <param name="PostsPerMinute">1 to 100000. A whole office often shares one address.</param>
public sealed record PublicDoorLimit(int PostsPerMinute);
