using Consultation.Engine.Expressions;

namespace Consultation.Engine.Definitions;

/// <summary>A definition ready to run and to draw: an immutable graph, shared by all runs of this version.</summary>
public sealed class CompiledWorkflow
{
    private readonly Dictionary<string, ActivityNode> _byNodeId;

    internal CompiledWorkflow(
        WorkflowDefinition definition, IReadOnlyList<ActivityNode> nodes, IReadOnlyList<WorkflowTrigger> triggers)
    {
        Definition = definition;
        Nodes = nodes;
        Triggers = triggers;
        _byNodeId = new Dictionary<string, ActivityNode>(nodes.Count, StringComparer.Ordinal);
        foreach (var node in nodes) _byNodeId.TryAdd(node.NodeId, node);
    }

    public WorkflowDefinition Definition { get; }

    /// <summary>
    /// All nodes, each parent before its children; the first is the workflow itself (<c>Elsa.Workflow</c>).
    /// </summary>
    public IReadOnlyList<ActivityNode> Nodes { get; }

    /// <summary>The workflow itself; its only child is the definition's root activity.</summary>
    public ActivityNode Root => Nodes[0];

    /// <summary>What starts runs of this workflow.</summary>
    public IReadOnlyList<WorkflowTrigger> Triggers { get; }

    /// <summary>
    /// The other definitions that were compiled into this workflow because it uses them as activities.
    /// </summary>
    public IReadOnlyList<WorkflowDefinition> UsedDefinitions =>
        [.. Nodes.Select(n => n.Definition).Where(d => !ReferenceEquals(d, Definition)).Distinct()];

    /// <summary>The node with that node id, or null.</summary>
    public ActivityNode? FindNode(string nodeId) => _byNodeId.GetValueOrDefault(nodeId);

    /// <summary>The first node with that activity id in the workflow's own definition, or null.</summary>
    public ActivityNode? FindActivity(string activityId)
    {
        foreach (var node in Nodes)
        {
            if (node.ActivityId == activityId && ReferenceEquals(node.Definition, Definition)) return node;
        }

        return null;
    }

    /// <summary>
    /// The node with that id or name in the same definition as another node; names also in Pascal case.
    /// </summary>
    internal ActivityNode? FindNear(ActivityNode near, string idOrName)
    {
        ActivityNode? byPascalName = null;
        foreach (var node in Nodes)
        {
            if (!ReferenceEquals(node.Definition, near.Definition)) continue;
            if (node.ActivityId == idOrName || node.Name == idOrName) return node;
            if (byPascalName is null && node.Name is { } name && PascalName.Of(name) == idOrName) byPascalName = node;
        }

        return byPascalName;
    }

    internal string VariableName(string id)
    {
        foreach (var node in Nodes)
        {
            if (node.FindVariableById(id) is var slot and >= 0) return node.Variables[slot].Name;
        }

        return id;
    }
}
