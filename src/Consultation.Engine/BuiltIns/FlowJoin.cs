using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Flowcharts;
using Consultation.Engine.Running;

namespace Consultation.Engine.BuiltIns;

/// <summary>Elsa's explicit join. The flowchart does the waiting; the node itself only goes on.</summary>
internal sealed class FlowJoin(ActivityNode node) : Activity
{
    private readonly InputBinding<string> _mode = node.Input("Mode", nameof(FlowJoinMode.WaitAny));

    public static ActivityType Type { get; } = new(
        ActivityDescriptorBuilder.Activity("Elsa.FlowJoin", "汇合", "Join")
            .Branching()
            .Description("把几条分支合为一条", "Explicitly merges several branches into one")
            .Choice(
                "Mode",
                "方式",
                "Mode",
                [
                    new("WaitAny", new("任一分支到达即继续", "Wait Any")),
                    new("WaitAll", new("等所有分支到达", "Wait All")),
                    new("WaitAllActive", new("等所有已启动的分支", "Wait All Active")),
                ])
            .Shape(ActivityShape.Junction)
            .Build(),
        node => new FlowJoin(node));

    public override void Execute(ActivityContext context) => context.Complete();

    /// <summary>The mode, evaluated from the flowchart's place, before the join executes.</summary>
    public FlowJoinMode ModeAt(ActivityContext flowchart, ActivityNode join)
    {
        var text = _mode.Peek(flowchart);
        return Enum.TryParse<FlowJoinMode>(text, ignoreCase: true, out var mode)
            ? mode
            : throw new ActivityFaultException(
                $"“{join.DisplayText}”的汇合方式“{text}”不存在 / {join.DisplayText} has an unknown join mode: {text}.");
    }
}
