using Consultation.Engine.Definitions;
using Consultation.Engine.Moves;
using Consultation.Engine.Running;

namespace Consultation.Engine.Flowcharts;

/// <summary>What becomes of one execution of a flowchart in another version of it.</summary>
/// <param name="Counters">The counters or tokens for the new one.</param>
/// <param name="PassedOver">New nodes that lie before where the run stands.</param>
/// <param name="AskedAgain">Nodes that were done and to which a way leads once more.</param>
/// <param name="Stranded">Nodes whose turn it would be, with nothing left that leads to them.</param>
internal sealed record MovedFlowchart(
    int[]? Counters, IReadOnlyList<ActivityNode> PassedOver, IReadOnlyList<ActivityNode> AskedAgain,
    IReadOnlyList<ActivityNode> Stranded);

/// <content>
/// Moving an execution to another version: visits and tokens go from connection to connection. What lies before the
/// places where the run stands counts as passed, be it new or old.
/// </content>
internal sealed partial class Flowchart
{
    /// <summary>The state of an execution of this flowchart for the other one; changes nothing.</summary>
    internal MovedFlowchart Move(ActivityExecution execution, Flowchart other, NodeMap map)
    {
        var edges = EdgesIn(other, map);
        return IsTokenBased(execution.Run)
            ? MoveTokens(execution, other, map, edges)
            : MoveVisits(
                execution, other, map, edges, other.GraphFor(TriggerIn(execution.Run, map)),
                OpenIn(execution, other, map));
    }

    /// <summary>
    /// The activity that started the run, as the other version names it; the same where it has none.
    /// </summary>
    internal static string? TriggerIn(RunState run, NodeMap map) =>
        run.TriggerActivityId is { } id && map.From.FindActivity(id) is { } node && map.Find(node) is { } to
            ? to.ActivityId
            : run.TriggerActivityId;

    /// <summary>For every connection of the other flowchart the one of this flowchart that it is, or -1.</summary>
    private int[] EdgesIn(Flowchart other, NodeMap map)
    {
        var found = new int[other._edges.Count];
        Array.Fill(found, -1);
        for (var edge = 0; edge < _edges.Count; edge++)
        {
            if (IndexIn(other, map, _edges.Source[edge]) is not (>= 0 and var source)
                || IndexIn(other, map, _edges.Target[edge]) is not (>= 0 and var target))
            {
                continue;
            }

            foreach (var outbound in other._edges.Outbound[source])
            {
                if (other._edges.Target[outbound] == target && other._edges.Port[outbound] == _edges.Port[edge])
                {
                    found[outbound] = edge;
                }
            }
        }

        return found;
    }

    private int IndexIn(Flowchart other, NodeMap map, int node) =>
        map.Find(_node.Children[node]) is { } to && to.Parent == other._node ? to.FlowIndex : -1;

    /// <summary>Nodes of the other flowchart where the run stands or is about to stand.</summary>
    private static HashSet<int> OpenIn(ActivityExecution execution, Flowchart other, NodeMap map)
    {
        var open = new HashSet<int>();
        foreach (var child in execution.Children)
        {
            if (map.Find(child.Node) is { } to && to.Parent == other._node) open.Add(to.FlowIndex);
        }

        foreach (var item in execution.Run.Scheduled)
        {
            if (item.Owner == execution && item.Node is { } node && map.Find(node) is { } to) open.Add(to.FlowIndex);
        }

        return open;
    }

