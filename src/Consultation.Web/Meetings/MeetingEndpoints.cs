using Consultation.Cases;
using Consultation.Cases.Access;
using Consultation.Cases.Documents;
using Consultation.Cases.Forms;
using Consultation.Mail;
using Consultation.Mail.ActionLinks;
using Consultation.Storage.Reading.Meetings;
using Consultation.Web.Drawing;
using Consultation.Web.People;
using Consultation.Web.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Consultation.Web.Meetings;

/// <summary>Documents of a meeting as it stands now, made when asked for and not filed.</summary>
internal static class MeetingEndpoints
{
    /// <summary>Kinds that draw no number, so that looking at one changes nothing.</summary>
    private static readonly string[] Kinds =
        [DocumentKeys.Roster, DocumentKeys.Agenda, DocumentKeys.HostScript, DocumentKeys.SignIn, FormKeys.Ballot];

    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/meetings/{id:guid}/documents/{kind}", DocumentAsync);

    private static async Task<IResult> DocumentAsync(
        Guid id, string kind, DeskDirectory directories, Viewer viewer, MeetingReader reader, DoorLink doors,
        MailOptions mail, TimeProvider clock, CancellationToken cancellationToken)
    {
        var scope = CaseScope.Of(viewer.PersonId, await directories.LoadAsync(cancellationToken));
        if (!Kinds.Contains(kind)
            || await reader.FindAsync(scope, new MeetingId(id), cancellationToken) is not { } found
            || await reader.PaperAsync(found, cancellationToken) is not { } file)
        {
            return Results.NotFound();
        }

        var address = doors.Address(mail.PublicBaseUrl, scope.OrganisationId.Value, id);
        var document = CaseDocuments.Create(
            kind, file,
            new DocumentSubject
            {
                // Once the meeting is over the list is a list, and nobody signs in by it.
                Picture = kind == DocumentKeys.SignIn && found.Meeting.IsAhead ? QrCode.Png(address) : null,
            },
            clock.GetUtcNow());
        return Results.File(document.Content, document.ContentType, document.FileName);
    }
}
