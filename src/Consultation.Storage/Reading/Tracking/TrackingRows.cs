using Consultation.Cases;
using Consultation.Cases.History;
using Consultation.Cases.TrackedItems;

namespace Consultation.Storage.Reading.Tracking;

/// <summary>What to show on the board.</summary>
public sealed record TrackingFilter
{
    /// <summary>Words in topic, advice, progress, problems or solution; all must occur.</summary>
    public string Words { get; init; } = "";
    public TrackedItemState? State { get; init; }
    public ItemLateness? Lateness { get; init; }
    public StallReason? Stall { get; init; }

    /// <summary>Responsible committee or office (Q109).</summary>
    public UnitId? OfficeId { get; init; }

    /// <summary>Undertaking or assigning unit (Q108, O9).</summary>
    public UnitId? UnitId { get; init; }
    public PersonId? SupervisorId { get; init; }

    /// <summary>Platform of the case: whose hall the annex is printed for (Q103).</summary>
    public UnitId? PlatformId { get; init; }

    /// <summary>At least this rung of the escalation ladder (O7).</summary>
    public int? Rung { get; init; }
    public int? Year { get; init; }

    /// <summary>"number", "due", "percent", "rung", "entry"; anything else is the most pressing first.</summary>
    public string Sort { get; init; } = "";
    public bool Descending { get; init; }
    public int Skip { get; init; }

    /// <summary>Most rows, 1–10000.</summary>
    public int Take { get; init; } = 50;
}

/// <summary>One row of the board. The time limits of an item rest while its case is suspended (O14).</summary>
public sealed record TrackingRow(
    TrackedItem Item, string? CaseNumber, string CaseTitle, UnitId? PlatformId, bool Suspended = false)
{
    /// <summary>How late it is on a day.</summary>
    public ItemLateness LatenessOn(DateOnly today) => ItemLatenessRule.Of(Item.State, Item.DueOn, Suspended, today);
}

/// <summary>An item with its case and what happened to it, each newest first.</summary>
/// <param name="Item">The item.</param>
/// <param name="Case">Its case.</param>
/// <param name="Entries">Progress entries.</param>
/// <param name="Checks">Answers of closing checks.</param>
/// <param name="Events">What else is worth telling: hand-overs, extensions, stalls, rungs of the ladder.</param>
public sealed record TrackingPage(
    TrackedItem Item, Case Case, IReadOnlyList<ProgressEntry> Entries, IReadOnlyList<ItemCheck> Checks,
    IReadOnlyList<HistoryEntry> Events);

/// <summary>One answer of a closing check (Q102).</summary>
/// <param name="TaskId">The check.</param>
/// <param name="ById">Who checked.</param>
/// <param name="OnBehalfOfId">For whom it was entered (O17), or null.</param>
/// <param name="At">When.</param>
/// <param name="Outcome">What was answered, in words.</param>
/// <param name="Passed">True when the item counts as done.</param>
/// <param name="Opinion">What the checker wrote, and the reason where one was given.</param>
public sealed record ItemCheck(TaskId TaskId, PersonId ById, PersonId? OnBehalfOfId, DateTimeOffset At,
    LocalText Outcome, bool Passed, string Opinion);

/// <summary>What the board counts.</summary>
public sealed record TrackingCounts(
    IReadOnlyDictionary<ItemLateness, int> ByLateness,
    IReadOnlyDictionary<TrackedItemState, int> ByState,
    IReadOnlyDictionary<UnitId, int> OpenByUnit,
    int Total,
    int Done);
