using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;

namespace Consultation.Engine.BuiltIns;

/// <summary>Runs its activities side by side and completes with the last.</summary>
internal sealed class Parallel(ActivityNode node) : Activity
{
    private readonly IReadOnlyList<ActivityNode> _activities = node.ChildList("Activities");

    public static ActivityType Type { get; } = new(
        ActivityDescriptorBuilder.Activity("Elsa.Parallel", "并行", "Parallel")
            .Category("流程", "Workflows")
            .Description("同时执行各活动", "Executes a set of activities in parallel")
            .Container()
            .Hidden()
            .Build(),
        node => new Parallel(node));

    public override void Execute(ActivityContext context)
    {
        foreach (var activity in _activities) context.Schedule(activity);
        if (_activities.Count == 0) context.Complete();
    }

    public override void OnChildCompleted(ActivityContext context, ActivityExecution child)
    {
        if (context.HasNoOpenChildren) context.Complete();
    }
}
