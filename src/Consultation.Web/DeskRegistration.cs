using System.Text.Encodings.Web;
using System.Text.Unicode;
using Consultation.Web.Assets;
using Consultation.Web.Errors;
using Consultation.Web.Layout;
using Consultation.Web.SignIn;
using Consultation.Web.Texts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.Web;

/// <summary>Everything there is to wire for the desk.</summary>
public static class DeskRegistration
{
    /// <summary>Registers pages, texts, sign-in and their rules.</summary>
    public static IServiceCollection AddDesk(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddHttpContextAccessor();
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddSingleton<DeskTexts>();
        services.AddScoped<Viewer>();
        services.AddScoped<DeskTime>();
        services.AddDeskSignIn();
        return services;
    }

    /// <summary>What every request passes through, in this order, before the pages.</summary>
    public static void UseDesk(this WebApplication app)
    {
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<RequestLanguage>();
        app.UseErrorPages();
        app.UseRouting();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.UseMiddleware<ExpiredPost>();
    }

    /// <summary>The pages and the few addresses that are not pages.</summary>
    public static void MapDesk(this IEndpointRouteBuilder endpoints)
    {
        DeskAssets.Map(endpoints);
        SignOut.Map(endpoints);
        endpoints.MapRazorComponents<App>();
    }
}
