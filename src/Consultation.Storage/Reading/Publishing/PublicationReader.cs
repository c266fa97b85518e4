using Consultation.Cases;
using Consultation.Cases.Meetings;
using Consultation.Cases.Publishing;
using Consultation.Cases.TrackedItems;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Reading.Publishing;

/// <summary>What everybody may know of a published meeting besides its words.</summary>
public sealed record PublicMeeting(
    DateOnly On, TimeOnly From, TimeOnly To, MeetingState State, int Sequence, int Placed, int Waiting);

/// <summary>What was promised: words that were published, days and state as they are now.</summary>
public sealed record PublicPromise(string Text, DateOnly? DueOn, DateOnly? DoneOn, TrackedItemState State, bool Late);

/// <summary>A publication with what is read of it live; nothing in it names a person.</summary>
public sealed record PublicEntry(
    Publication Publication, PublicMeeting? Meeting, IReadOnlyList<PublicPromise> Promises, int Opinions,
    bool IsCaseOver);

/// <summary>The lists of a public page.</summary>
public enum PublicList
{
    /// <summary>Opinions are asked for.</summary>
    Asked,
    /// <summary>Being prepared.</summary>
    Prepared,
    /// <summary>Meetings to come.</summary>
    Ahead,
    /// <summary>What came of it.</summary>
    Results,
}

/// <summary>One list of the public page: its first entries, and how many there are.</summary>
public sealed record PublicShelf(PublicList List, IReadOnlyList<PublicEntry> Entries, int Total);

/// <summary>
/// Reads what was published: the only way from the public pages to the database. Whatever it gives can be read by
/// everybody now: published, not withdrawn, of a case that is not restricted, in words up to the level that its caller
/// shows.
/// </summary>
public sealed class PublicationReader(Database database)
{
    /// <summary>One list, newest first (meetings: the next first), with how many there are.</summary>
    public async Task<(IReadOnlyList<PublicEntry> Entries, int Total)> ListAsync(
        OrganisationId organisation, PublicList list, DateOnly today, int skip, int take,
        CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        var total = await CountAsync(db, organisation, list, today, cancellationToken);
        if (total == 0 || skip >= total) return ([], total);
        var found = await Ordered(db, organisation, list, today).Skip(skip).Take(take).AsNoTracking()
            .ToListAsync(cancellationToken);
        return (await EntriesAsync(db, organisation, found, today, cancellationToken), total);
    }

    /// <summary>
    /// The beginning of all lists, in their order. Everybody's first page: a list that is shown whole is not counted,
    /// and what is read beside the publications is read once for all lists.
    /// </summary>
    public async Task<IReadOnlyList<PublicShelf>> FrontAsync(
        OrganisationId organisation, DateOnly today, int take, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        var lists = new List<(PublicList List, List<Publication> Found, int Total)>();
        foreach (var list in Enum.GetValues<PublicList>())
        {
            var found = await Ordered(db, organisation, list, today).Take(take + 1).AsNoTracking()
                .ToListAsync(cancellationToken);
            var total = found.Count;
            if (total > take)
            {
                found.RemoveAt(take);
                total = await CountAsync(db, organisation, list, today, cancellationToken);
            }

            lists.Add((list, found, total));
        }

        var entries = (await EntriesAsync(
            db, organisation, [.. lists.SelectMany(one => one.Found)], today, cancellationToken))
            .ToDictionary(entry => entry.Publication);
        return
        [
            .. lists.Select(one => new PublicShelf(
                one.List, [.. one.Found.Select(publication => entries[publication])], one.Total)),
        ];
    }

    /// <summary>One publication, or null when nobody may read it.</summary>
    public async Task<PublicEntry?> FindAsync(
        OrganisationId organisation, PublicationId id, DateOnly today, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        var found = await Readable(db, organisation).Where(one => one.Id == id).AsNoTracking()
            .ToListAsync(cancellationToken);
        return await EntriesAsync(db, organisation, found, today, cancellationToken) is [var entry, ..] ? entry : null;
    }

