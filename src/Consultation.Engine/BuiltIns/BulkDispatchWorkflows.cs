using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Expressions;
using Consultation.Engine.Running;

namespace Consultation.Engine.BuiltIns;

/// <summary>Starts one run of another definition per item and, if asked, waits for all of them.</summary>
internal sealed class BulkDispatchWorkflows(ActivityNode node) : Activity
{
    private static readonly string[] AllDone = ["Completed", "Done"];

    private readonly InputBinding<string?> _definitionId = node.Input<string?>("WorkflowDefinitionId");
    private readonly InputBinding<List<object?>> _items = node.Input<List<object?>>("Items", []);
    private readonly InputBinding<string> _itemKey = node.Input("DefaultItemInputKey", "Item");
    private readonly InputBinding<string?> _correlationId = node.Input<string?>("CorrelationIdFunction");
    private readonly InputBinding<Dictionary<string, object?>> _input =
        node.Input<Dictionary<string, object?>>("Input", []);
    private readonly InputBinding<bool> _wait = node.Input("WaitForCompletion", true);
    private readonly InputBinding<string?> _version = node.Input<string?>(ChildVersion.Input);
    private readonly ActivityNode? _childCompleted = node.Child("ChildCompleted");
    private readonly ActivityNode? _childFaulted = node.Child("ChildFaulted");

    public static ActivityType Type { get; } = new(
        ActivityDescriptorBuilder.Activity("Elsa.BulkDispatchWorkflows", "批量派发流程", "Bulk Dispatch Workflows")
            .Composition()
            .Description("为列表的每一项启动一个流程", "Creates a workflow instance for each item and dispatches it")
            .Kind(ActivityKind.Task)
            .Input("WorkflowDefinitionId", "String", "流程", "Workflow Definition",
                i => i with { UIHint = UIHints.WorkflowDefinitionPicker })
            .Input("Items", "Object", "列表", "Items", i => i with { DefaultSyntax = "JavaScript" })
            .Input("DefaultItemInputKey", "String", "列表项的输入名", "Default item input key",
                i => i with { DefaultValue = "Item" })
            .Input("CorrelationIdFunction", "String", "关联号", "Correlation ID Function",
                i => i with { AutoEvaluate = false, DefaultSyntax = "JavaScript" })
            .Input("Input", "ObjectDictionary", "其他输入", "Input",
                i => i with { UIHint = UIHints.Dictionary, DefaultSyntax = "Object" })
            .Input("WaitForCompletion", "Boolean", "等待全部完成", "Wait for completion", i => i with { DefaultValue = true })
            .Dispatches()
            .StartsVersion()
            .Outcome("Completed", "全部完成", "Completed")
            .Outcome("Canceled", "已取消", "Canceled")
            .Outcome("Done", "完成", "Done")
            .Embedded("ChildCompleted", "每个完成后", "Child completed")
            .Embedded("ChildFaulted", "每个失败后", "Child faulted")
            .Build(),
        node => new BulkDispatchWorkflows(node));

    public override void Execute(ActivityContext context)
    {
        var definitionId = _definitionId.Get(context);
        if (string.IsNullOrEmpty(definitionId))
            throw new ActivityFaultException("没有选择要派发的流程 / No workflow is chosen.")
            {
                InputName = "WorkflowDefinitionId",
            };
        var items = _items.Get(context);
        var wait = _wait.Get(context);
        foreach (var item in items) Dispatch(context, definitionId, item, wait);
        if (!wait || items.Count == 0) context.CompleteWithOutcomes(wait ? AllDone : ["Done"]);
    }

    public override void Resume(ActivityContext context, Bookmark bookmark, object? payload)
    {
        var answer = payload as Dictionary<string, object?> ?? [];
        var next = ChildFault.Met(context, answer) ? _childFaulted
            : answer.GetValueOrDefault("SubStatus") is "Finished" ? _childCompleted
            : null;
        if (next is not null)
        {
            context.Schedule(next, variables: new Dictionary<string, object?>
            {
                ["ChildInstanceId"] = answer.GetValueOrDefault("WorkflowInstanceId"),
                ["ChildOutput"] = answer.GetValueOrDefault("Output"),
            });
        }

        CompleteWhenAllAreBack(context);
    }

    public override void OnChildCompleted(ActivityContext context, ActivityExecution child) =>
        CompleteWhenAllAreBack(context);

    public override void OnCanceled(ActivityContext context)
    {
        foreach (var child in context.GetProperty("Children") as List<object?> ?? [])
        {
            context.Request(new StepRequest.CancelRun(
                PlainData.ToText(child), "等待它的流程已取消 / The workflow that waits for it was cancelled."));
        }
    }

    private static void CompleteWhenAllAreBack(ActivityContext context)
    {
        if (context.Bookmarks.Count == 0 && context.HasNoOpenChildren) context.CompleteWithOutcomes(AllDone);
    }

    private void Dispatch(ActivityContext context, string definitionId, object? item, bool wait)
    {
        var child = context.NewId();
        string? bookmarkId = null;
        if (wait)
        {
            if (context.GetProperty("Children") is not List<object?> children)
            {
                context.SetProperty("Children", children = []);
            }
            children.Add(child);
            bookmarkId = context.CreateBookmark(new BookmarkRequest { Stimulus = child }).Id;
        }

        var input = new Dictionary<string, object?>(_input.Get(context))
        {
            [ExecuteWorkflow.ParentInstanceId] = context.InstanceId,
        };
        if (item is Dictionary<string, object?> named)
        {
            foreach (var (name, value) in named) input[name] = value;
        }
        else
        {
            input[_itemKey.Get(context)] = item;
        }

        var scope = context.Step.ScopeOf(context.Execution);
        scope.Extra = new Dictionary<string, object?> { ["getItem"] = (object?[] _) => item, ["item"] = item };
        try
        {
            var correlationId = _correlationId.Get(context);
            context.Request(new StepRequest.DispatchWorkflow(
                definitionId,
                "Published",
                input,
                string.IsNullOrWhiteSpace(correlationId) ? null : correlationId,
                child,
                context.InstanceId,
                bookmarkId)
            {
                VersionId = ChildVersion.Of(node, definitionId, _version.Get(context)),
            });
        }
        finally
        {
            scope.Extra = null;
        }
    }
}
