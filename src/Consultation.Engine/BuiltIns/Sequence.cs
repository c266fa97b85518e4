using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Moves;
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

    /// <summary>The position for another version: behind the activity that is open.</summary>
    internal static int[]? MoveCounters(ActivityExecution execution, NodeMap map) =>
        execution.Counters is { } position ? [PositionIn(execution, map, position[0])] : null;

    /// <summary>New activities that lie before the one that is open.</summary>
    internal static IEnumerable<ActivityNode> PassedOver(ActivityExecution execution, NodeMap map)
    {
        var known = execution.Node.ChildList("Activities").Select(map.Find).ToHashSet();
        return map.Find(execution.Node)!.ChildList("Activities")
            .Take((MoveCounters(execution, map)?[0] ?? 0) - 1).Where(one => !known.Contains(one));
    }

    /// <summary>Activities that were done and come after the one that is open.</summary>
    internal static IEnumerable<ActivityNode> AskedAgain(ActivityExecution execution, NodeMap map)
    {
        var done = execution.Node.ChildList("Activities").Take((execution.Counters?[0] ?? 0) - 1).Select(map.Find)
            .ToHashSet();
        return map.Find(execution.Node)!.ChildList("Activities")
            .Skip(MoveCounters(execution, map)?[0] ?? 0).Where(done.Contains);
    }

    private static int PositionIn(ActivityExecution execution, NodeMap map, int position)
    {
        var to = map.Find(execution.Node)!.ChildList("Activities");
        var open = execution.FirstChild?.Node
            ?? execution.Run.Scheduled.FirstOrDefault(item => item.Owner == execution).Node;
        var at = open is null || map.Find(open) is not { } moved ? -1 : to.ToList().IndexOf(moved);
        return at >= 0 ? at + 1 : Math.Min(position, to.Count);
    }

    /// <summary>The position of the next activity is the execution's only counter.</summary>
    private void Next(ActivityContext context)
    {
        var position = context.Execution.Counters ??= new int[1];
        if (position[0] >= _activities.Count) context.Complete();
        else context.Schedule(_activities[position[0]++]);
    }
}
