using Consultation.Activities.Notices;
using Consultation.Cases;
using Consultation.Cases.Tasks;

namespace Consultation.Activities.Escalation;

/// <summary>Reminders to those who still owe an answer, within the policy's hours (mail rule 8).</summary>
internal static class Reminding
{
    /// <summary>Sends one reminder to each of them and counts it.</summary>
    public static int Send(
        CaseMail mail, CaseFile file, WorkTask task, ReminderPolicy? policy, string template, DateTimeOffset now)
    {
        task.RemindersSent++;
        var more = new Dictionary<string, object?> { ["reminder_number"] = (long)task.RemindersSent };
        var notBefore = policy is null ? now : ReminderClock.Allowed(policy, now, file.Calendar);
        return SeatContacts.Of(task, file.Directory, now).Count(contact =>
            mail.OfTask(task, contact, template, (task.Revision * 1000) + task.RemindersSent, more, notBefore));
    }
}
