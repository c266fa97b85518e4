using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;

namespace Consultation.Engine.BuiltIns;

/// <summary>Sets the run's correlation id.</summary>
internal sealed class Correlate(ActivityNode node) : Activity
{
    private readonly InputBinding<string?> _correlationId = node.Input<string?>("CorrelationId");

    public static ActivityType Type { get; } = new(
        ActivityDescriptorBuilder.Activity("Elsa.Correlate", "设置关联号", "Correlate")
            .Primitives()
            .Description("设置流程实例的关联号", "Sets the correlation ID of the workflow instance")
            .Input("CorrelationId", "String", "关联号", "Correlation ID")
            .Build(),
        node => new Correlate(node));

    public override void Execute(ActivityContext context)
    {
        context.CorrelationId = _correlationId.Get(context);
        context.Complete();
    }
}
