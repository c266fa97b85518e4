using Consultation.Engine.Definitions;

namespace Consultation.Engine.Running;

/// <summary>One step on its way: the loop that takes scheduled activities and lets each do its work.</summary>
internal sealed partial class StepExecution
{
    private readonly ActivityContext _context;
    private readonly ExpressionScope _scope;
    private readonly Queue<ActivityExecution> _completions = new();
    private readonly List<ActivityExecution> _touched = [];
    private readonly JournalDetail _detail;
    private ActivityExecution? _triggering;
    private bool _isFinishing;
    private bool _hostTaken;
    private int _calls;

    /// <summary>The how manyth call of the step is on, from 1.</summary>
    public int Call { get; private set; }

    public StepExecution(CompiledWorkflow workflow, RunState state, StepEnvironment environment)
    {
        Workflow = workflow;
        State = state;
        Environment = environment;
        Result = new StepResult(state);
        _context = new ActivityContext(this);
        _scope = new ExpressionScope(this);
        _detail = environment.Journal;
    }

    public CompiledWorkflow Workflow { get; }

    public RunState State { get; }

    public StepEnvironment Environment { get; }

    public StepResult Result { get; }

    public StepResult Take(Stimulus stimulus)
    {
        if (!Apply(stimulus))
        {
            Result.Matched = false;
            return Result;
        }

        if (stimulus is not (Stimulus.SetVariables or Stimulus.Moved) && !State.IsOver) RunScheduled();
        Close();
        return Result;
    }

    public ExpressionScope ScopeOf(ActivityExecution execution)
    {
        _scope.Execution = execution;
        return _scope;
    }

    public bool IsTriggering(ActivityExecution execution) => ReferenceEquals(_triggering, execution);

    public void Schedule(in WorkItem item)
    {
        item.Owner.ScheduledChildren++;
        State.Scheduled.Enqueue(item);
    }

    /// <summary>True when that node waits for its turn as a child of that execution.</summary>
    public bool IsScheduled(ActivityExecution owner, ActivityNode node)
    {
        if (owner.ScheduledChildren == 0) return false;
        foreach (var item in State.Scheduled)
        {
            if (item.Owner == owner && item.Node == node) return true;
        }

        return false;
    }

