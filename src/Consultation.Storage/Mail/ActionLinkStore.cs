using Consultation.Cases;
using Consultation.Cases.Tasks;
using Consultation.Mail.ActionLinks;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Mail;

/// <summary>Looks up a link by the hash of its token, and how its task stands now. Only reads.</summary>
internal sealed class ActionLinkStore(Database database) : IActionLinkStore
{
    public async Task<StoredLink?> FindByHashAsync(string tokenHash, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var link = await db.ActionLinks.AsNoTracking()
            .SingleOrDefaultAsync(row => row.TokenHash == tokenHash, cancellationToken);
        return link is null ? null : await StandingAsync(db, link, cancellationToken);
    }

    public async Task<StoredLink?> FindByReplyHashAsync(string replyHash, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var link = await db.ActionLinks.AsNoTracking()
            .SingleOrDefaultAsync(row => row.ReplyHash == replyHash, cancellationToken);
        return link is null ? null : await StandingAsync(db, link, cancellationToken);
    }

    internal static async Task<StoredLink> StandingAsync(
        ConsultationDb db, ActionLink link, CancellationToken cancellationToken)
    {
        var (organisation, id) = (new OrganisationId(link.OrganisationId), new TaskId(link.TaskId));
        var task = await db.Tasks
            .Where(row => row.OrganisationId == organisation && row.Id == id)
            .Select(row => new { row.State, row.HeldUntil, row.Revision })
            .SingleOrDefaultAsync(cancellationToken);
        return new(link, task is { State: TaskState.Open, HeldUntil: null }, task?.Revision ?? 0);
    }
}
