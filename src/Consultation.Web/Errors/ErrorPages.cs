using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Consultation.Web.Errors;

/// <summary>Friendly pages for what went wrong; machines' doors (/elsa, /health) keep their own answers.</summary>
internal static class ErrorPages
{
    public static void UseErrorPages(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandlingPath = "/errors/500", AllowStatusCode404Response = true });
        app.UseWhen(ForPeople, people => people.UseStatusCodePagesWithReExecute("/errors/{0}", createScopeForStatusCodePages: true));
    }

    private static bool ForPeople(HttpContext http) =>
        !http.Request.Path.StartsWithSegments("/elsa", StringComparison.OrdinalIgnoreCase)
        && !http.Request.Path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase)
        && !http.Request.Path.StartsWithSegments("/assets", StringComparison.OrdinalIgnoreCase);
}

/// <summary>A post whose antiforgery token no longer fits: shows what was typed instead of throwing it away.</summary>
internal sealed class ExpiredPost(RequestDelegate next)
{
    private const int MostFields = 200;

    public async Task InvokeAsync(HttpContext http)
    {
        if (http.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: false })
        {
            await next(http);
            return;
        }

        // The form may be read now: only to give it back, never to act on it.
        http.Features.Set<IAntiforgeryValidationFeature>(null);
        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync(http.RequestAborted) : FormCollection.Empty;
        var typed = form.Where(IsTyped).Take(MostFields)
            .Select(pair => KeyValuePair.Create(pair.Key, pair.Value.ToString())).ToList();
        var page = new RazorComponentResult<ExpiredPage>(new Dictionary<string, object?>
        {
            [nameof(ExpiredPage.Address)] = http.Request.Path + http.Request.QueryString,
            [nameof(ExpiredPage.Typed)] = typed,
        });
        await page.ExecuteAsync(http);
    }

    private static bool IsTyped(KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues> field) =>
        !field.Key.StartsWith('_') && !field.Key.Contains("password", StringComparison.OrdinalIgnoreCase) && field.Value.ToString().Trim().Length > 0;
}
