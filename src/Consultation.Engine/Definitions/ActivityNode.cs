using System.Text.Json.Nodes;
using Consultation.Engine.Running;

namespace Consultation.Engine.Definitions;

/// <summary>
/// Where a node stands on the designer's canvas, in pixels; sizes may be 0 when the designer has not measured them.
/// </summary>
public readonly record struct NodePlace(double X, double Y, double Width, double Height);

/// <summary>A connection of a flowchart.</summary>
/// <param name="Source">Where it starts.</param>
/// <param name="SourcePort">The outcome that follows it; default <c>Done</c>.</param>
/// <param name="Target">Where it leads.</param>
/// <param name="TargetPort">Always <c>In</c> in practice.</param>
/// <param name="Vertices">The bends, as drawn.</param>
public sealed record FlowConnection(
    ActivityNode Source, string SourcePort, ActivityNode Target, string TargetPort, IReadOnlyList<NodePlace> Vertices);

/// <summary>
/// One activity of a compiled workflow, with all that is needed to run it and to draw it. Immutable once compiled.
/// </summary>
public sealed partial class ActivityNode
{
    /// <summary>The node id of the workflow itself, the root of every node id.</summary>
    public const string WorkflowNodeId = "Workflow1";

    private Dictionary<string, int>? _variableSlots;

    internal ActivityNode(
        int index, JsonObject json, string type, int version, ActivityNode? parent, string port,
        WorkflowDefinition definition, string nodeId)
    {
        Index = index;
        Json = json;
        Type = type;
        Version = version;
        Parent = parent;
        Port = port;
        Definition = definition;
        NodeId = nodeId;
        ActivityId = json.Text("id") ?? "";
        Name = json.Text("name");
        Metadata = json["metadata"] as JsonObject ?? [];
        CustomProperties = json["customProperties"] as JsonObject ?? [];
        CanStartWorkflow = Flag("canStartWorkflow");
        RunAsynchronously = Flag("runAsynchronously");
        Depth = parent is null ? 0 : parent.Depth + 1;
        Log = LogPersistence.Of(CustomProperties, parent?.Log);
    }

    /// <summary>Position in <see cref="CompiledWorkflow.Nodes"/>.</summary>
    public int Index { get; }

    /// <summary>The path of ids from the workflow: <c>Workflow1:Flowchart1:WriteLine1</c>. Unique.</summary>
    public string NodeId { get; }

    /// <summary>The activity's id, unique within its definition.</summary>
    public string ActivityId { get; }

    /// <summary>The type name, for example <c>Elsa.WriteLine</c>.</summary>
    public string Type { get; }

    /// <summary>The type's version.</summary>
    public int Version { get; }

    /// <summary>The technical name, usable in scripts, or null.</summary>
    public string? Name { get; }

    /// <summary>What the designer shows: the display text, else the name, else the type's name.</summary>
    public string DisplayText =>
        Metadata.Text("displayText") is { Length: > 0 } text ? text
        : Name is { Length: > 0 } name ? name
        : Type[(Type.LastIndexOf('.') + 1)..];

    /// <summary>The same in English where the definition says it, or null.</summary>
    public string? DisplayTextEn => Metadata.Text("displayTextEn");

    /// <summary>The designer's description, or null.</summary>
    public string? Description => Metadata.Text("description");

    /// <summary>The activity as it stands in the definition; read-only.</summary>
    public JsonObject Json { get; }

    /// <summary>Free data of the designer; read-only.</summary>
    public JsonObject Metadata { get; }

    /// <summary>Free properties, for example requirement rows; read-only.</summary>
    public JsonObject CustomProperties { get; }

    /// <summary>
    /// The definition that the node belongs to: the workflow's, or that of a workflow used as an activity.
    /// </summary>
    public WorkflowDefinition Definition { get; }

    /// <summary>The containing node; null for the workflow itself.</summary>
    public ActivityNode? Parent { get; }