    private bool Apply(Stimulus stimulus)
    {
        switch (stimulus)
        {
            case Stimulus.Start start:
                Start(start);
                return true;
            case Stimulus.Resume resume:
                return ResumeBookmark(resume.BookmarkId, resume.Payload);
            case Stimulus.TimerDue due:
                return ResumeBookmark(due.BookmarkId, null);
            case Stimulus.Retry retry:
                return Retry(retry.IncidentId);
            case Stimulus.Cancel cancel:
                return CancelRun(cancel.Reason);
            case Stimulus.SetVariables set:
                return SetVariables(set.Values);
            case Stimulus.Moved moved:
                NoteMove(moved);
                return true;
            case Stimulus.Continue:
                return !State.IsOver && State.Scheduled.Count > 0;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private void Start(Stimulus.Start start)
    {
        if (State.Root is not null || State.SubStatus != RunSubStatus.Pending)
            throw new InvalidOperationException($"Run {State.InstanceId} has been started already.");
        State.TriggerActivityId = start.TriggerActivityId;
        State.TriggerPayload = start.TriggerPayload;
        State.InputValues = WorkflowInput.Convert(Workflow.Definition, start.Input);
        State.SubStatus = RunSubStatus.Executing;
        var root = Begin(new WorkItem(Workflow.Root, null!));
        State.Root = root;
        Invoke(root, FaultedAction.Execute);
    }

    private void NoteMove(Stimulus.Moved moved)
    {
        Result.HasMoreWork = State.Scheduled.Count > 0;
        AddJournalLine(
            State.Root!, JournalEvents.Moved,
            $"第 {moved.FromVersion} 版 → 第 {moved.ToVersion} 版 / version {moved.FromVersion} → {moved.ToVersion}",
            new Dictionary<string, object?>
            {
                ["FromVersion"] = (long)moved.FromVersion,
                ["ToVersion"] = (long)moved.ToVersion,
            });
    }

    private bool ResumeBookmark(string bookmarkId, object? payload)
    {
        if (State.IsOver || State.FindBookmark(bookmarkId) is not { } bookmark) return false;
        var execution = bookmark.Execution;
        if (execution.Status != ActivityStatus.Running) return false;
        if (State.SubStatus != RunSubStatus.Faulted) State.SubStatus = RunSubStatus.Executing;
        if (bookmark.AutoBurn) Remove(bookmark);
        Touch(execution);
        if (_detail != JournalDetail.FaultsOnly) AddJournalLine(execution, JournalEvents.Resumed, null, null);
        Invoke(execution, FaultedAction.Resume, bookmark, payload);
        return true;
    }

    private void RunScheduled()
    {
        var limit = Environment.MaxActivities;
        while (State.Scheduled.Count > 0 && !_isFinishing)
        {
            if (Result.ActivityCount >= limit)
            {
                Result.HasMoreWork = true;
                return;
            }

            var item = State.Scheduled.Dequeue();
            item.Owner.ScheduledChildren--;
            if (item.Owner.Status is ActivityStatus.Completed or ActivityStatus.Canceled) continue;
            Invoke(Begin(item), FaultedAction.Execute);
        }
    }

    private ActivityExecution Begin(in WorkItem item)
    {
        var node = item.Node!;
        var execution = new ActivityExecution(State, ++State.LastExecutionNumber, node, item.Owner)
        {
            StartedAt = Environment.Now,
            Tag = item.Tag,
            Dynamic = item.Dynamic,
            ByBackwardConnection = item.ByBackwardConnection,
            SchedulingNumber = item.SchedulingNumber,
            SchedulingActivityId = item.SchedulingActivityId,
        };
        if (item.Owner is { } owner)
        {
            owner.Attach(execution);
            owner.RunningChildren++;
        }

        if (node.Variables.Count > 0) execution.Slots = node.NewSlots();
        State.ActivityCount++;
        Result.ActivityCount++;
        if (!State.HasTriggered && State.TriggerActivityId is { } trigger && trigger == node.ActivityId
            && ReferenceEquals(node.Definition, Workflow.Definition))
        {
            _triggering = execution;
            State.HasTriggered = true;
        }

        if (_detail != JournalDetail.FaultsOnly)
        {
            Touch(execution);
            AddJournalLine(execution, JournalEvents.Started, null, null);
        }

        return execution;
    }

    /// <summary>Lets an execution act, and after it all parents whose children completed because of it.</summary>
    private void Invoke(
        ActivityExecution execution,
        FaultedAction action,
        Bookmark? bookmark = null,
        object? payload = null,
        ActivityExecution? child = null)
    {
        InvokeOnce(execution, action, bookmark, payload, child);
        while (_completions.Count > 0 && !_isFinishing)
        {
            var completed = _completions.Dequeue();
            if (completed.Parent is not { } parent) Finish();
            else if (parent.Status == ActivityStatus.Running)
                InvokeOnce(parent, FaultedAction.ChildCompleted, null, null, completed);
        }
    }

    private void InvokeOnce(
        ActivityExecution execution, FaultedAction action, Bookmark? bookmark, object? payload,
        ActivityExecution? child)
    {
        var createdBefore = Result.CreatedBookmarks.Count;
        var requestsBefore = Result.Requests.Count;
        var scheduledBefore = execution.ScheduledChildren;
        _context.Execution = execution;
        _hostTaken = false;
        var call = Call = ++_calls;
        try
        {
            FailAsBefore(call, execution);
            if (State.ActivityCount > Environment.MaxActivitiesPerRun)
                throw RunLimits.TooManyActivities(Environment.MaxActivitiesPerRun);
            if (Environment.Stop.IsCancellationRequested) throw RunLimits.TooLong();
            var activity = execution.Node.Activity;
            switch (action)
            {
                case FaultedAction.Execute:
                    activity.Execute(_context);
                    break;
                case FaultedAction.Resume:
                    activity.Resume(_context, bookmark!, payload);
                    break;
                default:
                    activity.OnChildCompleted(_context, child!);
                    break;
            }
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            if (Spoils(call, execution, failure)) return;
            Undo(execution, createdBefore, requestsBefore, scheduledBefore);
            Fail(execution, failure, action, bookmark, payload, child);
        }
    }

    /// <summary>Takes back what a failed call left behind, so that a retry does not do it twice.</summary>
    private void Undo(ActivityExecution execution, int createdBefore, int requestsBefore, int scheduledBefore)
    {
        for (var i = Result.CreatedBookmarks.Count - 1; i >= createdBefore; i--)
        {
            if (Result.CreatedBookmarks[i].Execution == execution) Remove(Result.CreatedBookmarks[i]);
        }

        Result.Requests.RemoveRange(requestsBefore, Result.Requests.Count - requestsBefore);
        if (execution.ScheduledChildren > scheduledBefore) Unschedule(execution, keep: scheduledBefore);
    }

    /// <summary>Drops the newest scheduled children of an execution, all but the first few.</summary>
    private void Unschedule(ActivityExecution owner, int keep)
    {
        var seen = 0;
        for (var remaining = State.Scheduled.Count; remaining > 0; remaining--)
        {
            var item = State.Scheduled.Dequeue();
            if (item.Owner == owner && ++seen > keep) owner.ScheduledChildren--;
            else State.Scheduled.Enqueue(item);
        }
    }
}
