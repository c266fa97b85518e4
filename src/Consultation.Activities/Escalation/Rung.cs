using Consultation.Activities.Notices;
using Consultation.Cases;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Cases.TrackedItems;

namespace Consultation.Activities.Escalation;

/// <summary>Tells a rung's audience about a task or a tracked item that is late.</summary>
internal static class Rung
{
    private static readonly Dictionary<RungAudience, string> Specs = new()
    {
        [RungAudience.ResponsibleOffice] = "item.office|case.committee|role:Secretary",
        [RungAudience.CommitteeDirector] =
            "role:CommitteeDirector@item.office|role:CommitteeDirector@case.committee|role:LeadingGroup",
        [RungAudience.LeadingGroup] = "role:LeadingGroup",
    };

    /// <summary>Whom an audience means, now. The assignees of a task are those who still owe an answer.</summary>
    public static IReadOnlyList<Person> People(
        RungAudience audience, CaseFile file, TrackedItem? item, WorkTask? task, DateTimeOffset now)
    {
        if (audience == RungAudience.Assignees)
        {
            return [.. (task?.Assignees ?? []).Where(seat => seat.Active && seat.Outcome is null)
                .Select(seat => file.Directory.Find(seat.PersonId)).OfType<Person>().Where(person => person.Active)];
        }

        return AssigneeSpec.Read(Specs[audience]) is AssigneeSpecReading.Read(var spec)
            && Assignees.Resolve(spec, file, item, now) is AssigneeResolution.Found found
            ? [.. found.Assignees.Select(one => one.Person)]
            : [];
    }

    /// <summary>Sends the mails of a rung; returns the names of those told.</summary>
    public static IReadOnlyList<string> Tell(
        CaseMail mail, IReadOnlyList<Person> people, WorkTask task, EscalationLadder ladder, int index, string template)
    {
        var more = new Dictionary<string, object?>
        {
            ["rung"] = index < ladder.Rungs.Count ? ladder.Rungs[index].Name.InBoth() : "",
            ["next_rung"] = LadderWords.Next(ladder, index + 1).InBoth(),
        };
        return [.. people.Where(
            person => mail.OfTask(task, person, template, (task.Revision * 1000) + 100 + index, more))
                .Select(person => person.Name)];
    }
}