    private MovedFlowchart MoveVisits(
        ActivityExecution execution, Flowchart other, NodeMap map, int[] edges, FlowGraph graph, HashSet<int> open)
    {
        var old = execution.Counters ?? FlowVisits.Create(_edges);
        var (was, now) = (_edges, other._edges);
        var counters = FlowVisits.Create(now);
        var isMapped = new bool[now.NodeCount];
        var source = new int[now.NodeCount];
        for (var node = 0; node < was.NodeCount; node++)
        {
            if (IndexIn(other, map, node) is not (>= 0 and var to)) continue;
            (isMapped[to], source[to], counters[to]) = (true, node, old[node]);
        }

        for (var edge = 0; edge < now.Count; edge++)
        {
            if (edges[edge] < 0) continue;
            counters[now.NodeCount + edge] = old[was.NodeCount + edges[edge]];
            counters[now.NodeCount + now.Count + edge] = old[was.NodeCount + was.Count + edges[edge]];
        }

        for (var node = 0; node < now.NodeCount; node++)
        {
            if (isMapped[node]) FillNewWays(node, source[node]);
        }

        var passed = PassNew(now, graph, counters, isMapped, open);
        return new(
            counters,
            [.. passed.Select(node => other._node.Children[node])],
            Again(execution.Run, old, other, graph, counters, isMapped, source, open),
            [.. StrandedIn(now, graph, counters, open).Select(node => other._node.Children[node])]);

        // A new way out of a node that was left has been visited as often as the others, and was followed if its port
        // was.
        void FillNewWays(int node, int oldNode)
        {
            var left = was.Outbound[oldNode].Select(edge => old[was.NodeCount + edge]).Append(old[oldNode]).Max();
            if (left == 0) return;
            var followed = was.Outbound[oldNode]
                .Where(edge => old[was.NodeCount + was.Count + edge] != 0).Select(edge => was.Port[edge]).ToHashSet();
            foreach (var edge in now.Outbound[node])
            {
                if (edges[edge] >= 0) continue;
                var known = was.Outbound[oldNode].Any(one => was.Port[one] == now.Port[edge]);
                var hadNone = was.Outbound[oldNode].Length == 0;
                counters[now.NodeCount + edge] = left;
                counters[now.NodeCount + now.Count + edge] =
                    followed.Contains(now.Port[edge]) || (hadNone && !known) ? 1 : 0;
            }
        }
    }

    /// <summary>
    /// New nodes before which everything was passed count as passed themselves: the run stands behind them.
    /// </summary>
    private static List<int> PassNew(
        FlowEdges edges, FlowGraph graph, int[] counters, bool[] isMapped, HashSet<int> open)
    {
        var passed = new List<int>();
        var hasBegun = open.Count > 0 || counters.AsSpan(0, edges.NodeCount).ContainsAnyExcept(0);
        for (var again = true; again;)
        {
            again = false;
            for (var node = 0; node < edges.NodeCount; node++)
            {
                if (isMapped[node] || counters[node] > 0) continue;
                var inbound = graph.ForwardInbound(node);
                var visits = node == graph.Start && hasBegun ? 1
                    : inbound.Length == 0 ? 0
                    : inbound.Min(edge => counters[edges.NodeCount + edge]);
                if (visits == 0) continue;
                var followed = node == graph.Start
                    || inbound.Any(edge => counters[edges.NodeCount + edges.Count + edge] != 0);
                counters[node] = visits;
                foreach (var edge in edges.Outbound[node])
                {
                    counters[edges.NodeCount + edge] = visits;
                    counters[edges.NodeCount + edges.Count + edge] = followed ? 1 : 0;
                }

                if (followed) passed.Add(node);
                again = true;
            }
        }

        return passed;
    }

    /// <summary>Nodes that are due by their counters although nothing on its way leads to them.</summary>
    private static List<int> StrandedIn(FlowEdges edges, FlowGraph graph, int[] counters, HashSet<int> open)
    {
        var visits = new FlowVisits(counters, edges);
        var stranded = new List<int>();
        for (var node = 0; node < edges.NodeCount; node++)
        {
            var inbound = graph.ForwardInbound(node);
            if (!open.Contains(node) && inbound.Length > 0 && visits.AllVisited(inbound, node)
                && visits.AnyFollowed(inbound, node))
            {
                stranded.Add(node);
            }
        }

        return stranded;
    }

    private List<ActivityNode> Again(
        RunState run, int[] old, Flowchart other, FlowGraph graph, int[] counters, bool[] isMapped, int[] source,
        HashSet<int> open)
    {
        var before = Ahead(_edges, GraphFor(run.TriggerActivityId), old,
            [.. open.Where(node => isMapped[node]).Select(node => source[node])]);
        return
        [
            .. Ahead(other._edges, graph, counters, open)
                .Where(node => isMapped[node] && !open.Contains(node) && old[source[node]] > 0
                    && !before.Contains(source[node]))
                .Select(node => other._node.Children[node]),
        ];
    }

