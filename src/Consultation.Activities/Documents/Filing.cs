using Consultation.Cases;
using Consultation.Cases.Documents;
using Consultation.Cases.Tasks;
using Consultation.Cases.TrackedItems;

namespace Consultation.Activities.Documents;

/// <summary>Makes documents and files them in the case.</summary>
internal static class Filing
{
    /// <summary>A formal reminder 催办通知书 about a late task (O7).</summary>
    public static CaseDocument Reminder(
        CaseFile file, WorkTask task, TrackedItem? item, UnitId? issuer, DateTimeOffset now) =>
        file.Add(CaseDocuments.Create(
            DocumentKeys.FormalReminder, file, new DocumentSubject { Task = task, Item = item, IssuerId = issuer },
            now));
}
