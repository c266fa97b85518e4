using Consultation.Cases;
using Consultation.Cases.Access;
using Consultation.Cases.Matters;
using Consultation.Storage.Mapping;
using Consultation.Storage.Reading.Cases;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Reading.Matters;

/// <summary>What to list of the pool.</summary>
public sealed record MatterFilter
{
    /// <summary>
    /// Words in number, title, text, place, order number or category, or in name, phone and mail address of the
    /// proposer; all must occur.
    /// </summary>
    public string Words { get; init; } = "";
    public MatterState? State { get; init; }
    public MatterSource? Source { get; init; }
    public UnitId? PlatformId { get; init; }

    /// <summary>Category of hotline orders (Q64).</summary>
    public string? Category { get; init; }

    /// <summary>Place, together with <see cref="Category"/> a cluster (Q64).</summary>
    public string? Place { get; init; }

    /// <summary>Only those that were passed on and wait for a hall to take them over.</summary>
    public bool Passed { get; init; }

    /// <summary>Only those whose proposer answered a question.</summary>
    public bool Replied { get; init; }

    /// <summary>Only hotline orders that were due by then and are not settled (O21).</summary>
    public DateTimeOffset? DueBy { get; init; }

    /// <summary>
    /// "number", "title", "received", "raised", "due", "score"; anything else is newest first.
    /// </summary>
    public string Sort { get; init; } = "";
    public bool Descending { get; init; }
    public int Skip { get; init; }

    /// <summary>Most rows, 1–10000.</summary>
    public int Take { get; init; } = 50;
}

/// <summary>One row of the pool.</summary>
public sealed record MatterRow
{
    public required MatterId Id { get; init; }
    public required string Number { get; init; }
    public required string Title { get; init; }
    public required MatterSource Source { get; init; }
    public required MatterState State { get; init; }
    public required string? Place { get; init; }
    public required string? Category { get; init; }
    public required string? OrderNumber { get; init; }
    public required UnitId? PlatformId { get; init; }
    public required CaseId? CaseId { get; init; }
    public required DateTimeOffset RaisedAt { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The hall to which it was passed on, which has not answered yet.</summary>
    public UnitId? PassedToId { get; init; }

    /// <summary>The sum of the three scores (P21).</summary>
    public int? Score { get; init; }

    /// <summary>When a hotline order is due by its class (O21), and when it was settled.</summary>
    public DateTimeOffset? DueAt { get; init; }
    public DateTimeOffset? SettledAt { get; init; }
}

/// <summary>
/// Hotline orders of one category and place that wait in the pool: many of them are a common problem (Q64, O20).
/// </summary>
public sealed record MatterCluster(string Category, string? Place, int Count, DateTimeOffset LatestAt);

/// <summary>A matter and the case that took it up.</summary>
public sealed record MatterFile(Matter Matter, Case? Case);

/// <summary>Reads the pool of matters for the desk.</summary>
public sealed class MatterReader(Database database)
{
    /// <summary>From so many orders of one category and place on, they count as a common problem (Q64).</summary>
    public const int ClusterFrom = 2;

    /// <summary>A page of the matters that the scope sees; how many there are in all is among the counts.</summary>
    public async Task<IReadOnlyList<MatterRow>> ListAsync(
        CaseScope scope, MatterFilter filter, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(scope.OrganisationId);
        return await Sorted(Found(db, scope, filter), filter).Skip(filter.Skip).Take(filter.Take)
            .Select(one => new MatterRow
            {
                Id = one.Id,
                Number = one.Number,
                Title = one.Title,
                Source = one.Source,
                State = one.State,
                Place = one.Place,
                Category = one.OrderCategory,
                OrderNumber = one.OrderNumber,
                PlatformId = one.PlatformId,
                CaseId = one.CaseId,
                RaisedAt = one.RaisedAt,
                ReceivedAt = one.ReceivedAt,
                PassedToId = one.PassedToId,
                Score = one.Score,
                DueAt = one.DueAt,
                SettledAt = one.SettledAt,
            }).ToListAsync(cancellationToken);
    }

    /// <summary>The pool's clusters, greatest first. At most 24.</summary>
    public async Task<IReadOnlyList<MatterCluster>> ClustersAsync(CaseScope scope, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(scope.OrganisationId);
        return [.. (await scope.MattersIn(db.Tables())
            .Where(one => one.State == MatterState.Pooled && one.OrderCategory != null && one.OrderCategory != "")
            .GroupBy(one => new { one.OrderCategory, one.Place })
            .Where(group => group.Count() >= ClusterFrom)
            .OrderByDescending(group => group.Count())
            .Take(24)
            .Select(group => new
            {
                group.Key.OrderCategory,
                group.Key.Place,
                Count = group.Count(),
                LatestAt = group.Max(one => one.RaisedAt),
            })
            .ToListAsync(cancellationToken))
            .Select(group => new MatterCluster(group.OrderCategory!, group.Place, group.Count, group.LatestAt))];
    }

