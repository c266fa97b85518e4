namespace Consultation.Tests.Engine.Flowcharts;

/// <summary>A flowchart that a generator drew.</summary>
/// <param name="Nodes">The first is where it starts.</param>
/// <param name="Edges">In the order of the file.</param>
internal sealed record Drawing(IReadOnlyList<DrawnNode> Nodes, IReadOnlyList<DrawnEdge> Edges);

/// <summary>A node: a step that follows its script, or a join.</summary>
/// <param name="Join">Null for a step; else WaitAny, WaitAll or WaitAllActive.</param>
/// <param name="Merge">The merge mode that token mode reads of a step; null for none.</param>
/// <param name="Waits">The step waits to be resumed.</param>
/// <param name="Script">Which ports a step leaves by, at its first, second, … end; none after the last.</param>
internal sealed record DrawnNode(string? Join, string? Merge, bool Waits, IReadOnlyList<string[]> Script);

/// <summary>A connection.</summary>
internal sealed record DrawnEdge(int From, string Port, int To);

/// <summary>The drawing is one that no run may follow: an incident in the engine.</summary>
internal sealed class NotValidException : Exception;

/// <summary>
/// What Elsa's flowchart does, said as plainly as possible: small steps over lists and dictionaries, everything looked
/// up anew each time. Written for comparison with the engine; nothing in it is shared with it.
/// </summary>
internal sealed class FlowModel(Drawing drawing, bool tokens)
{
    private readonly List<(int Node, bool Backward)> _agenda = [];
    private readonly List<(int Node, bool Backward)> _waiting = [];
    private readonly Dictionary<int, int> _nodeVisits = [];
    private readonly Dictionary<DrawnEdge, int> _edgeVisits = [];
    private readonly Dictionary<DrawnEdge, bool> _followed = [];
    private readonly Dictionary<int, int> _ends = [];
    private readonly List<DrawnEdge> _free = [];
    private readonly List<DrawnEdge> _blocked = [];
    private readonly HashSet<DrawnEdge> _forward = ForwardOf(drawing);

    /// <summary>What happened, in order.</summary>
    public List<string> Events { get; } = [];

    /// <summary>The flowchart is done.</summary>
    public bool IsDone { get; private set; }

    /// <summary>The nodes that wait, the oldest first.</summary>
    public IReadOnlyList<int> Waiting => [.. _waiting.Select(one => one.Node)];

    public void Start()
    {
        _agenda.Add((0, false));
        Work();
    }

    /// <summary>Resumes one of those that wait.</summary>
    public void Resume(int place)
    {
        var one = _waiting[place];
        _waiting.RemoveAt(place);
        End(one);
        Work();
    }

    private void Work()
    {
        while (_agenda.Count > 0 && !IsDone)
        {
            var next = _agenda[0];
            _agenda.RemoveAt(0);
            Events.Add($"Started n{next.Node}");
            if (drawing.Nodes[next.Node] is { Join: null, Waits: true }) _waiting.Add(next);
            else End(next);
        }
    }

    private void End((int Node, bool Backward) one)
    {
        Events.Add($"Completed n{one.Node}");
        var node = drawing.Nodes[one.Node];
        var end = _ends.GetValueOrDefault(one.Node);
        _ends[one.Node] = end + 1;
        string[] outcomes = node.Join is not null ? ["Done"] : end < node.Script.Count ? node.Script[end] : [];
        if (tokens) MoveTokens(one.Node, outcomes);
        else if (!Leave(one.Node, outcomes, one.Backward)) CompleteIfIdle();
    }

    private bool IsIdle => _agenda.Count == 0 && _waiting.Count == 0;

    private void CompleteIfIdle()
    {
        if (IsIdle) IsDone = true;
    }

    private IEnumerable<DrawnEdge> Outbound(int node) => drawing.Edges.Where(edge => edge.From == node);

    private List<DrawnEdge> ForwardInbound(int node) =>
        [.. drawing.Edges.Where(edge => edge.To == node && _forward.Contains(edge))];

    // Counter mode.

    private bool Leave(int node, string[] outcomes, bool backward)
    {
        if (node != 0 && ForwardInbound(node).Count == 0) throw new NotValidException();
        if (!backward) _nodeVisits[node] = _nodeVisits.GetValueOrDefault(node) + 1;
        var scheduled = false;
        foreach (var edge in Outbound(node))
        {
            var follows = outcomes.Contains(edge.Port);
            _edgeVisits[edge] = _edgeVisits.GetValueOrDefault(edge) + 1;
            _followed[edge] = follows;
            if (_forward.Contains(edge)) scheduled |= Visit(edge);
            else if (follows)
            {
                if (!IsValidLoop(edge)) throw new NotValidException();
                _agenda.Add((edge.To, true));
                scheduled = true;
            }
        }

        return scheduled;
    }

