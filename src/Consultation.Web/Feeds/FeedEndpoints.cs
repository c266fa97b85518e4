using System.Security.Cryptography;
using System.Text;
using Consultation.Mail;
using Consultation.Mail.ActionLinks;
using Consultation.Storage.Reading.Calendar;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Consultation.Web.Feeds;

/// <summary>
/// Private calendar addresses, which calendar programs look at again and again: nothing changes by it, what has not
/// changed is not sent again, and an address that is forged, revoked or of somebody who has left says nothing.
/// </summary>
internal static class FeedEndpoints
{
    public const string Address = "/feed/{token}.ics";

    public static void Map(IEndpointRouteBuilder endpoints) => endpoints.MapGet(Address, GiveAsync).AllowAnonymous();

    private static async Task<IResult> GiveAsync(
        string token, HttpContext http, FeedReader feeds, MailOptions options, CancellationToken cancellationToken)
    {
        var headers = http.Response.Headers;
        headers["X-Robots-Tag"] = "noindex, nofollow";
        headers["Referrer-Policy"] = "no-referrer";
        if (token.Length != FeedMint.TokenLength
            || await feeds.FindAsync(
                ActionLinkMint.HashOf(token), options.PublicBaseUrl.AbsoluteUri, cancellationToken) is not { } calendar)
        {
            return Results.NotFound();
        }

        var text = Encoding.UTF8.GetBytes(calendar.Write());
        headers.CacheControl = "private, max-age=300";
        headers.LastModified = HeaderUtilities.FormatDate(calendar.LastChanged);
        // What went away leaves no instant: only the text itself says whether something changed.
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(text))[..32]}\"");
        headers.ETag = tag.ToString();
        if (http.Request.GetTypedHeaders().IfNoneMatch.Any(one => one.Compare(tag, useStrongComparison: false)))
        {
            return Results.StatusCode(StatusCodes.Status304NotModified);
        }

        return Results.Bytes(text, "text/calendar; charset=utf-8", "calendar.ics");
    }
}
