using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;

namespace Consultation.Engine.BuiltIns;

/// <summary>Goes on at all of its branches at once.</summary>
internal sealed class FlowFork(ActivityNode node) : Activity
{
    private readonly InputBinding<List<string>?> _branches = node.Input<List<string>?>("Branches");

    public static ActivityType Type { get; } = new(
        ActivityDescriptorBuilder.Activity("Elsa.FlowFork", "分叉", "Fork (flow)")
            .Branching()
            .Description("分成几条分支同时进行", "Branches execution into branches that run in parallel")
            .Input("Branches", "String[]", "分支", "Branches",
                i => i with { UIHint = UIHints.DynamicOutcomes, DefaultSyntax = "Object" })
            .Shape(ActivityShape.Junction)
            .Build(),
        node => new FlowFork(node));

    public override void Execute(ActivityContext context)
    {
        var branches = _branches.Get(context);
        if (branches is null) context.Complete();
        else context.CompleteWithOutcomes([.. branches]);
    }
}
