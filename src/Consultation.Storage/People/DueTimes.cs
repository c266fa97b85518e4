using System.Globalization;
using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.History;
using Consultation.Cases.Tasks;
using Consultation.Storage.Cases;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.People;

/// <summary>How many open tasks, tracked items and phases of plans a calendar edit moved.</summary>
internal sealed record MovedDates(int Tasks, int Items, int Phases)
{
    public LocalText Text => new(
        $"{Tasks}项任务、{Items}个督办事项、{Phases}个计划阶段改期", $"{Tasks} tasks, {Items} tracked items and {Phases} phases of plans moved");
}

/// <summary>
/// Moves what a calendar edit moves, in the edit's own transaction: due times of open tasks, their due timers, next reminders and next rungs; reports
/// and due days of tracked items; planned days of phases. Everything that moved gets a line of history; nothing moves into the past (architecture
/// section 5).
/// </summary>
internal static class DueTimes
{
    /// <summary>Moves them on the context that holds the changed calendar; answers how many of each moved.</summary>
    public static async Task<MovedDates> MoveAsync(
        ConsultationDb db, OrganisationSnapshot before, PersonId? actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await db.CalendarDays.LoadAsync(cancellationToken);
        var calendar = new WorkingCalendar(db.CalendarDays.Local, before.Calendar.Zone);
        var tasks = await db.Tasks.Where(task => task.State == TaskState.Open && task.DueAt != null).ToListAsync(cancellationToken);
        var shifts = DueShifts.Of(tasks, task => (task.DueAt, task.DueBasis), before.Calendar, calendar, now).ToDictionary(shift => shift.Subject.Id);
        var instances = tasks.Select(task => task.InstanceId).Distinct().ToList();
        var timers = (await db.Bookmarks.Where(row => instances.Contains(row.InstanceId) && row.DueAt != null && row.DueBasis != null).ToListAsync(cancellationToken))
            .ToLookup(row => (row.InstanceId, row.ActivityId));
        foreach (var task in tasks)
        {
            var shift = shifts.GetValueOrDefault(task.Id);
            var (old, due) = (task.DueAt!.Value, shift?.After ?? task.DueAt!.Value);
            foreach (var timer in timers[(task.InstanceId, task.ActivityId)])
            {
                var basis = timer.DueBasis!.Split(' ');
                if (Next(basis, task, before.Policies, old, before.Calendar, now) is { } was
                    && Next(basis, task, before.Policies, due, calendar, now) is { } next && next != was)
                {
                    timer.DueAt = next;
                }
                else if (shift is not null && Stem(timer.DueBasis) == Stem(task.DueBasis))
                {
                    (timer.DueAt, timer.DueBasis) = (due, BasisOf(shift, calendar, now));
                }
            }

            if (shift is null) continue;
            (task.DueAt, task.DueBasis) = (due, BasisOf(shift, calendar, now));
            db.Add(Line(shift, calendar, actor, now));
        }

        var items = await MoveItemsAsync(db, shifts.Values, before.Calendar, calendar, actor, now, cancellationToken);
        var phases = await MovePhasesAsync(db, before.Calendar, calendar, actor, now, cancellationToken);
        return new MovedDates(shifts.Count, items, phases);
    }

    private static async Task<int> MoveItemsAsync(
        ConsultationDb db, IEnumerable<DueShift<WorkTask>> shifts, WorkingCalendar before, WorkingCalendar calendar, PersonId? actor, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var reports = shifts.Where(shift => shift.Subject.TrackedItemId is not null).ToLookup(shift => shift.Subject.TrackedItemId);
        var moved = 0;
        foreach (var item in await db.TrackedItems.Where(row => row.ClosedAt == null).ToListAsync(cancellationToken))
        {
            if (reports[item.Id].FirstOrDefault(shift => shift.Before == item.NextEntryDueAt) is { } report) item.NextEntryDueAt = report.After;
            if (item.DueOn is not { } due || DueShifts.Named(due, before, calendar) is var day && day == due) continue;
            item.DueOn = day;
            moved++;
            db.Add(Line(item.OrganisationId, item.CaseId, item.Id, actor, now, "item.due-moved", new(
                $"工作日历修改，督办事项{item.Year}-{item.Number}的办结期限{Iso(due)}不再是工作日，改为{Iso(day)}。",
                $"The working calendar changed: the due day {Iso(due)} of tracked item {item.Year}-{item.Number} is no working day any more; it is due {Iso(day)}."),
                moved: new DateMove(due, day)));
        }

        return moved;
    }

