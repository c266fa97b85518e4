using System.Globalization;
using Consultation.Cases;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Cases.TrackedItems;
using Consultation.Storage.Reading.Flowcharts;

namespace Consultation.Web.Cases;

/// <summary>What a case waits for: one sentence, and one line for each task behind it.</summary>
/// <param name="Text">The sentence, complete as it stands.</param>
/// <param name="IfSilent">What happens when nobody acts, or null.</param>
/// <param name="TaskId">The task that the sentence speaks of, or null.</param>
/// <param name="DueAt">Until when, or null.</param>
public sealed record Waiting(LocalText Text, LocalText? IfSilent, TaskId? TaskId, DateTimeOffset? DueAt);

/// <summary>Says in a sentence what a case waits for, on whom, until when, and what happens then. Pure.</summary>
internal static class WaitingSentence
{
    private const int MostNames = 3;

    /// <summary>The sentences of a case, the most pressing first; never empty.</summary>
    /// <param name="one">The case.</param>
    /// <param name="tasks">Its tasks, of which open ones count.</param>
    /// <param name="items">Its tracked items, of which open ones count.</param>
    /// <param name="pauses">Where its workflow waits without asking anybody.</param>
    /// <param name="failed">How many steps failed and wait for a retry.</param>
    /// <param name="directory">Names.</param>
    /// <param name="zone">Zone in which days are meant.</param>
    /// <param name="now">The instant.</param>
    public static IReadOnlyList<Waiting> Of(
        Case one,
        IEnumerable<WorkTask> tasks,
        IEnumerable<TrackedItem> items,
        IEnumerable<RunPause> pauses,
        int failed,
        OrganisationDirectory directory,
        TimeZoneInfo zone,
        DateTimeOffset now)
    {
        if (Ended(one) is { } ended)
        {
            return [new(ended, one.Outcome, null, null)];
        }

        var waits = new List<Waiting>();
        if (failed > 0)
        {
            waits.Add(new(
                new($"有 {failed} 个步骤出错，等待管理员或秘书重试。",
                    $"{failed} step(s) failed and wait for an administrator or secretary to try again."),
                new("出错期间协商事项停在原处，不会丢失任何内容。", "Meanwhile the case stays where it was; nothing is lost."), null, null));
        }

        if (one.State == CaseState.Suspended)
        {
            waits.Add(new(one.SuspendedUntil is { } day
                ? new($"协商事项已暂停，各项期限停止计算，{day:yyyy-MM-dd} 自动恢复办理。",
                    $"The case is suspended; its time limits rest. It goes on by itself on {day:yyyy-MM-dd}.")
                : new("协商事项已暂停，各项期限停止计算。", "The case is suspended; its time limits rest."), null, null, null));
        }

        if (one is { State: CaseState.Excluded, Review: { EndedAt: null } review })
        {
            waits.Add(new(review.AskedAt is null
                ? new($"协商事项不予纳入，提出人可以在 {review.Until:yyyy-MM-dd} 前申请复核一次。",
                    $"The case is excluded; its proposer may ask once for a review until {review.Until:yyyy-MM-dd}.")
                : new("协商事项不予纳入，提出人已申请复核。", "The case is excluded; its proposer has asked for a review."),
                null, null, null));
        }

        waits.AddRange(tasks.Where(task => task.State == TaskState.Open)
            .OrderBy(task => task.DueAt ?? DateTimeOffset.MaxValue)
            .Select(task => OfTask(task, directory, zone, now)));
        var open = items.Where(
            item => item.State is not (TrackedItemState.Done or TrackedItemState.Abandoned)).ToList();
        if (open.Count > 0)
        {
            waits.Add(one.State == CaseState.Suspended ? OfResting(open) : OfItems(open, zone, now));
        }

        waits.AddRange(pauses.Select(pause => OfPause(pause, zone)));

        return waits.Count > 0
            ? waits
            : [new(new("正在自动办理下一步，请稍后刷新。", "The next step is being taken; reload in a moment."), null, null, null)];
    }

    private static LocalText? Ended(Case one) => one.State switch
    {
        CaseState.Closed => new("协商事项已办结，不再等待任何人。", "The case is closed; nobody is awaited."),
        CaseState.Excluded when one is { ClosedAt: null, Review.EndedAt: null } => null,
        CaseState.Excluded => new("协商事项因不纳入协商范围而结束。", "The case ended because it falls outside consultation."),
        CaseState.Rejected => new("议题未获通过，协商事项已结束。", "The topic was rejected; the case has ended."),
        CaseState.Cancelled => new("协商事项已撤销。", "The case was cancelled."),
        _ => null,
    };

