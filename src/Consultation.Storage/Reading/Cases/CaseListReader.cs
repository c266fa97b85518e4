using Consultation.Cases;
using Consultation.Cases.Tasks;
using Consultation.Cases.TrackedItems;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Reading.Cases;

/// <summary>Reads lists of cases: filtered, sorted and cut in the database.</summary>
public sealed class CaseListReader(Database database)
{
    /// <summary>A page of the cases that the scope sees.</summary>
    public async Task<Slice<CaseRow>> ListAsync(CaseScope scope, CaseFilter filter, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(scope.OrganisationId);
        var found = Found(db, scope, filter, now);
        var total = await found.CountAsync(cancellationToken);
        var rows = await Project(db, Sorted(db, found, filter).Skip(filter.Skip).Take(filter.Take)).ToListAsync(cancellationToken);
        return new(rows, total);
    }

    /// <summary>How many cases the scope sees, by state.</summary>
    public async Task<IReadOnlyDictionary<CaseState, int>> CountAsync(CaseScope scope, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(scope.OrganisationId);
        return await Visible(db, scope).GroupBy(one => one.State).Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(pair => pair.Key, pair => pair.Count, cancellationToken);
    }

    /// <summary>The cases that a scope sees.</summary>
    internal static IQueryable<Case> Visible(ConsultationDb db, CaseScope scope) =>
        db.Set<Case>().AsNoTracking().Where(scope.Cases(db.Set<WorkTask>(), db.Set<TrackedItem>()));

    private static IQueryable<Case> Found(ConsultationDb db, CaseScope scope, CaseFilter filter, DateTimeOffset now)
    {
        var found = Visible(db, scope);
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
            var late = OpenTasks(db, scope.OrganisationId).Where(task => task.DueAt != null && task.DueAt < now).Select(task => task.CaseId);
            found = found.Where(one => late.Contains(one.Id));
        }

        foreach (var word in filter.Words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            found = found.Where(one => one.Title.Contains(word) || (one.Number != null && one.Number.Contains(word)));
        }

        return found;
    }

    private static IQueryable<Case> Sorted(ConsultationDb db, IQueryable<Case> found, CaseFilter filter)
    {
        var open = db.Set<WorkTask>().Where(task => task.State == TaskState.Open);
        return (filter.Sort, filter.Descending) switch
        {
            ("number", false) => found.OrderBy(one => one.Number).ThenBy(one => one.Id),
            ("number", true) => found.OrderByDescending(one => one.Number).ThenBy(one => one.Id),
            ("title", false) => found.OrderBy(one => one.Title).ThenBy(one => one.Id),
            ("title", true) => found.OrderByDescending(one => one.Title).ThenBy(one => one.Id),
            ("step", false) => found.OrderBy(one => one.StepNumber).ThenBy(one => one.Id),
            ("step", true) => found.OrderByDescending(one => one.StepNumber).ThenBy(one => one.Id),
            ("opened", false) => found.OrderBy(one => one.OpenedAt).ThenBy(one => one.Id),
            ("due", false) => found.OrderBy(one => open.Where(task => task.OrganisationId == one.OrganisationId && task.CaseId == one.Id).Min(task => task.DueAt) == null)
                .ThenBy(one => open.Where(task => task.OrganisationId == one.OrganisationId && task.CaseId == one.Id).Min(task => task.DueAt)),
            ("due", true) => found.OrderByDescending(one => open.Where(task => task.OrganisationId == one.OrganisationId && task.CaseId == one.Id).Min(task => task.DueAt)),
            _ => found.OrderByDescending(one => one.OpenedAt).ThenByDescending(one => one.Id),
        };
    }

    private static IQueryable<WorkTask> OpenTasks(ConsultationDb db, OrganisationId organisation) =>
        db.Set<WorkTask>().Where(task => task.OrganisationId == organisation && task.State == TaskState.Open);

    private static IQueryable<CaseRow> Project(ConsultationDb db, IQueryable<Case> cases)
    {
        var open = db.Set<WorkTask>().Where(task => task.State == TaskState.Open);
        return cases.Select(one => new CaseRow
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
            DueAt = open.Where(task => task.OrganisationId == one.OrganisationId && task.CaseId == one.Id).Min(task => task.DueAt),
            OpenTasks = open.Count(task => task.OrganisationId == one.OrganisationId && task.CaseId == one.Id),
        });
    }
}
