using System.Text.Json.Serialization;
using Consultation.Api.Definitions;
using Consultation.Api.Descriptors;
using Consultation.Api.Document;
using Consultation.Api.Endpoints;
using Consultation.Api.Instances;
using Consultation.Api.Live;
using Consultation.Api.Resilience;
using Consultation.Api.Scripting;
using Consultation.Api.Studio;
using Consultation.Storage.Reading.Definitions;
using Consultation.Storage.Reading.People;
using Consultation.Storage.Reading.Runs;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.Api;

/// <summary>
/// The Elsa-compatible door: REST below <c>/elsa/api</c>, the live hub, and the pages that host Studio.
/// </summary>
public static class ElsaApi
{
    /// <summary>
    /// Authorisation policy of everything here; the host registers it from <see cref="ElsaAccess.Readers"/>.
    /// </summary>
    public const string Policy = "elsa";

    private const string Root = "/elsa/api";

    /// <summary>
    /// How somebody is known who comes with a token or a key and not with a browser's cookie.
    /// </summary>
    public const string ByToken = "elsa-token";

    /// <summary>Header in which the designer's page sends its anti-forgery token.</summary>
    public const string AntiforgeryHeader = "X-Antiforgery";

    /// <summary>
    /// Registers what the door needs. The host must have registered Runtime, Storage, antiforgery and authentication.
    /// </summary>
    public static IServiceCollection AddElsaApi(this IServiceCollection services, ElsaAccess access)
    {
        services.AddSingleton(access);
        services.AddSingleton<RunReader>();
        services.AddSingleton<EndpointReader>();
        services.AddSingleton<PickerReader>();
        services.AddSingleton<DefinitionReferences>();
        services.AddSingleton<DefinitionUseReader>();
        services.AddSingleton<DefinitionDeletion>();
        services.AddSingleton<DescriptorCache>();
        services.AddSingleton<TrialPlaces>();
        services.AddSingleton<Viewers>();
        ApiDocument.Add(services);
        services.AddHostedService<InstanceWatcher>();
        services.AddHostedService<EndedSessions>();
        services.AddSignalR()
            .AddJsonProtocol(json => json.PayloadSerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.Never);
        services.AddAuthorizationBuilder().AddPolicy(Policy, policy => policy.RequireRole(access.Readers));
        return services;
    }

    /// <summary>Maps everything.</summary>
    public static void MapElsaApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup(Root).RequireAuthorization(Policy).DisableAntiforgery()
            .AddEndpointFilter(CheckOrigin);
        api.GuardByPermission(Root);
        DescriptorEndpoints.Map(api);
        DefinitionReading.Map(api);
        DefinitionGraph.Map(api);
        DefinitionWriting.Map(api);
        DefinitionDeleting.Map(api);
        InstanceReading.Map(api);
        InstanceStarting.Map(api);
        InstanceActing.Map(api);
        InstanceImport.Map(api);
        ExecutionReading.Map(api);
        ResilienceEndpoints.Map(api);
        ActivityTrial.Map(api);
        TypeDefinitions.Map(api);
        ApiDocument.Map(api);
        routes.MapHub<WorkflowInstanceHub>("/elsa/hubs/workflow-instance").RequireAuthorization(Policy);
        WorkflowEndpoints.Map(routes);
        routes.MapStudioPages(Policy);
    }

    /// <summary>
    /// A request that changes something with the cookie of a signed-in person must also carry the page's anti-forgery
    /// token: another site's form cannot. A token or key in the header needs no more: no browser adds it by itself.
    /// </summary>
    private static async ValueTask<object?> CheckOrigin(
        EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        return http.User.Identity?.AuthenticationType == ByToken || await IsOwnPageAsync(http)
            ? await next(context)
            : Answers.Invalid(http, new Engine.Describing.BilingualText(
                "页面已过期，请重新载入后再试；未保存的更改请先复制。",
                "This page has expired; copy unsaved changes, reload and try again."));
    }

    private static async Task<bool> IsOwnPageAsync(HttpContext http)
    {
        var antiforgery = http.RequestServices.GetRequiredService<IAntiforgery>();
        if (http.GetEndpoint()?.Metadata.GetMetadata<ChangesByGet>() is null)
        {
            return HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method)
                || await antiforgery.IsRequestValidAsync(http);
        }

        try
        {
            await antiforgery.ValidateRequestAsync(http);
            return true;
        }
        catch (AntiforgeryValidationException)
        {
            return false;
        }
    }
}