    /// <summary>
    /// The parent's property that holds the node, in PascalCase: <c>Activities</c>, <c>Then</c>, <c>Root</c> ...
    /// </summary>
    public string Port { get; }

    /// <summary>How deep the node stands below the workflow (0).</summary>
    public int Depth { get; }

    public IReadOnlyList<ActivityNode> Children { get; internal set; } = [];

    /// <summary>The connections of a flowchart; empty for any other node.</summary>
    public IReadOnlyList<FlowConnection> Connections { get; internal set; } = [];

    /// <summary>The variables that the node declares.</summary>
    public IReadOnlyList<VariableDefinition> Variables { get; internal set; } = [];

    /// <summary>The type, or null when the catalogue does not know it.</summary>
    public ActivityType? ActivityType { get; internal set; }

    /// <summary>What runs.</summary>
    public Activity Activity { get; internal set; } = null!;

    public bool CanStartWorkflow { get; }

    public bool RunAsynchronously { get; }

    /// <summary>Elsa's merge mode of a flowchart node, or null for none.</summary>
    public string? MergeMode => CustomProperties.Text("mergeMode");

    /// <summary>Where the node is drawn, or null when the file does not say.</summary>
    public NodePlace? Place
    {
        get
        {
            if (Metadata["designer"] is not JsonObject designer || designer["position"] is not JsonObject position)
            {
                return null;
            }
            var size = designer["size"] as JsonObject;
            return new NodePlace(
                position.Number("x") ?? 0, position.Number("y") ?? 0, size?.Number("width") ?? 0,
                size?.Number("height") ?? 0);
        }
    }

    /// <summary>Which inputs and outputs may be written to the journal.</summary>
    internal LogPersistence Log { get; }

    /// <summary>True for a definition used as an activity: its variables belong to what is inside.</summary>
    internal bool IsUsedDefinition { get; set; }

    /// <summary>Position among the nodes of its flowchart; -1 outside one.</summary>
    internal int FlowIndex { get; set; } = -1;

    /// <summary>The outcomes that connections of the containing flowchart follow; empty outside a flowchart.</summary>
    public IReadOnlyList<string> ConnectedOutcomes => Parent is null
        ? []
        : [.. Parent.Connections.Where(c => c.Source == this).Select(c => c.SourcePort)
            .Distinct(StringComparer.Ordinal)];

    /// <summary>The child at that port, or null.</summary>
    public ActivityNode? Child(string port)
    {
        foreach (var child in Children)
        {
            if (child.Port == port) return child;
        }

        return null;
    }

    /// <summary>The children at that port, in the order of the file.</summary>
    public IReadOnlyList<ActivityNode> ChildList(string port) => [.. Children.Where(c => c.Port == port)];

    public override string ToString() => NodeId;

    internal int FindVariable(string name)
    {
        for (var i = 0; i < Variables.Count; i++)
        {
            if (Variables[i].Name == name) return i;
        }

        return -1;
    }

    internal int FindVariableById(string id)
    {
        if (_variableSlots is null)
        {
            var slots = new Dictionary<string, int>(Variables.Count);
            for (var i = 0; i < Variables.Count; i++) slots.TryAdd(Variables[i].Id, i);
            _variableSlots = slots;
        }

        return _variableSlots.TryGetValue(id, out var slot) ? slot : -1;
    }

    internal object?[] NewSlots()
    {
        var slots = new object?[Variables.Count];
        for (var i = 0; i < slots.Length; i++)
        {
            var initial = Variables[i].InitialValue;
            slots[i] = initial is List<object?> or Dictionary<string, object?>
                ? Expressions.PlainData.Normalise(initial)
                : initial;
        }

        return slots;
    }

    private bool Flag(string name) =>
        CustomProperties.Flag(name) || CustomProperties.Flag(ActivityChildren.PortName(name)) || Json.Flag(name);
}
