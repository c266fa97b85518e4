using Consultation.Cases;
using Consultation.Cases.Access;
using Consultation.Storage.Cases;
using Consultation.Storage.Mapping;
using Consultation.Storage.Reading.Cases;
using Consultation.Storage.Runs;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Reading.Runs;

/// <summary>One workflow instance in a list.</summary>
public sealed record RunSummary(
    string Id,
    string DefinitionId,
    string DefinitionVersionId,
    int Version,
    string Status,
    string SubStatus,
    string? CorrelationId,
    string? Name,
    int IncidentCount,
    bool IsSystem,
    string? ParentInstanceId,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? FinishedAt);

/// <summary>A bound on one of the three time stamps of an instance.</summary>
/// <param name="Column">"CreatedAt", "UpdatedAt" or "FinishedAt".</param>
/// <param name="Operator">"Is", "IsNot", "LessThan", "GreaterThan", "LessThanOrEqual" or "GreaterThanOrEqual".</param>
/// <param name="Timestamp">The instant compared with.</param>
public sealed record RunTimeBound(string Column, string Operator, DateTimeOffset Timestamp);

/// <summary>Which workflow instances to list. Empty lists and nulls mean no condition.</summary>
public sealed record RunFilter
{
    public IReadOnlyList<string> Ids { get; init; } = [];
    public IReadOnlyList<string> DefinitionIds { get; init; } = [];
    public string? DefinitionVersionId { get; init; }
    public string? CorrelationId { get; init; }

    /// <summary>Only those that this instance started.</summary>
    public string? ParentInstanceId { get; init; }
    public int? Version { get; init; }
    public bool? HasIncidents { get; init; }
    public bool? IsSystem { get; init; }
    public IReadOnlyList<string> Statuses { get; init; } = [];
    public IReadOnlyList<string> SubStatuses { get; init; } = [];

    /// <summary>Part of a name, or a whole id, definition id, version id or correlation id.</summary>
    public string? Search { get; init; }
    public IReadOnlyList<RunTimeBound> Times { get; init; } = [];

    /// <summary>"Created" (default), "UpdatedAt", "LastExecuted", "Finished" or "Name".</summary>
    public string? OrderBy { get; init; }
    public bool Descending { get; init; } = true;
    public int Skip { get; init; }
    public int? Take { get; init; }
}

/// <summary>Who asks for workflow instances.</summary>
/// <param name="Organisation">OrganisationId of Cases.</param>
/// <param name="Person">PersonId of Cases.</param>
public readonly record struct RunViewer(Guid Organisation, Guid Person);

/// <summary>
/// Lists workflow instances of one organisation, and those of the host itself that belong to none. The instances of
/// restricted cases that are kept from the viewer are not there: their names, variables and journals are the case.
/// </summary>
public sealed class RunReader(Database database, DirectoryCache directories)
{
    /// <summary>A page of the list, and how many match.</summary>
    public async Task<(IReadOnlyList<RunSummary> Items, int Total)> ListAsync(
        RunViewer viewer, RunFilter filter, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var matching = Match(await SeenAsync(db, viewer, cancellationToken), filter);
        var total = await matching.CountAsync(cancellationToken);
        var page = Order(matching, filter).Skip(filter.Skip);
        if (filter.Take is { } take)
        {
            page = page.Take(take);
        }

        return (await Summaries(page).ToListAsync(cancellationToken), total);
    }

    /// <summary>One instance, or null when there is none of this id that the viewer sees.</summary>
    public async Task<RunSummary?> FindAsync(RunViewer viewer, string id, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        return await Summaries((await SeenAsync(db, viewer, cancellationToken)).Where(run => run.Id == id))
            .FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>The organisation's case that the instance serves, or null.</summary>
    public async Task<CaseId?> FindCaseAsync(RunViewer viewer, string id, CancellationToken cancellationToken)
    {
        if (await FindAsync(viewer, id, cancellationToken) is not { } run
            || !Guid.TryParse(run.CorrelationId, out var correlation))
        {
            return null;
        }

        await using var db = database.Open();
        var (owner, served) = (new OrganisationId(viewer.Organisation), new CaseId(correlation));
        return await db.Cases.AnyAsync(one => one.OrganisationId == owner && one.Id == served, cancellationToken)
            ? served
            : null;
    }

    /// <summary>
    /// True when the viewer may have a run do something for what a correlation id names: no case, or a case of the own
    /// organisation that is not kept from the viewer. A run that serves a case reads all of it.
    /// </summary>
    public async Task<bool> MayServeAsync(
        RunViewer viewer, string? correlation, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(correlation, out var id)) return true;
        await using var db = database.Open();
        var (owner, served) = (new OrganisationId(viewer.Organisation), new CaseId(id));
        var organisation = await db.Cases.IgnoreQueryFilters().Where(one => one.Id == served)
            .Select(one => (OrganisationId?)one.OrganisationId).FirstOrDefaultAsync(cancellationToken);
        return organisation is null
            || (organisation == owner && !(await KeptAsync(db, viewer, cancellationToken)).Contains(served));
    }

    /// <summary>The runs that a viewer sees, in a context over all organisations.</summary>
    internal async Task<IQueryable<RunRow>> SeenAsync(
        ConsultationDb db, RunViewer viewer, CancellationToken cancellationToken)
    {
        var owner = new OrganisationId(viewer.Organisation);
        var runs = db.Runs.AsNoTracking().Where(run => run.OrganisationId == owner || run.OrganisationId == null);
        var kept = (await KeptAsync(db, viewer, cancellationToken)).Select(id => id.ToString()).ToList();
        return kept.Count == 0
            ? runs
            : runs.Where(run => run.CorrelationId == null || !kept.Contains(run.CorrelationId));
    }

