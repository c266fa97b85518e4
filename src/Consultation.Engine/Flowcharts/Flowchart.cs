using Consultation.Engine.BuiltIns;
using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;

namespace Consultation.Engine.Flowcharts;

/// <summary>
/// Elsa's flowchart in both execution modes. The mode comes from the run's property <c>Flowchart:ExecutionMode</c>,
/// else from the definition's or the flowchart's custom property of that name, else it is counter-based.
/// </summary>
internal sealed partial class Flowchart : Activity
{
    /// <summary>The property that chooses the mode: <c>TokenBased</c> or <c>CounterBased</c>.</summary>
    public const string ModeProperty = "Flowchart:ExecutionMode";

    private readonly ActivityNode _node;
    private readonly FlowEdges _edges;
    private readonly int _defaultStart;
    private readonly FlowGraph? _defaultGraph;
    private readonly Dictionary<int, FlowGraph> _triggerGraphs = [];
    private readonly FlowchartExecutionMode _defaultMode;

    private Flowchart(ActivityNode node)
    {
        _node = node;
        _edges = new FlowEdges(node);
        _defaultStart = FlowStart.Find(node, null)?.FlowIndex ?? -1;
        if (_defaultStart >= 0) _defaultGraph = new FlowGraph(_edges, _defaultStart);
        foreach (var child in node.Children)
        {
            if (child.CanStartWorkflow && child.FlowIndex != _defaultStart)
                _triggerGraphs[child.FlowIndex] = new FlowGraph(_edges, child.FlowIndex);
        }

        _defaultMode = ModeOf(node.CustomProperties.Text(ModeProperty));
        if (_defaultMode == FlowchartExecutionMode.Default)
            _defaultMode = ModeOf(node.Definition.CustomProperties.Text(ModeProperty));
    }

    public static ActivityType Type { get; } = new(
        ActivityDescriptorBuilder.Activity("Elsa.Flowchart", "流程图", "Flowchart")
            .Flow()
            .Description("由活动和连线组成", "A collection of activities and connections between them")
            .Container()
            .Hidden()
            .Build(),
        node => new Flowchart(node));

    public override void Execute(ActivityContext context)
    {
        var start = FlowStart.Find(_node, context.Run.TriggerActivityId);
        if (start is null) context.Complete();
        else context.Schedule(start);
    }

    public override void OnChildCompleted(ActivityContext context, ActivityExecution child)
    {
        if (child.Node.Activity.IsTerminal)
        {
            context.Complete();
            return;
        }

        if (IsTokenBased(context.Run)) ContinueWithTokens(context, child);
        else ContinueWithCounters(context, child);
    }

    public override void OnChildCanceled(ActivityContext context, ActivityExecution child)
    {
        if (IsTokenBased(context.Run)) ForgetTokensOf(context, child);
        else SkipAfterCancel(context, child);
    }

    /// <summary>
    /// The child goes on, so nothing is counted and no token moves: the targets simply get their turn.
    /// </summary>
    internal override void OnChildOutcomes(
        ActivityContext context, ActivityExecution child, IReadOnlyList<string> outcomes)
    {
        foreach (var edge in _edges.Outbound[child.Node.FlowIndex])
        {
            if (Includes(outcomes, _edges.Port[edge]))
                ScheduleNext(context, _node.Children[_edges.Target[edge]], child, byBackwardConnection: true);
        }
    }

    private static FlowchartExecutionMode ModeOf(string? text) =>
        Enum.TryParse<FlowchartExecutionMode>(text, ignoreCase: true, out var mode)
            ? mode
            : FlowchartExecutionMode.Default;

    private static bool HasPendingWork(ActivityExecution flowchart) =>
        flowchart.RunningChildren > 0 || flowchart.ScheduledChildren > 0;

    private static bool Includes(IReadOnlyList<string> outcomes, string port)
    {
        for (var i = 0; i < outcomes.Count; i++)
        {
            if (outcomes[i] == port) return true;
        }

        return false;
    }

    private bool IsTokenBased(RunState run)
    {
        var mode = _defaultMode;
        if (run.PropertyValues.Count > 0 && run.PropertyValues.TryGetValue(ModeProperty, out var value))
        {
            var ofRun = ModeOf(value as string);
            if (ofRun != FlowchartExecutionMode.Default) mode = ofRun;
        }

        return mode == FlowchartExecutionMode.TokenBased;
    }

    private FlowGraph GraphFor(RunState run) => GraphFor(run.TriggerActivityId);

    private FlowGraph GraphFor(string? trigger) =>
        trigger is not null && _triggerGraphs.Count > 0 && FlowStart.Find(_node, trigger) is { } start
        && _triggerGraphs.TryGetValue(start.FlowIndex, out var graph)
            ? graph
            : _defaultGraph!;

    private static void ScheduleNext(
        ActivityContext context, ActivityNode target, ActivityExecution because, bool byBackwardConnection = false) =>
        context.Step.Schedule(new WorkItem(target, context.Execution)
        {
            ByBackwardConnection = byBackwardConnection,
            SchedulingNumber = because.Number,
            SchedulingActivityId = because.Node.ActivityId,
        });

    /// <summary>
    /// Cancels the open executions of all nodes that lie before that node, the oldest first as in Elsa.
    /// </summary>
    private static void CancelBefore(ActivityContext context, FlowGraph graph, int target)
    {
        var ancestors = graph.Ancestors(target);
        foreach (var child in context.Execution.Children.OrderBy(child => child.Number).ToList())
        {
            if (child.Node.FlowIndex is var index and >= 0 && ancestors[index]) context.Step.CancelAndTell(child);
        }
    }
}
