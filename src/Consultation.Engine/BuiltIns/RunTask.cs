using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;

namespace Consultation.Engine.BuiltIns;

/// <summary>Asks the application to do a task and waits for its answer.</summary>
internal sealed class RunTask(ActivityNode node) : Activity
{
    private readonly InputBinding<string?> _taskName = node.Input<string?>("TaskName");
    private readonly InputBinding<Dictionary<string, object?>> _payload =
        node.Input<Dictionary<string, object?>>("Payload", []);
    private readonly OutputBinding _result = node.Output("Result");
    private readonly OutputBinding _taskId = node.Output("TaskId");

    public static ActivityType Type { get; } = new(
        ActivityDescriptorBuilder.Activity("Elsa.RunTask", "执行任务", "Run Task")
            .Primitives()
            .Description("请外部系统完成一项任务", "Requests a given task to be run")
            .Input("TaskName", "String", "任务名称", "Task name")
            .Input("Payload", "ObjectDictionary", "参数", "Payload",
                i => i with { UIHint = UIHints.Dictionary, DefaultSyntax = "Object" })
            .Output("TaskId", "String", "任务编号", "Task ID")
            .Output("Result", "Object", "结果", "Result")
            .Pauses()
            .Build(),
        node => new RunTask(node));

    public override void Execute(ActivityContext context)
    {
        var name = _taskName.Get(context);
        if (string.IsNullOrEmpty(name))
            throw new ActivityFaultException("没有指定任务名称 / No task is named.") { InputName = "TaskName" };
        var payload = _payload.Get(context);
        var taskId = context.NewId();
        var bookmark = context.CreateBookmark(new BookmarkRequest
        {
            Stimulus = taskId,
            Payload = new Dictionary<string, object?> { ["TaskId"] = taskId, ["TaskName"] = name },
        });
        context.SetOutput(_taskId, taskId);
        context.Request(new StepRequest.RunTask(taskId, name, payload, bookmark.Id));
    }

    public override void Resume(ActivityContext context, Bookmark bookmark, object? payload)
    {
        context.SetOutput(_result, payload);
        context.Complete();
    }
}
