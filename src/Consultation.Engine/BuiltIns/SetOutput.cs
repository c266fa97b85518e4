using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Expressions;
using Consultation.Engine.Running;

namespace Consultation.Engine.BuiltIns;

/// <summary>Sets an output of the definition it stands in.</summary>
internal sealed class SetOutput(ActivityNode node) : Activity
{
    private readonly InputBinding<string?> _name = node.Input<string?>("OutputName");
    private readonly InputBinding<object?> _value = node.Input<object?>("OutputValue");

    public static ActivityType Type { get; } = new(
        ActivityDescriptorBuilder.Activity("Elsa.SetOutput", "设置输出", "Set Output")
            .Primitives()
            .Description("设置流程的输出", "Sets an output of the workflow")
            .Input("OutputName", "String", "输出", "Output", i => i with { UIHint = UIHints.OutputPicker })
            .Input("OutputValue", "Object", "值", "Value")
            .Build(),
        node => new SetOutput(node));

    public override void Execute(ActivityContext context)
    {
        var name = _name.Get(context);
        if (string.IsNullOrEmpty(name)) ActivityContext.Fault("没有指定输出的名称 / No output is named.");
        var value = _value.Get(context);
        foreach (var output in context.Node.Definition.Outputs)
        {
            if (output.Name == name)
            {
                value = PlainData.ConvertTo(value, output.IsArray ? output.TypeName + "[]" : output.TypeName);
            }
        }

        context.SetWorkflowOutput(name!, value);
        context.Complete();
    }
}