    private static Waiting OfTask(WorkTask task, OrganisationDirectory directory, TimeZoneInfo zone, DateTimeOffset now)
    {
        if (task.HeldUntil is { } end) return OfHeld(task, TimeZoneInfo.ConvertTime(end, zone));
        var silent = Gate.Owing(task)
            .Where(seat => PeopleNames.Of(directory, seat, english: false).Length > 0).ToList();
        var shown = silent.Take(MostNames).ToList();
        var zhNames = silent.Count == 0 ? "（没有承办人）" : PeopleNames.Of(directory, shown, english: false)
            + (silent.Count > MostNames ? $"等 {silent.Count} 人" : "");
        var enNames = silent.Count == 0
            ? "nobody (no assignee)"
            : PeopleNames.Of(directory, shown, english: true)
            + (silent.Count > MostNames ? $" and {silent.Count - MostNames} more" : "");
        var (zhDue, enDue) = Until(task.DueAt, zone, now);
        var vacant = Vacancies.Explain(task, directory, now) is { } why
            ? new LocalText(why.Zh, $" {why.For("en")}")
            : new LocalText("", "");
        return new(
            new($"等待 {zhNames} 办理“{task.Title.Zh}”{zhDue}。{vacant.Zh}",
                $"Waiting for {enNames}: “{task.Title.For("en")}”{enDue}.{vacant.En}"),
            task.IfSilent.Zh.Length > 0 ? task.IfSilent : null,
            task.Id,
            task.DueAt);
    }

    /// <summary>Nobody is awaited while a decision can be taken back; the case goes on by itself then.</summary>
    private static Waiting OfHeld(WorkTask task, DateTimeOffset end) => new(
        new($"“{task.Title.Zh}”已有决定，{end.Month}月{end.Day}日 {end:HH:mm} 前可以撤回，之后自动进入下一步，现在不需要任何人办理。",
            string.Create(
                CultureInfo.InvariantCulture,
                $"“{task.Title.For("en")}” is decided. The decision can be taken back until {end:d MMM, HH:mm}; then "
                    + $"the case goes on by itself, and nobody has to act now.")),
        null, task.Id, null);

    private static Waiting OfResting(List<TrackedItem> open) => new(
        new($"{open.Count} 个督办事项随协商事项暂停。", $"{open.Count} tracked item(s) rest with the case."), null, null, null);

    private static Waiting OfItems(List<TrackedItem> open, TimeZoneInfo zone, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        var late = open.Count(item =>
            ItemLatenessRule.Of(item.State, item.DueOn, suspended: false, today) is ItemLateness.Late
                or ItemLateness.Stalled);
        var next = open.Select(item => item.DueOn).Where(due => due is not null).Min();
        var (zhLate, enLate) = late > 0 ? ($"，其中 {late} 个逾期或停滞", $", {late} of them late or stalled") : ("", "");
        var (zhNext, enNext) = next is { } due
            ? ($"，最近的期限是 {due:yyyy-MM-dd}", $"; the next is due on {due:yyyy-MM-dd}")
            : ("", "");
        return new(
            new(
                $"{open.Count} 个督办事项正在办理{zhLate}{zhNext}。",
                $"{open.Count} tracked item(s) under way{enLate}{enNext}."),
            null, null, null);
    }

    private static Waiting OfPause(RunPause pause, TimeZoneInfo zone)
    {
        if (pause.GoesOnAt is not { } at)
        {
            return new(new(
                $"流程停在“{pause.Activity.Zh}”，等待外部事件或其他系统答复。",
                $"The workflow rests at “{pause.Activity.For("en")}” until an event or another system answers."), null,
                null, null);
        }

        var local = TimeZoneInfo.ConvertTime(at, zone);
        return new(new(
            $"流程停在“{pause.Activity.Zh}”，到 {local.Year}年{local.Month}月{local.Day}日 {local:HH:mm} 自动继续，现在不需要任何人办理。",
            string.Create(
                CultureInfo.InvariantCulture,
                $"The workflow rests at “{pause.Activity.For("en")}” and goes on by itself on "
                    + $"{local:d MMM yyyy, HH:mm}; nobody has to act now.")),
            null, null, at);
    }

    private static (string Zh, string En) Until(DateTimeOffset? dueAt, TimeZoneInfo zone, DateTimeOffset now)
    {
        if (dueAt is not { } due)
        {
            return ("，未定期限", ", without a due time");
        }

        var local = TimeZoneInfo.ConvertTime(due, zone);
        var late = due < now;
        return (
            $"，期限 {local.Month}月{local.Day}日 {local:HH:mm}{(late ? "（已逾期）" : "")}",
            FormattableString.Invariant($", due {local:d MMM, HH:mm}{(late ? " (overdue)" : "")}"));
    }
}
