using Consultation.Activities.Notices;
using Consultation.Cases;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Mail.Templates;

namespace Consultation.Activities.Closing;

/// <summary>
/// Tells those concerned that a case rests, or goes on (O14): everybody with an open task, the officer, the director,
/// and its proposers, who hear only that it rests.
/// </summary>
internal static class RestNotice
{
    private const string Who = "role:PlatformOfficer@case.platform|role:WorkGroupLead@case.workgroup|role:Secretary; "
        + "role:CommitteeDirector@case.committee";

    /// <summary>Sends it; answers how many hear of it.</summary>
    /// <param name="tools">What mails need.</param>
    /// <param name="file">The case, as it is now.</param>
    /// <param name="occasion">Names the suspension or its end.</param>
    /// <param name="asked">Who is asked what to do about it, and so has a mail already.</param>
    /// <param name="now">The instant.</param>
    public static int Tell(StepTools tools, CaseFile file, string occasion, string? asked, DateTimeOffset now)
    {
        var rests = file.Case.State == CaseState.Suspended;
        var mail = new CaseMail(tools, file, now);
        var values = new Dictionary<string, object?>
        {
            ["subject"] = rests
                ? new MailWords("协商事项暂停办理", "The case rests")
                : new MailWords("协商事项恢复办理", "The case goes on"),
            ["message"] = rests
                ? new MailWords("本案暂停办理，各项时限顺延，暂不需要您办理。恢复后另行告知。",
                    "The case rests and due times move on; nothing is asked of you until it goes on.")
                : new MailWords("本案恢复办理，各项时限已相应顺延，请继续办理。",
                    "The case goes on; due times have moved by the days of rest. Please carry on."),
            ["result"] = rests
                ? new MailWords("您反映的事项暂停办理，恢复后会告知您。",
                    "Your matter rests for the present; you will hear when it goes on.")
                : new MailWords("您反映的事项已恢复办理。", "Your matter is being dealt with again."),
        };
        var skipped = asked is null
            ? []
            : Assignees.PeopleOf(asked, file, null, now).Select(person => person.Id).ToHashSet();
        var people = file.Tasks.Where(task => task.State == TaskState.Open)
            .SelectMany(task => SeatContacts.Of(task, file.Directory, now)).Select(contact => contact.Person)
            .Concat(Assignees.PeopleOf(Who, file, null, now)).DistinctBy(person => person.Id)
            .Where(person => !skipped.Contains(person.Id));
        var told = people.Count(person =>
            mail.Inform(person, MailTemplateCatalogue.Notice, values, CaseMail.OrdinalOf(occasion)));
        return told + mail.InformProposers(MailTemplateCatalogue.Notice, _ => new Dictionary<string, object?>
        {
            ["subject"] = values["subject"],
            ["message"] = values["result"],
        });
    }
}
