using Consultation.Engine.Definitions;
using Consultation.Engine.Moves;

namespace Consultation.Engine.Running;

/// <summary>The state of one execution of an activity.</summary>
public enum ActivityStatus
{
    Pending,
    Running,
    Completed,
    Canceled,
    Faulted,
}

/// <summary>
/// One execution of one activity in a run. Executions form a tree; only those that are still open are kept in the run
/// (with those an open incident still needs).
/// </summary>
public sealed class ActivityExecution
{
    private ActivityNode? _node;
    private string? _nodeId;
    private string? _id;

    internal ActivityExecution(RunState run, long number, ActivityNode node, ActivityExecution? parent)
    {
        Run = run;
        Number = number;
        _node = node;
        Parent = parent;
    }

    internal ActivityExecution(RunState run, long number, string nodeId, ActivityExecution? parent)
    {
        Run = run;
        Number = number;
        _nodeId = nodeId;
        Parent = parent;
    }

    /// <summary>The number of the execution within its run, ascending from 1.</summary>
    public long Number { get; }

    /// <summary>The activity instance id: unique everywhere, made of the run's id and the number.</summary>
    public string Id => _id ??= ExecutionId.Of(Run.InstanceId, Number);

    /// <summary>The node. Available once the run is bound to its workflow, which every step does first.</summary>
    public ActivityNode Node => _node
        ?? throw new InvalidOperationException("Bind the run to its workflow before asking for nodes.");

    /// <summary>The node's id within the workflow.</summary>
    public string NodeId => _nodeId ?? _node!.NodeId;

    /// <summary>The containing execution; null for the workflow itself.</summary>
    public ActivityExecution? Parent { get; }

    public ActivityStatus Status { get; internal set; } = ActivityStatus.Running;

    public DateTimeOffset StartedAt { get; internal set; }

    /// <summary>The outcomes it completed with; empty before.</summary>
    public IReadOnlyList<string> Outcomes => CompletedWith ?? [];

    /// <summary>The mark its parent gave it when scheduling it, or null.</summary>
    public object? Tag { get; internal set; }

    /// <summary>Open children, newest first.</summary>
    public IEnumerable<ActivityExecution> Children
    {
        get
        {
            for (var child = FirstChild; child is not null; child = child.NextSibling) yield return child;
        }
    }

    /// <summary>The activity's private state in this execution, as plain data; null until something is set.</summary>
    public IReadOnlyDictionary<string, object?>? Properties => State;

    /// <summary>How deep the execution stands below the workflow (0).</summary>
    public int Depth
    {
        get
        {
            var depth = 0;
            for (var parent = Parent; parent is not null; parent = parent.Parent) depth++;
            return depth;
        }
    }

    internal RunState Run { get; }

    internal ActivityNode? BoundNode => _node;

    internal string[]? CompletedWith { get; set; }

    /// <summary>Number of the execution whose completion scheduled this one; 0 for none.</summary>
    internal long SchedulingNumber { get; set; }

    internal string? SchedulingActivityId { get; set; }

    internal bool ByBackwardConnection { get; set; }

    internal bool IsBreaking { get; set; }

    internal bool IsTouched { get; set; }

    /// <summary>Outcomes that were followed while the activity stayed open.</summary>
    internal List<string>? FollowedEarly { get; set; }

    internal int RunningChildren { get; set; }

    internal int ScheduledChildren { get; set; }

    /// <summary>Faulted children, and own calls after the first that failed.</summary>
    internal int FaultedChildren { get; set; }

    internal int BookmarkCount { get; set; }

    /// <summary>Values of the variables that the node declares, by their slot.</summary>
    internal object?[]? Slots { get; set; }

    /// <summary>Values of slots as read from storage, by variable id, until the run is bound.</summary>
    internal Dictionary<string, object?>? StoredSlots { get; set; }

    /// <summary>Variables given by the scheduling parent (a loop's current value).</summary>
    internal Dictionary<string, object?>? Dynamic { get; set; }

    /// <summary>Inputs of a definition used as an activity.</summary>
    internal Dictionary<string, object?>? ScopeInput { get; set; }

    /// <summary>Outputs of a definition used as an activity.</summary>
    internal Dictionary<string, object?>? ScopeOutput { get; set; }

    internal Dictionary<string, object?>? State { get; set; }

    /// <summary>Compact whole-number state of containers (flowchart counters and tokens).</summary>
    internal int[]? Counters { get; set; }

    internal Dictionary<string, object?>? RecordedInputs { get; set; }

    internal Dictionary<string, object?>? RecordedOutputs { get; set; }

    internal ActivityExecution? FirstChild { get; private set; }

    internal ActivityExecution? NextSibling { get; private set; }

    private ActivityExecution? PreviousSibling { get; set; }

    internal void Attach(ActivityExecution child)
    {
        child.NextSibling = FirstChild;
        if (FirstChild is not null) FirstChild.PreviousSibling = child;
        FirstChild = child;
    }

    internal void Detach(ActivityExecution child)
    {
        if (child.PreviousSibling is not null) child.PreviousSibling.NextSibling = child.NextSibling;
        else if (FirstChild == child) FirstChild = child.NextSibling;
        if (child.NextSibling is not null) child.NextSibling.PreviousSibling = child.PreviousSibling;
        child.PreviousSibling = null;
        child.NextSibling = null;
    }

    internal bool IsBelow(ActivityExecution ancestor)
    {
        for (var parent = Parent; parent is not null; parent = parent.Parent)
        {
            if (parent == ancestor) return true;
        }

        return false;
    }

    /// <summary>Puts the execution at the counterpart of its node in another version.</summary>
    internal void MoveTo(ActivityNode node)
    {
        if (Slots is { } slots) Slots = VariableMoves.Move(slots, Node, node);
        else if (node.Variables.Count > 0) Slots = node.NewSlots();
        _node = node;
        _nodeId = null;
    }

    internal void Bind(ActivityNode node)
    {
        _node = node;
        _nodeId = null;
        if (StoredSlots is not { } stored) return;
        StoredSlots = null;
        Slots = new object?[node.Variables.Count];
        for (var i = 0; i < Slots.Length; i++)
        {
            var variable = node.Variables[i];
            Slots[i] = stored.TryGetValue(variable.Id, out var value) ? value : variable.InitialValue;
        }
    }
}
