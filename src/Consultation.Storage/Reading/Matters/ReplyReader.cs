using Consultation.Cases;
using Consultation.Cases.Matters;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Reading.Matters;

/// <summary>What a proposer is asked, behind the number and the code, or behind the link of a mail.</summary>
/// <param name="Matter">The matter; the page shows nothing of it but number, title, question and reply.</param>
/// <param name="Case">The case whose reply is asked about; null without one.</param>
public sealed record ReplyDoor(Matter Matter, Case? Case);

/// <summary>Opens what a proposer is asked.</summary>
public sealed class ReplyReader(Database database)
{
    /// <summary>
    /// The matter of a number, when the key opens it: the proposer's own code, or that of the mail that asks. Null when
    /// either is wrong, without saying which. Takes the same time either way.
    /// </summary>
    public async Task<ReplyDoor?> FindAsync(
        OrganisationId organisation, string number, string key, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        var matter = await db.Matters.AsNoTracking()
            .FirstOrDefaultAsync(one => one.OrganisationId == organisation && one.Number == number, cancellationToken);
        if (!MatterRules.OpensReply(matter ?? PublicReader.Nobody, key) || matter is null) return null;
        var file = matter.CaseId is not { } id ? null : await db.Cases.AsNoTracking()
            .FirstOrDefaultAsync(one => one.OrganisationId == organisation && one.Id == id, cancellationToken);
        return new(matter, file is { Restricted: true } ? null : file);
    }
}
