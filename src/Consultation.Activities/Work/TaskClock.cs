using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.Tasks;
using Consultation.Engine.Running;

namespace Consultation.Activities.Work;

/// <summary>
/// The timers of one task: due, next reminder, next rung. They are made from the task's due time and the policies as
/// they stand when the timer before them fires, so that an edited policy, an emptied ladder or an extension takes
/// effect on running tasks.
/// </summary>
internal static class TaskClock
{
    public const string Due = "due", Reminder = "reminder", NextRung = "rung";

    /// <summary>Sets all timers that the task needs now.</summary>
    public static void Start(ActivityContext context, CaseFile file, WorkTask task, string? reminders, string? ladder)
    {
        if (task.DueAt is not { } due) return;
        if (due > context.Now) SetDue(context, task, due);
        SetReminder(context, file, task, reminders);
        SetRung(context, file, task, ladder);
    }

    /// <summary>The timer of the due time.</summary>
    public static void SetDue(ActivityContext context, WorkTask task, DateTimeOffset due) =>
        Set(context, Due, due, new TimerBasis.Due(task.DueBasis));

    /// <summary>The next reminder, if the policy has one left.</summary>
    public static void SetReminder(ActivityContext context, CaseFile file, WorkTask task, string? reminders)
    {
        if (task.DueAt is not { } due || file.Policies.Reminders.GetValueOrDefault(reminders ?? "") is not { } policy)
        {
            return;
        }
        if (ReminderClock.Next(policy, due, task.RemindersSent, file.Calendar, context.Now) is { } next)
        {
            Set(context, Reminder, next, new TimerBasis.Reminder(policy.Key, file.Calendar.DayOf(due)));
        }
    }

    /// <summary>The next rung, if the ladder has one left.</summary>
    public static void SetRung(ActivityContext context, CaseFile file, WorkTask task, string? ladder)
    {
        if (task.DueAt is not { } due || file.Policies.Ladders.GetValueOrDefault(ladder ?? "") is not { } rungs) return;
        if (task.Rung < rungs.Rungs.Count
            && LadderPosition.RungAt(rungs.Rungs[task.Rung], due, file.Calendar) is { } at)
        {
            var rung = rungs.Rungs[task.Rung];
            Set(context, NextRung, at,
                new TimerBasis.Rung(rungs.Key, task.Rung + 1, rung.After, file.Calendar.DayOf(due)));
        }
    }

    /// <summary>A timer that says what it was computed from.</summary>
    public static void Set(ActivityContext context, string tag, DateTimeOffset at, TimerBasis basis) =>
        context.CreateTimer(at, tag, new Dictionary<string, object?> { [TimerBasis.PayloadKey] = basis.Write() });

    /// <summary>A timer that fired while the case rests looks again on the next working day.</summary>
    public static DateTimeOffset RestADay(ActivityContext context, CaseFile file, string tag) =>
        LookTomorrow(context, file, tag, LookAgainReason.Suspended);

    /// <summary>A timer for the morning of the next working day, with the reason why it looks again then.</summary>
    public static DateTimeOffset LookTomorrow(ActivityContext context, CaseFile file, string tag, LookAgainReason why)
    {
        var at = file.Calendar.At(file.Calendar.Move(file.Calendar.DayOf(context.Now), 1), DueTime.Morning);
        Set(context, tag, at, new TimerBasis.LookAgain(why));
        return at;
    }

    /// <summary>Stops all timers of the task.</summary>
    public static void Stop(ActivityContext context)
    {
        foreach (var tag in (string[])[Due, Reminder, NextRung]) context.RemoveBookmarks(tag);
    }
}
