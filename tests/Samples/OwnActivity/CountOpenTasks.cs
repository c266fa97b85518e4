using Consultation.Activities;
using Consultation.Cases.Tasks;
using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;

namespace Tonghe.Activities;

/// <summary>Counts the open tasks of the case and notes the number in its history.</summary>
public sealed class CountOpenTasks : CaseActivity, IDescribedActivity
{
    private readonly OutputBinding _count;

    private CountOpenTasks(ActivityNode node)
        : base(node) => _count = node.Output("Count");

    /// <inheritdoc/>
    public static ActivityType Type { get; } = new(
        ActivityDescriptorBuilder.Activity("Tonghe.CountOpenTasks", "统计在办任务", "Count open tasks")
            .Category("通河", "Tonghe")
            .Description("统计协商事项的在办任务并记入经过", "Counts the open tasks of the case and notes the number in its history")
            .Output("Count", "Int32", "任务数", "Count")
            .Build(),
        node => new CountOpenTasks(node));

    /// <inheritdoc/>
    public override void Execute(ActivityContext context)
    {
        var file = FileOf(context);
        var count = file.Tasks.Count(task => task.State == TaskState.Open);
        context.SetOutput(_count, (long)count);
        Tell(context, file, "tonghe.counted", new($"在办任务 {count} 项。", $"{count} open tasks."));
        context.Complete();
    }
}
