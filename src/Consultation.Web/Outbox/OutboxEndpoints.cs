using Consultation.Cases.Access;
using Consultation.Cases.People;
using Consultation.Mail.Outgoing;
using Consultation.Storage.Mail;
using Consultation.Web.Cases;
using Consultation.Web.Layout;
using Consultation.Web.People;
using Consultation.Web.SignIn;
using Consultation.Web.Texts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Consultation.Web.Outbox;

/// <summary>
/// The list as an export; and the body of a mail as a document of its own, for the frame on the mail's page: no script,
/// no form, nothing from outside.
/// </summary>
internal static class OutboxEndpoints
{
    /// <summary>
    /// Rules of a mail's body: its inline styles and links that open beside the desk, nothing else; in frames of this
    /// host only.
    /// </summary>
    internal const string BodyPolicy =
        "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src "
            + "data:; frame-ancestors 'self'";

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/outbox/export", ExportAsync).RequireAuthorization(Policies.Outbox);
        endpoints.MapGet(
            "/outbox/{id:guid}/body", async (
                Guid id, HttpContext http, Viewer viewer, DeskDirectory directories, OutboxReader reader,
                CancellationToken cancellationToken) =>
        {
            var shown = await reader.FindAsync(
                CaseScope.Of(viewer.PersonId, await directories.LoadAsync(cancellationToken)), new MailId(id),
                TriesOut(viewer), cancellationToken);
            if (shown is null)
            {
                return Results.NotFound();
            }

            http.Response.Headers.ContentSecurityPolicy = BodyPolicy;
            var body = shown.Html.Replace(
                "<head>", "<head><base target=\"_blank\">", StringComparison.OrdinalIgnoreCase);
            return Results.Content(body, "text/html; charset=utf-8");
        }).RequireAuthorization(Policies.Outbox);
    }

    /// <summary>Who may follow the links of others: nobody of the sample exists.</summary>
    internal static bool TriesOut(Viewer viewer) => viewer.IsSample || viewer.Holds(Role.Administrator);

    private static async Task<IResult> ExportAsync(
        HttpContext http, Viewer viewer, DeskDirectory directories, OutboxReader reader, DeskTexts texts,
        DeskTime when, CancellationToken cancellationToken)
    {
        var scope = CaseScope.Of(viewer.PersonId, await directories.LoadAsync(cancellationToken));
        var filter = OutboxTable.Filter(TableQuery.Of(http.Request)) with { Take = CaseEndpoints.MostRows };
        var found = await reader.ListAsync(scope, filter, cancellationToken);
        return TableExport.File(
            http.Request, texts["nav.outbox"], when.Today, OutboxTable.Columns(texts, when), found.Items);
    }
}