    /// <summary>The other publications of the same case that can be read.</summary>
    public async Task<IReadOnlyList<Publication>> BesideAsync(
        Publication publication, CancellationToken cancellationToken)
    {
        var (organisation, id, caseId) = (publication.OrganisationId, publication.Id, publication.CaseId);
        await using var db = database.ForOrganisation(organisation);
        return await Readable(db, organisation).Where(one => one.CaseId == caseId && one.Id != id)
            .OrderBy(one => one.Kind).ThenBy(one => one.FirstAt).AsNoTracking().ToListAsync(cancellationToken);
    }

    /// <summary>Opinions that are shown, those with most voices first.</summary>
    public async Task<IReadOnlyList<Opinion>> OpinionsAsync(
        OrganisationId organisation, PublicationId publication, int skip, int take,
        CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        return await db.Opinions.AsNoTracking()
            .Where(one => one.OrganisationId == organisation && one.PublicationId == publication
                && one.State == OpinionState.Shown)
            .OrderByDescending(one => one.Agreements + one.Same).ThenBy(one => one.WrittenAt).ThenBy(one => one.Id)
            .Skip(skip).Take(take).ToListAsync(cancellationToken);
    }

    /// <summary>What can be read and changed last, for feeds, the newest first.</summary>
    public async Task<IReadOnlyList<PublicEntry>> LatestAsync(
        OrganisationId organisation, PublicationKind? kind, DateOnly today, int take,
        CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        var found = await Readable(db, organisation).Where(one => kind == null || one.Kind == kind)
            .OrderByDescending(one => one.ChangedAt).ThenByDescending(one => one.Id).Take(take).AsNoTracking()
            .ToListAsync(cancellationToken);
        return await EntriesAsync(db, organisation, found, today, cancellationToken);
    }

    /// <summary>
    /// What can be read: the one condition of all public pages. A restriction withdraws what was published; that the
    /// case is asked once more here keeps it so, whoever writes to the table.
    /// </summary>
    private static IQueryable<Publication> Readable(ConsultationDb db, OrganisationId organisation) =>
        db.Publications.Where(one => one.OrganisationId == organisation
            && one.State == PublicationState.Published
            && !db.Cases.Any(file => file.OrganisationId == organisation && file.Id == one.CaseId && file.Restricted));

    private static IQueryable<Publication> Ordered(
        ConsultationDb db, OrganisationId organisation, PublicList list, DateOnly today)
    {
        var readable = Of(db, organisation, list, today);
        return list == PublicList.Ahead
            ? readable.OrderBy(one => db.Meetings
                .Where(meeting => meeting.OrganisationId == organisation && meeting.Id == one.MeetingId!.Value)
                .Select(meeting => meeting.On).FirstOrDefault()).ThenBy(one => one.Id)
            : readable.OrderByDescending(one => one.PublishedAt).ThenByDescending(one => one.Id);
    }

    /// <summary>
    /// How many a list has. There is no end to results: they are counted in their index alone, less those of restricted
    /// cases, of which there are none as long as a restriction withdraws what was published.
    /// </summary>
    private static async Task<int> CountAsync(
        ConsultationDb db, OrganisationId organisation, PublicList list, DateOnly today,
        CancellationToken cancellationToken)
    {
        if (list != PublicList.Results) return await Of(db, organisation, list, today).CountAsync(cancellationToken);
        var published = db.Publications.Where(one => one.OrganisationId == organisation
            && one.Kind == PublicationKind.Result && one.State == PublicationState.Published);
        var hidden = db.Cases.Where(file => file.OrganisationId == organisation && file.Restricted)
            .SelectMany(file => db.Publications.Where(one => one.OrganisationId == organisation
                && one.CaseId == file.Id && one.Kind == PublicationKind.Result
                && one.State == PublicationState.Published));
        return await published.CountAsync(cancellationToken) - await hidden.CountAsync(cancellationToken);
    }

