using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;

namespace Consultation.Engine.BuiltIns;

/// <summary>Waits for a length of time.</summary>
internal sealed class Delay(ActivityNode node) : Activity
{
    private readonly InputBinding<TimeSpan> _timeSpan = node.Input<TimeSpan>("TimeSpan");

    public static ActivityType Type { get; } = new(
        ActivityDescriptorBuilder.Activity("Elsa.Delay", "延时", "Delay")
            .Scheduling()
            .Description("等待一段时间", "Delays execution for the given amount of time")
            .Input("TimeSpan", "TimeSpan", "时长", "Time span", i => i with { DefaultValue = "00:01:00" })
            .Pauses()
            .Build(),
        node => new Delay(node));

    public override void Execute(ActivityContext context) =>
        context.CreateTimer(Instants.After(context.Now, _timeSpan.Get(context)));
}
