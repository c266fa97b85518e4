using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.History;
using Consultation.Cases.Tasks;
using Consultation.Cases.Workflows;
using Consultation.Storage.Cases;
using Consultation.Storage.Runs;
using Microsoft.EntityFrameworkCore;
using static Consultation.Cases.Calendar.IsoDay;

namespace Consultation.Storage.People;

/// <summary>How many open tasks, tracked items and phases of plans a calendar edit moved.</summary>
internal sealed record MovedDates(int Tasks, int Items, int Phases)
{
    public LocalText Text => new(
        $"{Tasks}项任务、{Items}个督办事项、{Phases}个计划阶段改期",
        $"{Tasks} tasks, {Items} tracked items and {Phases} phases of plans moved");
}

/// <summary>
/// Moves what a calendar edit moves, in the edit's own transaction: due times of open tasks, their due timers, next
/// reminders and next rungs; reports and due days of tracked items; planned days of phases. Everything that moved gets
/// a line of history; nothing moves into the past (architecture section 5).
/// </summary>
internal static class DueTimes
{
    /// <summary>Moves them on the context that holds the changed calendar; answers how many of each moved.</summary>
    public static async Task<MovedDates> MoveAsync(
        ConsultationDb db, OrganisationSnapshot before, PersonId? actor, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        await db.CalendarDays.LoadAsync(cancellationToken);
        var calendar = new WorkingCalendar(db.CalendarDays.Local, before.Calendar.Zone);
        var tasks = await db.Tasks.Where(task => task.State == TaskState.Open && task.DueAt != null)
            .ToListAsync(cancellationToken);
        var shifts = DueShifts.Of(tasks, task => (task.DueAt, task.DueBasis), before.Calendar, calendar, now)
            .ToDictionary(shift => shift.Subject.Id);
        var instances = tasks.Select(task => task.InstanceId).Distinct().ToList();
        var timers =
            (await db.Bookmarks.Where(row => instances.Contains(row.InstanceId) && row.DueAt != null
                && row.DueBasis != null).ToListAsync(cancellationToken))
            .ToLookup(row => (row.InstanceId, row.ActivityId));
        foreach (var task in tasks)
        {
            var move = new DueMove(task, task.DueAt!.Value, task.DueBasis);
            if (shifts.GetValueOrDefault(task.Id) is { } shift)
            {
                db.Add(Line(shift, calendar, actor, now));
                (task.DueAt, task.DueBasis) = (shift.After, BasisOf(shift, calendar, now));
            }

            foreach (var timer in timers[(task.InstanceId, task.ActivityId)])
            {
                Set(timer, TimerShift.Of(
                    TimerBasis.Read(timer.DueBasis), move, before.Policies, before.Calendar, calendar, now));
            }
        }

        await WakeWaitsAsync(db, before.Directory.Organisation.Id, now, cancellationToken);
        var items = await MoveItemsAsync(db, shifts.Values, before.Calendar, calendar, actor, now, cancellationToken);
        var phases = await MovePhasesAsync(db, before.Calendar, calendar, actor, now, cancellationToken);
        return new MovedDates(shifts.Count, items, phases);
    }

    /// <summary>
    /// Sets the timers of what a step moved (<see cref="CaseFile.MovedDues"/>, <see cref="CaseFile.MovedPhases"/>) in
    /// whatever run, in the step's own transaction. A timer that fires meanwhile makes the step lose its race and start
    /// again.
    /// </summary>
    public static async Task FollowAsync(
        ConsultationDb db, CaseFile file, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (file.MovedDues.Count + file.MovedPhases.Count == 0) return;
        var instances = file.MovedDues.Select(move => move.Task.InstanceId).Append(file.Case.InstanceId ?? "")
            .Distinct().ToList();
        var timers = await db.Bookmarks.Where(row => instances.Contains(row.InstanceId) && row.DueAt != null
            && row.DueBasis != null).ToListAsync(cancellationToken);

        // A timer that this step used up or set itself is tracked already, as it left it.
        foreach (var timer in timers.Where(
            timer => timer.DueBasis is not null && db.Entry(timer).State is EntityState.Unchanged))
        {
            foreach (var move in file.MovedDues.Where(
                move => move.Task.InstanceId == timer.InstanceId && move.Task.ActivityId == timer.ActivityId))
            {
                Set(timer, TimerShift.Of(
                    TimerBasis.Read(timer.DueBasis), move, file.Policies, file.Calendar, file.Calendar, now));
            }

            if (timer.InstanceId != file.Case.InstanceId) continue;
            if (timer.Name == StepTypes.Wait && timer.DueAt > now) timer.DueAt = now;
            foreach (var phase in file.MovedPhases)
            {
                Set(timer, TimerShift.OfSlip(
                    TimerBasis.Read(timer.DueBasis), phase.Before, phase.After, file.Calendar, now));
            }
        }
    }

    /// <summary>
    /// A step that waits for a working day reckons anew whenever its timer fires, so it is enough to wake it.
    /// </summary>
    private static async Task WakeWaitsAsync(
        ConsultationDb db, OrganisationId organisation, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var waits = await db.Bookmarks
            .Where(row => row.Name == StepTypes.Wait && row.DueAt > now)
            .Where(row => db.Runs.Any(run => run.Id == row.InstanceId && run.OrganisationId == organisation))
            .ToListAsync(cancellationToken);
        foreach (var wait in waits) wait.DueAt = now;
    }

    private static void Set(BookmarkRow timer, TimerSetting? setting)
    {
        if (setting is not null) (timer.DueAt, timer.DueBasis) = (setting.At, setting.Basis.Write());
    }

