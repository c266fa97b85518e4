using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;

namespace Consultation.Engine.BuiltIns;

/// <summary>
/// Runs its body for each item, one after the other; the body sees <c>CurrentValue</c> and <c>CurrentIndex</c>.
/// </summary>
internal sealed class ForEach(ActivityNode node) : Activity
{
    private const string Items = "Items";

    private readonly InputBinding<List<object?>> _items = node.Input<List<object?>>(Items, []);
    private readonly OutputBinding _currentValue = node.Output("CurrentValue");
    private readonly ActivityNode? _body = node.Child("Body");

    public static ActivityType Type { get; } = new(
        ActivityDescriptorBuilder.Activity("Elsa.ForEach", "逐项循环", "For Each")
            .Looping()
            .Description("对列表的每一项依次执行", "Iterates over a set of values")
            .Input(Items, "Object[]", "列表", "Items", i => i with { DefaultSyntax = "JavaScript" })
            .Output("CurrentValue", "Object", "当前值", "Current value")
            .Embedded("Body", "循环体", "Body")
            .Build(),
        node => new ForEach(node));

    internal override BreakHandling BreakHandling => BreakHandling.MarkAndStop;

    public override void Execute(ActivityContext context)
    {
        context.SetProperty(Items, new List<object?>(_items.Get(context)));
        context.Execution.Counters = [0];
        Next(context);
    }

    public override void OnChildCompleted(ActivityContext context, ActivityExecution child) => Next(context);

    private void Next(ActivityContext context)
    {
        var items = (List<object?>)context.GetProperty(Items)!;
        var index = context.Execution.Counters![0];
        if (_body is null || context.IsBreaking || index >= items.Count)
        {
            context.Complete();
            return;
        }

        context.Execution.Counters[0]++;
        context.SetOutput(_currentValue, items[index]);
        context.Schedule(_body, variables: new Dictionary<string, object?>
        {
            ["CurrentIndex"] = (long)index,
            ["CurrentValue"] = items[index],
        });
    }
}