    private static async Task<int> MovePhasesAsync(
        ConsultationDb db, WorkingCalendar before, WorkingCalendar calendar, PersonId? actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var moved = 0;
        var slips = new List<(string? Instance, DateOnly Before, DateOnly After)>();
        var open = await (from phase in db.PlanPhases
                          join @case in db.Cases on new { phase.OrganisationId, Id = phase.CaseId } equals new { @case.OrganisationId, @case.Id }
                          where phase.LeftAt == null && @case.StartDate != null && @case.ClosedAt == null
                          select new { Phase = phase, Start = @case.StartDate!.Value, @case.InstanceId }).ToListAsync(cancellationToken);
        foreach (var (phase, start, instance) in open.Select(one => (one.Phase, one.Start, one.InstanceId)))
        {
            var (from, to) = (DueShifts.Planned(phase.PlannedFrom, start, before, calendar), DueShifts.Planned(phase.PlannedTo, start, before, calendar));
            slips.Add((instance, phase.PlannedTo, to));
            if (from == phase.PlannedFrom && to == phase.PlannedTo) continue;
            moved++;
            db.Add(Line(phase.OrganisationId, phase.CaseId, null, actor, now, "phase.moved", new(
                $"工作日历修改，{phase.Name.Zh}由{Iso(phase.PlannedFrom)}至{Iso(phase.PlannedTo)}改为{Iso(from)}至{Iso(to)}。",
                $"The working calendar changed: {phase.Name.For("en")} is planned from {Iso(from)} to {Iso(to)} instead of {Iso(phase.PlannedFrom)} to {Iso(phase.PlannedTo)}."),
                moved: new DateMove(phase.PlannedTo, to, phase.PlannedFrom, from, phase.Key)));
            (phase.PlannedFrom, phase.PlannedTo) = (from, to);
        }

        await MoveSlipsAsync(db, slips, calendar, now, cancellationToken);
        return moved;
    }

    /// <summary>The watch over a phase warns by its planned end: a phase that ends earlier now is warned about earlier.</summary>
    private static async Task MoveSlipsAsync(
        ConsultationDb db, List<(string? Instance, DateOnly Before, DateOnly After)> slips, WorkingCalendar calendar, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var instances = slips.Select(slip => slip.Instance).OfType<string>().Distinct().ToList();
        if (instances.Count == 0) return;
        var timers = await db.Bookmarks.Where(row => instances.Contains(row.InstanceId) && row.DueAt != null && row.DueBasis != null).ToListAsync(cancellationToken);
        foreach (var timer in timers)
        {
            if (timer.DueBasis!.Split(" after ") is not [var grace, var day] || !WorkingDuration.TryParse(grace, out var wait)) continue;
            var slip = slips.Find(one => one.Instance == timer.InstanceId && Iso(one.Before) == day);
            if (slip.Instance is null) continue;
            var at = calendar.DueAfter(calendar.At(slip.After, TimeOnly.MinValue), wait);
            (timer.DueAt, timer.DueBasis) = (at > now ? at : now, $"{grace} after {Iso(slip.After)}");
        }
    }

    /// <summary>What a due time was computed from, without what happened to it since.</summary>
    private static string? Stem(string? basis) => basis?.Split(';')[0];

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>When a reminder or rung timer would fire, by what it says it was computed from; null for other timers.</summary>
    private static DateTimeOffset? Next(
        string[] basis, WorkTask task, PolicySet policies, DateTimeOffset due, WorkingCalendar calendar, DateTimeOffset now) => basis switch
        {
            ["policy", var key, ..] when policies.Reminders.GetValueOrDefault(key.TrimEnd(';')) is { } policy =>
                ReminderClock.Next(policy, due, task.RemindersSent, calendar, now),
            ["ladder", var key, ..] when policies.Ladders.GetValueOrDefault(key) is { } ladder && task.Rung < ladder.Rungs.Count =>
                LadderPosition.RungAt(ladder.Rungs[task.Rung], due, calendar),
            _ => null,
        };

    private static string? BasisOf(DueShift<WorkTask> shift, WorkingCalendar calendar, DateTimeOffset now) => shift.Passed
        ? $"{shift.Subject.DueBasis}; passed, 1wd from {Iso(calendar.DayOf(now))}"
        : shift.Subject.DueBasis;

    private static HistoryEntry Line(DueShift<WorkTask> shift, WorkingCalendar calendar, PersonId? actor, DateTimeOffset now)
    {
        string Day(DateTimeOffset at) => Iso(calendar.DayOf(at));
        var task = shift.Subject;
        return Line(task.OrganisationId, task.CaseId, task.TrackedItemId, actor, now, "task.due-moved", new(
            $"工作日历修改，“{task.Title.Zh}”的时限由{Day(shift.Before)}改为{Day(shift.After)}{(shift.Passed ? "（按新日历计算的日期已过，改为下一个工作日）" : "")}。",
            $"The working calendar changed: “{task.Title.For("en")}” is now due {Day(shift.After)} instead of {Day(shift.Before)}"
                + (shift.Passed ? " (the date by the new calendar has passed, so the next working day)." : ".")), task.Id,
            new DateMove(calendar.DayOf(shift.Before), calendar.DayOf(shift.After)));
    }

    private static HistoryEntry Line(
        OrganisationId organisation, CaseId caseId, TrackedItemId? item, PersonId? actor, DateTimeOffset now, string verb, LocalText text, TaskId? task = null,
        DateMove? moved = null) => new()
        {
            OrganisationId = organisation,
            Id = Guid.CreateVersion7(now),
            CaseId = caseId,
            TrackedItemId = item,
            TaskId = task,
            At = now,
            ActorId = actor,
            Verb = verb,
            Text = text,
            Moved = moved,
        };
}
