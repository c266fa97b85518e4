using System.Text.Encodings.Web;
using System.Text.Unicode;
using Consultation.Storage.People;
using Consultation.Storage.Reading.Calendar;
using Consultation.Storage.Reading.Definitions;
using Consultation.Storage.Reading.Health;
using Consultation.Storage.Reading.People;
using Consultation.Web.Assets;
using Consultation.Web.Attachments;
using Consultation.Web.Cases;
using Consultation.Web.Errors;
using Consultation.Web.Feeds;
using Consultation.Web.Incoming;
using Consultation.Web.Layout;
using Consultation.Web.Links;
using Consultation.Web.Outbox;
using Consultation.Web.People;
using Consultation.Web.Public;
using Consultation.Web.Settings;
using Consultation.Web.SignIn;
using Consultation.Web.Texts;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.Web;

/// <summary>Everything there is to wire for the desk.</summary>
public static class DeskRegistration
{
    /// <summary>Registers pages, texts, sign-in and their rules.</summary>
    public static IServiceCollection AddDesk(this IServiceCollection services, OpenIdOptions openId)
    {
        services.AddRazorComponents();
        services.AddHttpContextAccessor();
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddSingleton<DeskTexts>();
        services.AddScoped<Viewer>();
        services.AddScoped<DeskTime>();
        services.AddScoped<DeskDirectory>();
        services.AddScoped<FileDoor>();
        services.AddDeskReaders();
        services.AddCasework();
        services.AddDeskSignIn(openId);
        return services;
    }

    private static void AddDeskReaders(this IServiceCollection services)
    {
        services.AddSingleton<AccountStore>();
        services.AddSingleton<CalendarReader>();
        services.AddSingleton<FeedReader>();
        services.AddSingleton<DefinitionVersionReader>();
        services.AddSingleton<BoundVersionReader>();
        services.AddSingleton<HomeReader>();
        services.AddSingleton<FirstHourReader>();
        services.AddSingleton<HoldingsReader>();
        services.AddSingleton<LoadReader>();
    }

    /// <summary>What every request passes through, in this order, before the pages.</summary>
    public static void UseDesk(this WebApplication app)
    {
        app.UseMiddleware<TidyAddress>();
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<RequestLanguage>();
        app.UseErrorPages();
        app.UseMiddleware<SessionOver>();
        app.UseRouting();
        app.UseRateLimiter();
        app.UseMiddleware<UnreadablePost>();
        app.UseAuthentication();
        app.UsePersonLimits();
        app.UseMiddleware<MustChangePassword>();
        app.UseAuthorization();
        app.UseMiddleware<PublicCache>();
        app.UseAntiforgery();
        app.UseMiddleware<ExpiredPost>();
        app.UseMiddleware<LatePost>();
    }

    /// <summary>The pages and the few addresses that are not pages.</summary>
    public static void MapDesk(this IEndpointRouteBuilder endpoints)
    {
        var others = endpoints.MapGroup("");
        ((IEndpointConventionBuilder)others).Add(AnswerHead);
        // Pages ask for it by themselves; what takes posts without it says so (DisableAntiforgery).
        others.WithMetadata(new RequireAntiforgeryTokenAttribute());
        DeskAssets.Map(others);
        SignOut.Map(others);
        MachineSignIn.Map(others);
        OpenIdRegistration.Map(others);
        PeopleEndpoints.Map(others);
        PaperEndpoints.Map(others);
        OutboxEndpoints.Map(others);
        ChannelEndpoints.Map(others);
        FeedEndpoints.Map(others);
        LinkEndpoints.Map(others);
        IncomingEndpoints.Map(others);
        FileEndpoints.Map(others);
        UploadEndpoints.Map(others);
        PublicEndpoints.Map(others);
        others.MapCasework();
        endpoints.MapRazorComponents<App>().Add(AnswerHead);
    }

    /// <summary>
    /// Whatever answers GET answers HEAD in the same way, without the body: link checkers and mail scanners ask so.
    /// </summary>
    private static void AnswerHead(EndpointBuilder endpoint)
    {
        for (var at = 0; at < endpoint.Metadata.Count; at++)
        {
            if (endpoint.Metadata[at] is IHttpMethodMetadata { HttpMethods: var methods }
                && methods.Contains(HttpMethods.Get) && !methods.Contains(HttpMethods.Head))
            {
                endpoint.Metadata[at] = new HttpMethodMetadata([.. methods, HttpMethods.Head]);
            }
        }
    }
}
