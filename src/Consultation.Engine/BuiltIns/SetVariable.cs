using System.Text.Json.Nodes;
using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;

namespace Consultation.Engine.BuiltIns;

/// <summary>Sets a variable; the value is converted to the variable's type.</summary>
internal sealed class SetVariable(ActivityNode node) : Activity
{
    private readonly VariablePlace? _variable = Find(node);
    private readonly InputBinding<object?> _value = node.Input<object?>("Value");

    public static ActivityType Type { get; } = new(
        ActivityDescriptorBuilder.Activity("Elsa.SetVariable", "设置变量", "Set Variable")
            .Primitives()
            .Description("给变量赋值", "Assigns a value to a workflow variable")
            .Input("Variable", "Variable", "变量", "Variable",
                i => i with { UIHint = UIHints.VariablePicker, IsWrapped = false })
            .Input("Value", "Object", "值", "Value")
            .Build(),
        node => new SetVariable(node));

    public override void Execute(ActivityContext context)
    {
        var place = _variable ?? throw new ActivityFaultException("要设置的变量不存在 / The variable to set does not exist.");
        VariableSlots.Set(context.Execution, place, _value.Get(context));
        context.Complete();
    }

    private static VariablePlace? Find(ActivityNode node)
    {
        var json = node.Bare("Variable") as JsonObject;
        var place = json?.Text("id") is { } id ? node.FindVariableInScope(id) : null;
        place ??= json?.Text("name") is { } name ? node.FindVariableInScope(name) : null;
        if (place is null)
        {
            node.Report(node.Finding(
                FindingSeverity.Error,
                "unknown-variable",
                new BilingualText("没有选择变量，或所选变量已不存在", "No variable is chosen, or the one chosen no longer exists"),
                new BilingualText("请选择现有的变量", "Choose an existing variable"),
                "Variable"));
        }

        return place;
    }
}
