using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;

namespace Consultation.Engine.BuiltIns;

/// <summary>
/// Elsa's <c>ExecuteWorkflow</c> and <c>DispatchWorkflow</c>: start a run of another definition and, if asked, wait for
/// its end. Both go through the runtime after the step's commit, so a child exists if and only if its parent's step
/// does.
/// </summary>
internal sealed class ExecuteWorkflow(ActivityNode node, bool resultIsOutput) : Activity
{
    /// <summary>Under this name every child is told, among its input, who started it.</summary>
    internal const string ParentInstanceId = "ParentInstanceId";

    private const string ChildInstanceId = "ChildInstanceId";

    private readonly InputBinding<string?> _definitionId = node.Input<string?>("WorkflowDefinitionId");
    private readonly InputBinding<string?> _correlationId = node.Input<string?>("CorrelationId");
    private readonly InputBinding<Dictionary<string, object?>> _input =
        node.Input<Dictionary<string, object?>>("Input", []);
    private readonly InputBinding<bool> _wait = node.Input<bool>("WaitForCompletion");
    private readonly InputBinding<string?> _version = node.Input<string?>(ChildVersion.Input);
    private readonly InputBinding<string?> _fault = node.Input<string?>(ChildFault.Input);
    private readonly OutputBinding _result = node.Output("Result");

    public static ActivityType ExecuteType { get; } = new(
        Describe("Elsa.ExecuteWorkflow", "执行流程", "Execute Workflow")
            .Description("启动另一个流程并执行", "Creates a new workflow instance and executes it")
            .Kind(ActivityKind.Task)
            .Shape(ActivityShape.Part)
            .Build(),
        node => new ExecuteWorkflow(node, resultIsOutput: false),
        DefinitionIsNamed);

    public static ActivityType DispatchType { get; } = new(
        Describe("Elsa.DispatchWorkflow", "派发流程", "Dispatch Workflow")
            .Description("启动另一个流程，不必等待", "Creates a new workflow instance and dispatches it for execution")
            .Dispatches()
            .Shape(ActivityShape.Part)
            .Build(),
        node => new ExecuteWorkflow(node, resultIsOutput: true),
        DefinitionIsNamed);

    public override void Execute(ActivityContext context)
    {
        var definitionId = _definitionId.Get(context);
        if (string.IsNullOrEmpty(definitionId))
            throw new ActivityFaultException("没有选择要执行的流程 / No workflow is chosen.")
            {
                InputName = "WorkflowDefinitionId",
            };
        var correlationId = _correlationId.Get(context);
        var input = new Dictionary<string, object?>(_input.Get(context)) { [ParentInstanceId] = context.InstanceId };
        var child = context.NewId();
        string? bookmarkId = null;
        if (_wait.Get(context))
        {
            context.SetProperty(ChildInstanceId, child);
            bookmarkId = context.CreateBookmark(new BookmarkRequest { Stimulus = child, AutoBurn = false }).Id;
        }

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
        // Nobody waits: there is no result, as in Elsa.
        if (bookmarkId is null) context.Complete();
    }

    public override void Resume(ActivityContext context, Bookmark bookmark, object? payload)
    {
        var answer = payload as Dictionary<string, object?>;
        if (ChildFault.Met(context, answer) && _fault.Get(context) == ChildFault.Wait) return;
        context.SetOutput(_result, resultIsOutput ? answer?.GetValueOrDefault("Output") : answer);
        context.Complete();
    }

    public override void OnCanceled(ActivityContext context)
    {
        if (context.GetProperty(ChildInstanceId) is string child)
            context.Request(
                new StepRequest.CancelRun(child, "等待它的流程已取消 / The workflow that waits for it was cancelled."));
    }

    private static ActivityDescriptorBuilder Describe(string typeName, string zh, string en) =>
        ActivityDescriptorBuilder.Activity(typeName, zh, en)
            .Composition()
            .Input("WorkflowDefinitionId", "String", "流程", "Workflow Definition",
                i => i with { UIHint = UIHints.WorkflowDefinitionPicker })
            .Input("CorrelationId", "String", "关联号", "Correlation ID")
            .Input("Input", "ObjectDictionary", "输入", "Input",
                i => i with { UIHint = UIHints.Dictionary, DefaultSyntax = "Object" })
            .Input("WaitForCompletion", "Boolean", "等待完成", "Wait for completion")
            .StartsVersion()
            .MayMeetFault()
            .Output("Result", "Object", "结果", "Result");

    private static IEnumerable<DefinitionFinding> DefinitionIsNamed(ActivityNode node)
    {
        if (node.HasInput("WorkflowDefinitionId")) yield break;
        yield return node.Finding(
            FindingSeverity.Error,
            "no-definition",
            new BilingualText("没有选择要执行的流程", "No workflow is chosen"),
            new BilingualText("请选择一个流程", "Choose a workflow"),
            "WorkflowDefinitionId");
    }
}
