using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;

namespace Consultation.Engine.BuiltIns;

/// <summary>Starts a workflow at an interval, or waits for one interval.</summary>
internal sealed class Timer(ActivityNode node) : Activity
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    private readonly InputBinding<TimeSpan> _interval = node.Input("Interval", TimeSpan.FromMinutes(1));

    public static ActivityType Type { get; } = new(
        ActivityDescriptorBuilder.Activity("Elsa.Timer", "定时器", "Timer")
            .Scheduling()
            .Description("按固定间隔触发流程", "Triggers workflow execution at a specific interval")
            .Kind(ActivityKind.Trigger)
            .Input("Interval", "TimeSpan", "间隔", "Interval", i => i with { DefaultValue = "00:01:00" })
            .Pauses()
            .Build(),
        node => new Timer(node));

    public override void Execute(ActivityContext context)
    {
        if (context.IsTriggerOfWorkflow) context.Complete();
        else context.CreateTimer(Instants.After(context.Now, _interval.Get(context)));
    }

    /// <summary>As a trigger it never fires more than once a second.</summary>
    public override IEnumerable<TriggerDescription> DescribeTriggers(TriggerContext context)
    {
        var given = context.Get(_interval);
        var interval = given < Shortest ? Shortest : given;
        return [new TriggerDescription(
            "Elsa.Timer", interval) { NextDue = (after, _) => Instants.After(after, interval) }];
    }
}
