namespace Consultation.Engine.Running;

internal sealed partial class StepExecution
{
    /// <summary>
    /// Completes an execution: what is open below it is cancelled, its bookmarks go, its parent is told.
    /// </summary>
    public void Complete(ActivityExecution execution, string[] outcomes)
    {
        if (execution.Status != ActivityStatus.Running) return;
        if (execution.FirstChild is not null || execution.ScheduledChildren > 0) CancelChildren(execution);
        if (execution.Node.Activity.IsComposite) TellCompleting(execution);
        Leave(execution, ActivityStatus.Completed);
        execution.CompletedWith = outcomes;
        if (_detail != JournalDetail.FaultsOnly) AddJournalLine(execution, JournalEvents.Completed, null, null);
        _completions.Enqueue(execution);
    }

    private void TellCompleting(ActivityExecution execution)
    {
        Tell(execution, static (activity, context, _) => activity.OnCompleting(context), execution);
    }

    /// <summary>Cancels an execution and all below it, and tells its parent when that goes on.</summary>
    public void CancelAndTell(ActivityExecution execution)
    {
        if (execution.Status is not (ActivityStatus.Running or ActivityStatus.Faulted)) return;
        Cancel(execution);
        if (execution.Parent is not { Status: ActivityStatus.Running } parent) return;
        Tell(parent, static (activity, context, child) => activity.OnChildCanceled(context, child), execution);
    }

    /// <summary>Cancels an execution and all below it; nobody above is told.</summary>
    public void Cancel(ActivityExecution execution)
    {
        if (execution.Status is not (ActivityStatus.Running or ActivityStatus.Faulted)) return;
        CancelChildren(execution);
        Leave(execution, ActivityStatus.Canceled);
        if (_detail != JournalDetail.FaultsOnly) AddJournalLine(execution, JournalEvents.Canceled, null, null);
        Tell(execution, static (activity, context, _) => activity.OnCanceled(context), execution);
    }

    /// <summary>
    /// Calls an activity in the middle of another's call. A failure there is written down and stops nothing.
    /// </summary>
    private void Tell(
        ActivityExecution told, Action<Activity, ActivityContext, ActivityExecution> what, ActivityExecution about)
    {
        var (calling, callOn, hostTaken) = (_context.Execution, Call, _hostTaken);
        _context.Execution = told;
        _hostTaken = false;
        var call = Call = ++_calls;
        try
        {
            FailAsBefore(call, told);
            what(told.Node.Activity, _context, about);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            if (!Spoils(call, told, failure)) AddJournalLine(told, JournalEvents.Faulted, failure.Message, null);
        }
        finally
        {
            (_context.Execution, Call) = (calling, callOn);
            _hostTaken |= hostTaken;
        }
    }

    public void CancelChildren(ActivityExecution execution)
    {
        while (execution.FirstChild is { } child) Cancel(child);
        if (execution.ScheduledChildren > 0) Unschedule(execution, keep: 0);
    }

    /// <summary>
    /// Ends the run: whatever is still open above the place of the call counts as completed, the rest is cancelled.
    /// </summary>
    public void Finish()
    {
        if (_isFinishing) return;
        _isFinishing = true;
        if (State.Root is { } root)
        {
            KeepVariables(root);
            for (var above = _context.Execution; above is not null; above = above.Parent)
            {
                if (above.Status == ActivityStatus.Running) Complete(above, above.CompletedWith ?? []);
            }

            Cancel(root);
        }

        End(RunSubStatus.Finished);
    }

    private bool CancelRun(string? reason)
    {
        if (State.IsOver) return false;
        _isFinishing = true;
        State.CancelReason = reason;
        if (State.Root is { } root)
        {
            KeepVariables(root);
            Cancel(root);
        }

        End(RunSubStatus.Cancelled);
        return true;
    }

    private void End(RunSubStatus subStatus)
    {
        State.Root = null;
        State.Scheduled.Clear();
        State.ActivityOutputs.Clear();
        _completions.Clear();
        foreach (var incident in State.IncidentList) Result.ResolvedIncidentIds.Add(incident.Id);
        if (subStatus == RunSubStatus.Finished) State.IncidentList.Clear();
        State.SubStatus = subStatus;
        State.FinishedAt = Environment.Now;
        if (State is not { ParentInstanceId: { } parent, ParentBookmarkId: { } bookmark }) return;
        Result.Requests.Add(new StepRequest.ResumeRun(parent, bookmark, State.ToParent()));
    }

    private void KeepVariables(ActivityExecution root)
    {
        if (root.Slots is not { } slots) return;
        for (var i = 0; i < slots.Length; i++) State.FinalVariables[root.Node.Variables[i].Id] = slots[i];
    }

    private void Leave(ActivityExecution execution, ActivityStatus status)
    {
        if (_detail != JournalDetail.FaultsOnly) Touch(execution);
        if (execution.BookmarkCount > 0) RemoveBookmarksOf(execution);
        if (execution.FaultedChildren > 0 || execution.Status == ActivityStatus.Faulted) CloseIncidentsOf(execution);
        if (execution.Parent is { } parent)
        {
            if (execution.Status == ActivityStatus.Faulted) parent.FaultedChildren--;
            else parent.RunningChildren--;
            parent.Detach(execution);
        }

        execution.Status = status;
    }

    private bool SetVariables(IReadOnlyDictionary<string, object?> values)
    {
        var changed = false;
        foreach (var (key, value) in values)
        {
            foreach (var execution in RunState.Open(State.Root))
            {
                if (execution.Slots is not { } slots) continue;
                var slot = execution.Node.FindVariableById(key);
                if (slot < 0) slot = execution.Node.FindVariable(key);
                if (slot < 0) continue;
                slots[slot] = VariableAccess.Converted(execution.Node.Variables[slot], value);
                changed = true;
                break;
            }
        }

        return changed;
    }
}
