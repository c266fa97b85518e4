using Consultation.Cases;
using Consultation.Cases.People;
using Consultation.Mail.ActionLinks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Consultation.Web.Links;

/// <summary>Links of mails that are no pages: mail programs post to them themselves, without a form of ours (List-Unsubscribe-Post, mail rule 5).</summary>
internal static class LinkEndpoints
{
    private const string Leave = "/digest/leave/{token}";

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(Leave, (string token, UnsubscribeLink links) => Page(links.Read(token) is not null, left: false)).AllowAnonymous();
        // The sealed token is the permission; a mail program that posts has no form token.
        endpoints.MapPost(Leave, LeaveAsync).AllowAnonymous().DisableAntiforgery();
    }

    private static async Task<RazorComponentResult<LeaveDigestPage>> LeaveAsync(
        string token, UnsubscribeLink links, LinkDirectory directories, IOrganisationDesk desk, CancellationToken cancellationToken)
    {
        if (links.Read(token) is not var (organisationId, personId))
        {
            return Page(known: false, left: false);
        }

        var organisation = new OrganisationId(organisationId);
        var me = (await directories.FindAsync(organisation, cancellationToken))?.Find(new PersonId(personId));
        if (me is null or { WantsDigest: false })
        {
            return Page(known: me is not null, left: true);
        }

        var entry = new PersonEntry(
            me.Id, me.Name, me.Title, me.Email, me.Phone, me.UnitId, me.Language, WantsDigest: false, me.Active, me.AbsentFrom, me.AbsentUntil);
        var saved = await desk.SavePersonAsync(new DeskEdit(organisation, me.Id, null, Guid.NewGuid().ToString("N")), entry, cancellationToken);
        return Page(known: saved is DeskResult.Saved, left: true);
    }

    private static RazorComponentResult<LeaveDigestPage> Page(bool known, bool left) => new(new Dictionary<string, object?>
    {
        [nameof(LeaveDigestPage.Known)] = known,
        [nameof(LeaveDigestPage.Left)] = left,
    });
}
