using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;

namespace Consultation.Engine.BuiltIns;

/// <summary>Publishes an event after the step's commit.</summary>
internal sealed class PublishEvent(ActivityNode node) : Activity
{
    private readonly InputBinding<string?> _eventName = node.Input<string?>("EventName");
    private readonly InputBinding<string?> _correlationId = node.Input<string?>("CorrelationId");
    private readonly InputBinding<bool> _isLocal = node.Input<bool>("IsLocalEvent");
    private readonly InputBinding<object?> _payload = node.Input<object?>("Payload");

    public static ActivityType Type { get; } = new(
        ActivityDescriptorBuilder.Activity("Elsa.PublishEvent", "发布事件", "Publish Event")
            .Primitives()
            .Description("发布一个事件", "Publishes an event")
            .Input("EventName", "String", "事件名称", "Event name")
            .Input("CorrelationId", "String", "关联号", "Correlation ID")
            .Input("IsLocalEvent", "Boolean", "仅限本流程", "Local event")
            .Input("Payload", "Object", "事件内容", "Payload")
            .Build(),
        node => new PublishEvent(node));

    public override void Execute(ActivityContext context)
    {
        var name = _eventName.Get(context);
        if (string.IsNullOrEmpty(name))
            throw new ActivityFaultException("没有指定事件名称 / No event is named.") { InputName = "EventName" };
        var correlationId = _correlationId.Get(context);
        context.Request(new StepRequest.PublishEvent(
            name,
            string.IsNullOrWhiteSpace(correlationId) ? null : correlationId,
            _isLocal.Get(context) ? context.InstanceId : null,
            _payload.Get(context)));
        context.Complete();
    }
}
