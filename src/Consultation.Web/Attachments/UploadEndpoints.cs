using Consultation.Cases;
using Consultation.Cases.Attachments;
using Consultation.Mail.ActionLinks;
using Consultation.Storage.Attachments;
using Consultation.Storage.Reading.Matters;
using Consultation.Storage.Reading.Tasks;
using Consultation.Web.Links;
using Consultation.Web.SignIn;
using Consultation.Web.Texts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Consultation.Web.Attachments;

/// <summary>
/// Files in pieces, for upload.js: a POST announces one and gets a ticket, PUTs bring its bytes from a place on, a GET
/// says how far it is, a DELETE throws it away. Each door announces by its own permission; from there on the ticket,
/// which nobody can guess, is the permission, so that these need no form token.
/// </summary>
internal static class UploadEndpoints
{
    /// <summary>Most bytes of one piece.</summary>
    private const long LargestPiece = 8 * 1024 * 1024;

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/uploads", AtDeskAsync);
        endpoints.MapPost("/p/{slug}/uploads", PublicAsync).AllowAnonymous();
        endpoints.MapPost("/t/{token}/uploads", ByLinkAsync).AllowAnonymous();
        const string one = "/uploads/{organisation:guid}/{ticket}";
        endpoints.MapGet(one, StandingAsync).AllowAnonymous();
        endpoints.MapPut(one, AppendAsync).AllowAnonymous().DisableAntiforgery();
        endpoints.MapDelete(one, DropAsync).AllowAnonymous().DisableAntiforgery();
    }

    private static Task<IResult> AtDeskAsync(HttpContext http, Viewer viewer, UploadStore uploads) =>
        BeginAsync(http, uploads, viewer.OrganisationId, AttachmentDoor.Desk, viewer.PersonId, null);

    private static async Task<IResult> PublicAsync(
        string slug, HttpContext http, PublicReader reader, UploadStore uploads) =>
        await reader.FindHallAsync(slug, http.RequestAborted) is { } hall
            ? await BeginAsync(http, uploads, hall.Id, AttachmentDoor.Public, null, null)
            : Results.NotFound();

    private static async Task<IResult> ByLinkAsync(
        string token, HttpContext http, ActionLinkRegister links, LinkDirectory directories, TaskReader tasks,
        TimeProvider clock, UploadStore uploads)
    {
        if (await links.FindAsync(token, http.RequestAborted) is not LinkStanding.Usable { Link: var link })
        {
            return Results.NotFound();
        }

        var (organisation, task) = (new OrganisationId(link.OrganisationId), new TaskId(link.TaskId));
        return await tasks.FindAsync(organisation, task, http.RequestAborted) is { } found
            && LinkDirectory.MayLook(
                link, found, await directories.FindAsync(organisation, http.RequestAborted), clock.GetUtcNow())
            ? await BeginAsync(http, uploads, organisation, AttachmentDoor.Link, new PersonId(link.PersonId), task)
            : Results.NotFound();
    }

    private static async Task<IResult> BeginAsync(
        HttpContext http, UploadStore uploads, OrganisationId organisation, AttachmentDoor door, PersonId? by,
        TaskId? task)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var entry = new UploadEntry
        {
            OrganisationId = organisation,
            Door = door,
            Name = form["name"].ToString(),
            Length = long.TryParse(
                form["length"], System.Globalization.CultureInfo.InvariantCulture, out var length) ? length : 0,
            ById = by,
            TaskId = task ?? (Guid.TryParse(form["task"], out var id) && door == AttachmentDoor.Desk
                ? new TaskId(id)
                : null),
        };
        return Say(organisation, await uploads.BeginAsync(entry, http.RequestAborted));
    }

    private static async Task<IResult> StandingAsync(
        Guid organisation, string ticket, UploadStore uploads, CancellationToken cancellationToken) =>
        UploadTicket.Read(ticket) is { } known
            ? Say(new(organisation), await uploads.StandingAsync(new(organisation), known, cancellationToken))
            : Results.NotFound();

    private static async Task<IResult> AppendAsync(
        Guid organisation, string ticket, long at, HttpContext http, UploadStore uploads)
    {
        if (UploadTicket.Read(ticket) is not { } known) return Results.NotFound();
        if (http.Request.ContentLength > LargestPiece)
        {
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = LargestPiece;
        }

        return Say(new(organisation), await uploads.AppendAsync(
            new(organisation), known, at, http.Request.Body, http.RequestAborted));
    }

    private static async Task<IResult> DropAsync(
        Guid organisation, string ticket, UploadStore uploads, CancellationToken cancellationToken) =>
        UploadTicket.Read(ticket) is { } known
        && await uploads.DropAsync(new(organisation), known, cancellationToken)
            ? Results.NoContent()
            : Results.NotFound();

    private static IResult Say(OrganisationId organisation, UploadStanding standing) => standing switch
    {
        UploadStanding.Going going => Results.Json(new
        {
            ticket = going.Ticket.ToString(),
            at = $"/uploads/{organisation.Value:N}/{going.Ticket}",
            received = going.Received,
            length = going.Announced,
            complete = false,
        }),
        UploadStanding.Complete complete => Results.Json(new
        {
            ticket = complete.Ticket.ToString(),
            at = $"/uploads/{organisation.Value:N}/{complete.Ticket}",
            received = complete.File.Announced,
            length = complete.File.Announced,
            complete = true,
            name = complete.File.Name,
        }),
        UploadStanding.Refused refused => Results.Json(
            new { why = refused.Why.For(DeskTexts.Language) }, statusCode: StatusCodes.Status422UnprocessableEntity),
        _ => Results.NotFound(),
    };
}
