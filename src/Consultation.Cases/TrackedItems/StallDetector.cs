using Consultation.Cases.Calendar;
using Consultation.Cases.People;

namespace Consultation.Cases.TrackedItems;

/// <summary>When an item counts as stalled (O6); product defaults, editable.</summary>
/// <param name="DaysWithoutEntry">Calendar days without an entry, 1–365.</param>
/// <param name="CyclesWithoutChange">Entries in a row that leave the percentage where it was, 1–20.</param>
public sealed record StallPolicy(int DaysWithoutEntry = 45, int CyclesWithoutChange = 2);

/// <summary>One reason why an item is stalled.</summary>
/// <param name="Reason">The reason's own code.</param>
/// <param name="Since">Since when it holds.</param>
/// <param name="Text">In words, for reminder and board.</param>
public sealed record StallFinding(StallReason Reason, DateTimeOffset Since, LocalText Text);

/// <summary>Finds out whether a tracked item stands still, and why (O6, P64, Q100). Pure.</summary>
public static class StallDetector
{
    /// <summary>
    /// All reasons that hold, gravest first: nobody there, milestone passed, no entry, no change, entry overdue. Items
    /// that are done, abandoned or waiting for their closing check never stall.
    /// </summary>
    /// <param name="item">The item.</param>
    /// <param name="entries">Its progress entries, in any order.</param>
    /// <param name="directory">Who is there.</param>
    /// <param name="calendar">For the day that an instant falls on.</param>
    /// <param name="policy">The limits.</param>
    /// <param name="now">The instant that is asked about.</param>
    public static IReadOnlyList<StallFinding> Find(
        TrackedItem item, IEnumerable<ProgressEntry> entries, OrganisationDirectory directory, WorkingCalendar calendar,
        StallPolicy policy, DateTimeOffset now)
    {
        if (item.State is TrackedItemState.Done or TrackedItemState.Abandoned or TrackedItemState.AwaitingCheck)
        {
            return [];
        }

        var ordered = entries.OrderByDescending(entry => entry.At).ToList();
        return [.. new[]
        {
            AssigneeGone(item, directory, now), MilestonePassed(item, calendar, now), NoEntry(item, policy, now),
            NoChange(ordered, policy), ReplyOverdue(item, now),
        }.OfType<StallFinding>()];
    }

    /// <summary>A reason in words, for mails.</summary>
    public static LocalText Describe(StallReason reason) => reason switch
    {
        StallReason.NoEntry => new("超过规定天数没有填报进展", "no progress was entered for too long"),
        StallReason.NoChange => new("连续几期进度没有变化", "the figures have not moved for several reports"),
        StallReason.MilestonePassed => new("办结期限已过，尚未办结", "its due day has passed and it is not done"),
        StallReason.ReplyOverdue => new("应填报的进展已逾期", "the progress asked for is overdue"),
        _ => new("责任人已离任或不在岗", "whoever answers for it has left or is away"),
    };

    /// <summary>Sets or clears the item's state from the findings; true when something changed.</summary>
    public static bool Apply(TrackedItem item, IReadOnlyList<StallFinding> findings)
    {
        StallReason? stall = findings.Count > 0 ? findings[0].Reason : null;
        if (stall == item.Stall)
        {
            return false;
        }

        item.Stall = stall;
        item.State = (stall, item.State) switch
        {
            ({ }, _) => TrackedItemState.Stalled,
            (null, TrackedItemState.Stalled) =>
                item.LastEntryAt is null ? TrackedItemState.NotStarted : TrackedItemState.InProgress,
            _ => item.State,
        };
        return true;
    }

    private static StallFinding? AssigneeGone(TrackedItem item, OrganisationDirectory directory, DateTimeOffset now)
    {
        if (item.SupervisorId is { } id && directory.Find(id) is not { Active: true })
        {
            var name = directory.Find(id)?.Name;
            return new(StallReason.AssigneeGone, now, new(
                $"督办负责人{name}已离任，请另行指定。", $"The supervisor {name} has left; name another."));
        }

        if (directory.Find(item.SupervisorId) is { } supervisor && supervisor.IsAbsent(now)
            && !directory.Delegations.Any(one => one.FromId == supervisor.Id && one.SeatId is null && one.InForce(now)))
        {
            return new(StallReason.AssigneeGone, supervisor.AbsentFrom ?? now, new(
                $"督办负责人{supervisor.Name}不在岗且没有委托他人。",
                $"The supervisor {supervisor.Name} is away and has delegated to nobody."));
        }

        var unit = directory.Find(item.UndertakingUnitId);
        return unit is null || (unit.Active && ItemHands.Of(item).Undertakers(directory, now).Count > 0)
            ? null
            : new(StallReason.AssigneeGone, now, new(
            $"承办单位{unit.Name.Zh}没有联系人。", $"The undertaking unit {unit.Name.For("en")} has no contact."));
    }

    private static StallFinding? MilestonePassed(TrackedItem item, WorkingCalendar calendar, DateTimeOffset now) =>
        item.DueOn is { } due && calendar.DayOf(now) > due
            ? new(StallReason.MilestonePassed, calendar.At(due.AddDays(1), TimeOnly.MinValue), new(
                $"办结期限 {due.Year}年{due.Month}月{due.Day}日已过。", $"The due day {due:yyyy-MM-dd} has passed."))
            : null;

    private static StallFinding? ReplyOverdue(TrackedItem item, DateTimeOffset now) =>
        item.NextEntryDueAt is { } due && now > due
        ? new(StallReason.ReplyOverdue, due, new("应填报的进展已逾期。", "The progress entry asked for is overdue."))
        : null;

    private static StallFinding? NoEntry(TrackedItem item, StallPolicy policy, DateTimeOffset now)
    {
        var last = item.SilentSince;
        var since = last.AddDays(policy.DaysWithoutEntry);
        return now >= since ? new(StallReason.NoEntry, since, new(
            $"已有 {(int)(now - last).TotalDays} 天没有填报进展（超过 {policy.DaysWithoutEntry} 天）。",
            $"No entry for {(int)(now - last).TotalDays} days (limit {policy.DaysWithoutEntry}).")) : null;
    }

    private static StallFinding? NoChange(List<ProgressEntry> entries, StallPolicy policy)
    {
        var same = entries.TakeWhile(entry => entry.Percent == entries[0].Percent).Count() - 1;
        return same >= policy.CyclesWithoutChange
            && entries[0].Percent < 100 ? new(StallReason.NoChange, entries[0].At, new(
            $"连续 {same} 期进度停在 {entries[0].Percent}%。",
            $"{same} entries in a row left it at {entries[0].Percent}%.")) : null;
    }
}
