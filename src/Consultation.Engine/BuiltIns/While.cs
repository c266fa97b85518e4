using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;

namespace Consultation.Engine.BuiltIns;

/// <summary>Runs its body again and again while the condition holds.</summary>
internal sealed class While(ActivityNode node) : Activity
{
    private readonly InputBinding<bool> _condition = node.Input<bool>("Condition");
    private readonly ActivityNode? _body = node.Child("Body");

    public static ActivityType Type { get; } = new(
        ActivityDescriptorBuilder.Activity("Elsa.While", "当…时重复", "While")
            .Looping()
            .Description("条件成立时重复执行", "Executes an activity while a condition holds")
            .Input(
                "Condition", "Boolean", "条件", "Condition",
                i => i with { UIHint = UIHints.SingleLine, DefaultSyntax = "JavaScript", AutoEvaluate = false })
            .Embedded("Body", "循环体", "Body")
            .Build(),
        node => new While(node));

    internal override BreakHandling BreakHandling => BreakHandling.MarkAndStop;

    public override void Execute(ActivityContext context)
    {
        if (_body is not null && !context.IsBreaking && _condition.Get(context)) context.Schedule(_body);
        else context.Complete();
    }

    public override void OnChildCompleted(ActivityContext context, ActivityExecution child) => Execute(context);
}
