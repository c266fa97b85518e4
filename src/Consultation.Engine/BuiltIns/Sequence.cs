using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;

namespace Consultation.Engine.BuiltIns;

/// <summary>Runs its activities one after the other.</summary>
internal sealed class Sequence(ActivityNode node) : Activity
{
    private readonly IReadOnlyList<ActivityNode> _activities = node.ChildList("Activities");

    public static ActivityType Type { get; } = new(
        ActivityDescriptorBuilder.Activity("Elsa.Sequence", "顺序", "Sequence")
            .Category("流程", "Workflows")
            .Description("依次执行各活动", "Executes its activities in sequence")
            .Container()
            .Hidden()
            .Build(),
        node => new Sequence(node));

    internal override BreakHandling BreakHandling => BreakHandling.Mark;

    public override void Execute(ActivityContext context) => Next(context);

    public override void OnChildCompleted(ActivityContext context, ActivityExecution child)
    {
        if (context.IsBreaking || child.Node.Activity.IsTerminal) context.Complete();
        else Next(context);
    }

    /// <summary>The position of the next activity is the execution's only counter.</summary>
    private void Next(ActivityContext context)
    {
        var position = context.Execution.Counters ??= new int[1];
        if (position[0] >= _activities.Count) context.Complete();
        else context.Schedule(_activities[position[0]++]);
    }
}
