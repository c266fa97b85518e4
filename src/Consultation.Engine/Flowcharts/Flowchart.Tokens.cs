using Consultation.Engine.BuiltIns;
using Consultation.Engine.Definitions;
using Consultation.Engine.Running;

namespace Consultation.Engine.Flowcharts;

/// <summary>
/// Token mode. Each followed connection gets a token, which the target consumes when it completes; the target's merge
/// mode decides what it waits for.
/// </summary>
internal sealed partial class Flowchart
{
    private void ContinueWithTokens(ActivityContext context, ActivityExecution child)
    {
        var graph = GraphFor(context.Run);
        var tokens = new FlowTokens(context.Execution);
        var node = child.Node.FlowIndex;
        var outcomes = child.Outcomes;
        foreach (var edge in _edges.Outbound[node])
        {
            if (Includes(outcomes, _edges.Port[edge])) tokens.Add(edge);
        }

        foreach (var edge in _edges.Inbound[node]) tokens.Consume(edge);
        foreach (var edge in _edges.Outbound[node])
        {
            if (Includes(outcomes, _edges.Port[edge])) Arrive(context, graph, tokens, edge, child);
        }

        if (!HasPendingWork(context.Execution) && context.Execution.FaultedChildren == 0 && !tokens.AnyFree())
            context.Complete();
    }

    private void Arrive(
        ActivityContext context, FlowGraph graph, FlowTokens tokens, int edge, ActivityExecution because)
    {
        var target = _edges.Target[edge];
        var node = _node.Children[target];
        switch (MergeModeOf(context, node))
        {
            case MergeMode.Cascade:
                PassFirst(context, graph, tokens, edge, because);
                break;
            case MergeMode.Race:
                PassFirst(context, graph, tokens, edge, because);
                CancelBefore(context, graph, target);
                break;
            case MergeMode.Merge:
                PassWhenAll(context, tokens, graph.ForwardInbound(target), node, because);
                break;
            case MergeMode.Converge:
                PassWhenAll(context, tokens, _edges.Inbound[target], node, because);
                break;
            default:
                if (!AnyOnItsWay(graph, tokens, target)) ScheduleNext(context, node, because);
                break;
        }
    }

    private void PassFirst(
        ActivityContext context, FlowGraph graph, FlowTokens tokens, int edge, ActivityExecution because)
    {
        if (tokens.Unblock(edge)) return;
        var target = _edges.Target[edge];
        ScheduleNext(context, _node.Children[target], because);
        foreach (var other in graph.ForwardInbound(target))
        {
            if (_edges.Source[other] != _edges.Source[edge]) tokens.Block(other);
        }
    }

    private static void PassWhenAll(
        ActivityContext context, FlowTokens tokens, int[] inbound, ActivityNode node, ActivityExecution because)
    {
        if (inbound.Length > 1)
        {
            foreach (var edge in inbound)
            {
                if (!tokens.HasFree(edge)) return;
            }
        }

        ScheduleNext(context, node, because);
    }

    /// <summary>True while a token waits at a node directly before the target.</summary>
    private bool AnyOnItsWay(FlowGraph graph, FlowTokens tokens, int target)
    {
        foreach (var inbound in graph.ForwardInbound(target))
        {
            foreach (var before in _edges.Inbound[_edges.Source[inbound]])
            {
                if (tokens.HasFree(before)) return true;
            }
        }

        return false;
    }

    private void ForgetTokensOf(ActivityContext context, ActivityExecution child)
    {
        var tokens = new FlowTokens(context.Execution);
        var node = child.Node.FlowIndex;
        foreach (var edge in _edges.Outbound[node]) tokens.Forget(edge);
        foreach (var edge in _edges.Inbound[node]) tokens.Forget(edge);
        CompleteIfIdle(context);
    }

    private static MergeMode MergeModeOf(ActivityContext context, ActivityNode node)
    {
        if (node.Activity is FlowJoin join)
            return join.ModeAt(context, node) == FlowJoinMode.WaitAny ? MergeMode.Race : MergeMode.Merge;
        return node.MergeMode is { } text && Enum.TryParse<MergeMode>(text, ignoreCase: true, out var mode)
            ? mode
            : MergeMode.None;
    }
}

/// <summary>
/// The tokens of one execution of a flowchart: pairs of connection and kind in the execution's number array, consumed
/// ones removed.
/// </summary>
internal readonly struct FlowTokens(ActivityExecution flowchart)
{
    private const int Free = 0;
    private const int Blocked = 1;

    public void Add(int edge) => Append(edge, Free);

    /// <summary>A token that swallows the next arrival on the connection.</summary>
    public void Block(int edge) => Append(edge, Blocked);

    public bool HasFree(int edge) => Find(edge, Free) >= 0;

    /// <summary>Removes all free tokens of a connection.</summary>
    public void Consume(int edge)
    {
        while (Find(edge, Free) is var at and >= 0) RemoveAt(at);
    }

    /// <summary>Removes one blocking token of a connection; false if there is none.</summary>
    public bool Unblock(int edge)
    {
        var at = Find(edge, Blocked);
        if (at < 0) return false;
        RemoveAt(at);
        return true;
    }

    public void Forget(int edge)
    {
        Consume(edge);
        while (Unblock(edge))
        {
        }
    }

    public bool AnyFree()
    {
        if (flowchart.Counters is not { } tokens) return false;
        for (var i = 1; i <= tokens[0]; i++)
        {
            if (tokens[i] % 2 == Free) return true;
        }

        return false;
    }

    private int Find(int edge, int kind)
    {
        if (flowchart.Counters is not { } tokens) return -1;
        for (var i = 1; i <= tokens[0]; i++)
        {
            if (tokens[i] == (edge * 2) + kind) return i;
        }

        return -1;
    }

    private void Append(int edge, int kind)
    {
        var tokens = flowchart.Counters ?? new int[8];
        var next = tokens[0] + 1;
        if (next == tokens.Length) Array.Resize(ref tokens, tokens.Length * 2);
        tokens[0] = next;
        tokens[next] = (edge * 2) + kind;
        flowchart.Counters = tokens;
    }

    private void RemoveAt(int at)
    {
        var tokens = flowchart.Counters!;
        Array.Copy(tokens, at + 1, tokens, at, tokens[0] - at);
        tokens[0]--;
    }
}
