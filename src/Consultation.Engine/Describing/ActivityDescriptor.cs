using System.Text.Json.Nodes;

namespace Consultation.Engine.Describing;

/// <summary>What Studio makes of an activity: an ordinary step, or one that may start a workflow.</summary>
public enum ActivityKind
{
    /// <summary>An ordinary step.</summary>
    Action,

    /// <summary>May start a workflow when the activity is marked "can start workflow".</summary>
    Trigger,

    /// <summary>Always runs in the background.</summary>
    Job,

    /// <summary>May run in the background.</summary>
    Task,
}

/// <summary>Whether a port is an outcome of a flowchart node or holds a whole activity.</summary>
public enum PortKind
{
    /// <summary>An outcome that a flowchart connection may start from.</summary>
    Flow,

    /// <summary>A property of the activity that holds another activity.</summary>
    Embedded,
}

/// <summary>Describes an activity type to the designer: the item of <c>GET descriptors/activities</c>.</summary>
public sealed record ActivityDescriptor
{
    /// <summary>The full type name, for example <c>Elsa.WriteLine</c>.</summary>
    public required string TypeName { get; init; }

    /// <summary>The version of the type; the pair with <see cref="TypeName"/> is unique. Default 1.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The heading under which the toolbox shows the activity.</summary>
    public required BilingualText Category { get; init; }

    /// <summary>The name in the toolbox.</summary>
    public required BilingualText DisplayName { get; init; }

    /// <summary>One sentence of explanation.</summary>
    public BilingualText Description { get; init; } = BilingualText.Empty;

    public ActivityKind Kind { get; init; } = ActivityKind.Action;

    /// <summary>Whether the activity holds a list of activities (Flowchart, Sequence).</summary>
    public bool IsContainer { get; init; }

    /// <summary>Whether the toolbox offers the activity. Default true.</summary>
    public bool IsBrowsable { get; init; } = true;

    /// <summary>True for a node without an inbound port.</summary>
    public bool IsStart { get; init; }

    /// <summary>True for a node without an outbound port; in a flowchart it ends the flowchart.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>Whether the designer offers to run it in the background by default.</summary>
    public bool RunAsynchronously { get; init; }

    /// <summary>
    /// How the activity is drawn where the desk shows a flowchart. Default a plain step; Studio does not know this.
    /// </summary>
    public ActivityShape Shape { get; init; }

    /// <summary>
    /// True when a run waits here by itself, for a time or for something outside, and no person is asked. Default
    /// false; Studio does not know this.
    /// </summary>
    public bool Pauses { get; init; }

    /// <summary>Whom the activity gives a task, or null when it asks nobody. Studio does not know this.</summary>
    public ActivityAsking? Asks { get; init; }

    public IReadOnlyList<InputDescriptor> Inputs { get; init; } = [];

    public IReadOnlyList<OutputDescriptor> Outputs { get; init; } = [];

    /// <summary>The ports in the order shown. Without flow ports an activity completes with <c>Done</c>.</summary>
    public IReadOnlyList<PortDescriptor> Ports { get; init; } = [];

    /// <summary>Free properties that Studio reads, for example <c>RootType</c>.</summary>
    public JsonObject CustomProperties { get; init; } = [];

    /// <summary>Properties copied into a new activity when it is dropped on the canvas.</summary>
    public JsonObject ConstructionProperties { get; init; } = [];

    /// <summary>The type name up to the last dot.</summary>
    public string Namespace => TypeName.LastIndexOf('.') is var dot and > 0 ? TypeName[..dot] : "";

    /// <summary>The type name after the last dot.</summary>
    public string Name => TypeName[(TypeName.LastIndexOf('.') + 1)..];

    /// <summary>The input of that name, compared without regard to case, or null.</summary>
    public InputDescriptor? FindInput(string name)
    {
        foreach (var input in Inputs)
        {
            if (string.Equals(input.Name, name, StringComparison.OrdinalIgnoreCase)) return input;
        }

        return null;
    }

