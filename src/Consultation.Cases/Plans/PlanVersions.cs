using Consultation.Cases.Forms;
using Consultation.Cases.History;
using Consultation.Cases.Tasks;
using Consultation.Cases.TrackedItems;

namespace Consultation.Cases.Plans;

/// <summary>A version of a plan: the one before, and what an event changed in it (P70).</summary>
/// <param name="Number">From 1, the plan as it was begun.</param>
/// <param name="At">Since when.</param>
/// <param name="ById">Who changed it; null when the workflow did.</param>
/// <param name="Why">What happened, in a sentence.</param>
/// <param name="Moves">Days that moved.</param>
public sealed record PlanVersion(
    int Number, DateTimeOffset At, PersonId? ById, LocalText Why, IReadOnlyList<PlanMove> Moves);

/// <summary>One phase, task, tracked item or line of the plan whose days moved.</summary>
/// <param name="Subject">Key of the phase, id of the task or item, activity of a task to come; tells the moves of one
/// from those of others.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Days">From when to when.</param>
/// <param name="Task">The task, or null.</param>
/// <param name="Item">The tracked item, or null.</param>
public sealed record PlanMove(
    string Subject, LocalText Name, DateMove Days, TaskId? Task = null, TrackedItemId? Item = null);

/// <summary>
/// Reads the versions of a plan out of what the case keeps anyway: the lines of its history that moved days or say that
/// a change of the plan was approved, and its implementation plans (each later record is another version). Pure.
/// </summary>
public static class PlanVersions
{
    /// <summary>
    /// Verbs of history lines that say why days moved; of <see cref="Changed"/> also one that moved none.
    /// </summary>
    public const string Changed = HistoryVerbs.PlanChanged, Rested = HistoryVerbs.CaseDueMoved;

    private static readonly LocalText Begun = new("计划启动", "The plan was begun");
    private static readonly LocalText CalendarEdited =
        new("工作日历修改，各项日期随之改动", "The working calendar was edited; days that count by it moved");

    /// <summary>All versions, the first first; just one when nothing changed since the plan was begun.</summary>
    public static IReadOnlyList<PlanVersion> Of(
        Case file, IEnumerable<HistoryEntry> history, PlanOutline outline, IReadOnlyList<PlanPhase> phases,
        IReadOnlyList<WorkTask> tasks,
        IReadOnlyList<TrackedItem> items, IReadOnlyList<CaseRecord> records)
    {
        // Lines of one event are written at one instant.
        var events = history
            .Where(line => line.Moved is not null || line.Verb is Changed or Rested or HistoryVerbs.MeetingMoved)
            .GroupBy(line => line.At)
            .Where(lines => lines.Any(line => line.Moved is not null || line.Verb == Changed))
            .Select(lines => new PlanVersion(
                0, lines.Key, lines.Select(line => line.ActorId).FirstOrDefault(actor => actor is not null),
                WhyOf([.. lines]),
                [.. lines.Where(line => line.Moved is not null)
                    .Select(line => MoveOf(line, outline, phases, tasks, items)).OrderBy(move => move.Days.After)]))
            .Concat(Rewritten(records))
            .OrderBy(version => version.At);
        return [new PlanVersion(1, file.OpenedAt, file.OpenedById, Begun, []),
            .. events.Select((version, index) => version with { Number = index + 2 })];
    }

    /// <summary>The days that a subject had in a version, or null when they have not moved since.</summary>
    public static DateMove? Since(this IReadOnlyList<PlanVersion> versions, int number, string subject) => versions
        .Where(version => version.Number > number).SelectMany(version => version.Moves)
        .FirstOrDefault(move => move.Subject == subject)?.Days;

    /// <summary>The subject of a task's moves.</summary>
    public static string SubjectOf(TaskId task) => $"{task.Value:N}";

    private static LocalText WhyOf(IReadOnlyList<HistoryEntry> lines) =>
        lines.FirstOrDefault(line => line.Verb is Changed or Rested or HistoryVerbs.ItemExtended
            or HistoryVerbs.MeetingMoved)?.Text
            ?? CalendarEdited;

    private static PlanMove MoveOf(
        HistoryEntry line, PlanOutline outline, IReadOnlyList<PlanPhase> phases, IReadOnlyList<WorkTask> tasks,
        IReadOnlyList<TrackedItem> items)
    {
        var days = line.Moved!;
        if (days.Phase is { } key)
        {
            return new(key, phases.FirstOrDefault(phase => phase.Key == key)?.Name ?? new(key), days);
        }
        if (days.Work is { } activity)
        {
            return new(activity, outline.Works.FirstOrDefault(work => work.ActivityId == activity)?.Title
                ?? new(activity), days);
        }
        if (tasks.FirstOrDefault(task => task.Id == line.TaskId) is { } task)
        {
            return new(SubjectOf(task.Id), task.Title, days, Task: task.Id);
        }
        if (items.FirstOrDefault(item => item.Id == line.TrackedItemId) is { } item)
        {
            return new($"{item.Id.Value:N}",
                new($"督办事项{item.Year}-{item.Number} {item.Advice}",
                    $"Tracked item {item.Year}-{item.Number}: {item.Advice}"), days, Item: item.Id);
        }

        return new("", line.Text, days);
    }

    /// <summary>An implementation plan that was written anew: lines of the same task whose day differs.</summary>
    private static IEnumerable<PlanVersion> Rewritten(IReadOnlyList<CaseRecord> records)
    {
        var drafts = records.Where(record => record.Kind == FormKeys.ImplementationPlan)
            .OrderBy(record => record.At).ToList();
        foreach (var (before, after, number) in drafts.Zip(drafts.Skip(1))
            .Select((pair, index) => (pair.First, pair.Second, index + 2)))
        {
            var (old, now) = (before.Fields.RowsOf("lines"), after.Fields.RowsOf("lines"));
            var moves = (from line in now
                         let was = old.FirstOrDefault(one => one.Text("task") == line.Text("task"))
                         where was is not null && was.Day("due") is not null && line.Day("due") is not null
                         && was.Day("due") != line.Day("due")
                         select new PlanMove($"line {line.Text("task")}",
                             new($"实施方案：{line.Text("task")}", $"Implementation plan: {line.Text("task")}"),
                             new DateMove(was.Day("due")!.Value, line.Day("due")!.Value))).ToList();
            var added = now.Count(line => old.All(one => one.Text("task") != line.Text("task")));
            var dropped = old.Count(line => now.All(one => one.Text("task") != line.Text("task")));
            yield return new(0, after.At, after.ById, new(
                $"实施方案第{number}稿：新增{added}项，删去{dropped}项，改期{moves.Count}项。",
                $"Draft no. {number} of the implementation plan: {added} lines added, {dropped} dropped, "
                    + $"{moves.Count} moved."), moves);
        }
    }
}
