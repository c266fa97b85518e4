using Consultation.Cases.Calendar;

namespace Consultation.Cases.TrackedItems;

/// <summary>A notice about an item's own due day.</summary>
/// <param name="At">When it goes out.</param>
/// <param name="Days">Working days until the day; negative after it.</param>
/// <param name="Mark">Names it, so that it goes out once: the day and the span.</param>
public sealed record ItemDueNotice(DateTimeOffset At, int Days, string Mark);

/// <summary>
/// When unit and supervisor hear of an item's own due day: some working days before, on the day, after it (P64). The
/// spans are what the workflow says, e.g. "-3wd, 0wd, 1wd". A day that was moved counts anew. Pure.
/// </summary>
public static class ItemDueNotices
{
    /// <summary>Before, on and after the day: product default, not from the plan.</summary>
    public const string UsualSpans = "-3wd, 0wd, 1wd";

    private static readonly TimeOnly Morning = new(9, 0);

    /// <summary>Reads spans; null when one is not understood.</summary>
    public static IReadOnlyList<int>? Spans(string? text)
    {
        var spans = new List<int>();
        foreach (var part in Forms.FormValues.List(text ?? ""))
        {
            var before = part[0] == '-';
            if (!WorkingDuration.TryParse(before ? part[1..] : part, out var span)
                || span.Count != DayCount.WorkingDays)
            {
                return null;
            }

            spans.Add(before ? -span.Days : span.Days);
        }

        return [.. spans.Distinct().Order()];
    }

    /// <summary>
    /// Those that are still to come, in order; one that has passed untold comes first, the last such alone.
    /// </summary>
    public static IReadOnlyList<ItemDueNotice> Pending(
        TrackedItem item, IReadOnlyList<int> spans, WorkingCalendar calendar, DateTimeOffset now)
    {
        if (item.DueOn is not { } due || item.ClosedAt is not null
            || item.State is TrackedItemState.AwaitingCheck or TrackedItemState.Done or TrackedItemState.Abandoned)
        {
            return [];
        }

        List<ItemDueNotice> all = [.. spans.Select(span => new ItemDueNotice(
            calendar.At(span == 0 ? due : calendar.Move(due, span), Morning), -span, $"{due:yyyy-MM-dd} {span}wd"))];
        var told = all.FindIndex(notice => notice.Mark == item.DueTold);
        var open = all.Skip(told + 1).ToList();
        var passed = open.FindLastIndex(notice => notice.At <= now);
        return [.. open.Skip(Math.Max(0, passed))];
    }

    /// <summary>How near the day is, in words.</summary>
    public static LocalText When(int days) => days switch
    {
        > 0 => new($"还有 {days} 个工作日到期", days == 1 ? "due in 1 working day" : $"due in {days} working days"),
        0 => new("今天到期", "due today"),
        _ => new($"已过期 {-days} 个工作日", days == -1 ? "1 working day past its day" : $"{-days} working days past its day"),
    };
}
