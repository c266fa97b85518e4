using System.Globalization;
using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.History;
using Consultation.Cases.Tasks;
using Consultation.Storage.Cases;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.People;

/// <summary>
/// Moves what a calendar edit moves, in the edit's own transaction: due times of open tasks, their due timers, next reminders and next rungs. Every
/// moved task gets a line of history; nothing moves into the past (architecture section 5).
/// </summary>
internal static class DueTimes
{
    /// <summary>Moves them on the context that holds the changed calendar; answers how many tasks got another due time.</summary>
    public static async Task<int> MoveAsync(
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
                if (Next(timer.DueBasis!.Split(' '), task, before.Policies, old, before.Calendar, now) is { } was
                    && Next(timer.DueBasis!.Split(' '), task, before.Policies, due, calendar, now) is { } next && next != was)
                {
                    timer.DueAt = next;
                }
                else if (shift is not null && timer.DueBasis == task.DueBasis)
                {
                    (timer.DueAt, timer.DueBasis) = (due, BasisOf(shift, calendar, now));
                }
            }

            if (shift is null) continue;
            (task.DueAt, task.DueBasis) = (due, BasisOf(shift, calendar, now));
            db.Add(Line(shift, calendar.Zone, actor, now));
        }

        return shifts.Count;
    }

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
        ? $"{shift.Subject.DueBasis}; passed, 1wd from {calendar.DayOf(now).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}"
        : shift.Subject.DueBasis;

    private static HistoryEntry Line(DueShift<WorkTask> shift, TimeZoneInfo zone, PersonId? actor, DateTimeOffset now)
    {
        string Day(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var task = shift.Subject;
        return new HistoryEntry
        {
            OrganisationId = task.OrganisationId,
            Id = Guid.CreateVersion7(now),
            CaseId = task.CaseId,
            TrackedItemId = task.TrackedItemId,
            TaskId = task.Id,
            At = now,
            ActorId = actor,
            Verb = "task.due-moved",
            Text = new(
                $"工作日历修改,“{task.Title.Zh}”的时限由{Day(shift.Before)}改为{Day(shift.After)}{(shift.Passed ? "(按新日历计算的日期已过,改为下一个工作日)" : "")}。",
                $"The working calendar changed: “{task.Title.For("en")}” is now due {Day(shift.After)} instead of {Day(shift.Before)}"
                    + (shift.Passed ? " (the date by the new calendar has passed, so the next working day)." : ".")),
        };
    }
}
