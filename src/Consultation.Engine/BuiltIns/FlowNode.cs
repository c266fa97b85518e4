using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;

namespace Consultation.Engine.BuiltIns;

/// <summary>Elsa's container for one activity: it is done when that is done.</summary>
internal sealed class FlowNode(ActivityNode node) : Activity
{
    private readonly ActivityNode? _body = node.Child("Body");

    public static ActivityType Type { get; } = new(
        ActivityDescriptorBuilder.Activity("Elsa.FlowNode", "容器", "Container")
            .Branching()
            .Description("只执行里面的一个活动", "A container that executes the activity inside it")
            .Embedded("Body", "内容", "Body")
            .Build(),
        node => new FlowNode(node));

    public override void Execute(ActivityContext context)
    {
        if (_body is null) context.Complete();
        else context.Schedule(_body);
    }

    public override void OnChildCompleted(ActivityContext context, ActivityExecution child) => context.Complete();
}