    private static IQueryable<Publication> Of(
        ConsultationDb db, OrganisationId organisation, PublicList list, DateOnly today)
    {
        var readable = Readable(db, organisation);
        return list switch
        {
            PublicList.Asked => readable.Where(one => one.Kind == PublicationKind.Topic && one.Question != null
                && one.SummarisedAt == null && one.ConsultUntil >= today),
            PublicList.Prepared => readable.Where(one => one.Kind == PublicationKind.Topic
                && (one.Question == null || one.SummarisedAt != null || one.ConsultUntil < today)
                && db.Cases.Any(file => file.OrganisationId == organisation && file.Id == one.CaseId
                    && file.ClosedAt == null)
                && !db.Publications.Any(other => other.OrganisationId == organisation && other.CaseId == one.CaseId
                    && other.Kind == PublicationKind.Result && other.State == PublicationState.Published)),
            PublicList.Ahead => readable.Where(one => one.Kind == PublicationKind.Meeting
                && db.Meetings.Any(meeting => meeting.OrganisationId == organisation
                    && meeting.Id == one.MeetingId!.Value && meeting.On >= today
                    && (meeting.State == MeetingState.Planned || meeting.State == MeetingState.Noticed))),
            _ => readable.Where(one => one.Kind == PublicationKind.Result),
        };
    }

    private static async Task<IReadOnlyList<PublicEntry>> EntriesAsync(
        ConsultationDb db, OrganisationId organisation, List<Publication> found, DateOnly today,
        CancellationToken cancellationToken)
    {
        if (found.Count == 0) return [];
        var ids = found.Select(one => one.Id).ToList();
        var caseIds = found.Select(one => one.CaseId).Distinct().ToList();
        var meetingIds = found.Select(one => one.MeetingId).OfType<MeetingId>().ToList();
        var items = found.SelectMany(one => one.Promises).Select(one => new TrackedItemId(one.Item)).Distinct()
            .ToList();
        var over = await db.Cases.Where(file => file.OrganisationId == organisation && caseIds.Contains(file.Id)
            && file.ClosedAt != null).Select(file => file.Id).ToListAsync(cancellationToken);
        var meetings = meetingIds.Count == 0 ? [] : await db.Meetings.AsNoTracking().IgnoreAutoIncludes()
            .Where(meeting => meeting.OrganisationId == organisation && meetingIds.Contains(meeting.Id))
            .Select(meeting => new
            {
                meeting.Id,
                meeting.On,
                meeting.From,
                meeting.To,
                meeting.State,
                meeting.Sequence,
            }).ToListAsync(cancellationToken);
        var signed = meetingIds.Count == 0 ? [] : await db.SignUps
            .Where(one => one.OrganisationId == organisation && ids.Contains(one.PublicationId))
            .GroupBy(one => new { one.PublicationId, one.State })
            .Select(group => new { group.Key.PublicationId, group.Key.State, Count = group.Count() })
            .ToListAsync(cancellationToken);
        var promised = items.Count == 0 ? [] : await db.TrackedItems.AsNoTracking().IgnoreAutoIncludes()
            .Where(item => item.OrganisationId == organisation && items.Contains(item.Id))
            .Select(item => new { item.Id, item.State, item.DueOn, item.ClosedAt }).ToListAsync(cancellationToken);
        var opinions = found.All(one => one.Question is null) ? [] : await db.Opinions
            .Where(one => one.OrganisationId == organisation && ids.Contains(one.PublicationId)
                && one.State == OpinionState.Shown)
            .GroupBy(one => one.PublicationId).Select(group => new { group.Key, Count = group.Count() })
            .ToListAsync(cancellationToken);
        return
        [
            .. found.Select(one => new PublicEntry(
                one,
                meetings.Find(meeting => meeting.Id == one.MeetingId) is { } at
                    ? new(at.On, at.From, at.To, at.State, at.Sequence, Signed(one, SignUpState.Placed),
                        Signed(one, SignUpState.Waiting))
                    : null,
                [.. one.Promises.Select(promise => Promise(promise))],
                opinions.Find(row => row.Key == one.Id)?.Count ?? 0,
                over.Contains(one.CaseId))),
        ];

        int Signed(Publication one, SignUpState state) =>
            signed.Find(row => row.PublicationId == one.Id && row.State == state)?.Count ?? 0;

        PublicPromise Promise(PublishedPromise promise)
        {
            var item = promised.Find(row => row.Id.Value == promise.Item);
            var done = item is { State: TrackedItemState.Done, ClosedAt: { } at }
                ? DateOnly.FromDateTime(at.UtcDateTime)
                : (DateOnly?)null;
            var open = item is not null && item.State is not (TrackedItemState.Done or TrackedItemState.Abandoned);
            return new(promise.Text, item?.DueOn, done, item?.State ?? TrackedItemState.NotStarted,
                open && item!.DueOn < today);
        }
    }
}
