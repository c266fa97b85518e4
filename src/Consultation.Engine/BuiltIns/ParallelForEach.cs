using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;

namespace Consultation.Engine.BuiltIns;

/// <summary>
/// Runs its body for all items side by side; the body sees <c>CurrentValue</c> and <c>CurrentIndex</c>.
/// </summary>
internal sealed class ParallelForEach(ActivityNode node) : Activity
{
    private readonly InputBinding<List<object?>> _items = node.Input<List<object?>>("Items", []);
    private readonly ActivityNode? _body = node.Child("Body");

    public static ActivityType Type { get; } = new(
        ActivityDescriptorBuilder.Activity("Elsa.ParallelForEach", "并行逐项", "Parallel For Each")
            .Looping()
            .Description("对列表的每一项同时执行", "Schedules an activity for each item in parallel")
            .Input("Items", "Object[]", "列表", "Items", i => i with { DefaultSyntax = "JavaScript" })
            .Embedded("Body", "循环体", "Body")
            .Build(),
        node => new ParallelForEach(node));

    public override void Execute(ActivityContext context)
    {
        var items = _items.Get(context);
        for (var index = 0; _body is not null && index < items.Count; index++)
        {
            context.Schedule(_body, tag: (long)index, variables: new Dictionary<string, object?>
            {
                ["CurrentIndex"] = (long)index,
                ["CurrentValue"] = items[index],
            });
        }

        if (context.HasNoOpenChildren) context.Complete();
    }

    public override void OnChildCompleted(ActivityContext context, ActivityExecution child)
    {
        if (context.HasNoOpenChildren) context.Complete();
    }
}
