using Consultation.Activities.Documents;
using Consultation.Activities.Notices;
using Consultation.Cases;
using Consultation.Cases.Documents;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Cases.TrackedItems;
using Consultation.Mail.Templates;

namespace Consultation.Activities.Escalation;

/// <summary>催办通知书: issued by the office with a number of its own, answered with the reason (O7).</summary>
internal static class FormalReminders
{
    /// <summary>Issues one: the document is filed, the task knows its number, the mail's values are added.</summary>
    public static void Issue(
        CaseFile file, WorkTask task, TrackedItem? item, EscalationRung? rung, DateTimeOffset now,
        Dictionary<string, object?> values)
    {
        var document = Filing.Reminder(file, task, item, rung?.IssuedBy, now);
        task.FormalReminder = document.Number;
        task.ExplainedAt = null;
        values["reminder_code"] = document.Number;
        values["issuer"] = FormalReminder.Issuer(file, rung?.IssuedBy).InBoth();
        values["assigned_on"] = MailWords.Of(file.Calendar.DayOf(task.OpenedAt));
        values["explain_by"] = MailWords.Of(FormalReminder.ExplainBy(file, file.Calendar.DayOf(now)));
    }

    /// <summary>Who gets a copy: nobody who is asked.</summary>
    public static IEnumerable<Person> CopyTo(
        EscalationRung rung, CaseFile file, TrackedItem? item, WorkTask task, DateTimeOffset now)
    {
        var asked = task.Assignees.Where(seat => seat.Active).Select(seat => seat.PersonId)
            .Concat(SeatContacts.Of(task, file.Directory, now).Select(contact => contact.Person.Id)).ToHashSet();
        return Assignees.PeopleOf(rung.Copy, file, item, now, task, asked).Where(person => !asked.Contains(person.Id));
    }
}
