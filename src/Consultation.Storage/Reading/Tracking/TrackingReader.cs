using Consultation.Cases;
using Consultation.Cases.Access;
using Consultation.Cases.Documents;
using Consultation.Cases.Forms;
using Consultation.Cases.History;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Cases.TrackedItems;
using Consultation.Storage.Mapping;
using Consultation.Storage.Reading.Cases;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Reading.Tracking;

/// <summary>Reads the tracking board (Q99–Q115).</summary>
public sealed class TrackingReader(Database database)
{
    /// <summary>With more ids than that in one statement, reading all is cheaper.</summary>
    private const int MostIds = 500;

    /// <summary>Events of an item that are told beside its entries and checks.</summary>
    private static readonly string[] Telling =
        [HistoryVerbs.ItemHandedOver, HistoryVerbs.ItemExtended, HistoryVerbs.ItemDueMoved, HistoryVerbs.ItemStalled,
            HistoryVerbs.TaskEscalated, HistoryVerbs.TaskReassigned, HistoryVerbs.TaskVacant,
            HistoryVerbs.TaskDeserted];

    /// <summary>A page of the items that the scope sees; how many there are in all is among the counts.</summary>
    public async Task<IReadOnlyList<TrackingRow>> ListAsync(
        CaseScope scope, TrackingFilter filter, DateOnly today, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(scope.OrganisationId);
        var items = await Sorted(Found(db, scope, filter, today), filter, Resting(db, scope)).Skip(filter.Skip)
            .Take(filter.Take).ToListAsync(cancellationToken);

        // The cases of the page in a query of their own: joined, they would be looked up for every item before the page
        // is cut.
        var cases = db.Set<Case>().AsNoTracking().Where(one => one.OrganisationId == scope.OrganisationId);
        var ids = items.Select(item => item.CaseId).Distinct().ToList();
        if (ids.Count <= MostIds) cases = cases.Where(one => ids.Contains(one.Id));
        var named = await cases.Select(one => new { one.Id, one.Number, one.Title, one.PlatformId, one.State })
            .ToDictionaryAsync(one => one.Id, cancellationToken);
        return
        [
            .. items.Select(item => named.GetValueOrDefault(item.CaseId) is { } one
                ? new TrackingRow(item, one.Number, one.Title, one.PlatformId, one.State == CaseState.Suspended)
                : new TrackingRow(item, null, "", null)),
        ];
    }

    /// <summary>Counts over the same items as the list, whatever page is shown.</summary>
    public async Task<TrackingCounts> CountAsync(
        CaseScope scope, TrackingFilter filter, DateOnly today, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(scope.OrganisationId);

        // One statement, because what the scope sees is the most expensive part of it.
        var groups = await Found(db, scope, filter, today)
            .GroupBy(ItemLatenessRule.Query(
                Resting(db, scope), today, (item, lateness) =>
                    new { item.State, item.UndertakingUnitId, Lateness = lateness }))
            .Select(group => new
            {
                group.Key.State,
                group.Key.UndertakingUnitId,
                group.Key.Lateness,
                Count = group.Count(),
            })
            .ToListAsync(cancellationToken);
        var units = groups.Where(group => group.State is not (TrackedItemState.Done or TrackedItemState.Abandoned)
            && group.UndertakingUnitId is not null)
            .GroupBy(group => group.UndertakingUnitId!.Value,
                (unit, rows) => (Unit: unit, Count: rows.Sum(row => row.Count)));
        return new(
            groups.GroupBy(group => group.Lateness)
                .ToDictionary(group => group.Key, group => group.Sum(one => one.Count)),
            groups.GroupBy(group => group.State).ToDictionary(group => group.Key, group => group.Sum(one => one.Count)),
            units.OrderByDescending(unit => unit.Count).Take(8).ToDictionary(unit => unit.Unit, unit => unit.Count),
            groups.Sum(group => group.Count),
            groups.Where(group => group.State == TrackedItemState.Done).Sum(group => group.Count));
    }

