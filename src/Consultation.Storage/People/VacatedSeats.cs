using Consultation.Cases;
using Consultation.Cases.History;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Mail.Outgoing;
using Consultation.Mail.Templates;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.People;

/// <summary>
/// What follows for open tasks when somebody leaves or loses a role, in the transaction of that edit: they are flagged,
/// their cases note it, and the secretaries get one mail with the list (O6). A person who comes back is awaited again.
/// </summary>
internal sealed class VacatedSeats(MailComposer composer)
{
    /// <summary>
    /// Looks at the open tasks of a person under the directory as the edit leaves it; answers how many have a vacant
    /// seat now.
    /// </summary>
    public async Task<int> NoteAsync(
        ConsultationDb db, OrganisationDirectory after, PersonId person, PersonId? actor, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var organisation = after.Organisation.Id;
        var tasks = await db.Tasks
            .Where(task => task.OrganisationId == organisation && task.State == TaskState.Open
                && task.Assignees.Any(seat => seat.PersonId == person && seat.Active && seat.Outcome == null))
            .OrderBy(task => task.DueAt == null).ThenBy(task => task.DueAt).ToListAsync(cancellationToken);
        var vacated = new List<(WorkTask Task, LocalText Why)>();
        foreach (var task in tasks)
        {
            var why = Vacancies.Explain(task, after, now);
            if (why is null && task.Flag == Vacancies.Flag) task.Flag = null;
            if (why is null || task.Flag == Vacancies.Flag) continue;
            task.Flag = Vacancies.Flag;
            vacated.Add((task, why));
            db.Add(new HistoryEntry
            {
                OrganisationId = organisation,
                Id = Guid.CreateVersion7(now),
                CaseId = task.CaseId,
                TrackedItemId = task.TrackedItemId,
                TaskId = task.Id,
                At = now,
                ActorId = actor,
                Verb = HistoryVerbs.TaskVacant,
                Text = new($"“{task.Title.Zh}”：{why.Zh}", $"“{task.Title.For("en")}”: {why.For("en")}"),
            });
        }

        if (vacated.Count > 0) await TellAsync(db, after, person, vacated, now, cancellationToken);
        return vacated.Count;
    }

    private async Task TellAsync(
        ConsultationDb db, OrganisationDirectory directory, PersonId person,
        List<(WorkTask Task, LocalText Why)> vacated, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var ids = vacated.ConvertAll(one => one.Task.CaseId);
        var restricted = await db.Cases.Where(one => ids.Contains(one.Id) && one.Restricted).Select(one => one.Id)
            .ToListAsync(cancellationToken);
        var (edit, name) = (Guid.CreateVersion7(now), directory.Find(person)?.Name ?? "?");
        string Line((WorkTask Task, LocalText Why) one, string language, string colon) =>
            restricted.Contains(one.Task.CaseId)
            ? one.Task.Number
            : $"{one.Task.Number} {one.Task.Title.For(language)}{colon}{one.Why.For(language)}";
        var message = new MailWords(
            string.Join('\n', vacated.Select(one => Line(one, "zh", "："))),
            string.Join('\n', vacated.Select(one => Line(one, "en", ": "))));
        foreach (var secretary in directory.Holders(Role.Secretary, null)
            .Where(one => MailAddressRule.Check(one.Email) is null))
        {
            db.Add(composer.Compose(new MailDraft
            {
                OrganisationId = directory.Organisation.Id.Value,
                Template = MailTemplateCatalogue.Notice,
                Recipient = new(secretary.Email!, secretary.Name, secretary.Language, secretary.Id.Value),
                Concerning = edit,
                Values = new Dictionary<string, object?>
                {
                    ["org"] = new MailWords(directory.Organisation.Name.Zh, directory.Organisation.Name.For("en")),
                    ["contact"] = "",
                    ["subject"] = new MailWords(
                        $"{vacated.Count}项任务的承办人{name}已离任或不再任职",
                        $"{vacated.Count} tasks have lost their assignee {name}"),
                    ["message"] = message,
                },
            }, now));
        }
    }
}
