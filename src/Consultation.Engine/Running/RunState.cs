using System.Text.Json.Nodes;
using Consultation.Engine.Definitions;
using Consultation.Engine.Expressions;
using Consultation.Engine.Flowcharts;
using Consultation.Engine.Moves;

namespace Consultation.Engine.Running;

/// <summary>The coarse state of a run, as Elsa names it.</summary>
public enum RunStatus
{
    Running,
    Finished,
}

/// <summary>The fine state of a run, as Elsa names it.</summary>
public enum RunSubStatus
{
    Pending,
    Executing,
    Suspended,
    Finished,
    Cancelled,
    Faulted,
    Interrupted,
}

/// <summary>
/// All of one run's state: what a store keeps between two steps. Only <see cref="Stepper"/> changes it. Not safe for
/// use by two threads at once.
/// </summary>
public sealed partial class RunState
{
    private RunState(string instanceId, string definitionId, string definitionVersionId, int version)
    {
        InstanceId = instanceId;
        DefinitionId = definitionId;
        DefinitionVersionId = definitionVersionId;
        Version = version;
    }

    public string InstanceId { get; }

    public string DefinitionId { get; private set; }

    public string DefinitionVersionId { get; private set; }

    /// <summary>The definition's version.</summary>
    public int Version { get; private set; }

    /// <summary>The run that started this one, or null.</summary>
    public string? ParentInstanceId { get; private set; }

    /// <summary>The parent's bookmark to resume at the end, or null.</summary>
    public string? ParentBookmarkId { get; private set; }

    public string? CorrelationId { get; internal set; }

    /// <summary>The run's own name, or null.</summary>
    public string? Name { get; internal set; }

    /// <summary>Finished once <see cref="SubStatus"/> is Finished, Cancelled or Faulted, as in Elsa.</summary>
    public RunStatus Status =>
        SubStatus is RunSubStatus.Finished or RunSubStatus.Cancelled or RunSubStatus.Faulted
            ? RunStatus.Finished
            : RunStatus.Running;

    public RunSubStatus SubStatus { get; internal set; } = RunSubStatus.Pending;

    /// <summary>
    /// True when nothing can happen to the run any more. A faulted run is not over: it waits for a retry.
    /// </summary>
    public bool IsOver => SubStatus is RunSubStatus.Finished or RunSubStatus.Cancelled;

    public bool IsSystem { get; init; }

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Time of the last step.</summary>
    public DateTimeOffset UpdatedAt { get; internal set; }

    /// <summary>When the run finished or was cancelled, or null.</summary>
    public DateTimeOffset? FinishedAt { get; internal set; }

    /// <summary>The workflow's input by name, as plain data.</summary>
    public IReadOnlyDictionary<string, object?> Input => InputValues;

    /// <summary>The workflow's output by name, as plain data.</summary>
    public IReadOnlyDictionary<string, object?> Output => OutputValues;

    /// <summary>Free properties of the run, as plain data, for example <c>Flowchart:ExecutionMode</c>.</summary>
    public IDictionary<string, object?> Properties => PropertyValues;

    /// <summary>The open bookmarks, in order of creation.</summary>
    public IReadOnlyList<Bookmark> Bookmarks => BookmarkList;

    /// <summary>The open incidents, in order of occurrence.</summary>
    public IReadOnlyList<Incident> Incidents => IncidentList;

    /// <summary>The earliest time at which a bookmark's timer is due, or null.</summary>
    public DateTimeOffset? NextDueAt
    {
        get
        {
            DateTimeOffset? next = null;
            foreach (var bookmark in BookmarkList)
            {
                if (bookmark.DueAt is { } due && (next is null || due < next)) next = due;
            }

            return next;
        }
    }

    /// <summary>The open executions, parents before their children.</summary>
    public IEnumerable<ActivityExecution> ActivityExecutions => Open(Root);

    /// <summary>Activities executed so far.</summary>
    public long ActivityCount { get; internal set; }

    /// <summary>Number of the last journal line.</summary>
    public long JournalSequence { get; internal set; }

    /// <summary>Steps taken so far.</summary>
    public long StepCount { get; internal set; }

