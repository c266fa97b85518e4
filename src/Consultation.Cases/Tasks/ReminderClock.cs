using Consultation.Cases.Calendar;

namespace Consultation.Cases.Tasks;

/// <summary>When reminders of a task go out (mail rule 8). Pure.</summary>
public static class ReminderClock
{
    /// <summary>
    /// The next reminder after an instant, or null when none follows: those so long before the due time, then one so
    /// often after it, at most as many as the policy says, each moved to the next hour in which mails may go out.
    /// </summary>
    /// <param name="policy">The policy.</param>
    /// <param name="dueAt">When the task is due.</param>
    /// <param name="sent">Reminders sent so far.</param>
    /// <param name="calendar">The organisation's working days.</param>
    /// <param name="now">Nothing earlier than this is returned.</param>
    public static DateTimeOffset? Next(
        ReminderPolicy policy, DateTimeOffset dueAt, int sent, WorkingCalendar calendar, DateTimeOffset now)
    {
        if (sent >= policy.AtMost) return null;
        if (BeforeDue(policy, dueAt, calendar).Skip(sent).Where(at => at > now).Select(at => (DateTimeOffset?)at)
            .FirstOrDefault() is { } before)
        {
            return Allowed(policy, before, calendar);
        }

        if (!WorkingDuration.TryParse(policy.EveryAfterDue, out var every) || every.Days == 0)
        {
            return null;
        }

        var next = calendar.Shift(dueAt, every);
        while (next <= now)
        {
            next = calendar.Shift(next, every);
        }

        return Allowed(policy, next, calendar);
    }

    /// <summary>
    /// True when a reminder that comes now is in place; false when the due time has moved since its timer was set and
    /// the reminder has time, or has passed and the policy reminds nobody afterwards.
    /// </summary>
    public static bool IsTime(
        ReminderPolicy policy, DateTimeOffset dueAt, int sent, WorkingCalendar calendar, DateTimeOffset now)
    {
        if (now > dueAt && policy.EveryAfterDue is null) return false;
        var before = BeforeDue(policy, dueAt, calendar);
        var at = sent < before.Count ? before[sent]
            : calendar.Shift(dueAt, WorkingDuration.TryParse(policy.EveryAfterDue, out var every) ? every : default);
        return Allowed(policy, at, calendar) <= now;
    }

    /// <summary>When the reminders before the due time go out, the earliest first.</summary>
    private static List<DateTimeOffset> BeforeDue(
        ReminderPolicy policy, DateTimeOffset dueAt, WorkingCalendar calendar) =>
    [
        .. WorkingDuration.Several(policy.FirstBeforeDue)
            .Select(text => WorkingDuration.TryParse(text, out var before) ? before : (WorkingDuration?)null)
            .OfType<WorkingDuration>().Select(before => calendar.Shift(dueAt, before, -1)).Order(),
    ];

    /// <summary>
    /// The instant itself when mails may go out then, otherwise the next instant when they may: outside the hours or on
    /// a day off they wait.
    /// </summary>
    public static DateTimeOffset Allowed(ReminderPolicy policy, DateTimeOffset instant, WorkingCalendar calendar)
    {
        var from = new TimeOnly(Math.Clamp(policy.FromHour, 0, 23), 0);
        var local = TimeZoneInfo.ConvertTime(instant, calendar.Zone).DateTime;
        var (day, time) = (DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
        var allowedDay = !policy.WorkingDaysOnly || calendar.IsWorkingDay(day);
        if (allowedDay && time >= from && (policy.ToHour >= 24 || local.Hour < policy.ToHour))
        {
            return instant;
        }

        if (!allowedDay || time >= from)
        {
            day = policy.WorkingDaysOnly
                ? calendar.Add(day, new WorkingDuration(1, DayCount.WorkingDays))
                : day.AddDays(1);
        }

        return calendar.At(day, from);
    }

    /// <summary>What is wrong with a policy, field by field.</summary>
    public static IReadOnlyList<Forms.FieldError> Check(ReminderPolicy policy)
    {
        var errors = new List<Forms.FieldError>();
        foreach (var span in WorkingDuration.Several(policy.FirstBeforeDue)) Duration("first-before-due", span);
        Duration("every-after-due", policy.EveryAfterDue);
        if (policy.AtMost is < 0 or > 50)
        {
            errors.Add(new("at-most", new("提醒次数请填 0 到 50。", "The number of reminders is 0 to 50.")));
        }

        if (policy.FromHour is < 0 or > 23 || policy.ToHour is < 1 or > 24 || policy.FromHour >= policy.ToHour)
        {
            errors.Add(new(
                "from-hour", new("发送时段请填 0 到 24 点，并且开始早于结束。", "Hours run from 0 to 24, the first before the last.")));
        }

        return errors;

        void Duration(string field, string? text)
        {
            if (!string.IsNullOrWhiteSpace(text) && !WorkingDuration.TryParse(text, out _))
            {
                errors.Add(new(
                    field, new("请按“2工作日”或“3天”的样子填写。", "Write a time such as 2wd (working days) or 3d (days).")));
            }
        }
    }
}
