using Consultation.Runtime.Runs;
using Consultation.Runtime.Stimuli;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Runs;

/// <summary>
/// Takes due rows for one worker: look, take by one conditional update, read what was taken. Two workers that look at
/// the same rows share them out by the update; the commit of the step decides in any case.
/// </summary>
internal sealed class Claim(ConsultationDb db, Guid worker, DateTimeOffset now, DateTimeOffset until)
{
    public async Task TakeInboxAsync(int atMost, List<DueWork> work, CancellationToken cancellationToken)
    {
        var due = db.Inbox.Where(row => row.AvailableAt <= now && (row.LeasedUntil == null || row.LeasedUntil < now));
        var ids = await due.OrderBy(row => row.AvailableAt).ThenBy(row => row.Id).Take(atMost).Select(row => row.Id)
            .ToListAsync(cancellationToken);
        if (ids.Count == 0) return;
        var taken = await due.Where(row => ids.Contains(row.Id)).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.LeasedUntil, (DateTimeOffset?)until)
                .SetProperty(row => row.LeasedBy, (Guid?)worker)
                .SetProperty(row => row.Attempts, row => row.Attempts + 1),
            cancellationToken);
        if (taken == 0) return;
        var rows = await db.Inbox.AsNoTracking().Where(row => row.LeasedBy == worker).ToListAsync(cancellationToken);
        foreach (var row in rows)
        {
            work.Add(new DueWork.Inbox(
                new InboxMessage(
                    row.Id, StimulusText.Read(row.Kind, row.Body), row.AvailableAt)
                { ExpiresAt = row.ExpiresAt },
                row.AvailableAt,
                row.Attempts));
        }
    }

    public async Task TakeTimersAsync(int atMost, List<DueWork> work, CancellationToken cancellationToken)
    {
        var due = db.Bookmarks.Where(row => row.DueAt <= now && (row.LeasedUntil == null || row.LeasedUntil < now));
        var ids = await due.OrderBy(row => row.DueAt).Take(atMost).Select(row => row.Id).ToListAsync(cancellationToken);
        if (ids.Count == 0) return;
        var taken = await due.Where(row => ids.Contains(row.Id)).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.LeasedUntil, (DateTimeOffset?)until)
                .SetProperty(row => row.LeasedBy, (Guid?)worker)
                .SetProperty(row => row.Attempts, row => row.Attempts + 1),
            cancellationToken);
        if (taken == 0) return;
        var rows = await db.Bookmarks.AsNoTracking().Where(row => row.LeasedBy == worker)
            .Select(row => new { row.InstanceId, row.Id, row.DueAt, row.Attempts }).ToListAsync(cancellationToken);
        foreach (var row in rows)
        {
            if (row.DueAt is { } dueAt)
            {
                work.Add(new DueWork.BookmarkTimer(new InstanceId(row.InstanceId), row.Id, dueAt, row.Attempts));
            }
        }
    }

    public async Task TakeTriggersAsync(int atMost, List<DueWork> work, CancellationToken cancellationToken)
    {
        var due = db.Triggers.Where(row => row.DueAt <= now && (row.LeasedUntil == null || row.LeasedUntil < now));
        var ids = await due.OrderBy(row => row.DueAt).Take(atMost).Select(row => row.Id).ToListAsync(cancellationToken);
        if (ids.Count == 0) return;
        var taken = await due.Where(row => ids.Contains(row.Id)).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.LeasedUntil, (DateTimeOffset?)until)
                .SetProperty(row => row.LeasedBy, (Guid?)worker)
                .SetProperty(row => row.Attempts, row => row.Attempts + 1),
            cancellationToken);
        if (taken == 0) return;
        var rows = await db.Triggers.AsNoTracking().Where(row => row.LeasedBy == worker).ToListAsync(cancellationToken);
        foreach (var row in rows)
        {
            if (row.DueAt is { } dueAt)
                work.Add(new DueWork.TriggerTimer(
                    row.Id, row.DefinitionId, row.VersionId, row.ActivityId, dueAt, row.Attempts));
        }
    }
}
