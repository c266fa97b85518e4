using Consultation.Cases;
using Consultation.Cases.Access;
using Consultation.Cases.Tasks;
using Consultation.Storage.Mapping;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Reading.Cases;

/// <summary>Reads lists of cases: filtered, sorted and cut in the database.</summary>
public sealed class CaseListReader(Database database)
{
    /// <summary>A page of the cases that the scope sees; how many there are in all is among the counts.</summary>
    public async Task<IReadOnlyList<CaseRow>> ListAsync(
        CaseScope scope, CaseFilter filter, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(scope.OrganisationId);
        var cases = await Sorted(db, Found(db, scope, filter, now), filter).Skip(filter.Skip).Take(filter.Take)
            .ToListAsync(cancellationToken);
        var due = await DueAsync(db, scope.OrganisationId, cases, cancellationToken);
        return [.. cases.Select(one => Row(one, [.. due[one.Id]]))];
    }

    /// <summary>
    /// How many cases of the filter the scope sees, by state; whatever state, sort and page the filter asks for.
    /// </summary>
    public async Task<IReadOnlyDictionary<CaseState, int>> CountAsync(
        CaseScope scope, CaseFilter filter, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(scope.OrganisationId);
        return await Found(db, scope, filter with { State = null }, now).GroupBy(one => one.State)
            .Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(pair => pair.Key, pair => pair.Count, cancellationToken);
    }

    private static IQueryable<Case> Found(ConsultationDb db, CaseScope scope, CaseFilter filter, DateTimeOffset now)
    {
        var found = scope.CasesIn(db.Tables());
        if (filter.State is { } state)
        {
            found = found.Where(one => one.State == state);
        }

        if (filter.Kind is { } kind)
        {
            found = found.Where(one => one.Kind == kind);
        }

        if (filter.Step is { Length: > 0 } step)
        {
            found = found.Where(one => one.Step == step);
        }

        if (filter.PlatformId is { } platform)
        {
            found = found.Where(one => one.PlatformId == platform);
        }

        if (filter.CommitteeId is { } committee)
        {
            found = found.Where(one => one.CommitteeId == committee);
        }

        if (filter.LateOnly)
        {
            var late = OpenTasks(db, scope.OrganisationId).Where(TaskLateness.LateAt(now)).Select(task => task.CaseId);
            found = found.Where(one => late.Contains(one.Id));
        }

        return found.Finding(db, filter.Words);
    }

    private static IQueryable<Case> Sorted(ConsultationDb db, IQueryable<Case> found, CaseFilter filter)
    {
        if (filter.Sort == "due")
        {
            return ByDue(db, found, filter.Descending);
        }

        return (filter.Sort, filter.Descending) switch
        {
            ("number", false) => found.OrderBy(one => one.Number).ThenBy(one => one.Id),
            ("number", true) => found.OrderByDescending(one => one.Number).ThenBy(one => one.Id),
            ("title", false) => found.OrderBy(one => one.Title).ThenBy(one => one.Id),
            ("title", true) => found.OrderByDescending(one => one.Title).ThenBy(one => one.Id),
            ("step", false) => found.OrderBy(one => one.StepNumber).ThenBy(one => one.Id),
            ("step", true) => found.OrderByDescending(one => one.StepNumber).ThenBy(one => one.Id),
            ("opened", false) => found.OrderBy(one => one.OpenedAt).ThenBy(one => one.Id),
            _ => found.OrderByDescending(one => one.OpenedAt).ThenByDescending(one => one.Id),
        };
    }

    /// <summary>By the first due time of the open tasks; cases that wait for nobody come last.</summary>
    private static IQueryable<Case> ByDue(ConsultationDb db, IQueryable<Case> found, bool descending)
    {
        var first = db.Set<WorkTask>().Where(task => task.State == TaskState.Open)
            .GroupBy(task => task.CaseId)
            .Select(group => new { Id = group.Key, DueAt = group.Min(task => task.DueAt) });
        var joined =
            found.LeftJoin(first, one => one.Id, task => task.Id, (one, task) => new { Case = one, task!.DueAt });
        var sorted = descending
            ? joined.OrderBy(pair => pair.DueAt == null).ThenByDescending(pair => pair.DueAt)
            .ThenBy(pair => pair.Case.Id)
            : joined.OrderBy(pair => pair.DueAt == null).ThenBy(pair => pair.DueAt).ThenBy(pair => pair.Case.Id);
        return sorted.Select(pair => pair.Case);
    }

    private static IQueryable<WorkTask> OpenTasks(ConsultationDb db, OrganisationId organisation) =>
        db.Set<WorkTask>().Where(task => task.OrganisationId == organisation && task.State == TaskState.Open);

    /// <summary>Due times of the open tasks of a page of cases: one query for all of them.</summary>
    private static async Task<ILookup<CaseId, DateTimeOffset?>> DueAsync(
        ConsultationDb db, OrganisationId organisation, List<Case> cases, CancellationToken cancellationToken)
    {
        const int mostIds = 500;
        var open = OpenTasks(db, organisation);
        if (cases.Count <= mostIds)
        {
            var ids = cases.ConvertAll(one => one.Id);
            open = open.Where(task => ids.Contains(task.CaseId));
        }

        return (await open.Select(task => new { task.CaseId, task.DueAt }).ToListAsync(cancellationToken))
            .ToLookup(task => task.CaseId, task => task.DueAt);
    }

    private static CaseRow Row(Case one, List<DateTimeOffset?> due) => new()
    {
        Id = one.Id,
        Number = one.Number,
        Title = one.Title,
        Kind = one.Kind,
        State = one.State,
        StepNumber = one.StepNumber,
        StepName = one.StepName,
        PlatformId = one.PlatformId,
        CommitteeId = one.CommitteeId,
        WorkGroupId = one.WorkGroupId,
        StartDate = one.StartDate,
        OpenedAt = one.OpenedAt,
        ClosedAt = one.ClosedAt,
        DueAt = due.Min(),
        OpenTasks = due.Count,
    };
}
