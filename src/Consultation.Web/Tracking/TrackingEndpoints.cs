using Consultation.Cases;
using Consultation.Cases.Access;
using Consultation.Cases.Documents;
using Consultation.Storage.Reading.Tracking;
using Consultation.Web.Cases;
using Consultation.Web.Layout;
using Consultation.Web.People;
using Consultation.Web.SignIn;
using Consultation.Web.Texts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Consultation.Web.Tracking;

/// <summary>The board as a list and as the official annex.</summary>
internal static class TrackingEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/tracking/export", ExportAsync);
        endpoints.MapGet("/tracking/annex/file", AnnexAsync);
        endpoints.MapGet("/tracking/weeks/{document:guid}", WeekAsync);
    }

    private static async Task<IResult> WeekAsync(
        Guid document, HttpContext http, DeskDirectory directories, Viewer viewer, WeeklyReader reader,
        CancellationToken cancellationToken)
    {
        var scope = CaseScope.Of(viewer.PersonId, await directories.LoadAsync(cancellationToken));
        return await reader.FindAsync(scope, new DocumentId(document), cancellationToken) is { } found
            ? CaseEndpoints.Download(http, found)
            : Results.NotFound();
    }

    private static async Task<IResult> ExportAsync(
        HttpContext http, DeskDirectory directories, Viewer viewer, TrackingReader reader, DeskTexts texts,
        DeskTime when, CancellationToken cancellationToken)
    {
        var directory = await directories.LoadAsync(cancellationToken);
        var filter = TrackingTable.Filter(TableQuery.Of(http.Request)) with { Take = CaseEndpoints.MostRows };
        var found =
            await reader.ListAsync(CaseScope.Of(viewer.PersonId, directory), filter, when.Today, cancellationToken);
        return TableExport.File(
            http.Request, texts["nav.tracking"], when.Today, TrackingTable.Columns(texts, when, directory), found);
    }

    private static async Task<IResult> AnnexAsync(
        HttpContext http, DeskDirectory directories, Viewer viewer, TrackingReader reader, DeskTime when,
        CancellationToken cancellationToken)
    {
        var organisation = await directories.SnapshotAsync(cancellationToken);
        var table = TableQuery.Of(http.Request);
        var sheet = await AnnexReading.SheetAsync(
            reader, CaseScope.Of(viewer.PersonId, organisation.Directory), organisation, table, when.Today,
            cancellationToken);
        return table["format"] == "docx"
            ? Download.File(
                http, sheet.ToWord(), CaseDocuments.Word, $"{sheet.Title}.docx", $"annex-{when.Today:yyyy-MM-dd}")
            : Download.File(
                http, sheet.ToExcel(), CaseDocuments.Excel, $"{sheet.Title}.xlsx", $"annex-{when.Today:yyyy-MM-dd}");
    }
}
