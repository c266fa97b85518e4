using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;

namespace Consultation.Engine.BuiltIns;

/// <summary>Fails on purpose: the run gets an incident with these words.</summary>
internal sealed class Fault(ActivityNode node) : Activity
{
    private readonly InputBinding<string?> _code = node.Input<string?>("Code");
    private readonly InputBinding<string?> _category = node.Input<string?>("Category");
    private readonly InputBinding<string?> _type = node.Input<string?>("FaultType");
    private readonly InputBinding<string?> _message = node.Input<string?>("Message");

    public static ActivityType Type { get; } = new(
        ActivityDescriptorBuilder.Activity("Elsa.Fault", "故障", "Fault")
            .Primitives()
            .Description("使流程出现故障", "Faults the workflow")
            .Input("Code", "String", "代码", "Code")
            .Input("Category", "String", "类别", "Category")
            .Input("FaultType", "String", "类型", "Type")
            .Input("Message", "String", "说明", "Message")
            .Build(),
        node => new Fault(node));

    public override void Execute(ActivityContext context) => ActivityContext.Fault(
        _message.Get(context) ?? "流程按设计报告故障 / The workflow reports a fault by design.",
        _code.Get(context) ?? "0",
        _category.Get(context) ?? "General",
        _type.Get(context) ?? "System");
}
