using Consultation.Cases;
using Consultation.Cases.Attachments;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Attachments;

/// <summary>Attaches the files of answers in the transaction that counts the answers.</summary>
internal static class HandedInFiles
{
    /// <summary>
    /// Those that were handed in for a task of the case and belong to nobody yet: whatever else an answer names is left
    /// alone.
    /// </summary>
    public static async Task AttachAsync(
        ConsultationDb db, CaseFile file, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (file.HandedIn.Count == 0) return;
        var (organisation, ids) = (file.Case.OrganisationId, file.HandedIn.ToList());
        var tasks = file.Tasks.ConvertAll(task => (TaskId?)task.Id);
        var found = await db.Set<Attachment>().IgnoreQueryFilters()
            .Where(row => row.OrganisationId == organisation && ids.Contains(row.Id) && tasks.Contains(row.TaskId)
                && row.AttachedAt == null && row.State != AttachmentState.Arriving)
            .ToListAsync(cancellationToken);
        var instant = new OrganisationInstant(now, file.Calendar, file.Policies.Rules);
        foreach (var one in found) db.Add(one.AttachTo(new(CaseId: file.Case.Id), instant));
    }
}
