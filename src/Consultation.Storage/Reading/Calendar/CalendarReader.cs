using System.Globalization;
using Consultation.Cases;
using Consultation.Cases.Access;
using Consultation.Cases.Calendar;
using Consultation.Cases.Tasks;
using Consultation.Storage.Reading.Cases;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Reading.Calendar;

/// <summary>A due date that is still open, with what it was computed from.</summary>
/// <param name="Number">Number of what is due; "" when it must not be named to the viewer.</param>
/// <param name="Title">What is due; null when it must not be named to the viewer.</param>
/// <param name="DueAt">When.</param>
/// <param name="DueBasis">What that was computed from.</param>
public sealed record OpenDate(string Number, LocalText? Title, DateTimeOffset DueAt, DueBasis? DueBasis);

/// <summary>The working calendar of one organisation.</summary>
public sealed class CalendarReader(Database database, TimeProvider time)
{
    /// <summary>The days of one year that differ from the weekly rhythm.</summary>
    public async Task<IReadOnlyList<CalendarDay>> YearAsync(
        OrganisationId organisation, int year, CancellationToken cancellationToken)
    {
        var (first, last) = (new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));
        await using var db = database.ForOrganisation(organisation);
        return await db.CalendarDays.AsNoTracking()
            .Where(day => day.OrganisationId == organisation && day.Date >= first && day.Date <= last)
            .OrderBy(day => day.Date).ToListAsync(cancellationToken);
    }

    /// <summary>All days that differ.</summary>
    public async Task<IReadOnlyList<CalendarDay>> AllAsync(
        OrganisationId organisation, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        return await db.CalendarDays.AsNoTracking().Where(day => day.OrganisationId == organisation)
            .ToListAsync(cancellationToken);
    }

    /// <summary>
    /// Due times of open tasks, due days of tracked items and ends of planned phases that the calendar would give
    /// differently after a change: days off, days on, or (null) the weekly rhythm again. What belongs to a restricted
    /// case that is kept from the viewer moves as well, and is counted without being named.
    /// </summary>
    public async Task<IReadOnlyList<DueShift<OpenDate>>> WhatMovesAsync(
        CaseScope scope, TimeZoneInfo zone, IReadOnlyDictionary<DateOnly, CalendarDayKind?> changes,
        CancellationToken cancellationToken)
    {
        var organisation = scope.OrganisationId;
        await using var db = database.ForOrganisation(organisation);
        var kept = await db.KeptAsync(scope, cancellationToken);
        var found = await db.Tasks.AsNoTracking()
            .Where(task => task.OrganisationId == organisation && task.State == TaskState.Open && task.DueAt != null
                && task.DueBasis != null)
            .Select(task => new { task.CaseId, task.Number, task.Title, DueAt = task.DueAt!.Value, task.DueBasis })
            .ToListAsync(cancellationToken);
        var open = found.Select(task => kept.Contains(task.CaseId)
            ? new OpenDate("", null, task.DueAt, task.DueBasis)
            : new OpenDate(task.Number, task.Title, task.DueAt, task.DueBasis));
        var days = await db.CalendarDays.AsNoTracking().Where(day => day.OrganisationId == organisation)
            .ToListAsync(cancellationToken);
        var changed = days.Where(day => !changes.ContainsKey(day.Date)).Concat(
            changes.Where(change => change.Value is not null).Select(change =>
                new CalendarDay
                {
                    OrganisationId = organisation,
                    Date = change.Key,
                    Kind = change.Value!.Value,
                    Name = "",
                    Source = "",
                }));
        var (before, after) = (new WorkingCalendar(days, zone), new WorkingCalendar(changed, zone));
        return [.. DueShifts.Of(open, date => (date.DueAt, date.DueBasis), before, after, time.GetUtcNow()),
            .. await NamedDaysAsync(db, organisation, kept, before, after, cancellationToken),
            .. await PhasesAsync(db, organisation, kept, before, after, cancellationToken)];
    }

    private static async Task<IEnumerable<DueShift<OpenDate>>> NamedDaysAsync(
        ConsultationDb db, OrganisationId organisation, HashSet<CaseId> kept, WorkingCalendar before,
        WorkingCalendar after, CancellationToken cancellationToken)
    {
        var items = await db.TrackedItems.AsNoTracking()
            .Where(item => item.OrganisationId == organisation && item.ClosedAt == null && item.DueOn != null)
            .Select(item => new { item.CaseId, item.Year, item.Number, item.Topic, DueOn = item.DueOn!.Value })
            .ToListAsync(cancellationToken);
        return items.Select(item => Shift(
            kept.Contains(item.CaseId)
                ? null
                : (string.Create(CultureInfo.InvariantCulture, $"{item.Year}-{item.Number}"), new(item.Topic)),
            item.DueOn, DueShifts.Named(item.DueOn, before, after), before))
            .OfType<DueShift<OpenDate>>();
    }

    private static async Task<IEnumerable<DueShift<OpenDate>>> PhasesAsync(
        ConsultationDb db, OrganisationId organisation, HashSet<CaseId> kept, WorkingCalendar before,
        WorkingCalendar after, CancellationToken cancellationToken)
    {
        var phases = await (from phase in db.PlanPhases.AsNoTracking()
                            join @case in db.Cases on new { phase.OrganisationId, Id = phase.CaseId } equals new
                            {
                                @case.OrganisationId,
                                @case.Id,
                            }
                            where phase.OrganisationId == organisation && phase.LeftAt == null
                            && @case.StartDate != null && @case.ClosedAt == null
                            select new
                            {
                                phase.CaseId,
                                phase.Name,
                                phase.PlannedTo,
                                Number = @case.Number ?? @case.Title,
                                Start = @case.StartDate!.Value
                            }).ToListAsync(cancellationToken);
        return phases.Select(phase =>
            Shift(kept.Contains(phase.CaseId) ? null : (phase.Number, phase.Name), phase.PlannedTo,
                DueShifts.Planned(phase.PlannedTo, phase.Start, before, after), before)).OfType<DueShift<OpenDate>>();
    }

    private static DueShift<OpenDate>? Shift(
        (string Number, LocalText Title)? name, DateOnly was, DateOnly day, WorkingCalendar calendar)
    {
        if (was == day) return null;
        var at = calendar.At(was, TimeOnly.MinValue);
        return new DueShift<OpenDate>(
            new OpenDate(name?.Number ?? "", name?.Title, at, null), at, calendar.At(day, TimeOnly.MinValue));
    }
}
