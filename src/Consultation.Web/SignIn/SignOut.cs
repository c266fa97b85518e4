using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Consultation.Web.SignIn;

/// <summary>Signing out, by post only.</summary>
internal static class SignOut
{
    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/sign-out", async (HttpContext http) =>
        {
            await http.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
            return await OpenIdRegistration.TrySignOutThereAsync(http) ? Results.Empty : Results.Redirect("/sign-in");
        });
}
