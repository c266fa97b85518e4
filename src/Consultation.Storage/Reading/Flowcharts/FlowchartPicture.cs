using Consultation.Cases;

namespace Consultation.Storage.Reading.Flowcharts;

/// <summary>How far a run has come with one node.</summary>
public enum NodeMark
{
    /// <summary>Not reached yet.</summary>
    Ahead,
    /// <summary>Executed at least once, and not waiting now.</summary>
    Done,
    /// <summary>The run waits here.</summary>
    Present,
    /// <summary>A step failed here.</summary>
    Failed,
}

/// <summary>What a node is, as far as its shape on paper goes.</summary>
public enum NodeShape
{
    /// <summary>Anything that is done: a box.</summary>
    Step,
    /// <summary>People decide: a box with a double edge.</summary>
    Gate,
    /// <summary>The workflow chooses a way: a diamond.</summary>
    Choice,
    /// <summary>Start or end: a pill.</summary>
    Terminal,
    /// <summary>Ways part or meet: a narrow box.</summary>
    Junction,
    /// <summary>Begins a step or phase: a box with a band.</summary>
    Milestone,
    /// <summary>Another workflow runs inside: a box with a second frame.</summary>
    Part,
}

/// <summary>A place on the flowchart, in the designer's own coordinates.</summary>
/// <param name="Id">Activity id within the definition.</param>
/// <param name="Type">Activity type name.</param>
/// <param name="Label">What the node says.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="X">Left edge.</param>
/// <param name="Y">Upper edge.</param>
/// <param name="Width">Width, above 0.</param>
/// <param name="Height">Height, above 0.</param>
/// <param name="Rows">Rows of the source documents that the node implements, e.g. "Q85".</param>
/// <param name="Part">Definition id of the workflow that runs inside, for <see cref="NodeShape.Part"/>.</param>
public sealed record FlowNode(
    string Id, string Type, LocalText Label, NodeShape Shape, double X, double Y, double Width, double Height,
    IReadOnlyList<string> Rows, string? Part = null);

/// <summary>A connection from a port of one node to another node.</summary>
/// <param name="From">Id of the node it leaves.</param>
/// <param name="Port">Port it leaves by, e.g. "Done", "Confirm".</param>
/// <param name="To">Id of the node it enters.</param>
/// <param name="Name">What the activity's author calls the port; null when the workflow's author made it up.</param>
public sealed record FlowEdge(string From, string Port, string To, LocalText? Name = null);

/// <summary>A definition's flowchart, ready to be drawn; the same for every run of the version.</summary>
/// <param name="Nodes">All nodes with their places.</param>
/// <param name="Edges">All connections between them.</param>
public sealed record FlowchartPicture(IReadOnlyList<FlowNode> Nodes, IReadOnlyList<FlowEdge> Edges)
{
    /// <summary>Nothing to draw.</summary>
    public static readonly FlowchartPicture Empty = new([], []);
}
