using Consultation.Cases;
using Consultation.Cases.People;
using Consultation.Mail.ActionLinks;
using Consultation.Storage.Reading.Attachments;
using Consultation.Web.Attachments;
using Consultation.Web.Cases;
using Consultation.Web.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Consultation.Web.Links;

/// <summary>
/// Links of mails that are no pages: the documents that a decision link opens, and the digest, which mail programs
/// leave by a post of their own, without a form of ours (List-Unsubscribe-Post, mail rule 5).
/// </summary>
internal static class LinkEndpoints
{
    private const string Leave = "/digest/leave/{token?}";

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(Leave, (string? token, UnsubscribeLink links) =>
            Page(links.Read(token ?? "") is not null, left: false)).AllowAnonymous();
        endpoints.MapGet("/t/{token}/documents/{document:guid}", DocumentAsync).AllowAnonymous();
        endpoints.MapGet("/n/{token}/files/{file:guid}", NoticeFileAsync).AllowAnonymous();
        endpoints.MapGet("/t/{token}/files/{id:guid}/{what}", FileAsync).AllowAnonymous();
        // The sealed token is the permission; a mail program that posts has no form token.
        endpoints.MapPost(Leave, LeaveAsync).AllowAnonymous().DisableAntiforgery();
    }

    private static async Task<RazorComponentResult<LeaveDigestPage>> LeaveAsync(
        string? token, UnsubscribeLink links, LinkDirectory directories, OrganisationEdits edits,
        CancellationToken cancellationToken)
    {
        if (links.Read(token ?? "") is not var (organisationId, personId))
        {
            return Page(known: false, left: false);
        }

        var organisation = new OrganisationId(organisationId);
        var me = (await directories.FindAsync(organisation, cancellationToken))?.Find(new PersonId(personId));
        if (me is null or { WantsDigest: false })
        {
            return Page(known: me is not null, left: true);
        }

        var entry = PersonEntry.Of(me) with { WantsDigest = false };
        var saved = await edits.SavePersonAsync(
            new OrganisationEdit(organisation, me.Id, null, Guid.NewGuid().ToString("N")), entry, cancellationToken);
        return Page(known: saved is EditResult.Saved, left: true);
    }

    /// <summary>The file of a document that the task of the link is about.</summary>
    private static async Task<IResult> DocumentAsync(
        string token, Guid document, HttpContext http, LinkDocuments documents, CancellationToken cancellationToken)
    {
        KeepQuiet(http);
        return await documents.FindAsync(token, new DocumentId(document), cancellationToken) switch
        {
            LinkDocument.Open(var file, _) => CaseEndpoints.Download(http, file),
            LinkDocument.AskThePage => Results.Redirect($"/t/{Uri.EscapeDataString(token)}"),
            _ => Results.NotFound(),
        };
    }

    /// <summary>A file that came with a mail, for whoever reads that by its own address.</summary>
    private static async Task<IResult> NoticeFileAsync(
        string token, Guid file, HttpContext http, NoticeDoor door, CancellationToken cancellationToken)
    {
        KeepQuiet(http);
        return await door.LookAsync(token, cancellationToken) is NoticeLook.Open
        {
            Notice: { Case: null or { Restricted: false }, Mail: var mail },
        } && mail.Attachments.Find(one => one.Id == file) is { } found
            ? Download.File(http, found.Content, found.ContentType, found.Name, mail.Purpose)
            : Results.NotFound();
    }

    private static void KeepQuiet(HttpContext http)
    {
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        http.Response.Headers["X-Robots-Tag"] = "noindex, nofollow";
    }

    /// <summary>A file of what the task of the link is about, by the same rule as its documents.</summary>
    private static async Task<IResult> FileAsync(
        string token, Guid id, string what, HttpContext http, LinkDocuments documents, AttachmentReader files)
    {
        KeepQuiet(http);
        return FileEndpoints.Forms.Contains(what)
            && await documents.FindFileAsync(token, new(id), http.RequestAborted) is { } file
            ? await FileEndpoints.SendAsync(http, files, file, what)
            : Results.NotFound();
    }

    private static RazorComponentResult<LeaveDigestPage> Page(bool known, bool left) =>
        new(new Dictionary<string, object?>
        {
            [nameof(LeaveDigestPage.Known)] = known,
            [nameof(LeaveDigestPage.Left)] = left,
        });
}
