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

    /// <summary>What is told of a rest.</summary>
    /// <param name="Reason">Why, in the words of whoever suspended or lifted; null where nobody gave one.</param>
    /// <param name="Until">The day on which it ends by itself.</param>
    internal sealed record Why(string? Reason, DateOnly? Until);

    /// <summary>Sends it; answers how many hear of it.</summary>
    /// <param name="tools">What mails need.</param>
    /// <param name="file">The case, as it is now.</param>
    /// <param name="occasion">Names the suspension or its end.</param>
    /// <param name="asked">Who is asked what to do about it, and so has a mail already.</param>
    /// <param name="now">The instant.</param>
    /// <param name="why">What a person said about it.</param>
    public static int Tell(
        StepTools tools, CaseFile file, string occasion, string? asked, DateTimeOffset now, Why? why = null)
    {
        var skipped = asked is null
            ? []
            : Assignees.PeopleOf(asked, file, null, now).Select(person => person.Id).ToHashSet();
        var people = Asked(file, now).Concat(Assignees.PeopleOf(Who, file, null, now))
            .DistinctBy(person => person.Id).Where(person => !skipped.Contains(person.Id));
        var rests = file.Case.State == CaseState.Suspended;
        return Tell(tools, file, people, occasion, why, now) + new CaseMail(tools, file, now).InformProposers(
            MailTemplateCatalogue.Notice, _ => new Dictionary<string, object?>
            {
                ["subject"] = Subject(rests),
                ["message"] = rests
                    ? new MailWords("您反映的事项暂停办理，恢复后会告知您。",
                        "Your matter rests for the present; you will hear when it goes on.")
                    : new MailWords("您反映的事项已恢复办理。", "Your matter is being dealt with again."),
            });
    }

    /// <summary>Tells those with an open task alone: their proposers and the others hear it otherwise.</summary>
    public static void TellAsked(StepTools tools, CaseFile file, string occasion, DateTimeOffset now) =>
        Tell(tools, file, Asked(file, now).DistinctBy(person => person.Id), occasion, null, now);

    private static int Tell(
        StepTools tools, CaseFile file, IEnumerable<Person> people, string occasion, Why? why, DateTimeOffset now)
    {
        var rests = file.Case.State == CaseState.Suspended;
        var reason = why?.Reason is { Length: > 0 } said && !file.Case.Restricted ? said : null;
        var (zh, en) = reason is null ? ("", "") : ($"原因：{reason}", $" Reason: {reason}");
        var (zhEnd, enEnd) = why?.Until is { } day
            ? ($"{MailWords.Of(day).Zh}自动恢复办理。", $"It goes on by itself on {MailWords.Of(day).En}.")
            : ("恢复后另行告知。", "You will hear when it goes on.");
        var values = new Dictionary<string, object?>
        {
            ["subject"] = Subject(rests),
            ["message"] = rests
                ? new MailWords($"本事项暂停办理，各项时限顺延，暂不需要您办理。{zhEnd}{zh}",
                    $"The case rests and due times move on; nothing is asked of you meanwhile. {enEnd}{en}")
                : new MailWords($"本事项恢复办理，各项时限已相应顺延，请继续办理。{zh}",
                    $"The case goes on; due times have moved by the days of rest. Please carry on.{en}"),
        };
        var mail = new CaseMail(tools, file, now);
        return people.ToList().Count(person =>
            mail.Inform(person, MailTemplateCatalogue.Notice, values, CaseMail.OrdinalOf(occasion)));
    }

    private static MailWords Subject(bool rests) => rests
        ? new MailWords("协商事项暂停办理", "The case rests")
        : new MailWords("协商事项恢复办理", "The case goes on");

    private static IEnumerable<Person> Asked(CaseFile file, DateTimeOffset now) =>
        file.Tasks.Where(task => task.State == TaskState.Open)
            .SelectMany(task => SeatContacts.Of(task, file.Directory, now)).Select(contact => contact.Person);
}
