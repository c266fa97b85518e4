using Consultation.Mail.Channel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Consultation.Web.Outbox;

/// <summary>
/// Where the gateway of the second channel says what became of messages, signed as they are (docs/guide/channel.md).
/// 204: taken; 400: cannot be read; 401: not signed rightly, or too long ago; 404: no such message, or no second
/// channel; 413: too long.
/// </summary>
internal static class ChannelEndpoints
{
    public const string Address = "/channel/report";

    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost(Address, TakeAsync).AllowAnonymous().DisableAntiforgery();

    private static async Task<IResult> TakeAsync(
        HttpContext http, ChannelReports reports, CancellationToken cancellationToken)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = ChannelReports.MostBytes;
        }

        var body = new byte[ChannelReports.MostBytes + 1];
        var length = http.Request.ContentLength > ChannelReports.MostBytes
            ? body.Length
            : await http.Request.Body.ReadAtLeastAsync(
                body, body.Length, throwOnEndOfStream: false, cancellationToken);
        if (length > ChannelReports.MostBytes) return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        var headers = http.Request.Headers;
        return await reports.TakeAsync(
            headers["webhook-id"], headers["webhook-timestamp"], headers["webhook-signature"],
            body.AsMemory(0, length), cancellationToken) switch
        {
            ReportTaking.Taken => Results.NoContent(),
            ReportTaking.NotGenuine => Results.Unauthorized(),
            ReportTaking.Unreadable => Results.BadRequest(),
            _ => Results.NotFound(),
        };
    }
}
