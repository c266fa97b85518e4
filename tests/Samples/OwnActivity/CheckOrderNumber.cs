using System.Globalization;
using Consultation.Activities;
using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;

[assembly: HoldsActivities(ActivitySurface.Version)]

namespace Tonghe.Activities;

/// <summary>
/// Checks the number of a hotline order, for example TH20260302-0007, and reads the day of the call from it.
/// </summary>
public sealed class CheckOrderNumber : Activity, IDescribedActivity
{
    private readonly InputBinding<string?> _orderNumber;
    private readonly OutputBinding _calledOn;

    private CheckOrderNumber(ActivityNode node)
    {
        _orderNumber = node.Input<string?>("OrderNumber");
        _calledOn = node.Output("CalledOn");
    }

    /// <inheritdoc/>
    public static ActivityType Type { get; } = new(
        ActivityDescriptorBuilder.Activity("Tonghe.CheckOrderNumber", "核对工单编号", "Check an order number")
            .Category("通河", "Tonghe")
            .Description(
                "核对热线工单编号，读出来电日期", "Checks the number of a hotline order and reads the day of the call from it")
            .Shape(ActivityShape.Choice)
            .Input("OrderNumber", "String", "工单编号", "Order number")
            .Output("CalledOn", "String", "来电日期", "Called on")
            .Outcome("Valid", "有效", "Valid")
            .Outcome("Invalid", "无效", "Invalid")
            .Build(),
        node => new CheckOrderNumber(node),
        CheckNode);

    /// <inheritdoc/>
    public override void Execute(ActivityContext context)
    {
        if (DayOf(_orderNumber.Get(context)) is not { } day)
        {
            context.CompleteWithOutcome("Invalid");
            return;
        }

        context.SetOutput(_calledOn, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        context.CompleteWithOutcome("Valid");
    }

    /// <summary>What must be right before a workflow with this node may be published.</summary>
    private static IEnumerable<DefinitionFinding> CheckNode(ActivityNode node)
    {
        if (node.HasInput("OrderNumber")) yield break;
        yield return node.Finding(
            FindingSeverity.Error, "no-order-number",
            new($"“{node.DisplayText}”没有填写工单编号", $"{node.DisplayText} is given no order number"),
            new("请填写编号，或选择存放编号的变量", "Enter the number, or choose the variable that holds it"), "OrderNumber");
    }

    private static DateOnly? DayOf(string? number) =>
        number?.Split('-') is [['T', 'H', .. var day], { Length: 4 } count] && count.All(char.IsAsciiDigit)
        && DateOnly.TryParseExact(day, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read)
            ? read
            : null;
}
