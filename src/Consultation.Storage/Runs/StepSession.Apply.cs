using Consultation.Cases;
using Consultation.Engine.Running;
using Consultation.Runtime.Runs;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Runs;

internal sealed partial class StepSession
{
    public void Apply(RunCommit commit)
    {
        var result = commit.Result;
        var state = result.State;
        var entry = _runs[state.InstanceId];
        var file = entry.Loaded.Host as CaseFile;
        ApplyRun(entry.Row, state, file);
        ApplyBookmarks(result);
        ApplyIncidents(result, entry.Row.OrganisationId, file, commit.Now);
        ApplyJournal(result);
        if (commit.Moved is { } moved) _moves.Add((moved, state, file));
        if (commit.Message.OperationId is { } operation && !result.IsRefusal)
        {
            db.Operations.Add(new OperationRow
            {
                Id = operation,
                InstanceId = state.InstanceId,
                SubStatus = state.SubStatus.ToString(),
                Answer = Json(commit.Answer.Answer),
                Incidents = [.. commit.Answer.IncidentIds],
                At = commit.Now,
            });
        }

        foreach (var added in file?.Added ?? [])
        {
            if (db.Entry(added).State == EntityState.Detached) db.Add(added);
        }
    }

    public void Enqueue(InboxMessage message) => db.Inbox.Add(InboxRow.For(message, clock.GetUtcNow()));

    public void Consume(DueWork work)
    {
        switch (work)
        {
            case DueWork.Inbox inbox:
                // The claim's lease may have run out and another worker may have been first: then the row is gone and
                // the commit fails.
                db.Remove(InboxRow.Stub(inbox.Message.Id));
                break;
            case DueWork.BookmarkTimer timer:
                ConsumeTimer(timer);
                break;
            default:
                throw new ArgumentException("A trigger's timer is moved on, not consumed.", nameof(work));
        }
    }

    public void MoveTrigger(DueWork.TriggerTimer work, DateTimeOffset? nextDueAt)
    {
        var row = new TriggerRow
        {
            Id = work.TriggerId,
            DefinitionId = work.DefinitionId,
            VersionId = work.VersionId,
            ActivityId = work.ActivityId,
            NodeId = "",
            Name = "",
            Hash = "",
            DueAt = work.DueAt,
        };
        var entry = db.Attach(row);
        row.DueAt = nextDueAt;
        row.Attempts = 0;
        row.LeasedUntil = null;
        entry.Property(one => one.Attempts).IsModified = true;
        entry.Property(one => one.LeasedUntil).IsModified = true;
    }

    internal static void ApplyRun(RunRow row, RunState state, CaseFile? file)
    {
        row.OrganisationId = file?.Case.OrganisationId ?? row.OrganisationId;
        row.DefinitionId = state.DefinitionId;
        row.DefinitionVersionId = state.DefinitionVersionId;
        row.DefinitionVersion = state.Version;
        row.Status = state.Status == RunStatus.Running ? nameof(RunStatus.Running) : nameof(RunStatus.Finished);
        row.SubStatus = state.SubStatus.ToString();
        row.CorrelationId = state.CorrelationId;
        row.Name = state.Name;
        row.IncidentCount = state.Incidents.Count;
        row.IsSystem = state.IsSystem;
        row.ParentInstanceId = state.ParentInstanceId;
        row.UpdatedAt = state.UpdatedAt;
        row.FinishedAt = state.FinishedAt;
        row.State = state.Serialize();
        row.Version++;
    }

    private void ApplyBookmarks(StepResult result)
    {
        var instance = result.State.InstanceId;
        foreach (var id in result.RemovedBookmarkIds)
        {
            // A bookmark that this session made itself was never stored.
            var row = Touched(instance, id) ?? BookmarkRow.Stub(instance, id);
            db.Remove(row);
            _bookmarks.Add(row);
        }

        foreach (var bookmark in result.CreatedBookmarks)
        {
            var row = new BookmarkRow
            {
                InstanceId = instance,
                Id = bookmark.Id,
                Name = bookmark.Name,
                Hash = bookmark.Hash,
                ActivityId = bookmark.Execution.Node.ActivityId,
                NodeId = bookmark.NodeId,
                Payload = Json(bookmark.Payload),
                CreatedAt = bookmark.CreatedAt,
                DueAt = bookmark.DueAt,
                DueBasis = bookmark.DueAt is null ? null : BasisOf(bookmark),
            };
            db.Bookmarks.Add(row);
            _bookmarks.Add(row);
        }
    }

    /// <summary>The bookmark as this session left it last; null when it did not touch it.</summary>
    private BookmarkRow? Touched(string instance, string id) =>
        _bookmarks.FindLast(row => row.Id == id && row.InstanceId == instance);

    private void ApplyIncidents(StepResult result, OrganisationId? organisation, CaseFile? file, DateTimeOffset now)
    {
        foreach (var incident in result.NewIncidents)
        {
            db.Incidents.Add(new IncidentRow
            {
                Id = incident.Id,
                InstanceId = result.State.InstanceId,
                OrganisationId = organisation,
                ActivityId = incident.ActivityId,
                NodeId = incident.NodeId,
                ActivityType = incident.ActivityType,
                ActivityName = incident.ActivityName,
                Message = incident.Message,
                CauseType = incident.CauseType,
                CauseMessage = incident.CauseMessage,
                At = incident.Timestamp,
            });
            if (file is null || mail is null) continue;
            var failed = new FailedStep(incident.Id, incident.ActivityName ?? incident.ActivityId, incident.Message);
            foreach (var told in mail.Failed(file, failed, now)) db.Add(told);
        }

        foreach (var id in result.ResolvedIncidentIds)
        {
            var row = db.Incidents.Local.FindEntry(id)?.Entity;
            if (row is null)
            {
                row = IncidentRow.Stub(id);
                db.Attach(row);
            }

            row.ResolvedAt = now;
        }
    }

    private void ApplyJournal(StepResult result)
    {
        if (result.JournalLines.Count == 0 && result.ActivityExecutionRecords.Count == 0) return;
        db.Journal.Add(new JournalRow
        {
            InstanceId = result.State.InstanceId,
            Step = result.State.StepCount,
            LastSequence = result.JournalLines is [.., var last] ? last.Sequence : 0,
            Page = JournalPage.Write(result.JournalLines, result.ActivityExecutionRecords),
        });
    }

    /// <summary>A timer fires once: its bookmark is gone by the step, or stays without a time.</summary>
    private void ConsumeTimer(DueWork.BookmarkTimer timer)
    {
        var row = Touched(timer.InstanceId.Value, timer.BookmarkId);
        if (row is null)
        {
            row = BookmarkRow.Stub(timer.InstanceId.Value, timer.BookmarkId, timer.DueAt);
            db.Attach(row);
        }
        else if (db.Entry(row).State is EntityState.Deleted or EntityState.Detached)
        {
            return;
        }

        row.DueAt = null;
        row.LeasedUntil = null;
    }
}
