using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;

namespace Consultation.Engine.BuiltIns;

/// <summary>Ends the whole run as finished, wherever it stands.</summary>
internal sealed class Finish : Activity
{
    public static ActivityType Type { get; } = new(
        ActivityDescriptorBuilder.Activity("Elsa.Finish", "完成流程", "Finish")
            .Primitives()
            .Description("把整个流程标记为已完成", "Marks the whole workflow as finished")
            .Terminal()
            .Shape(ActivityShape.Terminal)
            .Build(),
        _ => new Finish());

    internal override bool IsTerminal => true;

    public override void Execute(ActivityContext context) => context.FinishRun();
}
