using Consultation.Cases;
using Consultation.Storage;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.Web.Errors;

/// <summary>
/// Friendly pages for what went wrong; machines' doors (/elsa, /endpoints, /health) keep their own answers.
/// </summary>
internal static class ErrorPages
{
    public static void UseErrorPages(this WebApplication app)
    {
        app.UseExceptionHandler(
            new ExceptionHandlerOptions { ExceptionHandler = ShowFailureAsync, AllowStatusCode404Response = true });
        app.UseWhen(ForPeople,
            people => people.UseStatusCodePagesWithReExecute("/errors/{0}", createScopeForStatusCodePages: true));
    }

    /// <summary>
    /// Answers a request that failed. A database that cannot be used is named with its cause (503), so that people know
    /// to wait and operators what to mend; what was posted is given back.
    /// </summary>
    private static async Task ShowFailureAsync(HttpContext http)
    {
        // Services of its own: those of the request belong to the page that failed, and refuse to begin another.
        await using var scope = http.RequestServices.CreateAsyncScope();
        http.RequestServices = scope.ServiceProvider;
        var failure = http.Features.Get<IExceptionHandlerFeature>()!.Error;
        var why = scope.ServiceProvider.GetRequiredService<Database>().Explain(failure);
        var code = failure switch
        {
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } =>
                StatusCodes.Status413PayloadTooLarge,
            BadHttpRequestException => StatusCodes.Status400BadRequest,
            _ => why is null ? StatusCodes.Status500InternalServerError : StatusCodes.Status503ServiceUnavailable,
        };
        await ShowAsync(http, code, why, http.TraceIdentifier);
    }

    /// <summary>Answers with the page in words for a code, and gives back what was posted.</summary>
    internal static async Task ShowAsync(
        HttpContext http, int code, LocalText? why = null, string? reference = null)
    {
        http.Response.StatusCode = code;
        var page = new RazorComponentResult<FailedPage>(new Dictionary<string, object?>
        {
            [nameof(FailedPage.Code)] = code,
            [nameof(FailedPage.Why)] = why,
            [nameof(FailedPage.Reference)] = reference,
            [nameof(FailedPage.Back)] = await GivenBack.OfAsync(http),
        })
        { StatusCode = code };
        await page.ExecuteAsync(http);
    }

    /// <summary>False at the doors of machines, which are told in a number.</summary>
    internal static bool ForPeople(HttpContext http) =>
        !http.Request.Path.StartsWithSegments("/elsa", StringComparison.OrdinalIgnoreCase)
        && !http.Request.Path.StartsWithSegments("/endpoints", StringComparison.OrdinalIgnoreCase)
        && !http.Request.Path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase)
        && !http.Request.Path.StartsWithSegments("/assets", StringComparison.OrdinalIgnoreCase);
}

/// <summary>A post whose antiforgery token no longer fits: shows what was typed instead of throwing it away.</summary>
internal sealed class ExpiredPost(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (http.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: false })
        {
            await next(http);
            return;
        }

        // The form may be read now: only to give it back, never to act on it.
        http.Features.Set<IAntiforgeryValidationFeature>(null);
        var page = new RazorComponentResult<ExpiredPage>(
            new Dictionary<string, object?> { [nameof(ExpiredPage.Back)] = await GivenBack.OfAsync(http) })
        { StatusCode = StatusCodes.Status400BadRequest };
        await page.ExecuteAsync(http);
    }
}
