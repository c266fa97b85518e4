using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;

namespace Consultation.Engine.BuiltIns;

/// <summary>Counts from one number to another and runs its body for each; the body sees <c>CurrentValue</c>.</summary>
internal sealed class For(ActivityNode node) : Activity
{
    private const string Current = "CurrentStep";

    private readonly InputBinding<long> _start = node.Input("Start", 0L);
    private readonly InputBinding<long> _end = node.Input("End", 0L);
    private readonly InputBinding<long> _step = node.Input("Step", 1L);
    private readonly InputBinding<bool> _inclusive = node.Input("OuterBoundInclusive", true);
    private readonly OutputBinding _currentValue = node.Output("CurrentValue");
    private readonly ActivityNode? _body = node.Child("Body");

    public static ActivityType Type { get; } = new(
        ActivityDescriptorBuilder.Activity("Elsa.For", "计数循环", "For")
            .Looping()
            .Description("从起始数到结束数逐个执行", "Iterates between a start and an end number")
            .Input("Start", "Int32", "起始", "Start")
            .Input("End", "Int32", "结束", "End")
            .Input("Step", "Int32", "步长", "Step", i => i with { DefaultValue = 1 })
            .Input("OuterBoundInclusive", "Boolean", "包含结束值", "Outer bound inclusive",
                i => i with { DefaultValue = true })
            .Output("CurrentValue", "Object", "当前值", "Current value")
            .Embedded("Body", "循环体", "Body")
            .Build(),
        node => new For(node));

    internal override BreakHandling BreakHandling => BreakHandling.MarkAndStop;

    public override void Execute(ActivityContext context)
    {
        var step = _step.Get(context);
        if (step == 0)
        {
            ActivityContext.Fault("循环步长不能为 0 / The step of the loop must not be 0.", code: "zero-step");
            return;
        }

        var next = context.GetProperty(Current) is long current ? current + step : _start.Get(context);
        if (_body is null || context.IsBreaking || IsBeyond(next, _end.Get(context), step, _inclusive.Get(context)))
        {
            context.Complete();
            return;
        }

        context.SetProperty(Current, next);
        context.SetOutput(_currentValue, next);
        context.Schedule(_body, variables: new Dictionary<string, object?> { ["CurrentValue"] = next });
    }

    public override void OnChildCompleted(ActivityContext context, ActivityExecution child) => Execute(context);

    private static bool IsBeyond(long value, long end, long step, bool inclusive) =>
        step > 0 ? value > end || (!inclusive && value == end) : value < end || (!inclusive && value == end);
}
