using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;

namespace Consultation.Engine.BuiltIns;

/// <summary>Goes on at True or False.</summary>
internal sealed class FlowDecision(ActivityNode node) : Activity
{
    private static readonly string[] True = ["True"];
    private static readonly string[] False = ["False"];

    private readonly InputBinding<bool> _condition = node.Input<bool>("Condition");

    public static ActivityType Type { get; } = new(
        ActivityDescriptorBuilder.Activity("Elsa.FlowDecision", "判断", "Decision")
            .Branching()
            .Description("按条件决定走哪条路", "Evaluates a condition to determine which path to take")
            .Input("Condition", "Boolean", "条件", "Condition",
                i => i with { UIHint = UIHints.SingleLine, DefaultSyntax = "JavaScript" })
            .Outcome("True", "是", "True")
            .Outcome("False", "否", "False")
            .Shape(ActivityShape.Choice)
            .Build(),
        node => new FlowDecision(node));

    public override void Execute(ActivityContext context) =>
        context.CompleteWithOutcomes(_condition.Get(context) ? True : False);
}