    /// <summary>Nodes whose turn comes once those that are open are done, as far as the counters say.</summary>
    private static HashSet<int> Ahead(FlowEdges edges, FlowGraph graph, int[] counters, HashSet<int> open)
    {
        var (ahead, bumped) = (new HashSet<int>(open), new HashSet<int>());
        var pending = new Queue<int>(open);
        while (pending.TryDequeue(out var node))
        {
            foreach (var edge in edges.Outbound[node])
            {
                bumped.Add(edge);
                var target = edges.Target[edge];
                if (ahead.Contains(target)) continue;
                var isDue = graph.IsBackward(edge) || graph.ForwardInbound(target).All(
                    one => counters[edges.NodeCount + one] + (bumped.Contains(one) ? 1 : 0) > counters[target]);
                if (isDue && ahead.Add(target)) pending.Enqueue(target);
            }
        }

        return ahead;
    }

    /// <summary>
    /// A token goes along with its connection; where that is gone, to another connection from the same node or to the
    /// same node.
    /// </summary>
    private MovedFlowchart MoveTokens(ActivityExecution execution, Flowchart other, NodeMap map, int[] edges)
    {
        if (execution.Counters is not { } tokens) return new(null, [], [], []);
        var moved = new List<int>();
        var stranded = new List<ActivityNode>();
        for (var i = 1; i <= tokens[0]; i++)
        {
            var (edge, kind) = (tokens[i] / 2, tokens[i] % 2);
            var place = Array.IndexOf(edges, edge);
            if (place < 0) place = Otherwise(edge);
            if (place >= 0) moved.Add((place * 2) + kind);
            else if (kind == 0 && !IsOpen(_edges.Target[edge])) stranded.Add(_node.Children[_edges.Target[edge]]);
        }

        var counters = new int[Math.Max(8, moved.Count + 1)];
        counters[0] = moved.Count;
        moved.CopyTo(counters, 1);
        return new(counters, [], [], stranded);

        // What is open consumes its token at its end, and does without.
        bool IsOpen(int node) => execution.Children.Any(child => child.Node == _node.Children[node]);

        int Otherwise(int edge)
        {
            var to = IndexIn(other, map, _edges.Target[edge]);
            var sources = KnownBefore(_edges.Source[edge], node => IndexIn(other, map, node), _edges);
            if (to >= 0)
            {
                var isNew = NewIn(other, map);
                var ways = other._edges.Inbound[to].OrderBy(way => moved.Contains(way * 2) ? 1 : 0).ToList();
                var same = ways.FindIndex(way => KnownBefore(
                    other._edges.Source[way], node => isNew[node] ? -1 : node, other._edges).Overlaps(sources));
                return same >= 0 ? ways[same] : ways.Count > 0 ? ways[0] : -1;
            }

            foreach (var from in sources)
            {
                foreach (var outbound in other._edges.Outbound[from])
                {
                    if (other._edges.Port[outbound] == _edges.Port[edge]) return outbound;
                }
            }

            return -1;
        }
    }

    /// <summary>A node, or where the other version does not have it, those before it that it has.</summary>
    private static HashSet<int> KnownBefore(int node, Func<int, int> known, FlowEdges edges)
    {
        var (found, seen, pending) = (new HashSet<int>(), new HashSet<int>(), new Stack<int>([node]));
        while (pending.TryPop(out var at))
        {
            if (!seen.Add(at)) continue;
            if (known(at) is >= 0 and var index) found.Add(index);
            else foreach (var edge in edges.Inbound[at]) pending.Push(edges.Source[edge]);
        }

        return found;
    }

    /// <summary>Which nodes of the other flowchart this one does not have.</summary>
    private bool[] NewIn(Flowchart other, NodeMap map)
    {
        var isNew = new bool[other._edges.NodeCount];
        Array.Fill(isNew, true);
        for (var node = 0; node < _edges.NodeCount; node++)
        {
            if (IndexIn(other, map, node) is >= 0 and var index) isNew[index] = false;
        }

        return isNew;
    }
}