    /// <summary>The item, or null when there is none that the scope sees.</summary>
    public async Task<TrackingPage?> FindAsync(CaseScope scope, TrackedItemId id, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(scope.OrganisationId);
        var item = await scope.ItemsIn(db.Tables()).FirstOrDefaultAsync(one => one.Id == id, cancellationToken);
        if (item is null)
        {
            return null;
        }

        var file = await db.Set<Case>().AsNoTracking()
            .FirstAsync(one => one.OrganisationId == item.OrganisationId && one.Id == item.CaseId, cancellationToken);
        var entries = await db.Set<ProgressEntry>().AsNoTracking()
            .Where(entry => entry.OrganisationId == item.OrganisationId && entry.TrackedItemId == id)
            .OrderByDescending(entry => entry.At).ToListAsync(cancellationToken);
        var events = await db.Set<HistoryEntry>().AsNoTracking()
            .Where(entry => entry.OrganisationId == item.OrganisationId && entry.CaseId == item.CaseId
                && entry.TrackedItemId == id && Telling.Contains(entry.Verb))
            .OrderByDescending(entry => entry.At).ToListAsync(cancellationToken);
        return new(item, file, entries, await ChecksAsync(db, item, cancellationToken), events);
    }

    /// <summary>
    /// The case of an item, whoever asks: only to write down that somebody was kept from it. Null when there is no such
    /// item.
    /// </summary>
    public async Task<CaseId?> CaseOfAsync(
        OrganisationId organisation, TrackedItemId id, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        return (await db.Set<TrackedItem>().AsNoTracking().FirstOrDefaultAsync(
            item => item.OrganisationId == organisation && item.Id == id, cancellationToken))?.CaseId;
    }

    /// <summary>Open tasks about the item, due first.</summary>
    public async Task<IReadOnlyList<WorkTask>> TasksAsync(TrackedItem item, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(item.OrganisationId);
        return await db.Set<WorkTask>().AsNoTracking()
            .Where(task => task.OrganisationId == item.OrganisationId && task.TrackedItemId == item.Id
                && task.State == TaskState.Open)
            .OrderBy(task => task.DueAt).ToListAsync(cancellationToken);
    }

    /// <summary>
    /// What was entered at the foot of an annex sheet, or null, and its changes, newest first (Q114, Q115).
    /// </summary>
    public async Task<(AnnexFoot? Foot, IReadOnlyList<DirectoryChange> Changes)> FootAsync(
        OrganisationId organisation, string key, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        var subject = AnnexFoot.SubjectOf(key);
        return (
            await db.Set<AnnexFoot>().AsNoTracking()
                .FirstOrDefaultAsync(row => row.OrganisationId == organisation && row.Key == key, cancellationToken),
            await db.Set<DirectoryChange>().AsNoTracking()
                .Where(row => row.OrganisationId == organisation && row.Subject == subject)
                .OrderByDescending(row => row.Version).Take(50).ToListAsync(cancellationToken));
    }

    /// <summary>Years in which the organisation has items, newest first.</summary>
    public async Task<IReadOnlyList<int>> YearsAsync(OrganisationId organisation, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        return await db.Set<TrackedItem>().Where(item => item.OrganisationId == organisation)
            .Select(item => item.Year).Distinct()
            .OrderByDescending(year => year).ToListAsync(cancellationToken);
    }

    private static async Task<IReadOnlyList<ItemCheck>> ChecksAsync(
        ConsultationDb db, TrackedItem item, CancellationToken cancellationToken)
    {
        var tasks = await db.Set<WorkTask>().AsNoTracking()
            .Where(task => task.OrganisationId == item.OrganisationId && task.TrackedItemId == item.Id
                && task.FormKey == FormKeys.ClosingCheck)
            .ToListAsync(cancellationToken);
        if (tasks.Count == 0) return [];

        var records = (await db.Set<CaseRecord>().AsNoTracking()
            .Where(record => record.OrganisationId == item.OrganisationId && record.CaseId == item.CaseId
                && record.Kind == FormKeys.ClosingCheck)
            .ToListAsync(cancellationToken)).ToLookup(record => record.TaskId);
        return [.. tasks.SelectMany(
            task => task.Assignees.Where(seat => seat.Outcome is not null).Select(seat => (Task: task, Seat: seat)))
            .OrderByDescending(one => one.Seat.AnsweredAt)
            .Select(one => Check(one.Task, one.Seat, records[one.Task.Id]))];
    }

