using Consultation.Engine.Definitions;

namespace Consultation.Engine.Flowcharts;

/// <summary>
/// A flowchart's connections as number tables, seen from one start node: which lead forward, which loop back, who lies
/// before whom. Made once and shared.
/// </summary>
internal sealed class FlowGraph
{
    private readonly int[][] _forwardInbound;
    private readonly bool[] _isBackward;
    private readonly bool[] _isValidBackward;
    private readonly bool[]?[] _ancestors;

    public FlowGraph(FlowEdges edges, int start)
    {
        Edges = edges;
        Start = start;
        var forward = FindForward(edges, start);
        _forwardInbound = new int[edges.NodeCount][];
        for (var node = 0; node < edges.NodeCount; node++)
            _forwardInbound[node] = [.. edges.Inbound[node].Where(edge => forward[edge])];
        _isBackward = [.. forward.Select(isForward => !isForward)];
        _isValidBackward = new bool[edges.Count];
        _ancestors = new bool[]?[edges.NodeCount];
        for (var edge = 0; edge < edges.Count; edge++)
            _isValidBackward[edge] = _isBackward[edge] && AllPathsPass(edges.Source[edge], edges.Target[edge]);
    }

    public FlowEdges Edges { get; }

    public int Start { get; }

    public int[] ForwardInbound(int node) => _forwardInbound[node];

    /// <summary>True when the connection closes a loop.</summary>
    public bool IsBackward(int edge) => _isBackward[edge];

    /// <summary>True when every path from the loop's end back to the start passes the node it leads to.</summary>
    public bool IsValidBackward(int edge) => _isValidBackward[edge];

    /// <summary>True for a node that no forward connection leads to.</summary>
    public bool IsDangling(int node) => node != Start && _forwardInbound[node].Length == 0;

    /// <summary>Which nodes lie before that node on forward connections.</summary>
    public bool[] Ancestors(int node)
    {
        if (Volatile.Read(ref _ancestors[node]) is { } known) return known;
        var found = new bool[Edges.NodeCount];
        var open = new Stack<int>();
        open.Push(node);
        while (open.TryPop(out var at))
        {
            foreach (var edge in _forwardInbound[at])
            {
                var source = Edges.Source[edge];
                if (found[source]) continue;
                found[source] = true;
                open.Push(source);
            }
        }

        Volatile.Write(ref _ancestors[node], found);
        return found;
    }

    /// <summary>Walks breadth first from the start and keeps every connection that does not close a circle.</summary>
    private static bool[] FindForward(FlowEdges edges, int start)
    {
        var forward = new bool[edges.Count];
        var visited = new bool[edges.NodeCount];
        var taken = new HashSet<(int, int)>();
        var open = new Queue<int>();
        open.Enqueue(start);
        while (open.TryDequeue(out var source))
        {
            visited[source] = true;
            foreach (var edge in edges.Outbound[source])
            {
                var target = edges.Target[edge];
                if (taken.Contains((source, target)) || Leads(edges, forward, target, source)) continue;
                taken.Add((source, target));
                foreach (var parallel in edges.Outbound[source])
                {
                    if (edges.Target[parallel] == target) forward[parallel] = true;
                }

                if (!visited[target]) open.Enqueue(target);
            }
        }

        return forward;
    }

    private static bool Leads(FlowEdges edges, bool[] forward, int from, int to)
    {
        if (from == to) return true;
        var seen = new bool[edges.NodeCount];
        var open = new Stack<int>();
        open.Push(from);
        while (open.TryPop(out var at))
        {
            if (at == to) return true;
            if (seen[at]) continue;
            seen[at] = true;
            foreach (var edge in edges.Outbound[at])
            {
                if (forward[edge]) open.Push(edges.Target[edge]);
            }
        }

        return false;
    }

    /// <summary>Whether the start cannot be reached backwards from a node once the gate is taken away.</summary>
    private bool AllPathsPass(int from, int gate)
    {
        if (from == gate) return true;
        var seen = new bool[Edges.NodeCount];
        var open = new Stack<int>();
        open.Push(from);
        while (open.TryPop(out var at))
        {
            if (at == gate || seen[at]) continue;
            if (at == Start) return false;
            seen[at] = true;
            foreach (var edge in _forwardInbound[at]) open.Push(Edges.Source[edge]);
        }

        return true;
    }
}

/// <summary>A flowchart's connections by number, in the order of the file.</summary>
internal sealed class FlowEdges
{
    public FlowEdges(ActivityNode flowchart)
    {
        NodeCount = flowchart.Children.Count;
        for (var i = 0; i < NodeCount; i++) flowchart.Children[i].FlowIndex = i;
        Count = flowchart.Connections.Count;
        Source = [.. flowchart.Connections.Select(c => c.Source.FlowIndex)];
        Target = [.. flowchart.Connections.Select(c => c.Target.FlowIndex)];
        Port = [.. flowchart.Connections.Select(c => string.Intern(c.SourcePort))];
        Outbound = Group(Source);
        Inbound = Group(Target);
    }

    public int NodeCount { get; }

    public int Count { get; }

    public int[] Source { get; }

    public int[] Target { get; }

    public string[] Port { get; }

    /// <summary>The connections that leave a node.</summary>
    public int[][] Outbound { get; }

    /// <summary>The connections that lead to a node.</summary>
    public int[][] Inbound { get; }

    private int[][] Group(int[] ends)
    {
        var groups = new List<int>[NodeCount];
        for (var i = 0; i < NodeCount; i++) groups[i] = [];
        for (var edge = 0; edge < ends.Length; edge++) groups[ends[edge]].Add(edge);
        return [.. groups.Select(g => g.ToArray())];
    }
}