    /// <summary>
    /// The JSON that Studio expects, texts in the given culture (<c>zh…</c> is Chinese, else English).
    /// </summary>
    public JsonObject ToJson(string culture) => DescriptorJson.Write(this, culture);
}

/// <summary>Describes one input of an activity type.</summary>
public sealed record InputDescriptor
{
    /// <summary>The name in PascalCase; in the activity's JSON it is camelCase.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// The alias of the value's type: <c>String</c>, <c>Boolean</c>, <c>Int32</c>, <c>TimeSpan</c>, <c>Object</c> ...
    /// </summary>
    public string TypeName { get; init; } = "String";

    public required BilingualText DisplayName { get; init; }

    public BilingualText Description { get; init; } = BilingualText.Empty;

    /// <summary>Position in the form, ascending.</summary>
    public double Order { get; init; }

    public bool IsBrowsable { get; init; } = true;

    /// <summary>Whether the value stands in an input wrapper (true) or bare in the activity's JSON (false).</summary>
    public bool IsWrapped { get; init; } = true;

    public bool IsSynthetic { get; init; }

    public bool IsReadOnly { get; init; }

    /// <summary>A sensitive value never reaches the journal.</summary>
    public bool IsSensitive { get; init; }

    /// <summary>False when the activity evaluates the input itself, as often as it likes.</summary>
    public bool AutoEvaluate { get; init; } = true;

    /// <summary>A constant of <see cref="UIHints"/>.</summary>
    public string UIHint { get; init; } = UIHints.SingleLine;

    /// <summary>The tab or group of the form, or null.</summary>
    public BilingualText? Category { get; init; }

    public JsonNode? DefaultValue { get; init; }

    /// <summary>The expression type offered first, for example <c>JavaScript</c>; null means Literal.</summary>
    public string? DefaultSyntax { get; init; }

    /// <summary>The choices of a drop-down, check list or radio list.</summary>
    public IReadOnlyList<InputOption> Options { get; init; } = [];

    /// <summary>
    /// Where more choices come from when the designer asks for them; null when <see cref="Options"/> are all.
    /// </summary>
    public OptionSource? OptionsFrom { get; init; }

    /// <summary>
    /// Other <c>uiSpecifications</c>, for example <c>code-editor</c>; merged with those made from the options.
    /// </summary>
    public JsonObject UISpecifications { get; init; } = [];

    /// <summary>The <c>uiSpecifications</c> as Studio reads them, options included.</summary>
    public JsonObject ToUISpecifications(string culture) => DescriptorJson.WriteUISpecifications(this, culture);
}

/// <summary>Lists that only the host knows, because they differ between organisations and change over time.</summary>
public enum OptionSource
{
    /// <summary>Units and people that a task may go to.</summary>
    Assignees,

    /// <summary>Reminder policies.</summary>
    Reminders,

    /// <summary>Escalation ladders.</summary>
    Ladders,
}

/// <summary>One choice of an input with a fixed list of values.</summary>
public sealed record InputOption(string Value, BilingualText Text);

/// <summary>Describes one output of an activity type.</summary>
public sealed record OutputDescriptor
{
    public required string Name { get; init; }

    public string TypeName { get; init; } = "Object";

    public required BilingualText DisplayName { get; init; }

    public BilingualText Description { get; init; } = BilingualText.Empty;

    public double Order { get; init; }

    public bool IsBrowsable { get; init; } = true;

    public bool IsSynthetic { get; init; }
}

/// <summary>Describes one port of an activity type.</summary>
public sealed record PortDescriptor(
    string Name, BilingualText DisplayName, PortKind Kind = PortKind.Flow, bool IsBrowsable = true)
{
    /// <summary>
    /// True for an outcome that may lead nowhere without being forgotten; Studio does not know this mark.
    /// </summary>
    public bool IsOptional { get; init; }
}
