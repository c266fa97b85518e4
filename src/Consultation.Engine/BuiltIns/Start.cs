using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;

namespace Consultation.Engine.BuiltIns;

/// <summary>Marks where a flowchart starts.</summary>
internal sealed class Start : Activity
{
    public static ActivityType Type { get; } = new(
        ActivityDescriptorBuilder.Activity("Elsa.Start", "开始", "Start")
            .Flow()
            .Description("流程图的起点", "Marks the start of a flowchart")
            .Start()
            .Shape(ActivityShape.Terminal)
            .Build(),
        _ => new Start());

    public override void Execute(ActivityContext context) => context.Complete();
}
