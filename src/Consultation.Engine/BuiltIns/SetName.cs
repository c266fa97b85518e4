using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;

namespace Consultation.Engine.BuiltIns;

/// <summary>Names the run.</summary>
internal sealed class SetName(ActivityNode node) : Activity
{
    private readonly InputBinding<string?> _value = node.Input<string?>("Value");

    public static ActivityType Type { get; } = new(
        ActivityDescriptorBuilder.Activity("Elsa.SetName", "设置名称", "Set Name")
            .Primitives()
            .Description("设置流程实例的名称", "Sets the name of the workflow instance")
            .Input("Value", "String", "名称", "Value")
            .Build(),
        node => new SetName(node));

    public override void Execute(ActivityContext context)
    {
        context.InstanceName = _value.Get(context);
        context.Complete();
    }
}
