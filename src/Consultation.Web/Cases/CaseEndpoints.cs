using System.Globalization;
using System.Net.Mime;
using Consultation.Cases;
using Consultation.Cases.Access;
using Consultation.Cases.Documents;
using Consultation.Cases.History;
using Consultation.Storage.Reading.Cases;
using Consultation.Web.Layout;
using Consultation.Web.People;
using Consultation.Web.SignIn;
using Consultation.Web.Texts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Consultation.Web.Cases;

/// <summary>Addresses about cases that are not pages: the export, downloads, and trying a failed step again.</summary>
internal static class CaseEndpoints
{
    /// <summary>Most rows of an export.</summary>
    internal const int MostRows = 10_000;

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/cases/export", ExportAsync);
        endpoints.MapGet("/cases/{id:guid}/documents/{document:guid}", DownloadAsync);
        endpoints.MapGet("/cases/{id:guid}/archive", ArchiveAsync);
        endpoints.MapPost("/cases/{id:guid}/retry", RetryAsync);
    }

    private static async Task<IResult> ExportAsync(
        HttpContext http, DeskDirectory directories, Viewer viewer, CaseListReader cases, DeskTexts texts,
        DeskTime when, CancellationToken cancellationToken)
    {
        var directory = await directories.LoadAsync(cancellationToken);
        var filter = CaseTable.Filter(TableQuery.Of(http.Request)) with { Take = MostRows };
        var found =
            await cases.ListAsync(CaseScope.Of(viewer.PersonId, directory), filter, when.Now, cancellationToken);
        return TableExport.File(
            http.Request, texts["cases.title"], when.Today, CaseTable.Columns(texts, when, directory), found);
    }

    private static async Task<IResult> DownloadAsync(
        Guid id, Guid document, HttpContext http, DeskDirectory directories, Viewer viewer, CaseReader reader,
        IAccessLog access,
        CancellationToken cancellationToken)
    {
        var scope = CaseScope.Of(viewer.PersonId, await directories.LoadAsync(cancellationToken));
        if (await reader.FindAsync(scope, new CaseId(id), cancellationToken) is not { } file)
        {
            await access.NoteRefusalAsync(
                scope.OrganisationId, new CaseId(id), scope.PersonId, new("文件", "document"), cancellationToken);
            return Results.NotFound();
        }

        if (await reader.DocumentAsync(file, new DocumentId(document), cancellationToken) is not { } found)
        {
            return Results.NotFound();
        }
        await access.NoteAsync(file, scope.PersonId, WhatOf(found), cancellationToken);
        return Download(http, found);
    }

    /// <summary>
    /// The archive package, made anew each time from what the case holds; written to a file first, because a package
    /// that breaks off halfway must not look like one.
    /// </summary>
    private static async Task<IResult> ArchiveAsync(
        Guid id, HttpContext http, DeskDirectory directories, Viewer viewer, CaseReader reader, ArchiveReader archive,
        IAccessLog access, DeskTime when, CancellationToken cancellationToken)
    {
        var organisation = await directories.SnapshotAsync(cancellationToken);
        var scope = CaseScope.Of(viewer.PersonId, organisation.Directory);
        if (await reader.FindAsync(scope, new CaseId(id), cancellationToken) is not { } file || !scope.MaySteer)
        {
            await access.NoteRefusalAsync(
                scope.OrganisationId, new CaseId(id), scope.PersonId, new("归档包", "archive package"),
                cancellationToken);
            return Results.NotFound();
        }

        var package = new FileStream(
            Path.Combine(Path.GetTempPath(), $"consultation-archive-{Guid.NewGuid():N}.zip"), FileMode.CreateNew,
            FileAccess.ReadWrite, FileShare.None, 81920, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        try
        {
            await archive.WriteAsync(file, organisation, scope.PersonId, when.Now, package, cancellationToken);
            await access.NoteAsync(file, scope.PersonId, new("归档包", "archive package"), cancellationToken);
            package.Position = 0;
            return Layout.Download.File(
                http, package, "application/zip", $"{file.Number}归档包.zip", $"{file.Number}-archive");
        }
        catch
        {
            await package.DisposeAsync();
            throw;
        }
    }

    /// <summary>What the access log says of a document (O15).</summary>
    internal static LocalText WhatOf(CaseDocument document) =>
        new($"文件 {document.Title.Zh}", $"document {document.Title.For("en")}");

    /// <summary>
    /// A document as a download, in ASCII called after its kind and its number or day: "notice-2026-3.docx".
    /// </summary>
    internal static IResult Download(HttpContext http, CaseDocument document)
    {
        var mark = document.Number is { Length: > 0 } number
            ? number
            : document.At.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var type = document.ContentType is CaseDocuments.Word or CaseDocuments.Excel
            ? document.ContentType
            : MediaTypeNames.Application.Octet;
        return Layout.Download.File(http, document.Content, type, document.FileName, $"{document.Kind}-{mark}");
    }

    private static async Task<IResult> RetryAsync(
        Guid id, HttpContext http, DeskDirectory directories, Viewer viewer, CaseReader reader, ICaseActs acts,
        CancellationToken cancellationToken)
    {
        var scope = CaseScope.Of(viewer.PersonId, await directories.LoadAsync(cancellationToken));
        if (!scope.MaySteer || await reader.FindAsync(scope, new CaseId(id), cancellationToken) is not { } file)
        {
            return Results.NotFound();
        }

        var form = await http.Request.ReadFormAsync(cancellationToken);
        var retried = await acts.RetryAsync(
            scope.OrganisationId, file.Id, form["incident"].ToString(), scope.PersonId, cancellationToken);
        return Results.Redirect($"/cases/{file.Id}?notice={(retried ? "notice.retried" : "notice.not-retried")}");
    }
}