    /// <summary>The reason given when the run was cancelled, or null.</summary>
    public string? CancelReason { get; internal set; }

    /// <summary>The activity that started the run as its trigger, or null.</summary>
    public string? TriggerActivityId { get; internal set; }

    internal object? TriggerPayload { get; set; }

    /// <summary>
    /// True once the trigger has executed; when the flow comes to it again it waits like any other activity.
    /// </summary>
    internal bool HasTriggered { get; set; }

    internal ActivityExecution? Root { get; set; }

    internal CompiledWorkflow? Workflow { get; private set; }

    internal long LastExecutionNumber { get; set; }

    internal object? LastResult { get; set; }

    internal Dictionary<string, object?> InputValues { get; set; } = [];

    internal Dictionary<string, object?> OutputValues { get; set; } = [];

    internal Dictionary<string, object?> PropertyValues { get; set; } = [];

    internal List<Bookmark> BookmarkList { get; } = [];

    internal List<Incident> IncidentList { get; } = [];

    internal Queue<WorkItem> Scheduled { get; } = [];

    /// <summary>Outputs of activities by node id, then by output name.</summary>
    internal Dictionary<string, Dictionary<string, object?>> ActivityOutputs { get; } = [];

    /// <summary>
    /// A run that has not started: give it to <see cref="Stepper.Run"/> with <see cref="Stimulus.Start"/>.
    /// </summary>
    public static RunState New(
        string instanceId,
        WorkflowDefinition definition,
        DateTimeOffset now,
        string? correlationId = null,
        string? name = null,
        string? parentInstanceId = null,
        string? parentBookmarkId = null) =>
        new(instanceId, definition.DefinitionId, definition.Id, definition.Version)
        {
            IsSystem = definition.IsSystem,
            CreatedAt = now,
            UpdatedAt = now,
            CorrelationId = correlationId,
            Name = name,
            ParentInstanceId = parentInstanceId,
            ParentBookmarkId = parentBookmarkId,
        };

    /// <summary>The bookmark of that id, or null.</summary>
    public Bookmark? FindBookmark(string bookmarkId)
    {
        foreach (var bookmark in BookmarkList)
        {
            if (bookmark.Id == bookmarkId) return bookmark;
        }

        return null;
    }

    /// <summary>
    /// The variables of all open scopes, outermost first, with their present values. Binds the run to its workflow.
    /// </summary>
    public IReadOnlyList<VariableValue> ListVariables(CompiledWorkflow workflow)
    {
        Bind(workflow);
        var values = new List<VariableValue>();
        foreach (var execution in ActivityExecutions)
        {
            if (execution.Slots is { } slots)
            {
                for (var i = 0; i < slots.Length; i++)
                {
                    var variable = execution.Node.Variables[i];
                    values.Add(new VariableValue(variable.Id, variable.Name, execution.NodeId, slots[i]));
                }
            }

            if (execution.Dynamic is not { } dynamic) continue;
            foreach (var (name, value) in dynamic) values.Add(new VariableValue(name, name, execution.NodeId, value));
        }

        if (values.Count == 0)
        {
            foreach (var (id, value) in FinalVariables)
                values.Add(new VariableValue(id, workflow.VariableName(id), workflow.Root.NodeId, value));
        }

        return values;
    }

    /// <summary>
    /// What the run that waits for this one is resumed with: <c>{ WorkflowInstanceId, Status, SubStatus, Output }</c>.
    /// </summary>
    public Dictionary<string, object?> ToParent() => new()
    {
        ["WorkflowInstanceId"] = InstanceId,
        ["Status"] = Status.ToString(),
        ["SubStatus"] = SubStatus.ToString(),
        ["Output"] = PlainData.Normalise(OutputValues),
    };

    /// <summary>The state in the shape of Elsa's <c>workflowState</c>.</summary>
    public JsonObject ToElsaState() => ElsaState.Write(this);

