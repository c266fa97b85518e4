using Consultation.Engine.BuiltIns;
using Consultation.Engine.Running;

namespace Consultation.Engine.Flowcharts;

/// <summary>
/// Counter mode. A node is due once its inbound connections have been visited oftener than itself; connections that an
/// outcome does not follow count as visited too, so that joins learn of branches that will never come.
/// </summary>
internal sealed partial class Flowchart
{
    private static readonly string[] Nothing = [];

    private void ContinueWithCounters(ActivityContext context, ActivityExecution child)
    {
        if (child.Status != ActivityStatus.Completed) return;
        var visits = VisitsOf(context);
        var scheduled = Leave(
            context,
            GraphFor(context.Run),
            visits,
            child.Node.FlowIndex,
            child,
            child.Outcomes,
            child.ByBackwardConnection,
            child.FollowedEarly);
        if (!scheduled) CompleteIfIdle(context);
    }

    private void SkipAfterCancel(ActivityContext context, ActivityExecution child)
    {
        CompleteIfIdle(context);
        if (context.Execution.Status != ActivityStatus.Running) return;
        Leave(context, GraphFor(context.Run), VisitsOf(context), child.Node.FlowIndex, child, Nothing, false);
    }

    private static void CompleteIfIdle(ActivityContext context)
    {
        if (!HasPendingWork(context.Execution) && context.Execution.FaultedChildren == 0) context.Complete();
    }

    /// <summary>Visits all connections that leave a node; true when something was scheduled because of it.</summary>
    private bool Leave(
        ActivityContext context,
        FlowGraph graph,
        FlowVisits visits,
        int node,
        ActivityExecution because,
        IReadOnlyList<string> outcomes,
        bool cameBackward,
        List<string>? followedEarly = null)
    {
        if (graph.IsDangling(node)) throw Unreachable(node);
        if (!cameBackward) visits.VisitNode(node);
        var scheduled = false;
        foreach (var edge in _edges.Outbound[node])
        {
            var followed = Includes(outcomes, _edges.Port[edge]);
            visits.VisitEdge(edge, followed);
            if (graph.IsBackward(edge)) scheduled |= GoBack(context, graph, edge, because, followed);
            else if (!followed && followedEarly?.Contains(_edges.Port[edge]) == true)
                scheduled |= SettleEarly(context, graph, visits, edge, because);
            else scheduled |= GoForward(context, graph, visits, edge, because);
        }

        return scheduled;
    }

    /// <summary>
    /// A branch that ran while its source stayed open is not skipped at the source's end: what comes after it has been
    /// visited already.
    /// </summary>
    private bool SettleEarly(
        ActivityContext context, FlowGraph graph, FlowVisits visits, int edge, ActivityExecution because)
    {
        var target = _edges.Target[edge];
        var inbound = graph.ForwardInbound(target);
        if (!visits.AllVisited(inbound, target)) return false;
        if (visits.AnyFollowed(inbound, target)) return GoForward(context, graph, visits, edge, because);
        visits.VisitNode(target);
        return false;
    }

    private bool GoBack(ActivityContext context, FlowGraph graph, int edge, ActivityExecution because, bool followed)
    {
        if (!followed) return false;
        if (!graph.IsValidBackward(edge)) throw InvalidLoop(edge);
        ScheduleNext(context, _node.Children[_edges.Target[edge]], because, byBackwardConnection: true);
        return true;
    }

    private bool GoForward(
        ActivityContext context, FlowGraph graph, FlowVisits visits, int edge, ActivityExecution because)
    {
        var target = _edges.Target[edge];
        var node = _node.Children[target];
        var mode = node.Activity is FlowJoin join ? join.ModeAt(context, node) : FlowJoinMode.WaitAllActive;
        if (mode == FlowJoinMode.WaitAny) return GoIfFirst(context, graph, visits, edge, because);

        var inbound = graph.ForwardInbound(target);
        if (!visits.AllVisited(inbound, target)) return false;
        var due = mode == FlowJoinMode.WaitAll
            ? visits.AllFollowed(inbound, target)
            : visits.AnyFollowed(inbound, target);
        if (!due) return Leave(context, graph, visits, target, because, Nothing, false);
        ScheduleNext(context, node, because);
        return true;
    }

