using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;

namespace Consultation.Engine.BuiltIns;

/// <summary>Writes a line for the operator.</summary>
internal sealed class WriteLine(ActivityNode node) : Activity
{
    private readonly InputBinding<string?> _text = node.Input<string?>("Text");

    public static ActivityType Type { get; } = new(
        ActivityDescriptorBuilder.Activity("Elsa.WriteLine", "输出一行", "Write Line")
            .Console()
            .Description("在控制台输出一行文字", "Writes a line of text to the console")
            .Input("Text", "String", "文字", "Text")
            .Build(),
        node => new WriteLine(node));

    public override void Execute(ActivityContext context)
    {
        context.Request(new StepRequest.WriteLine(_text.Get(context) ?? ""));
        context.Complete();
    }
}
