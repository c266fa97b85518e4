using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Consultation.Web.Public;

/// <summary>
/// Public pages without a form and feeds carry a tag of what they say: a browser that has it already gets an empty
/// answer. The tag is made of the answer itself, so that whatever changes it (a meeting moved, a promise kept, words
/// withdrawn, a case restricted) shows at once; nothing is kept in between.
/// </summary>
internal sealed class PublicCache(RequestDelegate next)
{
    private static readonly string[] Cached = ["", "list", "feed.atom", "meetings.ics"];

    public async Task InvokeAsync(HttpContext http)
    {
        var request = http.Request;
        if (!(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            || http.User.Identity?.IsAuthenticated == true || !IsCached(request.Path))
        {
            await next(http);
            return;
        }

        var body = http.Response.Body;
        using var said = new MemoryStream();
        http.Response.Body = said;
        try
        {
            await next(http);
            await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
        }
        finally
        {
            http.Response.Body = body;
        }

        if (http.Response.StatusCode == StatusCodes.Status200OK && !http.Response.HasStarted)
        {
            var tag = TagOf(said);
            http.Response.Headers.ETag = tag;
            http.Response.Headers.CacheControl = "no-cache";
            http.Response.Headers.Vary = "Cookie, Accept-Language";
            if (request.Headers.IfNoneMatch.Any(known => known?.Contains(tag, StringComparison.Ordinal) == true))
            {
                http.Response.StatusCode = StatusCodes.Status304NotModified;
                http.Response.ContentLength = null;
                http.Response.ContentType = null;
                return;
            }
        }

        said.Position = 0;
        await said.CopyToAsync(body, http.RequestAborted);
    }

    /// <summary>Whether it is the address of a hall's page, its lists or its feeds.</summary>
    private static bool IsCached(PathString path) =>
        path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries) is ["p", _, ..] and var parts
        && Cached.Contains(parts.ElementAtOrDefault(2) ?? "");

    private static string TagOf(MemoryStream said) =>
        "W/\""
        + Convert.ToHexStringLower(SHA256.HashData(said.GetBuffer().AsSpan(0, (int)said.Length)).AsSpan(0, 12)) + "\"";
}
