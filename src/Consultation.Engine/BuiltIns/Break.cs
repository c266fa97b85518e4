using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;

namespace Consultation.Engine.BuiltIns;

/// <summary>Leaves the nearest loop.</summary>
internal sealed class Break : Activity
{
    public static ActivityType Type { get; } = new(
        ActivityDescriptorBuilder.Activity("Elsa.Break", "跳出循环", "Break")
            .Looping()
            .Description("跳出最近的循环", "Breaks out of the nearest loop")
            .Terminal()
            .Build(),
        _ => new Break());

    internal override bool IsTerminal => true;

    public override void Execute(ActivityContext context)
    {
        context.Break();
        context.Complete();
    }
}
