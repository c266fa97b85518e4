using Consultation.Activities.Notices;
using Consultation.Cases;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Cases.TrackedItems;
using Consultation.Mail.Templates;

namespace Consultation.Activities.Escalation;

/// <summary>What a rung did.</summary>
/// <param name="Rung">The rung that was taken.</param>
/// <param name="People">Who is meant.</param>
/// <param name="Told">Whom a mail reached; none where they hear of it in the weekly summary.</param>
internal sealed record RungDone(EscalationRung Rung, IReadOnlyList<Person> People, IReadOnlyList<Person> Told)
{
    /// <summary>Who was told, in words, and how where it was not by mail.</summary>
    public LocalText Words => (Told.Count, People.Count, Rung.InSummary) switch
    {
        (_, > 0, true) => new($"{Zh(People)}（列入每周汇总）", $"{En(People)} (in the weekly summary)"),
        ( > 0, _, _) => new(Zh(Told), En(Told)),
        (_, > 0, _) when People.All(person => person is { Email: null, ChannelAddress: null }) =>
            new(Zh(People) + "（无电子邮箱）", En(People) + " (no e-mail)"),
        (_, > 0, _) => new(Zh(People) + "（当日已告知）", En(People) + " (told already today)"),
        _ => new("（没有可告知的人）", "nobody (none holds the role)"),
    };

    private static string Zh(IReadOnlyList<Person> people) => string.Join('、', people.Select(person => person.Name));

    private static string En(IReadOnlyList<Person> people) => string.Join(", ", people.Select(person => person.Name));
}

/// <summary>Climbs a rung: tells its people about a task that is late.</summary>
internal static class Rung
{
    /// <summary>Tells the people of a rung, or of the one above that is taken in its place.</summary>
    public static RungDone Climb(
        StepTools tools, CaseFile file, TrackedItem? item, WorkTask task, EscalationLadder ladder, int index,
        DateTimeOffset now)
    {
        var (rung, at, people) = LadderAudience.Of(ladder, index, file, item, task, now);
        if (rung.InSummary)
        {
            task.SummarisedFrom ??= now;
            return new(rung, people, []);
        }

        var mail = new CaseMail(tools, file, now);
        var more = Values(ladder, at, rung);
        more["climbed"] = Climbed(ladder, Math.Min(task.Rung, index)).InBoth();
        if (rung.IsFormal) FormalReminders.Issue(file, task, item, rung, now, more);
        var ordinal = (task.Revision * 1000) + 100 + index;
        if (!rung.TellsAssignees)
        {
            return new(rung, people, [.. people.Where(
                person => mail.OfTask(task, person, rung.TemplateKey, ordinal, more))]);
        }

        List<Person> told = [.. SeatContacts.Of(task, file.Directory, now)
            .Where(contact => mail.OfTask(task, contact, rung.TemplateKey, ordinal, more))
            .Select(contact => contact.Person)];
        foreach (var copied in FormalReminders.CopyTo(rung, file, item, task, now))
        {
            mail.OfTask(task, copied, MailTemplateCatalogue.FormalReminderCopy, ordinal, more);
        }

        return new(rung, people, told);
    }

    /// <summary>What was done before about a task, in words; nothing is claimed that did not happen.</summary>
    private static LocalText Climbed(EscalationLadder ladder, int count) =>
        new(string.Join('、', ladder.Rungs.Take(count).Select(rung => rung.Name.Zh)),
            string.Join(", ", ladder.Rungs.Take(count).Select(rung => rung.Name.For("en"))));

    private static Dictionary<string, object?> Values(EscalationLadder ladder, int index, EscalationRung rung) => new()
    {
        ["rung"] = rung.Name.InBoth(),
        ["next_rung"] = LadderWords.Next(ladder, index + 1).InBoth(),
        ["said"] = rung.Text.InBoth(),
    };
}
