using Consultation.Cases.History;
using Consultation.Cases.People;

namespace Consultation.Cases.Tasks;

/// <summary>A task that has lost an assignee.</summary>
/// <param name="Task">The task.</param>
/// <param name="Why">What happened and who can act; for people who may read the case.</param>
/// <param name="Restricted">Only cleared people may read the case: a mail names the task by its number alone.</param>
public sealed record VacatedTask(WorkTask Task, LocalText Why, bool Restricted = false);

/// <summary>
/// What follows for open tasks when somebody leaves or loses a role: they are flagged and their cases note it (O6). A
/// person who comes back is awaited again. Pure: changes the tasks given.
/// </summary>
public static class VacatedSeats
{
    /// <summary>
    /// Flags those of a person's open tasks that are vacant under the directory as the edit leaves it; answers the
    /// newly flagged ones.
    /// </summary>
    public static IReadOnlyList<VacatedTask> Flag(
        IEnumerable<WorkTask> tasks, OrganisationDirectory after, DateTimeOffset now)
    {
        var vacated = new List<VacatedTask>();
        foreach (var task in tasks)
        {
            var why = Vacancies.Explain(task, after, now);
            if (why is null && task.Flag == Vacancies.Flag) task.Flag = null;
            if (why is null || task.Flag == Vacancies.Flag) continue;
            task.Flag = Vacancies.Flag;
            vacated.Add(new(task, why));
        }

        return vacated;
    }

    /// <summary>The line of history that a newly vacant task gets.</summary>
    public static HistoryEntry Line(VacatedTask vacated, PersonId? actor, DateTimeOffset now) => new()
    {
        OrganisationId = vacated.Task.OrganisationId,
        Id = OrderedGuid.New(now),
        CaseId = vacated.Task.CaseId,
        TrackedItemId = vacated.Task.TrackedItemId,
        TaskId = vacated.Task.Id,
        At = now,
        ActorId = actor,
        Verb = HistoryVerbs.TaskVacant,
        Text = new(
            $"“{vacated.Task.Title.Zh}”：{vacated.Why.Zh}",
            $"“{vacated.Task.Title.For("en")}”: {vacated.Why.For("en")}"),
    };
}
