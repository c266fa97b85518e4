using Consultation.Cases;
using Consultation.Cases.Access;
using Consultation.Cases.Attachments;
using Consultation.Cases.History;
using Consultation.Storage.Reading.Attachments;
using Consultation.Web.People;
using Consultation.Web.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Consultation.Web.Attachments;

/// <summary>
/// The bytes of files. Shown in the browser is only what we made ourselves, pictures and PDFs; everything else is
/// saved, and a browser that opens it all the same may run nothing of it.
/// </summary>
internal static class FileEndpoints
{
    private const string Nothing = "default-src 'none'; sandbox";

    /// <summary>A PDF that we made; browsers show none in a sandbox.</summary>
    private const string OfPdf =
        "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'none'";

    internal static readonly string[] Forms = ["content", "picture", "thumbnail", "preview"];

    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/files/{id:guid}/{what}", AtDeskAsync);

    /// <summary>A file that the viewer may see, in the form that is asked for.</summary>
    internal static async Task<IResult> SendAsync(
        HttpContext http, AttachmentReader reader, Attachment file, string what)
    {
        var isPicture = FileKinds.Find(file.Kind)?.Nature == FileNature.Picture;
        var content = what switch
        {
            "thumbnail" => file.ThumbnailId,
            "preview" => file.PreviewId,
            "picture" => isPicture ? file.ContentId : null,
            _ => file.ContentId,
        };
        if (content is not { } id || await reader.OpenAsync(file, id, http.RequestAborted) is not { } bytes)
        {
            return Results.NotFound();
        }

        var shown = what != "content";
        var type = what switch
        {
            "thumbnail" => "image/jpeg",
            "preview" => "application/pdf",
            _ => FileKinds.Find(file.Kind)?.MediaType ?? "application/octet-stream",
        };
        http.Response.Headers.ContentSecurityPolicy = what == "preview" ? OfPdf : Nothing;
        http.Response.Headers.XFrameOptions = "DENY";
        http.Response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        http.Response.Headers.ContentDisposition = new ContentDispositionHeaderValue(shown ? "inline" : "attachment")
        {
            FileName = $"file-{file.Id.Value:N}"[..13] + (what == "preview" ? ".pdf" : Path.GetExtension(file.Name)),
            FileNameStar = what == "preview" ? Path.ChangeExtension(file.Name, "pdf") : file.Name,
        }.ToString();
        return Results.Stream(bytes, type);
    }

    private static async Task<IResult> AtDeskAsync(
        Guid id, string what, HttpContext http, DeskDirectory directories, Viewer viewer, AttachmentReader reader,
        IAccessLog access, CancellationToken cancellationToken)
    {
        var scope = CaseScope.Of(viewer.PersonId, await directories.LoadAsync(cancellationToken));
        if (!Forms.Contains(what)
            || await reader.FindAsync(scope, new AttachmentId(id), cancellationToken) is not { } file)
        {
            return Results.NotFound();
        }

        if (what == "content" && await reader.CaseOfAsync(file, cancellationToken) is { } about)
        {
            await access.NoteAsync(
                about, scope.PersonId, new($"材料 {file.Name}", $"file {file.Name}"), cancellationToken);
        }

        return await SendAsync(http, reader, file, what);
    }
}
