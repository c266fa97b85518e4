using Consultation.Activities.Designer;
using Consultation.Activities.Work;
using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.Forms;
using Consultation.Cases.History;
using Consultation.Cases.TrackedItems;
using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;
using static Consultation.Engine.Describing.ActivityDescriptorBuilder;

namespace Consultation.Activities.TrackedItems;

/// <summary>
/// Sets the state of the tracked item that this run follows; takes over a granted extension (O8) or closes it (Q102).
/// </summary>
internal sealed class SetItem : CaseActivity, IDescribedActivity
{
    /// <summary>
    /// The event by which the other runs of the case hear that one of its items is closed. It names the case itself: an
    /// event for a case waits in the inbox until somebody listens, and here nobody may ever do.
    /// </summary>
    internal static string ClosedEventOf(CaseFile file) => $"Consultation.ItemClosed:{file.Case.Id.Value:N}";

    private readonly InputBinding<string?> _state;
    private readonly InputBinding<bool> _applyExtension;
    private readonly OutputBinding _before, _after;

    public SetItem(ActivityNode node)
        : base(node)
    {
        _state = node.Input<string?>("State");
        _applyExtension = node.Input("ApplyExtension", false);
        _before = node.Output("DueBefore");
        _after = node.Output("DueAfter");
    }

    private static readonly IReadOnlyList<InputOption> States =
        [.. Enum.GetValues<TrackedItemState>()
            .Select(state => new InputOption(state.ToString(), Choices.Text(NameOf(state))))];

    public static ActivityType Type { get; } = new(
        Activity("Consultation.SetItem", "更新督办事项", "Set the item")
            .Category("督办", "Follow-up")
            .Description("设置督办事项的办理状态或新期限", "Sets the state of the tracked item, or its new due date")
            .Pick("State", "办理状态", "State", States, nameof(TrackedItemState.InProgress))
            .YesNo("ApplyExtension", "采用延期申请的新期限", "Take over the granted extension")
            .Output("DueBefore", "String", "延期前的期限", "Due day before the extension")
            .Output("DueAfter", "String", "延期后的期限", "Due day after the extension").Build(),
        node => new SetItem(node),
        node => NodeChecks.Findings(NodeChecks.OneOf(node, "State", States)));

    /// <summary>What the states are called.</summary>
    public static LocalText NameOf(TrackedItemState state) => state switch
    {
        TrackedItemState.NotStarted => new("未启动", "not started"),
        TrackedItemState.InProgress => new("办理中", "in progress"),
        TrackedItemState.Stalled => new("停滞", "stalled"),
        TrackedItemState.AwaitingCheck => new("待核查", "awaiting its check"),
        TrackedItemState.Done => new("办结", "done"),
        _ => new("终止", "abandoned"),
    };

    public override void Execute(ActivityContext context)
    {
        var file = FileOf(context);
        var item = ItemOf(context, file) ?? throw new ActivityFaultException(
            "这个步骤只能用在督办事项流程中 / This step works only in the workflow of a tracked item.", code: "no-item");
        if (!Enum.TryParse<TrackedItemState>(_state.Get(context), ignoreCase: true, out var state))
        {
            throw new ActivityFaultException(
                $"没有“{_state.Get(context)}”这种办理状态 / There is no such state of an item.", code: "bad-state");
        }

        if (_applyExtension.Get(context)) Extend(context, file, item);
        item.State = state;
        if (state != TrackedItemState.Stalled) item.Stall = null;
        if (state is TrackedItemState.Done or TrackedItemState.Abandoned) Close(context, file, item);
        Tell(context, file, HistoryVerbs.ItemState, new(
            $"督办事项{item.Year}-{item.Number}：{NameOf(state).Zh}。",
            $"Tracked item {item.Year}-{item.Number}: {NameOf(state).For("en")}."));
        context.Complete();
    }

    private void Extend(ActivityContext context, CaseFile file, TrackedItem item)
    {
        if (Records.Newest(file, FormKeys.ExtensionRequest, item)?.Fields.Day("new-due") is not { } day) return;
        var before = item.DueOn;
        ProgressRules.Extend(item, day);
        context.SetOutput(_before, before is { } old ? IsoDay.Iso(old) : "");
        context.SetOutput(_after, IsoDay.Iso(day));
        Tell(context, file, HistoryVerbs.ItemExtended, new(
            $"督办事项{item.Year}-{item.Number}延期至{day:yyyy-MM-dd}（原期限{item.OriginalDueOn:yyyy-MM-dd}）。",
            $"Tracked item {item.Year}-{item.Number} extended to {day:yyyy-MM-dd} (first due "
                + $"{item.OriginalDueOn:yyyy-MM-dd})."),
            moved: before is { } was ? new DateMove(was, day) : null);
    }

    private static void Close(ActivityContext context, CaseFile file, TrackedItem item)
    {
        item.ClosedAt = context.Now;
        context.Request(new StepRequest.PublishEvent(ClosedEventOf(file), null, null, null));
        item.NextEntryDueAt = null;
        item.ClosingNote = Records.Newest(file, FormKeys.ClosingCheck, item)?.Fields.Text("note");
    }
}
