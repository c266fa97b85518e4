using Consultation.Cases.Documents;
using Consultation.Cases.People.Import;
using Consultation.Web.Layout;
using Consultation.Web.SignIn;
using Consultation.Web.Texts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Consultation.Web.People;

/// <summary>Exports of the people and unit lists.</summary>
internal static class PeopleEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(
            "/people/export",
            async (HttpRequest request, DeskDirectory directories, DeskTexts texts, DeskTime time,
                CancellationToken cancellationToken) =>
        {
            var directory = await directories.LoadAsync(cancellationToken);
            var table = TableQuery.Of(request);
            var columns = PeopleTable.PersonColumns(texts);
            return TableExport.File(request, "people", time.Today, columns,
                table.Matching(PeopleTable.People(directory, texts, table), columns));
        }).RequireAuthorization(Policies.Office);

        endpoints.MapGet(
            "/people/import/template",
            async (HttpContext http, DeskDirectory directories, DeskTexts texts, CancellationToken cancellationToken) =>
                Download.File(
                    http, DirectoryTemplate.Build(await directories.LoadAsync(cancellationToken), texts.Of),
                    CaseDocuments.Excel, $"{texts["people.import-template-name"]}.xlsx", "people-template"))
            .RequireAuthorization(Policies.Office);

        endpoints.MapGet(
            "/units/export",
            async (HttpRequest request, DeskDirectory directories, DeskTexts texts, DeskTime time,
                CancellationToken cancellationToken) =>
        {
            var directory = await directories.LoadAsync(cancellationToken);
            var table = TableQuery.Of(request);
            var columns = PeopleTable.UnitColumns(texts);
            return TableExport.File(request, "units", time.Today, columns,
                table.Matching(PeopleTable.Units(directory, texts, table), columns));
        }).RequireAuthorization(Policies.Office);
    }
}
