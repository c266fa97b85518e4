using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;

namespace Consultation.Engine.BuiltIns;

/// <summary>Runs its branches side by side and completes with the first or the last.</summary>
internal sealed class Fork(ActivityNode node) : Activity
{
    private readonly IReadOnlyList<ActivityNode> _branches = node.ChildList("Branches");
    private readonly InputBinding<string> _joinMode = node.Input("JoinMode", "WaitAll");

    public static ActivityType Type { get; } = new(
        ActivityDescriptorBuilder.Activity("Elsa.Fork", "并行分支", "Fork")
            .Category("控制流", "Control Flow")
            .Description("分成几条分支同时执行", "Branches execution into several branches")
            .Choice("JoinMode", "汇合方式", "Join mode",
                [new("WaitAll", new("等所有分支", "Wait All")), new("WaitAny", new("任一分支即可", "Wait Any"))])
            .Hidden()
            .Shape(ActivityShape.Junction)
            .Build(),
        node => new Fork(node));

    internal override BreakHandling BreakHandling => BreakHandling.Mark;

    public override void Execute(ActivityContext context)
    {
        foreach (var branch in _branches) context.Schedule(branch);
        if (_branches.Count == 0) context.Complete();
    }

    public override void OnChildCompleted(ActivityContext context, ActivityExecution child)
    {
        var any = string.Equals(_joinMode.Get(context), "WaitAny", StringComparison.OrdinalIgnoreCase);
        if (any || context.IsBreaking || context.HasNoOpenChildren) context.Complete();
    }
}
