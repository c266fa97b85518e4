using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;

namespace Consultation.Engine.BuiltIns;

/// <summary>Ends the flowchart or sequence it stands in; other branches of it are cancelled.</summary>
internal sealed class End : Activity
{
    public static ActivityType Type { get; } = new(
        ActivityDescriptorBuilder.Activity("Elsa.End", "结束", "End")
            .Flow()
            .Description("结束所在的流程图", "Ends the flowchart it stands in")
            .Terminal()
            .Shape(ActivityShape.Terminal)
            .Build(),
        _ => new End());

    internal override bool IsTerminal => true;

    public override void Execute(ActivityContext context) => context.Complete();
}