    private bool Visit(DrawnEdge edge)
    {
        var target = edge.To;
        var inbound = ForwardInbound(target);
        var gone = _nodeVisits.GetValueOrDefault(target);
        var most = inbound.Max(one => _edgeVisits.GetValueOrDefault(one));
        var newest = inbound.Where(one => _edgeVisits.GetValueOrDefault(one) == most).ToList();
        var allVisited = inbound.All(one => _edgeVisits.GetValueOrDefault(one) > gone);
        var anyFollowed = most > gone && newest.Exists(one => _followed[one]);
        if (drawing.Nodes[target].Join == "WaitAny")
        {
            if (_edgeVisits[edge] <= gone || _agenda.Exists(one => one.Node == target)) return false;
            if (!anyFollowed) return allVisited && Leave(target, [], false);
            _agenda.Add((target, false));
            CancelBefore(target);
            return true;
        }

        if (!allVisited) return false;
        var isDue = drawing.Nodes[target].Join == "WaitAll"
            ? most > gone && newest.Count == inbound.Count && newest.TrueForAll(one => _followed[one])
            : anyFollowed;
        if (!isDue) return Leave(target, [], false);
        _agenda.Add((target, false));
        return true;
    }

    // Token mode.

    private void MoveTokens(int node, string[] outcomes)
    {
        var followed = Outbound(node).Where(edge => outcomes.Contains(edge.Port)).ToList();
        _free.AddRange(followed);
        _free.RemoveAll(edge => edge.To == node);
        foreach (var edge in followed) Arrive(edge);
        if (IsIdle && _free.Count == 0) IsDone = true;
    }

    private void Arrive(DrawnEdge edge)
    {
        var target = edge.To;
        var mode = drawing.Nodes[target].Join switch
        {
            "WaitAny" => "Race",
            null => drawing.Nodes[target].Merge,
            _ => "Merge",
        };
        if (mode is "Cascade" or "Race")
        {
            if (!_blocked.Remove(edge))
            {
                _agenda.Add((target, false));
                _blocked.AddRange(ForwardInbound(target).Where(other => other.From != edge.From));
            }

            if (mode == "Race") CancelBefore(target);
        }
        else if (mode is "Merge" or "Converge")
        {
            var inbound = mode == "Merge"
                ? ForwardInbound(target)
                : drawing.Edges.Where(one => one.To == target).ToList();
            if (inbound.Count < 2 || inbound.TrueForAll(_free.Contains)) _agenda.Add((target, false));
        }
        else if (!ForwardInbound(target).Exists(
            inbound => drawing.Edges.Any(before => before.To == inbound.From && _free.Contains(before))))
        {
            _agenda.Add((target, false));
        }
    }

    // Both.

    private void CancelBefore(int target)
    {
        var before = new HashSet<int>();
        bool grows;
        do
        {
            grows = false;
            foreach (var edge in _forward.Where(edge => edge.To == target || before.Contains(edge.To)))
            {
                grows |= before.Add(edge.From);
            }
        }
        while (grows);
        foreach (var one in _waiting.Where(one => before.Contains(one.Node)).ToList())
        {
            if (!_waiting.Remove(one)) continue;
            Events.Add($"Canceled n{one.Node}");
            if (IsDone) continue;
            if (tokens)
            {
                _free.RemoveAll(edge => edge.From == one.Node || edge.To == one.Node);
                _blocked.RemoveAll(edge => edge.From == one.Node || edge.To == one.Node);
                CompleteIfIdle();
            }
            else
            {
                CompleteIfIdle();
                if (!IsDone) Leave(one.Node, [], false);
            }
        }
    }

    /// <summary>Breadth first from the start: a connection is forward unless it would close a circle.</summary>
    private static HashSet<DrawnEdge> ForwardOf(Drawing drawing)
    {
        var forward = new HashSet<DrawnEdge>();
        var seen = new HashSet<int>();
        var queue = new List<int> { 0 };
        while (queue.Count > 0)
        {
            var node = queue[0];
            queue.RemoveAt(0);
            seen.Add(node);
            foreach (var edge in drawing.Edges.Where(edge => edge.From == node))
            {
                if (forward.Contains(edge) || Reaches(forward, edge.To, node)) continue;
                forward.UnionWith(drawing.Edges.Where(one => one.From == node && one.To == edge.To));
                if (!seen.Contains(edge.To)) queue.Add(edge.To);
            }
        }

        return forward;
    }

    private static bool Reaches(HashSet<DrawnEdge> forward, int from, int to) =>
        from == to || forward.Any(edge => edge.From == from && Reaches(forward, edge.To, to));

    /// <summary>Every way from the loop's end back to the start passes where the loop leads to.</summary>
    private bool IsValidLoop(DrawnEdge loop) => !ReachesStart(loop.From, loop.To);

    private bool ReachesStart(int from, int without) =>
        from != without
        && (from == 0 || _forward.Any(edge => edge.To == from && ReachesStart(edge.From, without)));
}
