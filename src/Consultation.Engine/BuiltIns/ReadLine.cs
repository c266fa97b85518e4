using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Expressions;
using Consultation.Engine.Running;

namespace Consultation.Engine.BuiltIns;

/// <summary>
/// Waits for a line of text. On a server nobody sits at the console, so the line comes by resuming the bookmark.
/// </summary>
internal sealed class ReadLine(ActivityNode node) : Activity
{
    private readonly OutputBinding _result = node.Output("Result");

    public static ActivityType Type { get; } = new(
        ActivityDescriptorBuilder.Activity("Elsa.ReadLine", "读取一行", "Read Line")
            .Console()
            .Description("等待输入一行文字", "Waits for a line of text")
            .Output("Result", "String", "文字", "Result")
            .Build(),
        node => new ReadLine(node));

    public override void Execute(ActivityContext context) => context.CreateBookmark(new BookmarkRequest());

    public override void Resume(ActivityContext context, Bookmark bookmark, object? payload)
    {
        context.SetOutput(_result, PlainData.ToText(payload));
        context.Complete();
    }
}
