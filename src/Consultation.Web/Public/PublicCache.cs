using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Consultation.Storage.Reading.Matters;
using Consultation.Storage.Reading.Publishing;
using Consultation.Web.Assets;
using Consultation.Web.Texts;
using Microsoft.AspNetCore.Http;

namespace Consultation.Web.Public;

/// <summary>
/// Public pages without a form and feeds carry a tag of what they show: a browser that has it already gets an empty
/// answer after one look at the database. Nothing is kept in between, so that what was withdrawn is gone at once.
/// </summary>
internal sealed class PublicCache(
    RequestDelegate next, PublicReader halls, PublicationReader publications, TimeProvider time)
{
    /// <summary>
    /// States of what was promised are read live; the tag does not look at them and holds no longer than this.
    /// </summary>
    private static readonly TimeSpan Holds = TimeSpan.FromMinutes(5);

    private static readonly string[] Cached = ["", "list", "feed.atom", "meetings.ics"];

    public async Task InvokeAsync(HttpContext http)
    {
        var request = http.Request;
        if (!(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            || http.User.Identity?.IsAuthenticated == true
            || SlugOf(request.Path) is not { } slug
            || await halls.FindHallAsync(slug, http.RequestAborted) is not { } hall)
        {
            await next(http);
            return;
        }

        var stamp = await publications.StampAsync(hall.Id, http.RequestAborted);
        var part = time.GetUtcNow().UtcTicks / Holds.Ticks;
        var tag = TagOf(
            $"{stamp} {part} {request.PathBase}{request.Path}{request.QueryString} {DeskTexts.Language} "
                + $"{DeskAssets.Url("desk.css")} {hall.Name.Zh} {hall.Platforms.Count}");
        http.Response.Headers.ETag = tag;
        http.Response.Headers.CacheControl = "no-cache";
        http.Response.Headers.Vary = "Cookie, Accept-Language";
        if (request.Headers.IfNoneMatch.Any(known => known?.Contains(tag, StringComparison.Ordinal) == true))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        await next(http);
    }

    /// <summary>The hall of an address that is cached: its page, its lists, its feeds.</summary>
    private static string? SlugOf(PathString path)
    {
        var parts = path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts is ["p", var slug, ..] && Cached.Contains(parts.ElementAtOrDefault(2) ?? "")
            ? slug
            : null;
    }

    private static string TagOf(string text) => string.Create(
        CultureInfo.InvariantCulture,
        $"W/\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 12))}\"");
}