    private bool GoIfFirst(
        ActivityContext context, FlowGraph graph, FlowVisits visits, int edge, ActivityExecution because)
    {
        var target = _edges.Target[edge];
        var node = _node.Children[target];
        if (visits.IsLate(edge, target) || context.Step.IsScheduled(context.Execution, node)) return false;
        var inbound = graph.ForwardInbound(target);
        if (visits.AnyFollowed(inbound, target))
        {
            ScheduleNext(context, node, because);
            CancelBefore(context, graph, target);
            return true;
        }

        return visits.AllVisited(inbound, target) && Leave(context, graph, visits, target, because, Nothing, false);
    }

    private FlowVisits VisitsOf(ActivityContext context) =>
        new(context.Execution.Counters ??= FlowVisits.Create(_edges), _edges);

    private ActivityFaultException Unreachable(int node)
    {
        var activity = _node.Children[node];
        return new ActivityFaultException(
            $"没有路径从流程图的起点通向“{activity.DisplayText}”，无法继续 / No path leads from the flowchart's start to "
            + $"{activity.DisplayText}; its connections cannot be followed.",
            code: "unreachable");
    }

    private ActivityFaultException InvalidLoop(int edge)
    {
        var (source, target) =
            (_node.Children[_edges.Source[edge]].DisplayText, _node.Children[_edges.Target[edge]].DisplayText);
        return new ActivityFaultException(
            $"从“{source}”回到“{target}”的连线无效：从起点到“{source}”的每条路径都必须经过“{target}” / The connection from {source} "
            + $"back to {target} is not valid: every path from the start to {source} must pass {target}.",
            code: "invalid-loop");
    }
}

/// <summary>
/// The counters of one execution of a flowchart in one array: visits of nodes, visits of connections, and whether the
/// last visit followed the connection.
/// </summary>
internal readonly struct FlowVisits(int[] counters, FlowEdges edges)
{
    public static int[] Create(FlowEdges edges) => new int[edges.NodeCount + (2 * edges.Count)];

    public void VisitNode(int node) => counters[node]++;

    public void VisitEdge(int edge, bool followed)
    {
        counters[edges.NodeCount + edge]++;
        counters[edges.NodeCount + edges.Count + edge] = followed ? 1 : 0;
    }

    public bool AllVisited(int[] inbound, int node)
    {
        foreach (var edge in inbound)
        {
            if (Visits(edge) <= counters[node]) return false;
        }

        return inbound.Length > 0;
    }

    public bool AnyFollowed(int[] inbound, int node)
    {
        var most = Most(inbound);
        if (most <= counters[node]) return false;
        foreach (var edge in inbound)
        {
            if (Visits(edge) == most && WasFollowed(edge)) return true;
        }

        return false;
    }

    public bool AllFollowed(int[] inbound, int node)
    {
        var most = Most(inbound);
        if (most <= counters[node]) return false;
        foreach (var edge in inbound)
        {
            if (Visits(edge) != most || !WasFollowed(edge)) return false;
        }

        return true;
    }

    /// <summary>True when the node has gone on already for this visit of the connection.</summary>
    public bool IsLate(int edge, int node) => Visits(edge) <= counters[node];

    private int Visits(int edge) => counters[edges.NodeCount + edge];

    private bool WasFollowed(int edge) => counters[edges.NodeCount + edges.Count + edge] != 0;

    private int Most(int[] inbound)
    {
        var most = 0;
        foreach (var edge in inbound) most = Math.Max(most, Visits(edge));
        return most;
    }
}
