using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;

namespace Consultation.Engine.BuiltIns;

/// <summary>
/// Waits for an event, or starts a workflow with it. To publish an event, resume the bookmarks and start the triggers
/// that are stored under <see cref="StimulusName"/> with the hash of the event's name, with the event's payload.
/// </summary>
public sealed class Event : Activity
{
    /// <summary>The stimulus name of bookmarks and triggers; their stimulus is the event's name as text.</summary>
    public const string StimulusName = "Elsa.Event";

    private readonly InputBinding<string?> _eventName;
    private readonly OutputBinding _result;

    private Event(ActivityNode node)
    {
        _eventName = node.Input<string?>("EventName");
        _result = node.Output("Result");
    }

    internal static ActivityType Type { get; } = new(
        ActivityDescriptorBuilder.Activity(StimulusName, "等待事件", "Event")
            .Primitives()
            .Description("等待一个事件发生", "Waits for an event to be published")
            .Kind(ActivityKind.Trigger)
            .Input("EventName", "String", "事件名称", "Event name")
            .Output("Result", "Object", "事件内容", "Result")
            .Pauses()
            .Build(),
        node => new Event(node));

    /// <summary>The hash under which those who wait for an event are stored.</summary>
    public static string HashOf(string eventName) => BookmarkHash.Of(StimulusName, eventName);

    /// <inheritdoc/>
    public override void Execute(ActivityContext context)
    {
        if (context.IsTriggerOfWorkflow)
        {
            context.SetOutput(_result, context.TriggerPayload);
            context.Complete();
            return;
        }

        context.CreateBookmark(new BookmarkRequest { Name = StimulusName, Stimulus = NameOf(_eventName.Get(context)) });
    }

    /// <inheritdoc/>
    public override void Resume(ActivityContext context, Bookmark bookmark, object? payload)
    {
        context.SetOutput(_result, payload);
        context.Complete();
    }

    /// <inheritdoc/>
    public override IEnumerable<TriggerDescription> DescribeTriggers(TriggerContext context) =>
        [new TriggerDescription(StimulusName, NameOf(context.Get(_eventName)))];

    private static string NameOf(string? name) => name is { Length: > 0 }
        ? name
        : throw new ActivityFaultException("没有指定事件名称 / No event is named.") { InputName = "EventName" };
}
