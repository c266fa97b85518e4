using Consultation.Cases.Access;
using Consultation.Cases.Documents;
using Consultation.Cases.Matters.Import;
using Consultation.Storage.Reading.Matters;
using Consultation.Web.Cases;
using Consultation.Web.Layout;
using Consultation.Web.People;
using Consultation.Web.SignIn;
using Consultation.Web.Texts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Consultation.Web.Matters;

/// <summary>
/// Addresses about matters that are not pages: the export, the template of an import, and where the ticked ones go.
/// </summary>
internal static class MatterEndpoints
{
    private const string NothingTicked = "notice.nothing-ticked", OneTicked = "notice.one-ticked";

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/matters/export", ExportAsync).RequireAuthorization(Policies.Casework);
        endpoints.MapGet("/matters/import/template", Template).RequireAuthorization(Policies.Casework);
        endpoints.MapGet("/matters/take", Take).RequireAuthorization(Policies.Casework);
    }

    private static async Task<IResult> ExportAsync(
        HttpContext http, DeskDirectory directories, Viewer viewer, MatterReader matters, DeskTexts texts,
        DeskTime when, CancellationToken cancellationToken)
    {
        var directory = await directories.LoadAsync(cancellationToken);
        var filter = MatterTable.Filter(TableQuery.Of(http.Request)) with { Take = CaseEndpoints.MostRows };
        var found = await matters.ListAsync(CaseScope.Of(viewer.PersonId, directory), filter, cancellationToken);
        return TableExport.File(
            http.Request, texts["nav.matters"], when.Today, MatterTable.Columns(texts, when, directory), found);
    }

    /// <summary>A workbook with the columns of an import, in the language of the page.</summary>
    private static IResult Template(HttpContext http, DeskTexts texts) => Download.File(
        http, OrderTemplate.Build(texts.Of), CaseDocuments.Excel, $"{texts["import.template-name"]}.xlsx",
        "orders-template");

    /// <summary>The ticked matters go to a new case or to the merge page; too few ticked goes back.</summary>
    private static IResult Take(HttpRequest request)
    {
        var ids = request.Query["matter"].Where(one => Guid.TryParse(one, out _)).ToList();
        var (joined, merge) = (string.Join(',', ids), request.Query["do"] == "merge");
        return Results.Redirect((ids.Count, merge) switch
        {
            (0, _) => $"/matters?notice={NothingTicked}",
            (1, true) => $"/matters?notice={OneTicked}",
            (_, true) => $"/matters/merge?matter={joined}",
            _ => $"/cases/new?matter={joined}",
        });
    }
}
