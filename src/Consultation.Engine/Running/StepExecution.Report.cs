namespace Consultation.Engine.Running;

internal sealed partial class StepExecution
{
    public void Add(Bookmark bookmark)
    {
        bookmark.Execution.BookmarkCount++;
        State.BookmarkList.Add(bookmark);
        Result.CreatedBookmarks.Add(bookmark);
    }

    public void Remove(Bookmark bookmark)
    {
        if (!State.BookmarkList.Remove(bookmark)) return;
        bookmark.Execution.BookmarkCount--;
        if (!Result.CreatedBookmarks.Remove(bookmark)) Result.RemovedBookmarkIds.Add(bookmark.Id);
    }

    public bool RecordsValues => _detail == JournalDetail.Full;

    public void AddJournalLine(ActivityExecution execution, string eventName, string? message, object? payload)
    {
        var node = execution.Node;
        var ending = eventName is JournalEvents.Completed or JournalEvents.Faulted;
        Result.JournalLines.Add(new JournalLine
        {
            Sequence = ++State.JournalSequence,
            Timestamp = Environment.Now,
            EventName = eventName,
            ActivityInstanceId = execution.Id,
            ParentActivityInstanceId = execution.Parent?.Id,
            ActivityId = node.ActivityId,
            ActivityType = node.Type,
            ActivityTypeVersion = node.Version,
            ActivityName = node.Name,
            NodeId = node.NodeId,
            Message = message,
            ActivityState = ending ? execution.RecordedInputs : null,
            Payload = payload,
        });
    }

    private void Touch(ActivityExecution execution)
    {
        if (execution.IsTouched) return;
        execution.IsTouched = true;
        _touched.Add(execution);
    }

    private void RemoveBookmarksOf(ActivityExecution execution)
    {
        for (var i = State.BookmarkList.Count - 1; i >= 0; i--)
        {
            if (State.BookmarkList[i].Execution == execution) Remove(State.BookmarkList[i]);
        }
    }

    /// <summary>Settles the run's status and writes the records of all executions that the step touched.</summary>
    private void Close()
    {
        State.StepCount++;
        State.UpdatedAt = Environment.Now;
        if (!State.IsOver)
        {
            State.SubStatus = IsFaulted
                ? RunSubStatus.Faulted
                : Result.HasMoreWork ? RunSubStatus.Executing : RunSubStatus.Suspended;
        }

        if (_detail != JournalDetail.FaultsOnly) ReportSuspended();

        foreach (var execution in _touched)
        {
            execution.IsTouched = false;
            Result.ActivityExecutionRecords.Add(Record(execution));
        }
    }

    private void ReportSuspended()
    {
        ActivityExecution? last = null;
        foreach (var bookmark in Result.CreatedBookmarks)
        {
            Touch(bookmark.Execution);
            if (bookmark.Execution == last) continue;
            last = bookmark.Execution;
            AddJournalLine(last, JournalEvents.Suspended, null, null);
        }
    }

    private ActivityExecutionRecord Record(ActivityExecution execution)
    {
        var node = execution.Node;
        var fault = FaultOf(execution);
        return new ActivityExecutionRecord
        {
            Id = execution.Id,
            WorkflowInstanceId = State.InstanceId,
            ActivityId = node.ActivityId,
            ActivityNodeId = node.NodeId,
            ActivityType = node.Type,
            ActivityTypeVersion = node.Version,
            ActivityName = node.Name,
            StartedAt = execution.StartedAt,
            CompletedAt = execution.Status is ActivityStatus.Completed or ActivityStatus.Canceled
                ? Environment.Now
                : null,
            Status = fault is null ? execution.Status : ActivityStatus.Faulted,
            HasBookmarks = execution.BookmarkCount > 0,
            AggregateFaultCount = CountFaults(execution),
            ActivityState = execution.RecordedInputs,
            Outputs = execution.RecordedOutputs,
            Outcomes = execution.CompletedWith,
            Properties = RecordsValues && node.Log.InternalState ? execution.State : null,
            FaultMessage = fault?.Message,
            FaultType = fault?.CauseType,
            SchedulingActivityExecutionId = execution.SchedulingNumber == 0
                ? null
                : ExecutionId.Of(State.InstanceId, execution.SchedulingNumber),
            SchedulingActivityId = execution.SchedulingActivityId,
            ParentId = execution.Parent?.Id,
            CallStackDepth = execution.Depth,
        };
    }

    private Incident? FaultOf(ActivityExecution execution)
    {
        foreach (var incident in State.IncidentList)
        {
            if (incident.Execution == execution) return incident;
        }

        return null;
    }

    private int CountFaults(ActivityExecution execution)
    {
        var count = 0;
        foreach (var incident in State.IncidentList)
        {
            if (incident.Execution == execution || incident.Execution.IsBelow(execution)) count++;
        }

        return count;
    }
}
