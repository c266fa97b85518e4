using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;

namespace Consultation.Engine.Moves;

/// <summary>By what a node of another version is the counterpart of a node.</summary>
public enum NodeMatch
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>Same id, same activity type.</summary>
    SameId,

    /// <summary>Same activity type and same name, and no other of that name on either side.</summary>
    SameTypeAndName,

    /// <summary>Somebody said so.</summary>
    ByHand,
}

/// <summary>A node and its counterpart in the other version.</summary>
/// <param name="From">The node of the version that is left.</param>
/// <param name="To">Its counterpart, or null.</param>
/// <param name="Match">By what.</param>
public sealed record NodePair(ActivityNode From, ActivityNode? To, NodeMatch Match);

/// <summary>
/// Which node of one version of a workflow is which of another. A node's counterpart lies in the counterpart of what
/// contains it and has the same activity type: otherwise what the node keeps while it waits would fit nowhere.
/// </summary>
public sealed class NodeMap
{
    private readonly Dictionary<ActivityNode, NodePair> _pairs = [];
    private readonly HashSet<ActivityNode> _taken = [];

    private NodeMap(CompiledWorkflow from, CompiledWorkflow to) => (From, To) = (from, to);

    /// <summary>The version that is left.</summary>
    public CompiledWorkflow From { get; }

    /// <summary>The version that is moved to.</summary>
    public CompiledWorkflow To { get; }

    /// <summary>Every node of the version that is left, in its order, except the workflow itself.</summary>
    public IReadOnlyList<NodePair> Pairs => [.. From.Nodes.Skip(1).Select(node => _pairs[node])];

    /// <summary>Nodes that only the new version has.</summary>
    public IReadOnlyList<ActivityNode> Added => [.. To.Nodes.Where(node => !_taken.Contains(node))];

    /// <summary>What was said by hand and cannot be.</summary>
    public IReadOnlyList<BilingualText> Faults { get; private set; } = [];

    /// <summary>Finds the counterparts.</summary>
    /// <param name="from">The version that is left.</param>
    /// <param name="to">The version that is moved to.</param>
    /// <param name="byHand">Node ids of the one with the node ids of the other; they go before ids and names.</param>
    public static NodeMap Between(
        CompiledWorkflow from, CompiledWorkflow to, IReadOnlyDictionary<string, string>? byHand = null)
    {
        var map = new NodeMap(from, to);
        map.Pair(from.Root, to.Root, NodeMatch.SameId);
        var faults = new List<BilingualText>();
        foreach (var parent in from.Nodes)
        {
            if (parent.Children.Count > 0) map.PairChildren(parent, map.Find(parent), byHand, faults);
        }

        // What was said of a node of another version says nothing here.
        foreach (var (left, right) in byHand ?? new Dictionary<string, string>())
        {
            if (from.FindNode(left) is { } node && to.FindNode(right) is null)
            {
                faults.Add(new(
                    $"手工对应“{node.DisplayText}”：新版本中没有节点 {right}。",
                    $"By hand {node.DisplayText}: the new version has no node {right}."));
            }
        }

        map.Faults = faults;
        return map;
    }

    /// <summary>The counterpart of a node, or null.</summary>
    public ActivityNode? Find(ActivityNode node) => PairOf(node).To;

    /// <summary>A node with its counterpart, if it has one.</summary>
    internal NodePair PairOf(ActivityNode node) =>
        _pairs.GetValueOrDefault(node) ?? new NodePair(node, null, NodeMatch.None);

    /// <summary>The counterpart of the node with that node id, or null.</summary>
    public ActivityNode? Find(string nodeId) => From.FindNode(nodeId) is { } node ? Find(node) : null;

    /// <summary>What a node could be by hand: nodes of its type in the counterpart of what contains it.</summary>
    public IReadOnlyList<ActivityNode> Candidates(ActivityNode node) =>
        node.Parent is { } parent && Find(parent) is { } at
            ? [.. at.Children.Where(child => Fits(node, child) && !_taken.Contains(child))]
            : [];

    private static bool Fits(ActivityNode from, ActivityNode to) => from.Type == to.Type && from.Port == to.Port;

    private static string? NameOf(ActivityNode node) =>
        node.Name is { Length: > 0 } name ? name
        : node.Metadata["displayText"]?.ToString() is { Length: > 0 } text ? text : null;

    private void Pair(ActivityNode from, ActivityNode? to, NodeMatch match)
    {
        _pairs[from] = new(from, to, match);
        if (to is not null) _taken.Add(to);
    }

    private void PairChildren(
        ActivityNode parent, ActivityNode? at, IReadOnlyDictionary<string, string>? byHand, List<BilingualText> faults)
    {
        var left = parent.Children.ToList();
        var right = at?.Children.ToList() ?? [];
        foreach (var node in left.ToList())
        {
            if (byHand?.GetValueOrDefault(node.NodeId) is not { } wanted || To.FindNode(wanted) is not { } target)
            {
                continue;
            }
            if (right.Contains(target) && Fits(node, target)) Take(node, target, NodeMatch.ByHand);
            else faults.Add(Misfit(node, target));
        }

        foreach (var node in left.ToList())
        {
            if (right.Find(one => one.ActivityId == node.ActivityId && Fits(node, one)) is { } same)
            {
                Take(node, same, NodeMatch.SameId);
            }
        }

        foreach (var node in left.ToList())
        {
            var isAlone = node.Port != "Activities" && parent.ChildList(node.Port).Count == 1
                && at?.ChildList(node.Port).Count == 1;
            bool IsNamed(ActivityNode one) => isAlone || NameOf(one) == NameOf(node);
            if (!isAlone && NameOf(node) is null) continue;
            if (left.Count(one => Fits(node, one) && IsNamed(one)) == 1
                && right.FindAll(one => Fits(node, one) && IsNamed(one)) is [var named])
            {
                Take(node, named, NodeMatch.SameTypeAndName);
            }
        }

        foreach (var node in left) Pair(node, null, NodeMatch.None);

        void Take(ActivityNode node, ActivityNode target, NodeMatch match)
        {
            Pair(node, target, match);
            left.Remove(node);
            right.Remove(target);
        }
    }

    private static BilingualText Misfit(ActivityNode node, ActivityNode target) => new(
        $"手工对应“{node.DisplayText} → {target.DisplayText}”不成立：两者须是同一类型的活动，并在相互对应的容器里，且各只对应一次。",
        $"By hand {node.DisplayText} → {target.DisplayText} cannot be: both must be of one activity type, in "
            + "containers that are counterparts, and each only once.");
}
