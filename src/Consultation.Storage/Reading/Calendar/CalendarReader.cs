using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Reading.Calendar;

/// <summary>A due date that is still open, with what it was computed from.</summary>
public sealed record OpenDate(string Number, LocalText Title, DateTimeOffset DueAt, string? DueBasis);

/// <summary>The working calendar of one organisation.</summary>
public sealed class CalendarReader(Database database, TimeProvider time)
{
    /// <summary>The days of one year that differ from the weekly rhythm.</summary>
    public async Task<IReadOnlyList<CalendarDay>> YearAsync(OrganisationId organisation, int year, CancellationToken cancellationToken)
    {
        var (first, last) = (new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));
        await using var db = database.ForOrganisation(organisation);
        return await db.CalendarDays.AsNoTracking()
            .Where(day => day.OrganisationId == organisation && day.Date >= first && day.Date <= last)
            .OrderBy(day => day.Date).ToListAsync(cancellationToken);
    }

    /// <summary>All days that differ.</summary>
    public async Task<IReadOnlyList<CalendarDay>> AllAsync(OrganisationId organisation, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        return await db.CalendarDays.AsNoTracking().Where(day => day.OrganisationId == organisation).ToListAsync(cancellationToken);
    }

    /// <summary>Due times of open tasks that the calendar would give differently after a change: days off, days on, or (null) the weekly rhythm again.</summary>
    public async Task<IReadOnlyList<DueShift<OpenDate>>> WhatMovesAsync(
        OrganisationId organisation, TimeZoneInfo zone, IReadOnlyDictionary<DateOnly, CalendarDayKind?> changes, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        var open = await db.Tasks.AsNoTracking()
            .Where(task => task.OrganisationId == organisation && task.State == TaskState.Open && task.DueAt != null && task.DueBasis != null)
            .Select(task => new OpenDate(task.Number, task.Title, task.DueAt!.Value, task.DueBasis))
            .ToListAsync(cancellationToken);
        var days = await db.CalendarDays.AsNoTracking().Where(day => day.OrganisationId == organisation).ToListAsync(cancellationToken);
        var changed = days.Where(day => !changes.ContainsKey(day.Date)).Concat(
            changes.Where(change => change.Value is not null).Select(change =>
                new CalendarDay { OrganisationId = organisation, Date = change.Key, Kind = change.Value!.Value, Name = "", Source = "" }));
        return DueShifts.Of(open, date => (date.DueAt, date.DueBasis), new WorkingCalendar(days, zone), new WorkingCalendar(changed, zone), time.GetUtcNow());
    }
}