    /// <summary>
    /// Connects executions and scheduled work with the nodes of the workflow. Every step does it first; it costs
    /// nothing the second time.
    /// </summary>
    /// <exception cref="InvalidOperationException">The run stands at a node that the workflow does not
    /// have.</exception>
    public void Bind(CompiledWorkflow workflow)
    {
        if (ReferenceEquals(Workflow, workflow)) return;
        foreach (var execution in Open(Root)) execution.Bind(Resolve(workflow, execution.NodeId));
        foreach (var incident in IncidentList)
        {
            if (incident.Child is { } child) child.Bind(Resolve(workflow, child.NodeId));
        }

        for (var remaining = Scheduled.Count; remaining > 0; remaining--)
        {
            var item = Scheduled.Dequeue();
            Scheduled.Enqueue(item with { Node = Resolve(workflow, item.Node?.NodeId ?? item.NodeId!), NodeId = null });
        }

        Workflow = workflow;
    }

    /// <summary>
    /// Puts the run onto another version of its definition. Every place where it stands has its counterpart there.
    /// </summary>
    /// <param name="map">From the version that it is bound to.</param>
    /// <param name="counters">What flowcharts and sequences count by, for the new version.</param>
    internal void MoveTo(NodeMap map, IReadOnlyDictionary<ActivityExecution, int[]?> counters)
    {
        TriggerActivityId = Flowchart.TriggerIn(this, map);
        foreach (var execution in ActivityExecutions.ToList())
        {
            var to = map.Find(execution.Node)!;
            if (counters.TryGetValue(execution, out var moved)) execution.Counters = moved;
            execution.MoveTo(to);
        }

        for (var remaining = Scheduled.Count; remaining > 0; remaining--)
        {
            var item = Scheduled.Dequeue();
            Scheduled.Enqueue(item with { Node = map.Find(item.Node!) });
        }

        var outputs = ActivityOutputs.ToList();
        ActivityOutputs.Clear();
        foreach (var (nodeId, values) in outputs)
        {
            if (map.Find(nodeId) is { } to) ActivityOutputs[to.NodeId] = values;
        }

        Workflow = map.To;
        DefinitionId = map.To.Definition.DefinitionId;
        DefinitionVersionId = map.To.Definition.Id;
        Version = map.To.Definition.Version;
    }

    /// <summary>Counts on where the same run stands at another version, so that its journal has no gap.</summary>
    internal void GoOnFrom(RunState other)
    {
        JournalSequence = other.JournalSequence;
        StepCount = other.StepCount;
        ActivityCount = other.ActivityCount;
        LastExecutionNumber = other.LastExecutionNumber;
    }

    /// <summary>Values of the workflow's own variables when it ended.</summary>
    internal Dictionary<string, object?> FinalVariables { get; set; } = [];

    internal static IEnumerable<ActivityExecution> Open(ActivityExecution? root)
    {
        if (root is null) yield break;
        var pending = new Stack<ActivityExecution>();
        pending.Push(root);
        while (pending.TryPop(out var execution))
        {
            yield return execution;
            for (var child = execution.FirstChild; child is not null; child = child.NextSibling) pending.Push(child);
        }
    }

    private static ActivityNode Resolve(CompiledWorkflow workflow, string nodeId) =>
        workflow.FindNode(nodeId) ?? throw new InvalidOperationException(
            $"The run stands at node {nodeId}, which version {workflow.Definition.Version} of its workflow does not "
                + "have. "
            + "Run it with the version it was started with, or migrate it.");
}

/// <summary>One variable of a run with its value.</summary>
/// <param name="Id">The variable's id.</param>
/// <param name="Name">Its name.</param>
/// <param name="ScopeNodeId">The node that declares it.</param>
/// <param name="Value">Plain data.</param>
public sealed record VariableValue(string Id, string Name, string ScopeNodeId, object? Value);

/// <summary>An activity that waits for its turn in a step.</summary>
internal readonly record struct WorkItem(ActivityNode? Node, ActivityExecution Owner)
{
    public string? NodeId { get; init; }

    public object? Tag { get; init; }

    public Dictionary<string, object?>? Dynamic { get; init; }

    public bool ByBackwardConnection { get; init; }

    public long SchedulingNumber { get; init; }

    public string? SchedulingActivityId { get; init; }
}
