using Consultation.Cases;
using Consultation.Cases.Access;
using Consultation.Cases.Matters;
using Consultation.Cases.Meetings;
using Consultation.Cases.Topics;
using Consultation.Storage.Reading.Cases;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Reading.Matters;

/// <summary>What became of a matter, from its topic to its result (P04, P05).</summary>
/// <param name="Topic">The topic of its case.</param>
/// <param name="Meetings">Meetings at which it was or will be consulted on.</param>
/// <param name="Items">How many follow-ups there are.</param>
/// <param name="ItemsDone">How many of them are done.</param>
public sealed record MatterLinks(Topic? Topic, IReadOnlyList<Meeting> Meetings, int Items, int ItemsDone);

/// <summary>Orders of one category and place, to prove that a problem is common (Q64).</summary>
public sealed record CommonProblem(
    string Category, string Place, int Count, DateTimeOffset FirstAt, DateTimeOffset LatestAt, int Open, int Settled);

/// <summary>Orders of one category from several places: what is not one place's trouble (Q64).</summary>
public sealed record WideProblem(
    string Category, int Places, int Count, DateTimeOffset FirstAt, DateTimeOffset LatestAt);

/// <summary>A settled order, as the hotline takes it back (Q37).</summary>
public sealed record SettledOrder(
    string OrderNumber, string Number, string Title, MatterState State, string? Answer, DateTimeOffset? SettledAt,
    Satisfaction? Satisfaction, string? CaseNumber, LocalText? Outcome, DateTimeOffset? ClosedAt, UnitId? PlatformId);

/// <summary>
/// Reads what sorting the pool needs besides the list: histories, links, common problems, settled orders.
/// </summary>
public sealed class SortingReader(Database database)
{
    /// <summary>Most lines of a history, and most rows of a list.</summary>
    private const int MostTurns = 200, MostCommon = 100;

    /// <summary>The history of a matter that the scope was found to see, newest first.</summary>
    public async Task<IReadOnlyList<MatterTurn>> TurnsAsync(Matter matter, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(matter.OrganisationId);
        return await db.Set<MatterTurn>().AsNoTracking()
            .Where(one => one.OrganisationId == matter.OrganisationId && one.MatterId == matter.Id)
            .OrderByDescending(one => one.At).ThenByDescending(one => one.Id).Take(MostTurns)
            .ToListAsync(cancellationToken);
    }

    /// <summary>The talk in which a matter was heard; null when there was none.</summary>
    public async Task<Talk?> TalkAsync(Matter matter, CancellationToken cancellationToken)
    {
        if (matter.TalkId is not { } id) return null;
        await using var db = database.ForOrganisation(matter.OrganisationId);
        return await db.Set<Talk>().AsNoTracking().FirstOrDefaultAsync(
            one => one.OrganisationId == matter.OrganisationId && one.Id == id, cancellationToken);
    }

    /// <summary>Where the case of a matter led; the case is one that the scope was found to see.</summary>
    public async Task<MatterLinks> LinksAsync(Case file, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(file.OrganisationId);
        var topic = await db.Set<Topic>().AsNoTracking().FirstOrDefaultAsync(
            one => one.OrganisationId == file.OrganisationId && one.CaseId == file.Id, cancellationToken);
        var meetings = await db.Set<Meeting>().AsNoTracking()
            .Where(one => one.OrganisationId == file.OrganisationId && one.Topics.Any(of => of.CaseId == file.Id))
            .OrderBy(one => one.On).Take(20).ToListAsync(cancellationToken);
        var items = await db.Set<Consultation.Cases.TrackedItems.TrackedItem>().AsNoTracking()
            .Where(one => one.OrganisationId == file.OrganisationId && one.CaseId == file.Id)
            .Select(one => one.State).ToListAsync(cancellationToken);
        return new(topic, meetings, items.Count,
            items.Count(state => state == Consultation.Cases.TrackedItems.TrackedItemState.Done));
    }

