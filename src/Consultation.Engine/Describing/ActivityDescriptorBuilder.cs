using System.Text.Json.Nodes;

namespace Consultation.Engine.Describing;

/// <summary>
/// Declares a descriptor in a few readable lines. Texts always come in both languages. Inputs keep the order in which
/// they are declared.
/// </summary>
public sealed class ActivityDescriptorBuilder
{
    private readonly List<InputDescriptor> _inputs = [];
    private readonly List<OutputDescriptor> _outputs = [];
    private readonly List<PortDescriptor> _ports = [];
    private ActivityDescriptor _descriptor;

    private ActivityDescriptorBuilder(ActivityDescriptor descriptor) => _descriptor = descriptor;

    /// <summary>Starts a descriptor, for example <c>Activity("Consultation.Remind", "催办", "Remind")</c>.</summary>
    public static ActivityDescriptorBuilder Activity(string typeName, string zh, string en, int version = 1) =>
        new(new ActivityDescriptor
        {
            TypeName = typeName,
            Version = version,
            Category = new BilingualText("其他", "Other"),
            DisplayName = new BilingualText(zh, en),
        });

    public ActivityDescriptorBuilder Category(string zh, string en) =>
        With(_descriptor with { Category = new BilingualText(zh, en) });

    public ActivityDescriptorBuilder Description(string zh, string en) =>
        With(_descriptor with { Description = new BilingualText(zh, en) });

    public ActivityDescriptorBuilder Kind(ActivityKind kind) => With(_descriptor with { Kind = kind });

    public ActivityDescriptorBuilder Container() => With(_descriptor with { IsContainer = true });

    public ActivityDescriptorBuilder Hidden() => With(_descriptor with { IsBrowsable = false });

    public ActivityDescriptorBuilder Start() => With(_descriptor with { IsStart = true });

    public ActivityDescriptorBuilder Terminal() => With(_descriptor with { IsTerminal = true });

    /// <summary>How the activity is drawn; a plain step otherwise.</summary>
    public ActivityDescriptorBuilder Shape(ActivityShape shape) => With(_descriptor with { Shape = shape });

    /// <summary>A run waits here for a time or for something outside, and no person is asked.</summary>
    public ActivityDescriptorBuilder Pauses() => With(_descriptor with { Pauses = true });

    /// <summary>
    /// The activity gives a task to those whom an input names; only if another input is set, where one is given.
    /// </summary>
    public ActivityDescriptorBuilder Asks(string who, string? onlyIf = null) =>
        With(_descriptor with { Asks = new ActivityAsking(who, onlyIf) });

    /// <summary>A wrapped input; <paramref name="configure"/> may change anything about it.</summary>
    public ActivityDescriptorBuilder Input(
        string name, string typeName, string zh, string en, Func<InputDescriptor, InputDescriptor>? configure = null)
    {
        var input = new InputDescriptor
        {
            Name = name,
            TypeName = typeName,
            DisplayName = new BilingualText(zh, en),
            Order = _inputs.Count,
            UIHint = typeName == "Boolean" ? UIHints.CheckBox : UIHints.SingleLine,
        };
        _inputs.Add(configure is null ? input : configure(input));
        return this;
    }

    /// <summary>An input chosen from a list; the first option is the default unless one is given.</summary>
    public ActivityDescriptorBuilder Choice(
        string name, string zh, string en, IReadOnlyList<InputOption> options, string? defaultValue = null,
        OptionSource? more = null) =>
        Input(name, "String", zh, en, i => i with
        {
            UIHint = UIHints.DropDown,
            Options = options,
            OptionsFrom = more,
            DefaultValue = JsonValue.Create(defaultValue ?? (options.Count == 0 ? null : options[0].Value)),
        });

    public ActivityDescriptorBuilder Output(string name, string typeName, string zh, string en)
    {
        _outputs.Add(new OutputDescriptor
        {
            Name = name,
            TypeName = typeName,
            DisplayName = new BilingualText(zh, en),
            Order = _outputs.Count,
        });
        return this;
    }

    /// <summary>
    /// An outcome that connections start from. With any of these, <c>Done</c> exists only if it is listed.
    /// </summary>
    public ActivityDescriptorBuilder Outcome(string name, string zh, string en)
    {
        _ports.Add(new PortDescriptor(name, new BilingualText(zh, en)));
        return this;
    }

    /// <summary>An outcome that may lead nowhere: "overdue" of a task that simply goes on waiting.</summary>
    public ActivityDescriptorBuilder OptionalOutcome(string name, string zh, string en)
    {
        _ports.Add(new PortDescriptor(name, new BilingualText(zh, en)) { IsOptional = true });
        return this;
    }

    /// <summary>A property that holds a whole activity.</summary>
    public ActivityDescriptorBuilder Embedded(string name, string zh, string en, bool isBrowsable = true)
    {
        _ports.Add(new PortDescriptor(name, new BilingualText(zh, en), PortKind.Embedded, isBrowsable));
        return this;
    }

    public ActivityDescriptorBuilder CustomProperty(string name, JsonNode? value)
    {
        _descriptor.CustomProperties[name] = value;
        return this;
    }

    public ActivityDescriptorBuilder ConstructionProperty(string name, JsonNode? value)
    {
        _descriptor.ConstructionProperties[name] = value;
        return this;
    }

    public ActivityDescriptor Build() =>
        _descriptor with { Inputs = [.. _inputs], Outputs = [.. _outputs], Ports = [.. _ports] };

    private ActivityDescriptorBuilder With(ActivityDescriptor descriptor)
    {
        _descriptor = descriptor;
        return this;
    }
}
