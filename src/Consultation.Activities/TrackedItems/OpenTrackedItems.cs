using System.Text.Json.Nodes;
using Consultation.Activities.Designer;
using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.History;
using Consultation.Cases.Numbers;
using Consultation.Cases.TrackedItems;
using Consultation.Cases.Workflows;
using Consultation.Engine.BuiltIns;
using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;
using static Consultation.Engine.Describing.ActivityDescriptorBuilder;

namespace Consultation.Activities.TrackedItems;

/// <summary>
/// Makes a tracked item of every row of the problem list or of the implementation plan (Q99, P58), numbered per year
/// without gaps (Q104), and starts a workflow for each. Goes on at once, or when all of them are done.
/// </summary>
internal sealed class OpenTrackedItems : CaseActivity, IDescribedActivity
{
    private const string WaitTag = "item";
    private readonly InputBinding<string?> _source, _workflow, _version, _progressDays;
    private readonly InputBinding<bool> _waitForAll;

    public OpenTrackedItems(ActivityNode node)
        : base(node)
    {
        _source = node.Input<string?>("Source", FormKeys.ProblemList);
        _workflow = node.Input<string?>("Workflow", WorkflowKeys.TrackedItem);
        _version = node.Input<string?>(ChildVersion.Input);
        _progressDays = node.Input<string?>("ProgressDays");
        _waitForAll = node.Input("WaitForAll", false);
    }

    private static readonly IReadOnlyList<InputOption> Sources =
    [
        new("problem-list", new("问题清单", "Problem list")),
        new("implementation-plan", new("实施方案", "Implementation plan")),
    ];

    public static ActivityType Type { get; } = new(
        Activity("Consultation.OpenTrackedItems", "建立督办事项", "Open tracked items")
            .Category("督办", "Follow-up").Shape(ActivityShape.Part)
            .Description("清单的每一行建立一个督办事项，各自跟踪", "Every row of the list becomes a tracked item with its own workflow")
            .Pick("Source", "清单", "List", Sources)
            .Input("Workflow", "String", "督办流程", "Workflow", input => input with
            {
                UIHint = UIHints.WorkflowDefinitionPicker,
                DefaultValue = JsonValue.Create("tracked-item"),
            })
            .StartsVersion()
            .Duration("ProgressDays", "填报间隔", "Entries every").YesNo("WaitForAll", "等待全部办结", "Wait until all are done")
            .OptionalOutcome("Opened", "已建立（流程继续）", "Opened (the procedure goes on)")
            .OptionalOutcome("Done", "完成", "Done").Build(),
        node => new OpenTrackedItems(node),
        node =>
            NodeChecks.Findings(NodeChecks.OneOf(node, "Source", Sources), NodeChecks.Duration(node, "ProgressDays")));

    public override void Execute(ActivityContext context)
    {
        var file = FileOf(context);
        var source = _source.Get(context) ?? FormKeys.ProblemList;
        var isPlan = source == FormKeys.ImplementationPlan;
        var rows = file.Records.Find(record => record.Kind == source)?.Fields.RowsOf(isPlan ? "lines" : "items") ?? [];
        if (rows.Count == 0)
        {
            throw new ActivityFaultException(
                "清单中没有任何一行，请先填写问题清单或实施方案 / The list has no rows; fill in the problem list or the plan first.",
                code: "empty-list");
        }

        var waits = _waitForAll.Get(context);
        foreach (var row in rows) Start(context, file, row, isPlan, waits);
        Tell(context, file, HistoryVerbs.ItemsOpened, new(
            $"建立{rows.Count}个督办事项，逐项跟踪直至办结。",
            $"{rows.Count} tracked items opened; each is followed until it is done."));
        // What was promised can be made public while it is being done.
        if (waits) context.FollowOutcomes("Opened");
        else context.CompleteWithOutcomes("Opened", "Done");
    }

    /// <summary>An item's workflow has ended.</summary>
    public override void Resume(ActivityContext context, Bookmark bookmark, object? payload)
    {
        // An item whose workflow stopped is not done: the incident is dealt with, and then the workflow goes on.
        if (ChildFault.Met(context, payload)) return;
        context.RemoveBookmark(bookmark.Id);
        if (context.Bookmarks.Any(other => other.Tag == WaitTag)) return;
        Tell(context, FileOf(context), HistoryVerbs.ItemsClosed, new("督办事项已全部办结。", "All tracked items are done."));
        context.Complete();
    }

    private void Start(
        ActivityContext context, CaseFile file, IReadOnlyDictionary<string, string> row, bool isPlan, bool waits)
    {
        var year = file.Calendar.DayOf(context.Now).Year;
        var number = file.NextNumber(SeriesKeys.AnnexRow, year);
        var item = file.Add(isPlan
            ? ProgressRules.FromPlanLine(file, row, number, year, context.Now)
            : ProgressRules.FromProblem(file.Case.OrganisationId, file.Case.Id, row, number, year, context.Now));
        if (string.IsNullOrEmpty(item.Topic)) item.Topic = file.Topic?.Title ?? file.Case.Title;
        var child = item.InstanceId = context.NewId();
        var bookmark = waits
            ? context.CreateBookmark(new BookmarkRequest
            {
                Name = "Consultation.TrackedItemClosed",
                Stimulus = child,
                Tag = WaitTag,
                AutoBurn = false,
            })
            : null;
        var input = new Dictionary<string, object?> { ["ItemId"] = item.Id.Value.ToString("N") };
        if (_progressDays.Get(context) is { Length: > 0 } days) input["ProgressDays"] = days;
        var workflow = _workflow.Get(context) ?? WorkflowKeys.TrackedItem;
        context.Request(new StepRequest.DispatchWorkflow(
            workflow, "Published", input, context.CorrelationId, child, context.InstanceId, bookmark?.Id)
        {
            VersionId = ChildVersion.Of(context.Node, workflow, _version.Get(context)),
        });
    }
}
