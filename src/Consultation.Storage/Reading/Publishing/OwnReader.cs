using Consultation.Cases;
using Consultation.Cases.Matters;
using Consultation.Cases.Publishing;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Reading.Publishing;

/// <summary>An opinion as its writer sees it.</summary>
public sealed record FollowedOpinion(Opinion Opinion, Publication Topic, string? SameAs);

/// <summary>A sign-up as whoever signed up sees it, with what those who take part may read.</summary>
public sealed record FollowedSignUp(SignUp SignUp, PublicEntry? Meeting, int Before);

/// <summary>Reads by number and code what somebody of the public sent.</summary>
public sealed class OwnReader(Database database, PublicationReader publications)
{
    /// <summary>The opinion, or null when number or code is wrong.</summary>
    public async Task<FollowedOpinion?> OpinionAsync(
        OrganisationId organisation, string number, string code, CancellationToken cancellationToken)
    {
        var hash = MatterRules.HashFollowSecret(code);
        await using var db = database.ForOrganisation(organisation);
        if (await db.Opinions.AsNoTracking().FirstOrDefaultAsync(
                one => one.OrganisationId == organisation && one.Number == number && one.FollowSecretHash == hash,
                cancellationToken) is not { } found
            || await db.Publications.AsNoTracking().FirstOrDefaultAsync(
                one => one.OrganisationId == organisation && one.Id == found.PublicationId, cancellationToken)
                is not { } topic)
        {
            return null;
        }

        var same = found.FoldedIntoId is not { } into ? null : await db.Opinions
            .Where(one => one.OrganisationId == organisation && one.Id == into).Select(one => one.Number)
            .FirstOrDefaultAsync(cancellationToken);
        return new(found, topic, same);
    }

    /// <summary>The sign-up, or null when number or code is wrong.</summary>
    public async Task<FollowedSignUp?> SignUpAsync(
        OrganisationId organisation, string number, string code, DateOnly today, CancellationToken cancellationToken)
    {
        var hash = MatterRules.HashFollowSecret(code);
        await using var db = database.ForOrganisation(organisation);
        if (await db.SignUps.AsNoTracking().FirstOrDefaultAsync(
            one => one.OrganisationId == organisation && one.Number == number && one.FollowSecretHash == hash,
            cancellationToken) is not { } found)
        {
            return null;
        }

        var before = found.State != SignUpState.Waiting ? 0 : await db.SignUps.CountAsync(
            one => one.OrganisationId == organisation && one.PublicationId == found.PublicationId
                && one.State == SignUpState.Waiting && one.At < found.At, cancellationToken);
        return new(
            found, await publications.FindAsync(organisation, found.PublicationId, today, cancellationToken), before);
    }
}
