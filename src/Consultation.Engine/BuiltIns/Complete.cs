using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Expressions;
using Consultation.Engine.Running;

namespace Consultation.Engine.BuiltIns;

/// <summary>Completes the definition it stands in, with outcomes for the definition that uses it.</summary>
internal sealed class Complete(ActivityNode node) : Activity
{
    private readonly InputBinding<object?> _outcomes = node.Input<object?>("Outcomes");

    public static ActivityType Type { get; } = new(
        ActivityDescriptorBuilder.Activity("Elsa.Complete", "完成复合活动", "Complete")
            .Composition()
            .Description("以给定的结果完成所在的复合活动", "Completes the composite activity it stands in, with these outcomes")
            .Input("Outcomes", "Object", "结果", "Outcomes",
                i => i with { UIHint = UIHints.OutcomePicker, DefaultSyntax = "Object" })
            .Terminal()
            .Shape(ActivityShape.Terminal)
            .Build(),
        node => new Complete(node));

    internal override bool IsTerminal => true;

    public override void Execute(ActivityContext context) =>
        context.CompleteComposite(_outcomes.Get(context) switch
        {
            null or "" => ["Done"],
            List<object?> several => [.. several.Select(PlainData.ToText)],
            var single => [PlainData.ToText(single)],
        });
}