    /// <summary>
    /// How many matters of the filter the scope sees, by state; whatever state, sort and page the filter asks for.
    /// </summary>
    public async Task<IReadOnlyDictionary<MatterState, int>> CountAsync(
        CaseScope scope, MatterFilter filter, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(scope.OrganisationId);
        return await Found(db, scope, filter with { State = null }).GroupBy(one => one.State)
            .Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(pair => pair.Key, pair => pair.Count, cancellationToken);
    }

    /// <summary>The matter with its case, or null when there is none that the scope sees.</summary>
    public async Task<MatterFile?> FindAsync(CaseScope scope, MatterId id, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(scope.OrganisationId);
        var matter = await scope.MattersIn(db.Tables()).FirstOrDefaultAsync(one => one.Id == id, cancellationToken);
        var file = matter?.CaseId is not { } caseId ? null
            : await scope.CasesIn(db.Tables()).FirstOrDefaultAsync(one => one.Id == caseId, cancellationToken);
        return matter is null ? null : new(matter, file);
    }

    /// <summary>Matters by id, in the order of the ids; those that the scope does not see are left out.</summary>
    public async Task<IReadOnlyList<Matter>> FindAllAsync(
        CaseScope scope, IReadOnlyList<MatterId> ids, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(scope.OrganisationId);
        var wanted = ids.ToList();
        var found = await scope.MattersIn(db.Tables()).Where(one => wanted.Contains(one.Id))
            .ToListAsync(cancellationToken);
        return [.. found.OrderBy(one => wanted.IndexOf(one.Id))];
    }

    /// <summary>Matters merged into this one.</summary>
    public async Task<IReadOnlyList<Matter>> MergedIntoAsync(
        CaseScope scope, MatterId id, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(scope.OrganisationId);
        return await scope.MattersIn(db.Tables()).Where(one => one.MergedIntoId == id).OrderBy(one => one.ReceivedAt)
            .ToListAsync(cancellationToken);
    }

    private static IQueryable<Matter> Found(ConsultationDb db, CaseScope scope, MatterFilter filter)
    {
        var found = scope.MattersIn(db.Tables());
        if (filter.State is { } state)
        {
            found = found.Where(one => one.State == state);
        }

        if (filter.Source is { } source)
        {
            found = found.Where(one => one.Source == source);
        }

        if (filter.PlatformId is { } platform)
        {
            found = found.Where(one => one.PlatformId == platform);
        }

        if (filter.Category is { Length: > 0 } category)
        {
            found = found.Where(one => one.OrderCategory == category);
        }

        if (filter.Place is { Length: > 0 } place)
        {
            found = found.Where(one => one.Place == place);
        }

        if (filter.Passed)
        {
            found = found.Where(one => one.PassedToId != null && one.State == MatterState.Pooled);
        }

        if (filter.Replied)
        {
            found = found.Where(one => one.RepliedAt != null && one.State == MatterState.Pooled);
        }

        if (filter.DueBy is { } by)
        {
            found = found.Where(one => one.DueAt != null && one.DueAt <= by && one.SettledAt == null
                && (one.State == MatterState.Pooled || one.State == MatterState.InCase));
        }

        return found.Finding(db, filter.Words);
    }

    private static IQueryable<Matter> Sorted(IQueryable<Matter> found, MatterFilter filter) =>
        (filter.Sort, filter.Descending) switch
        {
            ("number", false) => found.OrderBy(one => one.Number),
            ("number", true) => found.OrderByDescending(one => one.Number),
            ("title", false) => found.OrderBy(one => one.Title).ThenBy(one => one.Id),
            ("title", true) => found.OrderByDescending(one => one.Title).ThenBy(one => one.Id),
            ("raised", false) => found.OrderBy(one => one.RaisedAt).ThenBy(one => one.Id),
            ("raised", true) => found.OrderByDescending(one => one.RaisedAt).ThenBy(one => one.Id),
            ("due", false) => found.OrderBy(one => one.DueAt == null).ThenBy(one => one.DueAt).ThenBy(one => one.Id),
            ("due", true) => found.OrderByDescending(one => one.DueAt).ThenByDescending(one => one.Id),
            ("score", false) => found.OrderBy(one => one.Score == null).ThenBy(one => one.Score).ThenBy(one => one.Id),
            ("score", true) => found.OrderByDescending(one => one.Score).ThenBy(one => one.ReceivedAt)
                .ThenBy(one => one.Id),
            ("received", false) => found.OrderBy(one => one.ReceivedAt).ThenBy(one => one.Id),
            _ => found.OrderByDescending(one => one.ReceivedAt).ThenByDescending(one => one.Id),
        };
}
