using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;

namespace Consultation.Engine.BuiltIns;

/// <summary>Starts a workflow, or goes on, at a given time.</summary>
internal sealed class StartAt(ActivityNode node) : Activity
{
    private readonly InputBinding<DateTimeOffset?> _dateTime = node.Input<DateTimeOffset?>("DateTime");

    public static ActivityType Type { get; } = new(
        ActivityDescriptorBuilder.Activity("Elsa.StartAt", "定时开始", "Start At")
            .Scheduling()
            .Description("到指定时间开始或继续", "Starts or goes on at a specific time")
            .Kind(ActivityKind.Trigger)
            .Input("DateTime", "DateTimeOffset", "时间", "Date and time", i => i with { UIHint = UIHints.DateTimePicker })
            .Pauses()
            .Build(),
        node => new StartAt(node));

    public override void Execute(ActivityContext context)
    {
        var at = _dateTime.Get(context)
            ?? throw new ActivityFaultException("没有指定时间 / No time is given.") { InputName = "DateTime" };
        if (context.IsTriggerOfWorkflow || at <= context.Now) context.Complete();
        else context.CreateTimer(at);
    }

    public override IEnumerable<TriggerDescription> DescribeTriggers(TriggerContext context) =>
        context.Get(_dateTime) is not { } at
        ? []
        : [new TriggerDescription("Elsa.StartAt", at) { NextDue = (after, _) => at > after ? at : null }];
}
