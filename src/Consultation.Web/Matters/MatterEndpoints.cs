using Consultation.Cases.Access;
using Consultation.Cases.Calendar;
using Consultation.Cases.Documents;
using Consultation.Cases.Forms;
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
        endpoints.MapGet("/matters/settled", SettledAsync).RequireAuthorization(Policies.Casework);
        endpoints.MapGet("/p/{slug}/h/{code}", HallAsync).AllowAnonymous();
    }

    private static async Task<IResult> ExportAsync(
        HttpContext http, DeskDirectory directories, Viewer viewer, MatterReader matters, DeskTexts texts,
        DeskTime when, CancellationToken cancellationToken)
    {
        var directory = await directories.LoadAsync(cancellationToken);
        var filter = MatterTable.Filter(TableQuery.Of(http.Request), when.Now) with { Take = CaseEndpoints.MostRows };
        var found = await matters.ListAsync(CaseScope.Of(viewer.PersonId, directory), filter, cancellationToken);
        return TableExport.File(
            http.Request, texts["nav.matters"], when.Today, MatterTable.Columns(texts, when, directory), found);
    }

    /// <summary>
    /// Settled orders in the columns of the import, with what became of them: the hotline takes the file back (Q37).
    /// </summary>
    private static async Task<IResult> SettledAsync(
        HttpContext http, DeskDirectory directories, Viewer viewer, SortingReader matters, DeskTexts texts,
        DeskTime when, CancellationToken cancellationToken)
    {
        var directory = await directories.LoadAsync(cancellationToken);
        DateTimeOffset? since = FormValues.Day(http.Request.Query["since"].ToString()) is { } day
            ? new WorkingCalendar([], when.Zone).At(day, TimeOnly.MinValue) : null;
        var found = await matters.SettledAsync(
            CaseScope.Of(viewer.PersonId, directory), since, CaseEndpoints.MostRows, cancellationToken);
        return TableExport.File(
            http.Request, texts["settled.title"], when.Today, SettledTable.Columns(texts, when, directory), found);
    }

    /// <summary>
    /// The short address on a hall's poster leads to its form; a code that is none to the organisation's page.
    /// </summary>
    private static async Task<IResult> HallAsync(
        string slug, string code, PublicReader halls, CancellationToken cancellationToken) =>
        await halls.FindHallAsync(slug, cancellationToken) is not { } hall ? Results.NotFound()
            : hall.OfCode(code) is { } found
                ? Results.LocalRedirect($"~/p/{Uri.EscapeDataString(hall.Slug)}/new?platform={found.Id.Value:N}")
                : Results.LocalRedirect($"~/p/{Uri.EscapeDataString(hall.Slug)}");

    /// <summary>A workbook with the columns of an import, in the language of the page.</summary>
    private static IResult Template(HttpContext http, DeskTexts texts) => Download.File(
        http, OrderTemplate.Build(texts.Of), CaseDocuments.Excel, $"{texts["import.template-name"]}.xlsx",
        "orders-template");

    /// <summary>
    /// The ticked matters go to a new case, to the merge page or to another act; too few ticked goes back.
    /// </summary>
    private static IResult Take(HttpRequest request)
    {
        var ids = request.Query["matter"].Where(one => Guid.TryParse(one, out _)).ToList();
        var pressed = request.Query["do"].ToString();
        var act = pressed == "more" ? request.Query["more"].ToString() : pressed;
        var (joined, merge) = (string.Join(',', ids), act == "merge");
        return Results.Redirect((ids.Count, merge) switch
        {
            (0, _) => $"/matters?notice={NothingTicked}",
            (1, true) => $"/matters?notice={OneTicked}",
            (_, true) => $"/matters/merge?matter={joined}",
            _ when ActPage.IsKnown(act) => $"/matters/act/{act}?matter={joined}",
            _ => $"/cases/new?matter={joined}",
        });
    }
}
