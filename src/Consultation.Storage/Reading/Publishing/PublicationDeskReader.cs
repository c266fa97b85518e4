using Consultation.Cases;
using Consultation.Cases.Access;
using Consultation.Cases.Meetings;
using Consultation.Cases.Publishing;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Reading.Publishing;

/// <summary>A publication as the desk lists it.</summary>
public sealed record PublicationRow(Publication Publication, string? CaseNumber, int Waiting, int Placed);

/// <summary>An opinion as a moderator sees it.</summary>
public sealed record OpinionRow(Opinion Opinion, string Topic, string? SameAs);

/// <summary>
/// Reads publications, opinions and sign-ups for the desk: of the cases that the viewer sees, and of no other.
/// </summary>
public sealed class PublicationDeskReader(Database database)
{
    /// <summary>Publications, those that wait for a second person first, then the newest. At most 500.</summary>
    public async Task<IReadOnlyList<PublicationRow>> ListAsync(
        CaseScope scope, CaseId? caseId, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(scope.OrganisationId);
        var organisation = scope.OrganisationId;
        var ids = scope.CasesIn(Tables(db)).Select(one => one.Id);
        var found = await db.Publications.AsNoTracking()
            .Where(one => one.OrganisationId == organisation && ids.Contains(one.CaseId)
                && (caseId == null || one.CaseId == caseId.Value))
            .OrderByDescending(one => one.ChangedAt).Take(500)
            .Select(one => new
            {
                Publication = one,
                Number = db.Cases.Where(file => file.OrganisationId == organisation && file.Id == one.CaseId)
                    .Select(file => file.Number).FirstOrDefault(),
                Waiting = db.Opinions.Count(opinion => opinion.OrganisationId == organisation
                    && opinion.PublicationId == one.Id && opinion.State == OpinionState.Waiting),
                Placed = db.SignUps.Count(sign => sign.OrganisationId == organisation
                    && sign.PublicationId == one.Id && sign.State == SignUpState.Placed),
            }).ToListAsync(cancellationToken);
        return
        [
            .. found.Select(row => new PublicationRow(row.Publication, row.Number, row.Waiting, row.Placed))
                .OrderByDescending(row => row.Publication.Pending is not null),
        ];
    }

    /// <summary>One publication with its history, or null when the viewer may not see its case.</summary>
    public async Task<(Publication Publication, IReadOnlyList<PublicationVersion> Versions)?> FindAsync(
        CaseScope scope, PublicationId id, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(scope.OrganisationId);
        var organisation = scope.OrganisationId;
        var cases = scope.CasesIn(Tables(db)).Select(one => one.Id);
        var found = await db.Publications.AsNoTracking().FirstOrDefaultAsync(
            one => one.OrganisationId == organisation && one.Id == id && cases.Contains(one.CaseId), cancellationToken);
        return found is null ? null : (found, await db.Set<PublicationVersion>().AsNoTracking()
            .Where(one => one.OrganisationId == organisation && one.PublicationId == id)
            .OrderByDescending(one => one.At).ThenByDescending(one => one.Version).ToListAsync(cancellationToken));
    }

    /// <summary>Who signed up, in their order.</summary>
    public async Task<IReadOnlyList<SignUp>> SignUpsAsync(
        OrganisationId organisation, PublicationId id, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        return await db.SignUps.AsNoTracking()
            .Where(one => one.OrganisationId == organisation && one.PublicationId == id
                && one.State != SignUpState.Withdrawn)
            .OrderBy(one => one.State).ThenBy(one => one.At).ToListAsync(cancellationToken);
    }

    /// <summary>The meeting that a publication is about; null where it is about none.</summary>
    public async Task<Meeting?> MeetingAsync(
        OrganisationId organisation, MeetingId? id, CancellationToken cancellationToken)
    {
        if (id is not { } known) return null;
        await using var db = database.ForOrganisation(organisation);
        return await db.Meetings.AsNoTracking().FirstOrDefaultAsync(
            one => one.OrganisationId == organisation && one.Id == known, cancellationToken);
    }

    /// <summary>Opinions of a state, the oldest first, with how many there are of each state.</summary>
    public async Task<(IReadOnlyList<OpinionRow> Rows, IReadOnlyDictionary<OpinionState, int> Counts)> OpinionsAsync(
        CaseScope scope, OpinionState state, PublicationId? publication, int skip, int take,
        CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(scope.OrganisationId);
        var organisation = scope.OrganisationId;
        var cases = scope.CasesIn(Tables(db)).Select(one => one.Id);
        var all = db.Opinions.Where(one => one.OrganisationId == organisation && cases.Contains(one.CaseId)
            && (publication == null || one.PublicationId == publication.Value));
        var counts = await all.GroupBy(one => one.State).Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(row => row.Key, row => row.Count, cancellationToken);
        var rows = await all.AsNoTracking().Where(one => one.State == state)
            .OrderBy(one => one.WrittenAt).ThenBy(one => one.Id).Skip(skip).Take(take)
            .Select(one => new
            {
                Opinion = one,
                Topic = db.Publications.Where(topic => topic.OrganisationId == organisation
                    && topic.Id == one.PublicationId).Select(topic => topic.Title).FirstOrDefault() ?? "",
                Same = db.Opinions.Where(other => other.OrganisationId == organisation
                    && other.Id == one.FoldedIntoId!.Value).Select(other => other.Number).FirstOrDefault(),
            }).ToListAsync(cancellationToken);
        return ([.. rows.Select(row => new OpinionRow(row.Opinion, row.Topic, row.Same))], counts);
    }

    /// <summary>What an online consultation came to so far.</summary>
    public async Task<OpinionDigest> DigestAsync(
        OrganisationId organisation, PublicationId publication, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        var all = db.Opinions.Where(
            one => one.OrganisationId == organisation && one.PublicationId == publication);
        var counts = await all.GroupBy(one => one.State).Select(group => new
        {
            group.Key,
            Count = group.Count(),
            Agreements = group.Sum(one => one.Agreements),
        }).ToListAsync(cancellationToken);
        var top = await all.Where(one => one.State == OpinionState.Shown)
            .OrderByDescending(one => one.Agreements + one.Same).ThenBy(one => one.WrittenAt).Take(20)
            .Select(one => new { one.Text, Voices = one.Agreements + one.Same + 1 }).ToListAsync(cancellationToken);
        return new(
            [.. top.Select(one => (one.Text, one.Voices))], Of(OpinionState.Shown), Of(OpinionState.Folded),
            Of(OpinionState.Refused),
            counts.Where(row => row.Key == OpinionState.Shown).Sum(row => row.Agreements));

        int Of(OpinionState state) => counts.Find(row => row.Key == state)?.Count ?? 0;
    }

    private static CaseTables Tables(ConsultationDb db) => new(db.Cases, db.Tasks, db.TrackedItems, db.Matters);
}