    private async Task<HashSet<CaseId>> KeptAsync(
        ConsultationDb db, RunViewer viewer, CancellationToken cancellationToken) =>
        await directories.FindAsync(db, new(viewer.Organisation), cancellationToken) is { Directory: var directory }
            ? await db.KeptAsync(CaseScope.Of(new(viewer.Person), directory), cancellationToken)
            : [];

    private static IQueryable<RunRow> Match(IQueryable<RunRow> runs, RunFilter filter)
    {
        if (filter.Ids.Count > 0) runs = runs.Where(run => filter.Ids.Contains(run.Id));
        if (filter.DefinitionIds.Count > 0) runs = runs.Where(run => filter.DefinitionIds.Contains(run.DefinitionId));
        if (filter.DefinitionVersionId is { } versionId) runs = runs.Where(run => run.DefinitionVersionId == versionId);
        if (filter.CorrelationId is { } correlation) runs = runs.Where(run => run.CorrelationId == correlation);
        if (filter.ParentInstanceId is { } parent) runs = runs.Where(run => run.ParentInstanceId == parent);
        if (filter.Version is { } version) runs = runs.Where(run => run.DefinitionVersion == version);
        if (filter.HasIncidents is { } has) runs = runs.Where(run => run.IncidentCount > 0 == has);
        if (filter.IsSystem is { } system) runs = runs.Where(run => run.IsSystem == system);
        if (filter.Statuses.Count > 0) runs = runs.Where(run => filter.Statuses.Contains(run.Status));
        if (filter.SubStatuses.Count > 0) runs = runs.Where(run => filter.SubStatuses.Contains(run.SubStatus));
        if (filter.Search is { } text)
        {
            var named = runs.Finding(text);
            runs = runs.Where(run => run.Id == text || run.DefinitionId == text || run.DefinitionVersionId == text
                || run.CorrelationId == text || named.Contains(run));
        }

        return filter.Times.Aggregate(runs, Bound);
    }

    private static IQueryable<RunRow> Bound(IQueryable<RunRow> runs, RunTimeBound bound)
    {
        var at = bound.Timestamp;
        return (bound.Column, bound.Operator) switch
        {
            ("CreatedAt", "Is") => runs.Where(run => run.CreatedAt == at),
            ("CreatedAt", "IsNot") => runs.Where(run => run.CreatedAt != at),
            ("CreatedAt", "LessThan") => runs.Where(run => run.CreatedAt < at),
            ("CreatedAt", "LessThanOrEqual") => runs.Where(run => run.CreatedAt <= at),
            ("CreatedAt", "GreaterThan") => runs.Where(run => run.CreatedAt > at),
            ("CreatedAt", "GreaterThanOrEqual") => runs.Where(run => run.CreatedAt >= at),
            ("UpdatedAt", "Is") => runs.Where(run => run.UpdatedAt == at),
            ("UpdatedAt", "IsNot") => runs.Where(run => run.UpdatedAt != at),
            ("UpdatedAt", "LessThan") => runs.Where(run => run.UpdatedAt < at),
            ("UpdatedAt", "LessThanOrEqual") => runs.Where(run => run.UpdatedAt <= at),
            ("UpdatedAt", "GreaterThan") => runs.Where(run => run.UpdatedAt > at),
            ("UpdatedAt", "GreaterThanOrEqual") => runs.Where(run => run.UpdatedAt >= at),
            ("FinishedAt", "Is") => runs.Where(run => run.FinishedAt == at),
            ("FinishedAt", "IsNot") => runs.Where(run => run.FinishedAt != at),
            ("FinishedAt", "LessThan") => runs.Where(run => run.FinishedAt < at),
            ("FinishedAt", "LessThanOrEqual") => runs.Where(run => run.FinishedAt <= at),
            ("FinishedAt", "GreaterThan") => runs.Where(run => run.FinishedAt > at),
            ("FinishedAt", "GreaterThanOrEqual") => runs.Where(run => run.FinishedAt >= at),
            _ => runs,
        };
    }

    private static IQueryable<RunRow> Order(IQueryable<RunRow> runs, RunFilter filter) =>
        (filter.OrderBy, filter.Descending) switch
        {
            ("UpdatedAt" or "LastExecuted", true) => runs.OrderByDescending(run => run.UpdatedAt).ThenBy(run => run.Id),
            ("UpdatedAt" or "LastExecuted", false) => runs.OrderBy(run => run.UpdatedAt).ThenBy(run => run.Id),
            ("Finished", true) => runs.OrderByDescending(run => run.FinishedAt).ThenBy(run => run.Id),
            ("Finished", false) => runs.OrderBy(run => run.FinishedAt).ThenBy(run => run.Id),
            ("Name", true) => runs.OrderByDescending(run => run.Name).ThenBy(run => run.Id),
            ("Name", false) => runs.OrderBy(run => run.Name).ThenBy(run => run.Id),
            (_, true) => runs.OrderByDescending(run => run.CreatedAt).ThenBy(run => run.Id),
            (_, false) => runs.OrderBy(run => run.CreatedAt).ThenBy(run => run.Id),
        };

    private static IQueryable<RunSummary> Summaries(IQueryable<RunRow> runs) => runs.Select(run => new RunSummary(
        run.Id, run.DefinitionId, run.DefinitionVersionId, run.DefinitionVersion, run.Status, run.SubStatus,
        run.CorrelationId, run.Name,
        run.IncidentCount, run.IsSystem, run.ParentInstanceId, run.CreatedAt, run.UpdatedAt, run.FinishedAt));
}