    /// <summary>
    /// Matters of the pool and beyond that count as common problems, by category and place, greatest first (Q64).
    /// </summary>
    public async Task<IReadOnlyList<CommonProblem>> CommonAsync(
        CaseScope scope, int atLeast, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(scope.OrganisationId);
        return [.. (await scope.MattersIn(db.Tables())
            .Where(one => one.OrderNumber != null && one.OrderCategory != null && one.OrderCategory != ""
                && one.Place != null && one.Place != "")
            .GroupBy(one => new { one.OrderCategory, one.Place })
            .Where(group => group.Count() >= atLeast)
            .OrderByDescending(group => group.Count()).Take(MostCommon)
            .Select(group => new
            {
                group.Key.OrderCategory,
                group.Key.Place,
                Count = group.Count(),
                First = group.Min(one => one.RaisedAt),
                Latest = group.Max(one => one.RaisedAt),
                Open = group.Count(one => one.State == MatterState.Pooled),
                Settled = group.Count(one => one.State == MatterState.Closed || one.State == MatterState.Excluded),
            })
            .ToListAsync(cancellationToken))
            .Select(one => new CommonProblem(
                one.OrderCategory!, one.Place!, one.Count, one.First, one.Latest, one.Open, one.Settled))];
    }

    /// <summary>Categories whose orders come from many places, the widest first (Q64).</summary>
    public async Task<IReadOnlyList<WideProblem>> WideAsync(
        CaseScope scope, int atLeast, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(scope.OrganisationId);
        return [.. (await scope.MattersIn(db.Tables())
            .Where(one => one.OrderNumber != null && one.OrderCategory != null && one.OrderCategory != ""
                && one.Place != null && one.Place != "")
            .GroupBy(one => one.OrderCategory)
            .Select(group => new
            {
                Category = group.Key,
                Places = group.Select(one => one.Place).Distinct().Count(),
                Count = group.Count(),
                First = group.Min(one => one.RaisedAt),
                Latest = group.Max(one => one.RaisedAt),
            })
            .Where(one => one.Places >= atLeast)
            .OrderByDescending(one => one.Places).ThenByDescending(one => one.Count).Take(MostCommon)
            .ToListAsync(cancellationToken))
            .Select(one => new WideProblem(one.Category!, one.Places, one.Count, one.First, one.Latest))];
    }

    /// <summary>
    /// Orders of the hotline that were answered, declined or settled by their case, oldest first; those of a case that
    /// the scope does not see are left out. What was merged is settled with what it was merged into.
    /// </summary>
    public async Task<IReadOnlyList<SettledOrder>> SettledAsync(
        CaseScope scope, DateTimeOffset? since, int most, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(scope.OrganisationId);
        var tables = db.Tables();
        var cases = scope.CasesIn(tables);
        var found = await scope.MattersIn(tables)
            .Where(one => one.OrderNumber != null && one.State != MatterState.Pooled)
            .Select(one => new
            {
                Matter = one,
                Leading = one.MergedIntoId == null ? null : db.Matters.FirstOrDefault(
                    into => into.OrganisationId == scope.OrganisationId && into.Id == one.MergedIntoId),
                Case = cases.FirstOrDefault(of => one.CaseId != null && of.Id == one.CaseId),
            })
            .Where(one => one.Matter.SettledAt != null || one.Leading!.SettledAt != null || one.Case!.ClosedAt != null)
            .Where(one => since == null || one.Matter.SettledAt >= since || one.Leading!.SettledAt >= since
                || one.Case!.ClosedAt >= since)
            .OrderBy(one => one.Matter.RaisedAt).ThenBy(one => one.Matter.Id).Take(most)
            .ToListAsync(cancellationToken);
        return [.. found.Select(one => new SettledOrder(
            one.Matter.OrderNumber!, one.Matter.Number, one.Matter.Title, one.Leading?.State ?? one.Matter.State,
            one.Matter.Answer ?? one.Leading?.Answer, one.Matter.SettledAt ?? one.Leading?.SettledAt,
            one.Matter.Satisfaction, one.Case?.Number, one.Case?.Outcome, one.Case?.ClosedAt, one.Matter.PlatformId))];
    }
}
