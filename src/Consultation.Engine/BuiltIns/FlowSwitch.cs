using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;

namespace Consultation.Engine.BuiltIns;

/// <summary>Goes on at the ports whose conditions hold, else at Default.</summary>
internal sealed class FlowSwitch(ActivityNode node) : Activity
{
    private static readonly string[] Default = ["Default"];

    private readonly SwitchCases _cases = new(node);

    public static ActivityType Type { get; } = new(
        ActivityDescriptorBuilder.Activity("Elsa.FlowSwitch", "多路判断", "Switch (flow)")
            .Branching()
            .Description("按多个条件决定走哪些路", "Evaluates a set of conditions to determine which paths to take")
            .Input("Cases", "Object", "情形", "Cases",
                i => i with { UIHint = UIHints.FlowSwitchEditor, IsWrapped = false })
            .Choice("Mode", "方式", "Mode", SwitchCases.Modes)
            .Outcome("Default", "其他", "Default")
            .Shape(ActivityShape.Choice)
            .Build(),
        node => new FlowSwitch(node));

    public override void Execute(ActivityContext context)
    {
        var matches = _cases.Match(context);
        context.CompleteWithOutcomes(matches.Count == 0 ? Default : [.. matches.Select(_cases.Label)]);
    }
}
