using Consultation.Cases.Documents;
using Consultation.Web.Layout;
using Consultation.Web.People;
using Consultation.Web.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Consultation.Web.Settings;

/// <summary>Specimens of the organisation's papers. They draw no number and are filed nowhere.</summary>
internal static class PaperEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/policies/papers/{kind}/preview", PreviewAsync).RequireAuthorization(Policies.Office);

    private static async Task<IResult> PreviewAsync(
        string kind, HttpContext http, DeskDirectory directories, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (!OrganisationPapers.Usual.ContainsKey(kind)) return Results.NotFound();
        var content = CaseDocuments.Preview(kind, await directories.LoadAsync(cancellationToken), clock.GetUtcNow());
        return Download.File(
            http, content, CaseDocuments.Word, $"{CaseDocuments.NameOf(kind).Zh}（样张）.docx", $"{kind}-preview");
    }
}
