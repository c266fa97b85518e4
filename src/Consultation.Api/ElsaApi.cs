using System.Text.Json.Serialization;
using Consultation.Api.Definitions;
using Consultation.Api.Descriptors;
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
        var api = routes.MapGroup("/elsa/api").RequireAuthorization(Policy).DisableAntiforgery()
            .AddEndpointFilter(CheckOrigin);
        DescriptorEndpoints.Map(api);
        DefinitionReading.Map(api);
        DefinitionGraph.Map(api);
        DefinitionWriting.Map(api);
        DefinitionDeleting.Map(api);
        InstanceReading.Map(api);
        InstanceActing.Map(api);
        InstanceImport.Map(api);
        ExecutionReading.Map(api);
        ResilienceEndpoints.Map(api);
        ActivityTrial.Map(api);
        TypeDefinitions.Map(api);
        routes.MapHub<WorkflowInstanceHub>("/elsa/hubs/workflow-instance").RequireAuthorization(Policy);
        WorkflowEndpoints.Map(routes);
        routes.MapStudioPages(Policy);
    }

    /// <summary>
    /// A request that changes something comes with the cookie of a signed-in person, so it must also carry the page's
    /// anti-forgery token: another site's form cannot.
    /// </summary>
    private static async ValueTask<object?> CheckOrigin(
        EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method)
            || await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http))
        {
            return await next(context);
        }

        return Answers.Invalid(http, new Engine.Describing.BilingualText(
            "页面已过期，请重新载入后再试；未保存的更改请先复制。", "This page has expired; copy unsaved changes, reload and try again."));
    }
}