    private static ItemCheck Check(WorkTask task, TaskAssignee seat, IEnumerable<CaseRecord> records)
    {
        var by = seat.AnsweredById ?? seat.PersonId;
        var note = records.Where(record => record.ById == by)
            .MaxBy(record => record.At)?.Fields.GetValueOrDefault("note");
        return new(
            task.Id,
            by,
            seat.AnsweredById is null ? null : seat.PersonId,
            seat.AnsweredAt ?? task.OpenedAt,
            task.Outcomes.Find(outcome => outcome.Key == seat.Outcome)?.Label ?? new LocalText(seat.Outcome!),
            // The first outcome of a task is the passing one.
            seat.Outcome == task.Outcomes.FirstOrDefault()?.Key,
            string.Join('\n', new[] { note, seat.Reason }.Where(text => !string.IsNullOrWhiteSpace(text))));
    }

    /// <summary>The suspended cases of the organisation.</summary>
    private static IQueryable<CaseId> Resting(ConsultationDb db, CaseScope scope) =>
        db.Set<Case>().Where(one => one.OrganisationId == scope.OrganisationId && one.State == CaseState.Suspended)
            .Select(one => one.Id);

    private static IQueryable<TrackedItem> Found(
        ConsultationDb db, CaseScope scope, TrackingFilter filter, DateOnly today)
    {
        var found = scope.ItemsIn(db.Tables());
        if (filter.Lateness is { } level)
        {
            found = found.Where(ItemLatenessRule.Query(Resting(db, scope), today, (_, lateness) => lateness == level));
        }

        if (filter.State is { } state)
        {
            found = found.Where(item => item.State == state);
        }

        if (filter.Stall is { } stall)
        {
            found = found.Where(item => item.Stall == stall);
        }

        if (filter.OfficeId is { } office)
        {
            found = found.Where(item => item.ResponsibleOfficeId == office);
        }

        if (filter.UnitId is { } unit)
        {
            found = found.Where(item => item.UndertakingUnitId == unit || item.AssigningUnitId == unit);
        }

        if (filter.SupervisorId is { } supervisor)
        {
            found = found.Where(item => item.SupervisorId == supervisor);
        }

        if (filter.PlatformId is { } platform)
        {
            var cases = db.Set<Case>().Where(one => one.PlatformId == platform);
            found = found.Where(
                item => cases.Any(one => one.OrganisationId == item.OrganisationId && one.Id == item.CaseId));
        }

        if (filter.Rung is { } rung)
        {
            found = found.Where(item => item.Rung >= rung);
        }

        if (filter.Year is { } year)
        {
            found = found.Where(item => item.Year == year);
        }

        return found.Finding(db, filter.Words);
    }

    private static IQueryable<TrackedItem> Sorted(
        IQueryable<TrackedItem> found, TrackingFilter by, IQueryable<CaseId> resting) => (by.Sort, by.Descending) switch
        {
            ("number", false) => found.OrderBy(item => item.Year).ThenBy(item => item.Number),
            ("number", true) => found.OrderByDescending(item => item.Year).ThenByDescending(item => item.Number),
            ("due", false) =>
                found.OrderBy(item => item.DueOn == null).ThenBy(item => item.DueOn).ThenBy(item => item.Number),
            ("due", true) => found.OrderByDescending(item => item.DueOn).ThenBy(item => item.Number),
            ("percent", false) => found.OrderBy(item => item.Percent).ThenBy(item => item.Number),
            ("percent", true) => found.OrderByDescending(item => item.Percent).ThenBy(item => item.Number),
            ("rung", false) => found.OrderBy(item => item.Rung).ThenBy(item => item.Number),
            ("rung", true) => found.OrderByDescending(item => item.Rung).ThenBy(item => item.Number),
            ("entry", false) => found.OrderBy(item => item.LastEntryAt).ThenBy(item => item.Number),
            ("entry", true) => found.OrderByDescending(item => item.LastEntryAt).ThenBy(item => item.Number),
            _ => found.OrderBy(item => item.ClosedAt != null).ThenBy(item => resting.Contains(item.CaseId))
                .ThenByDescending(item => item.Rung).ThenBy(item => item.DueOn == null).ThenBy(item => item.DueOn)
                .ThenBy(item => item.Number),
        };
}
