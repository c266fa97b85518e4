using Consultation.Engine.Definitions;
using Consultation.Engine.Expressions;

namespace Consultation.Engine.Running;

/// <summary>
/// What an activity sees of its run during a step. Valid only while the activity is being called; keep nothing of it.
/// </summary>
public sealed partial class ActivityContext
{
    private static readonly string[] Done = ["Done"];

    private readonly StepExecution _step;

    internal ActivityContext(StepExecution step) => _step = step;

    /// <summary>The execution that this call belongs to.</summary>
    public ActivityExecution Execution { get; internal set; } = null!;

    /// <summary>The node of the activity.</summary>
    public ActivityNode Node => Execution.Node;

    /// <summary>The run.</summary>
    public RunState Run => _step.State;

    /// <summary>The step's time; the same for the whole step.</summary>
    public DateTimeOffset Now => _step.Environment.Now;

    /// <summary>The zone in which cron expressions are meant.</summary>
    public TimeZoneInfo Zone => _step.Environment.Zone;

    /// <summary>
    /// What the host passed for this step. Changes that a call makes to it are undone when the call fails.
    /// </summary>
    public object? Host => _step.TakeHost();

    public string InstanceId => _step.State.InstanceId;

    public string? CorrelationId
    {
        get => _step.State.CorrelationId;
        set => _step.State.CorrelationId = value;
    }

    /// <summary>The run's own name.</summary>
    public string? InstanceName
    {
        get => _step.State.Name;
        set => _step.State.Name = value;
    }

    /// <summary>What expressions see at this place of the run.</summary>
    public IExpressionScope Scope => _step.ScopeOf(Execution);

    /// <summary>
    /// True when this activity started the run as its trigger and executes for the first time because of it.
    /// </summary>
    public bool IsTriggerOfWorkflow => _step.IsTriggering(Execution);

    /// <summary>What the trigger received, when <see cref="IsTriggerOfWorkflow"/>.</summary>
    public object? TriggerPayload => _step.State.TriggerPayload;

    /// <summary>True after a <c>Break</c> below this activity: schedule nothing more and complete.</summary>
    public bool IsBreaking => Execution.IsBreaking;

    /// <summary>True when no child is open, faulted or waiting for its turn.</summary>
    public bool HasNoOpenChildren =>
        Execution.RunningChildren == 0 && Execution.ScheduledChildren == 0 && Execution.FaultedChildren == 0;

    internal StepExecution Step => _step;

    /// <summary>A new unique id.</summary>
    public string NewId() => _step.Environment.NewId();

    /// <summary>A random number from 0 up to but not including 1.</summary>
    public double NextRandom() => _step.Environment.NextRandom?.Invoke() ?? 0.5;

    /// <summary>The host's resilience strategy of that id, or null.</summary>
    internal RetryStrategy? FindRetryStrategy(string id)
    {
        foreach (var strategy in _step.Environment.RetryStrategies)
        {
            if (strategy.Id == id) return strategy;
        }

        return null;
    }

    /// <summary>Completes with the outcome <c>Done</c>. The second completion of an execution does nothing.</summary>
    public void Complete() => _step.Complete(Execution, Done);

    /// <summary>Completes with one outcome.</summary>
    public void CompleteWithOutcome(string outcome) => _step.Complete(Execution, [outcome]);

    /// <summary>
    /// Completes with these outcomes; the array is kept and must not change. None at all means that no connection is
    /// followed.
    /// </summary>
    public void CompleteWithOutcomes(params string[] outcomes) => _step.Complete(Execution, outcomes);

    /// <summary>
    /// Schedules a child; <see cref="Activity.OnChildCompleted"/> is called when it has completed.
    /// </summary>
    /// <param name="child">The child's node.</param>
    /// <param name="tag">A mark to find in <see cref="ActivityExecution.Tag"/>, as plain data.</param>
    /// <param name="variables">Variables that exist only for this execution of the child, by name.</param>
    public void Schedule(ActivityNode child, object? tag = null, Dictionary<string, object?>? variables = null) =>
        _step.Schedule(new WorkItem(child, Execution) { Tag = tag, Dynamic = variables });

    /// <summary>Fails with words for people: becomes an incident. Never returns.</summary>
    public static void Fault(string message, string code = "0", string category = "General", string type = "System") =>
        throw new ActivityFaultException(message, code, category, type);

    /// <summary>Adds a line to the run's journal.</summary>
    public void Journal(string eventName, string? message = null, object? payload = null) =>
        _step.AddJournalLine(Execution, eventName, message, payload);

    /// <summary>Asks the runtime to do something after the commit.</summary>
    public void Request(StepRequest request) => _step.Result.Requests.Add(
        request is StepRequest.DispatchWorkflow dispatch
            ? dispatch with { Call = _step.Call, NodeId = Execution.Node.NodeId }
            : request);

    /// <summary>Answers the sender of the stimulus; the last answer counts.</summary>
    public void Answer(object? answer) => (_step.Result.Answer, _step.Result.IsRefusal) = (answer, false);

    /// <summary>
    /// Answers that nothing came of the stimulus. Unlike an answer it is not kept for a repeated operation: what is
    /// refused now may be sent again, and be taken, when things have changed.
    /// </summary>
    public void Refuse(object? answer) => (_step.Result.Answer, _step.Result.IsRefusal) = (answer, true);

    /// <summary>
    /// Follows the connections of these outcomes while this activity stays open (Elsa's signal
    /// <c>ScheduleActivityOutcomes</c>): "overdue" leads to a reminder, and the task goes on waiting. Call it last, so
    /// that a failed call leaves nothing behind.
    /// </summary>
    public void FollowOutcomes(params string[] outcomes)
    {
        if (Execution is not
            {
                Status: ActivityStatus.Running,
                Parent: { Status: ActivityStatus.Running } parent
            } child)
        {
            return;
        }
        child.FollowedEarly ??= [];
        foreach (var outcome in outcomes)
        {
            if (!child.FollowedEarly.Contains(outcome)) child.FollowedEarly.Add(outcome);
        }

        Execution = parent;
        parent.Node.Activity.OnChildOutcomes(this, child, outcomes);
        Execution = child;
    }

    /// <summary>Cancels an open child with everything below it; this activity is not told.</summary>
    public void CancelChild(ActivityExecution child)
    {
        if (child.Parent != Execution)
        {
            throw new ArgumentException("Only an own child can be cancelled.", nameof(child));
        }
        _step.Cancel(child);
    }

    /// <summary>
    /// Cancels all open children with everything below them, and drops those that wait for their turn.
    /// </summary>
    public void CancelChildren() => _step.CancelChildren(Execution);

    /// <summary>Elsa's break signal: the nearest loop above stops after the present turn.</summary>
    internal void Break()
    {
        for (var above = Execution.Parent; above is not null; above = above.Parent)
        {
            var handling = above.Node.Activity.BreakHandling;
            if (handling != BreakHandling.Pass) above.IsBreaking = true;
            if (handling == BreakHandling.MarkAndStop) return;
        }
    }

    /// <summary>Completes this activity and the definition it stands in, with these outcomes.</summary>
    internal void CompleteComposite(string[] outcomes)
    {
        var composite = Execution.Parent;
        while (composite is not null && !composite.Node.Activity.IsComposite) composite = composite.Parent;
        Complete();
        if (composite is not null) _step.Complete(composite, outcomes);
    }

    /// <summary>Ends the whole run as finished.</summary>
    internal void FinishRun()
    {
        Complete();
        _step.Finish();
    }
}
