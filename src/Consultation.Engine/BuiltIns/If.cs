using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;

namespace Consultation.Engine.BuiltIns;

/// <summary>Runs one of two activities.</summary>
internal sealed class If(ActivityNode node) : Activity
{
    private readonly InputBinding<bool> _condition = node.Input<bool>("Condition");
    private readonly OutputBinding _result = node.Output("Result");
    private readonly ActivityNode? _then = node.Child("Then");
    private readonly ActivityNode? _else = node.Child("Else");

    public static ActivityType Type { get; } = new(
        ActivityDescriptorBuilder.Activity("Elsa.If", "如果", "If")
            .Branching()
            .Description("按条件执行两个活动之一", "Executes one of two activities depending on a condition")
            .Input("Condition", "Boolean", "条件", "Condition",
                i => i with { UIHint = UIHints.SingleLine, DefaultSyntax = "JavaScript" })
            .Output("Result", "Boolean", "结果", "Result")
            .Embedded("Then", "是", "Then")
            .Embedded("Else", "否", "Else")
            .Shape(ActivityShape.Choice)
            .Build(),
        node => new If(node));

    public override void Execute(ActivityContext context)
    {
        var condition = _condition.Get(context);
        context.SetOutput(_result, condition);
        if ((condition ? _then : _else) is { } next) context.Schedule(next);
        else context.Complete();
    }
}
