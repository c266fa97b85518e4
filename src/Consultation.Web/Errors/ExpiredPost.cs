using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Consultation.Web.Errors;

/// <summary>
/// A post whose antiforgery token is missing or no longer fits: shows what was typed instead of throwing it away, and
/// offers to send it.
/// </summary>
internal sealed class ExpiredPost(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext http, IAntiforgery antiforgery)
    {
        if (http.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: false })
        {
            await next(http);
            return;
        }

        // The form may be read now: to look at its token once more, and to give it back. Nothing acts on it.
        http.Features.Set<IAntiforgeryValidationFeature>(null);
        if (await IsOfBeforeSigningInAsync(http, antiforgery))
        {
            http.Features.Set<IAntiforgeryValidationFeature>(new Fits());
            await next(http);
            return;
        }

        var page = new RazorComponentResult<ExpiredPage>(
            new Dictionary<string, object?> { [nameof(ExpiredPage.Back)] = await GivenBack.OfAsync(http) })
        { StatusCode = StatusCodes.Status400BadRequest };
        await page.ExecuteAsync(http);
    }

    /// <summary>
    /// Whether the page was shown to this very browser before somebody signed in, in another tab: then its token is one
    /// for nobody, and fits the browser's cookie. No other site can have got it.
    /// </summary>
    private static async Task<bool> IsOfBeforeSigningInAsync(HttpContext http, IAntiforgery antiforgery)
    {
        var user = http.User;
        if (user.Identity?.IsAuthenticated != true || !OwnPost.Is(http.Request)) return false;
        http.User = new();
        try
        {
            return await antiforgery.IsRequestValidAsync(http);
        }
        finally
        {
            http.User = user;
        }
    }

    /// <summary>The token fits after all.</summary>
    private sealed class Fits : IAntiforgeryValidationFeature
    {
        public bool IsValid => true;

        public Exception? Error => null;
    }
}

/// <summary>
/// Whether a post comes from a page of this desk, as far as the browser tells. Only such a post is offered to be sent
/// again by one press: what another site made a browser post is shown, and nothing more.
/// </summary>
internal static class OwnPost
{
    /// <summary>Name of the antiforgery cookie; browsers keep it back when another site posts.</summary>
    internal const string Cookie = "consultation-form";

    public static bool Is(HttpRequest request) => request.Headers["Sec-Fetch-Site"].ToString() switch
    {
        "same-origin" or "none" => true,
        // Over plain http browsers do not say; pages that hide their address (decision links) post "null".
        "" => request.Headers.Origin.ToString() switch
        {
            "" => true,
            "null" => request.Cookies.ContainsKey(Cookie),
            var origin => origin == $"{request.Scheme}://{request.Host}",
        },
        _ => false,
    };
}
