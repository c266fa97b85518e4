using Consultation.Web.Layout;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.Web.Errors;

/// <summary>
/// A post of a form that the page does not show any more, because the same post or somebody else was quicker: nothing
/// was done, and instead of an empty answer the page is shown as it is now, with what was typed.
/// </summary>
internal sealed class LatePost(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext http)
    {
        var headers = http.Response.Headers.ToArray();
        await next(http);
        if (!IsUnanswered(http)) return;

        http.Response.Headers.Clear();
        foreach (var (name, value) in headers) http.Response.Headers[name] = value;
        // A post that names no form at all is of no page of ours: the number is said in words.
        if (PostedForm.Of(http).Handler is not { Length: > 0 }) return;

        http.Features.Set(new LateForm(await GivenBack.OfAsync(http)));
        http.Request.Method = HttpMethods.Get;
        http.Response.StatusCode = StatusCodes.Status200OK;
        // Services of its own: those of the request belong to the page that did not find its form.
        var services = http.RequestServices;
        await using var scope = services.CreateAsyncScope();
        http.RequestServices = scope.ServiceProvider;
        try
        {
            await next(http);
        }
        finally
        {
            http.RequestServices = services;
        }
    }

    private static bool IsUnanswered(HttpContext http) =>
        HttpMethods.IsPost(http.Request.Method)
        && http.Response is { HasStarted: false, StatusCode: StatusCodes.Status400BadRequest }
        && http.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null;
}

/// <summary>The form that a page did not show any more when it was posted.</summary>
/// <param name="Back">What was typed.</param>
internal sealed record LateForm(GivenBack Back);
