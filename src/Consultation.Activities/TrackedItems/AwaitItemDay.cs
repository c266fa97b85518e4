using System.Globalization;
using Consultation.Activities.Designer;
using Consultation.Activities.Work;
using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.TrackedItems;
using Consultation.Engine.BuiltIns;
using Consultation.Engine.Definitions;
using Consultation.Engine.Running;
using static Consultation.Engine.Describing.ActivityDescriptorBuilder;

namespace Consultation.Activities.TrackedItems;

/// <summary>
/// Waits until one of the case's tracked items comes near its own day, so that what the work group does about them
/// (P63–P65) follows the lines of the plan and not the plan's start: <c>Reached</c> for every day on which items are
/// due, those of one day together, <c>AllDone</c> when none is open any more. Items that were done before anybody
/// looked are looked at once. A moved day, an extension, a change of the plan and an edited calendar count, because it
/// looks anew every working day, and when an item is closed.
/// </summary>
internal sealed class AwaitItemDay(ActivityNode node) : CaseActivity(node), IDescribedActivity
{
    private const string Tag = "item-day", UsualLead = "3wd";
    private readonly InputBinding<string?> _before = node.Input<string?>("Before", UsualLead);
    private readonly InputBinding<string?> _after = node.Input<string?>("After");
    private readonly OutputBinding _day = node.Output("Day"), _items = node.Output("Items"),
        _itemsEn = node.Output("ItemsEn");

    public static ActivityType Type { get; } = new(
        Activity("Consultation.AwaitItemDay", "等到事项期限临近", "Wait for an item's day")
            .Category("督办", "Follow-up").Pauses()
            .Description(
                "督办事项的期限临近时继续，同一天到期的一起；全部办结后由另一出口离开",
                "Goes on when tracked items come near their day, those of one day together; leaves when all are done")
            .Duration("Before", "提前", "So long before", UsualLead)
            .Input("After", "String", "这一天以前到期的已处理（上一次的日期）", "Items due until this day are done with")
            .Output("Day", "String", "到期日", "The day").Output("Items", "String", "到期的事项", "The items")
            .Output("ItemsEn", "String", "到期的事项（英文）", "The items, in English")
            .OptionalOutcome("Reached", "有事项临近期限", "An item's day is near")
            .OptionalOutcome("AllDone", "全部办结", "All are done").Build(),
        node => new AwaitItemDay(node),
        node => NodeChecks.Findings(
            [NodeChecks.Duration(node, "Before", ""), .. NodeChecks.Outcomes(node, ["Reached", "AllDone"])]));

    public override void Execute(ActivityContext context) => Look(context, FileOf(context));

    public override void Resume(ActivityContext context, Bookmark bookmark, object? payload)
    {
        var file = FileOf(context);
        if (file.Case.Rests) LookAgain(context, file, LookAgainReason.Suspended);
        else Look(context, file);
    }

    private void Look(ActivityContext context, CaseFile file)
    {
        var lead = DueTime.Read(_before.Get(context) is { Length: > 0 } text ? text : UsualLead, file);
        var seen = DateOnly.TryParseExact(_after.Get(context), "yyyy-MM-dd", CultureInfo.InvariantCulture,
            DateTimeStyles.None, out var day) ? day : (DateOnly?)null;
        var open = file.Items.Where(item => item.ClosedAt is null).ToList();
        var today = file.Calendar.DayOf(context.Now);
        if (open.Count == 0 && seen is not null)
        {
            context.CompleteWithOutcome("AllDone");
            return;
        }

        var next = open.Where(item => item.DueOn is { } due && (seen is null || due > seen)).Min(item => item.DueOn);
        if (open.Count == 0) Reach(context, file, today, [.. file.Items]);
        else if (next is { } near && file.Calendar.Shift(file.Calendar.At(near, DueTime.Morning), lead, -1)
            <= context.Now)
        {
            Reach(context, file, near, open.FindAll(item => item.DueOn == near));
        }
        else LookAgain(context, file, LookAgainReason.ItemsAhead);
    }

    /// <summary>Looks again on the next working day, and when an item is closed.</summary>
    private static void LookAgain(ActivityContext context, CaseFile file, LookAgainReason why)
    {
        context.RemoveBookmarks();
        context.CreateBookmark(new BookmarkRequest
        {
            Name = Event.StimulusName,
            Stimulus = SetItem.ClosedEventOf(file),
        });
        TaskClock.LookTomorrow(context, file, Tag, why);
    }

    private void Reach(ActivityContext context, CaseFile file, DateOnly day, List<TrackedItem> items)
    {
        context.SetOutput(_day, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        context.SetOutput(_items, string.Join('；', items.Select(item => Name(item).Zh)));
        context.SetOutput(_itemsEn, string.Join("; ", items.Select(item => Name(item).For("en"))));
        context.CompleteWithOutcome("Reached");

        LocalText Name(TrackedItem item)
        {
            var unit = file.Directory.Find(item.UndertakingUnitId)?.Name ?? LocalText.Empty;
            return new(
                $"{item.Advice}（{unit.Zh}，{item.DueOn:M月d日}）",
                $"{item.Advice} ({unit.For("en")}, {item.DueOn:yyyy-MM-dd})");
        }
    }
}
