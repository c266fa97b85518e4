using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.History;
using Consultation.Cases.Plans;
using Consultation.Cases.Tasks;
using Consultation.Storage.Reading.Plans;
using Consultation.Web.Drawing;
using Consultation.Web.Texts;

namespace Consultation.Web.Plans;

/// <summary>Turns a plan's phases, its tasks and what its definition still plans into rows to draw. Pure.</summary>
/// <param name="file">The plan's case.</param>
/// <param name="calendar">Working days.</param>
/// <param name="now">The instant.</param>
/// <param name="language">"zh" or "en".</param>
/// <param name="was">The days that a phase (by key) or a task (by its subject) had in the version compared with; null when they are the same.</param>
internal sealed class PlanDrawing(Case file, WorkingCalendar calendar, DateTimeOffset now, string language, Func<string, DateMove?>? was = null)
{
    private static readonly (string Key, int FromWeek, int ToWeek)[] Weeks = [("weeks-1-2", 1, 2), ("weeks-3-4", 3, 4), ("weeks-5-8", 5, 8), ("weeks-9-10", 9, 10)];

    private DateOnly Today => calendar.DayOf(now);

    private DateOnly Start => file.StartDate ?? calendar.DayOf(file.OpenedAt);

    /// <summary>The rows: each phase followed by its tasks and gates, real ones first, then what is planned.</summary>
    public IReadOnlyList<GanttRow> Rows(IReadOnlyList<PlanPhase> phases, IReadOnlyList<WorkTask> tasks, IReadOnlyList<PlannedWork> planned)
    {
        var rows = new List<GanttRow>();
        foreach (var (key, fromWeek, toWeek) in Weeks)
        {
            var phase = phases.FirstOrDefault(one => one.Key == key);
            var from = phase?.PlannedFrom ?? Start.AddDays((fromWeek - 1) * 7);
            var to = phase?.PlannedTo ?? Start.AddDays((toWeek * 7) - 1);
            rows.Add(PhaseRow(key, phase, from, to));
            var own = tasks.Where(task => task.State != TaskState.Cancelled && PhaseOf(task, planned) == key).OrderBy(task => task.OpenedAt).ToList();
            rows.AddRange(own.Select(task => TaskRow(task, from, to)));
            rows.AddRange(planned.Where(work => work.Phase == key && !own.Exists(task => task.ActivityId == work.ActivityId))
                .Select(work => PlannedRow(work, from, to))
                .OrderBy(row => row.To));
        }

        return rows;
    }

    /// <summary>First and last day to show.</summary>
    public (DateOnly From, DateOnly To) Span(IReadOnlyList<GanttRow> rows)
    {
        var from = rows.Count == 0 ? Start : rows.Min(row => row.Was is { } before && before.From < row.From ? before.From : row.From);
        var to = rows.Count == 0 ? Start.AddDays(69) : rows.Max(row => row.Was is { } before && before.To > row.To ? before.To : row.To);
        // Weeks begin on Monday, so that columns are calendar weeks of the plan.
        from = from < Start ? from : Start;
        return (from.AddDays(-(((int)from.DayOfWeek + 6) % 7)), to > Start.AddDays(69) ? to.AddDays(2) : Start.AddDays(71));
    }

    /// <summary>Columns of the chart that lie before the plan's first week.</summary>
    public int WeeksBefore(DateOnly from) => (Start.AddDays(-(((int)Start.DayOfWeek + 6) % 7)).DayNumber - from.DayNumber) / 7;

    private string? PhaseOf(WorkTask task, IReadOnlyList<PlannedWork> planned) =>
        task.Phase ?? planned.FirstOrDefault(work => work.ActivityId == task.ActivityId)?.Phase
        ?? Weeks.LastOrDefault(week => Start.AddDays((week.FromWeek - 1) * 7) <= calendar.DayOf(task.OpenedAt), Weeks[0]).Key;

    private GanttRow PhaseRow(string key, PlanPhase? phase, DateOnly from, DateOnly to)
    {
        var name = phase?.Name.For(language) ?? DeskTexts.Find($"phase.{key}", language) ?? key;
        var state = phase switch
        {
            { LeftAt: not null } => BarState.Done,
            _ when file.ClosedAt is not null => BarState.Done,
            { EnteredAt: not null } => to < Today ? BarState.Late : BarState.Open,
            _ => BarState.Ahead,
        };
        var before = was?.Invoke(key);
        return new(
            BarKind.Phase, name, from, phase?.LeftAt is { } left && calendar.DayOf(left) > to ? calendar.DayOf(left) : to, state,
            $"{name} {from:yyyy-MM-dd} – {to:yyyy-MM-dd}", Was: before is null ? null : (before.FromBefore ?? from, before.Before));
    }

    private GanttRow TaskRow(WorkTask task, DateOnly phaseFrom, DateOnly phaseTo)
    {
        var from = calendar.DayOf(task.OpenedAt);
        var due = task.DueAt is { } at ? calendar.DayOf(at) : phaseTo > phaseFrom ? phaseTo : phaseFrom;
        var to = task.ClosedAt is { } closed ? calendar.DayOf(closed) : task.DueAt < now ? Today : due;
        var state = task.State == TaskState.Done ? BarState.Done : task.DueAt < now ? BarState.Late : BarState.Open;
        var title = task.Title.For(language);
        var before = was?.Invoke(PlanVersions.SubjectOf(task.Id));
        return new(
            task.Kind == TaskKind.Approval ? BarKind.Gate : BarKind.Task, title, from, to < from ? from : to, state, $"{title} {from:yyyy-MM-dd} – {due:yyyy-MM-dd}",
            $"/tasks/{task.Id.Value}", before is null ? null : (before.Before < from ? before.Before : from, before.Before));
    }

    private GanttRow PlannedRow(PlannedWork work, DateOnly phaseFrom, DateOnly phaseTo)
    {
        var due = PlannedWorkReader.DueOn(work, Start, phaseTo, calendar) ?? phaseTo;
        var from = due < phaseFrom ? due : phaseFrom;
        // A planned bar covers the last working week before its due day, as far as it lies in the phase.
        var begin = work.IsGate ? due : due.AddDays(-4) > from ? due.AddDays(-4) : from;
        var title = work.Title.For(language);
        return new(work.IsGate ? BarKind.Gate : BarKind.Task, title, begin, due, BarState.Ahead, $"{title} {due:yyyy-MM-dd}");
    }
}
