using Consultation.Cases;
using Consultation.Cases.Tasks;
using Consultation.Cases.TrackedItems;

namespace Consultation.Activities.Work;

/// <summary>Keeps what people enter, so that later steps and documents find it.</summary>
internal static class Records
{
    /// <summary>The newest record of a kind; in the run of a tracked item, the newest one about that item.</summary>
    public static CaseRecord? Newest(CaseFile file, string kind, TrackedItem? item) =>
        file.Records.Find(record => record.Kind == kind
        && (item is null || file.Tasks.Find(task => task.Id == record.TaskId)?.TrackedItemId == item.Id));

    /// <summary>A record of the entries that are not empty; none when all are.</summary>
    public static CaseRecord? Keep(CaseFile file, WorkTask task, string kind, TaskAnswer answer, DateTimeOffset now)
    {
        var fields = answer.Fields.Where(field => !string.IsNullOrWhiteSpace(field.Value))
            .ToDictionary(field => field.Key, field => field.Value);
        return fields.Count == 0 ? null : file.Add(new CaseRecord
        {
            OrganisationId = file.Case.OrganisationId,
            Id = OrderedGuid.New(now),
            CaseId = file.Case.Id,
            Kind = kind,
            Title = task.Form?.Title ?? task.Title,
            Fields = fields,
            TaskId = task.Id,
            ById = answer.ActorId,
            OnBehalfOfId = answer.OnBehalfOfId,
            At = now,
        });
    }
}
