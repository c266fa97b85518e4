using Consultation.Web.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Consultation.Web.SignIn;

/// <summary>
/// Somebody posts whose session has ended: the sign-in page takes along what was posted, and sends it once that person
/// has signed in. It keeps the antiforgery token that it came with, so that nothing is sent for anybody else, and
/// nothing that did not come from a page of ours. Who may not do what was posted gets the text back with the refusal.
/// </summary>
internal sealed class SessionOver(RequestDelegate next)
{
    private const string SignInPath = "/sign-in", SignOutPath = "/sign-out", RefusedPath = "/errors/403";

    public async Task InvokeAsync(HttpContext http)
    {
        var isSignOut = http.Request.Path == SignOutPath;
        await next(http);
        if (!HttpMethods.IsPost(http.Request.Method) || http.Response.HasStarted
            || http.Response.StatusCode != StatusCodes.Status302Found
            || !Uri.TryCreate(http.Response.Headers.Location, UriKind.RelativeOrAbsolute, out var there)) return;

        var (path, query) = PathOf(there, http.Request.PathBase);
        if (path == RefusedPath)
        {
            // The page of this number shows what was typed; behind a redirect it would be gone.
            http.Response.Headers.Location = default;
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
        }
        else if (path == SignInPath && QueryHelpers.ParseQuery(query).ContainsKey("to"))
        {
            if (isSignOut) http.Response.Headers.Location = http.Request.PathBase + SignInPath;
            else if (OwnPost.Is(http.Request)) await ShowSignInAsync(http);
        }
    }

    private async Task ShowSignInAsync(HttpContext http)
    {
        var back = await GivenBack.OfAsync(http);
        if (back.Typed.Count == 0) return;

        http.Features.Set(new KeptPost(back));
        http.Response.Headers.Location = default;
        http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        http.Request.Method = HttpMethods.Get;
        http.Request.Path = SignInPath;
        http.Request.QueryString = QueryString.Empty;
        http.SetEndpoint(null);
        http.Request.RouteValues.Clear();
        await next(http);
    }

    private static (string Path, string Query) PathOf(Uri address, PathString root)
    {
        var local = address.IsAbsoluteUri ? address.PathAndQuery : address.OriginalString;
        var at = local.IndexOf('?', StringComparison.Ordinal);
        var path = at < 0 ? local : local[..at];
        if (root.HasValue && path.StartsWith(root.Value, StringComparison.OrdinalIgnoreCase))
        {
            path = path[root.Value.Length..];
        }

        return (path, at < 0 ? "" : local[at..]);
    }
}

/// <summary>What was posted when the session was over.</summary>
internal sealed record KeptPost(GivenBack Back);