    private static async Task<int> MoveItemsAsync(
        ConsultationDb db, IEnumerable<DueShift<WorkTask>> shifts, WorkingCalendar before, WorkingCalendar calendar,
        PersonId? actor, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var reports = shifts.Where(shift => shift.Subject.TrackedItemId is not null)
            .ToLookup(shift => shift.Subject.TrackedItemId);
        var moved = 0;
        foreach (var item in await db.TrackedItems.Where(row => row.ClosedAt == null).ToListAsync(cancellationToken))
        {
            if (reports[item.Id].FirstOrDefault(shift => shift.Before == item.NextEntryDueAt) is { } report)
            {
                item.NextEntryDueAt = report.After;
            }
            if (item.DueOn is not { } due || DueShifts.Named(due, before, calendar) is var day && day == due) continue;
            item.DueOn = day;
            moved++;
            db.Add(Line(item.OrganisationId, item.CaseId, item.Id, actor, now, HistoryVerbs.ItemDueMoved, new(
                $"工作日历修改，督办事项{item.Year}-{item.Number}的办结期限{Iso(due)}不再是工作日，改为{Iso(day)}。",
                $"The working calendar changed: the due day {Iso(due)} of tracked item {item.Year}-{item.Number} is "
                    + $"no working day any more; it is due {Iso(day)}."),
                moved: new DateMove(due, day)));
        }

        return moved;
    }

    private static async Task<int> MovePhasesAsync(
        ConsultationDb db, WorkingCalendar before, WorkingCalendar calendar, PersonId? actor, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var moved = 0;
        var slips = new List<(string? Instance, DateOnly Before, DateOnly After)>();
        var open = await (from phase in db.PlanPhases
                          join @case in db.Cases on new { phase.OrganisationId, Id = phase.CaseId } equals new
                          {
                              @case.OrganisationId,
                              @case.Id,
                          }
                          where phase.LeftAt == null && @case.StartDate != null && @case.ClosedAt == null
                          select new { Phase = phase, Start = @case.StartDate!.Value, @case.InstanceId })
                          .ToListAsync(cancellationToken);
        foreach (var (phase, start, instance) in open.Select(one => (one.Phase, one.Start, one.InstanceId)))
        {
            var (from, to) = (DueShifts.Planned(phase.PlannedFrom, start, before, calendar),
                DueShifts.Planned(phase.PlannedTo, start, before, calendar));
            slips.Add((instance, phase.PlannedTo, to));
            if (from == phase.PlannedFrom && to == phase.PlannedTo) continue;
            moved++;
            db.Add(Line(phase.OrganisationId, phase.CaseId, null, actor, now, HistoryVerbs.PhaseMoved, new(
                $"工作日历修改，{phase.Name.Zh}由{Iso(phase.PlannedFrom)}至{Iso(phase.PlannedTo)}改为{Iso(from)}至{Iso(to)}。",
                $"The working calendar changed: {phase.Name.For("en")} is planned from {Iso(from)} to {Iso(to)} "
                    + $"instead of {Iso(phase.PlannedFrom)} to {Iso(phase.PlannedTo)}."),
                moved: new DateMove(phase.PlannedTo, to, phase.PlannedFrom, from, phase.Key)));
            (phase.PlannedFrom, phase.PlannedTo) = (from, to);
        }

        await MoveSlipsAsync(db, slips, calendar, now, cancellationToken);
        return moved;
    }

    /// <summary>
    /// The watch over a phase warns by its planned end: a phase that ends earlier now is warned about earlier.
    /// </summary>
    private static async Task MoveSlipsAsync(
        ConsultationDb db, List<(string? Instance, DateOnly Before, DateOnly After)> slips, WorkingCalendar calendar,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var instances = slips.Select(slip => slip.Instance).OfType<string>().Distinct().ToList();
        if (instances.Count == 0) return;
        var timers = await db.Bookmarks.Where(row => instances.Contains(row.InstanceId) && row.DueAt != null
            && row.DueBasis != null).ToListAsync(cancellationToken);
        foreach (var timer in timers)
        {
            Set(timer, slips.Where(slip => slip.Instance == timer.InstanceId)
                .Select(slip =>
                    TimerShift.OfSlip(TimerBasis.Read(timer.DueBasis), slip.Before, slip.After, calendar, now))
                .FirstOrDefault(setting => setting is not null));
        }
    }

    private static DueBasis? BasisOf(DueShift<WorkTask> shift, WorkingCalendar calendar, DateTimeOffset now) =>
        shift.Passed
        ? shift.Subject.DueBasis! with { PassedOn = calendar.DayOf(now) }
        : shift.Subject.DueBasis;

    private static HistoryEntry Line(
        DueShift<WorkTask> shift, WorkingCalendar calendar, PersonId? actor, DateTimeOffset now)
    {
        string Day(DateTimeOffset at) => Iso(calendar.DayOf(at));
        var task = shift.Subject;
        return Line(task.OrganisationId, task.CaseId, task.TrackedItemId, actor, now, HistoryVerbs.TaskDueMoved, new(
            $"工作日历修改，“{task.Title.Zh}”的时限由{Day(shift.Before)}改为{Day(shift.After)}{(shift.Passed ? "（按新日历计算的日期已过，改为下一个工作日）" : "")}。",
            $"The working calendar changed: “{task.Title.For("en")}” is now due {Day(shift.After)} instead of "
                + $"{Day(shift.Before)}"
                + (shift.Passed ? " (the date by the new calendar has passed, so the next working day)." : ".")),
                    task.Id,
            new DateMove(calendar.DayOf(shift.Before), calendar.DayOf(shift.After)));
    }

    private static HistoryEntry Line(
        OrganisationId organisation, CaseId caseId, TrackedItemId? item, PersonId? actor, DateTimeOffset now,
        string verb, LocalText text, TaskId? task = null,
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
