using Consultation.Cases;
using Consultation.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.Web.Errors;

/// <summary>
/// Friendly pages for what went wrong; machines' doors (/elsa, /endpoints, /health, /mail/post, /channel, /feed) keep
/// their own answers.
/// </summary>
internal static class ErrorPages
{
    public static void UseErrorPages(this WebApplication app)
    {
        app.UseExceptionHandler(
            new ExceptionHandlerOptions { ExceptionHandler = ShowFailureAsync, AllowStatusCode404Response = true });
        app.UseWhen(ForPeople, people =>
        {
            people.UseStatusCodePagesWithReExecute("/errors/{0}", createScopeForStatusCodePages: true);
            people.Use(ShowByGetAsync);
        });
    }

    /// <summary>
    /// The page that says a number in words is shown, whatever the request did: a post is not posted to it. What was
    /// typed stands on it.
    /// </summary>
    private static async Task ShowByGetAsync(HttpContext http, RequestDelegate next)
    {
        if (http.Features.Get<IStatusCodeReExecuteFeature>() is not null && !HttpMethods.IsHead(http.Request.Method))
        {
            http.Features.Set(await GivenBack.OfAsync(http));
            http.Request.Method = HttpMethods.Get;
        }

        await next(http);
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
        && !http.Request.Path.StartsWithSegments("/assets", StringComparison.OrdinalIgnoreCase)
        && !http.Request.Path.StartsWithSegments("/channel", StringComparison.OrdinalIgnoreCase)
        && !http.Request.Path.StartsWithSegments("/feed", StringComparison.OrdinalIgnoreCase)
        && !http.Request.Path.StartsWithSegments("/mail/post", StringComparison.OrdinalIgnoreCase);
}
