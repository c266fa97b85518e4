using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.History;
using Consultation.Cases.People;
using Consultation.Cases.Plans;
using Consultation.Cases.Tasks;
using Consultation.Web.Drawing;

namespace Consultation.Web.Plans;

/// <summary>Turns a plan's phases, its tasks and what its definition still plans into rows to draw. Pure.</summary>
/// <param name="file">The plan's case.</param>
/// <param name="calendar">Working days.</param>
/// <param name="now">The instant.</param>
/// <param name="language">"zh" or "en".</param>
/// <param name="was">
/// The days that a phase (by key), a task (by its subject) or a task to come (by its activity) had in the version
/// compared with; null when they are the same.
/// </param>
/// <param name="nameOf">The name of a person.</param>
internal sealed class PlanDrawing(
    Case file, WorkingCalendar calendar, DateTimeOffset now, string language, Func<string, DateMove?>? was = null,
    Func<PersonId, string?>? nameOf = null)
{
    private DateOnly Today => calendar.DayOf(now);

    private DateOnly Start => file.StartDate ?? calendar.DayOf(file.OpenedAt);

    /// <summary>The rows: each phase followed by its tasks and gates, real ones first, then what is planned.</summary>
    public IReadOnlyList<GanttRow> Rows(
        IReadOnlyList<PlanPhase> phases, IReadOnlyList<WorkTask> tasks, PlanOutline outline)
    {
        var rows = new List<GanttRow>();
        var all = phases.Select(phase =>
            (phase.Number, phase.Key, phase.Name, Phase: (PlanPhase?)phase, Days: (phase.PlannedFrom, phase.PlannedTo)))
            .Concat(outline.Ahead(phases)
                .Select(phase => (phase.Number, phase.Key, phase.Name, Phase: (PlanPhase?)null,
                    Days: phase.Days(file, Start, calendar))))
            .OrderBy(one => one.Number).ToList();
        foreach (var (_, key, name, phase, (from, to)) in all)
        {
            rows.Add(PhaseRow(name.For(language), key, phase, from, to));
            var own = tasks.Where(task => task.State != TaskState.Cancelled && PhaseOf(task, outline) == key)
                .OrderBy(task => task.OpenedAt).ToList();
            rows.AddRange(own.Select(task => TaskRow(task, from, to)));
            rows.AddRange(
                outline.Works.Where(
                    work => work.Phase == key && !own.Exists(task => task.ActivityId == work.ActivityId))
                .Select(work => PlannedRow(work, from, to, outline))
                .OrderBy(row => row.To));
        }

        return rows;
    }

    /// <summary>First and last day to show.</summary>
    public (DateOnly From, DateOnly To) Span(IReadOnlyList<GanttRow> rows)
    {
        var from = rows.Count == 0
            ? Start
            : rows.Min(row => row.Was is { } before && before.From < row.From ? before.From : row.From);
        var to = rows.Count == 0
            ? Start.AddDays(69)
            : rows.Max(row => row.Was is { } before && before.To > row.To ? before.To : row.To);
        // Weeks begin on Monday, so that columns are calendar weeks of the plan.
        from = from < Start ? from : Start;
        return (from.AddDays(-(((int)from.DayOfWeek + 6) % 7)), to > Start.AddDays(69)
            ? to.AddDays(2)
            : Start.AddDays(71));
    }

    /// <summary>Columns of the chart that lie before the plan's first week.</summary>
    public int WeeksBefore(DateOnly from) =>
        (Start.AddDays(-(((int)Start.DayOfWeek + 6) % 7)).DayNumber - from.DayNumber) / 7;

    private static string? PhaseOf(WorkTask task, PlanOutline outline) =>
        task.Phase ?? outline.Works.FirstOrDefault(work => work.ActivityId == task.ActivityId)?.Phase;

    private GanttRow PhaseRow(string name, string key, PlanPhase? phase, DateOnly from, DateOnly to)
    {
        var state = phase switch
        {
            { LeftAt: not null } => BarState.Done,
            _ when file.ClosedAt is not null => BarState.Done,
            { EnteredAt: not null } => to < Today ? BarState.Late : BarState.Open,
            _ => BarState.Ahead,
        };
        var before = was?.Invoke(key);
        return new(
            BarKind.Phase, name, from,
            phase?.LeftAt is { } left && calendar.DayOf(left) > to ? calendar.DayOf(left) : to, state,
            $"{name} {from:yyyy-MM-dd} – {to:yyyy-MM-dd}",
            Was: before is null ? null : (before.FromBefore ?? from, before.Before));
    }

    private GanttRow TaskRow(WorkTask task, DateOnly phaseFrom, DateOnly phaseTo)
    {
        var from = calendar.DayOf(task.OpenedAt);
        var due = task.DueAt is { } at ? calendar.DayOf(at) : phaseTo > phaseFrom ? phaseTo : phaseFrom;
        var to = task.ClosedAt is { } closed ? calendar.DayOf(closed) : TaskLateness.IsLate(task.DueAt, now)
            ? Today
            : due;
        var state = task.State == TaskState.Done ? BarState.Done : TaskLateness.IsLate(task.DueAt, now)
            ? BarState.Late
            : BarState.Open;
        var title = task.Title.For(language);
        var before = was?.Invoke(PlanVersions.SubjectOf(task.Id))
            ?? (task.InstanceId == file.InstanceId ? was?.Invoke(task.ActivityId) : null);
        return new(
            task.Kind == TaskKind.Approval ? BarKind.Gate : BarKind.Task, title, from, to < from ? from : to, state,
            $"{title} {from:yyyy-MM-dd} – {due:yyyy-MM-dd}",
            $"/tasks/{task.Id.Value}",
            before is null ? null : (before.Before < from ? before.Before : from, before.Before), People(task));
    }

    private GanttRow PlannedRow(PlannedWork work, DateOnly phaseFrom, DateOnly phaseTo, PlanOutline outline)
    {
        var due = work.DueOn(file, Start, calendar) ?? phaseTo;
        var from = due < phaseFrom ? due : phaseFrom;
        // A planned bar covers the last working week before its due day, as far as it lies in the phase and not before
        // the work that it needs; what leads back to it later, as a gate that returns, is not needed.
        var needed = outline.Works.Where(one => work.After.Contains(one.ActivityId))
            .Select(one => one.DueOn(file, Start, calendar)).Where(day => day <= due).Max() ?? from;
        var begin = work.IsGate ? due
            : new[] { from, needed, calendar.Move(due, -4) }.Max();
        var title = work.Title.For(language);
        var before = was?.Invoke(work.ActivityId);
        return new(
            work.IsGate ? BarKind.Gate : BarKind.Task, title, begin, due, BarState.Ahead, $"{title} {due:yyyy-MM-dd}",
            Was: before is null ? null : (begin.AddDays(before.Before.DayNumber - due.DayNumber), before.Before),
            Who: Asked(work));
    }

    /// <summary>Who has the task, by name.</summary>
    private string People(WorkTask task) => string.Join(language == "en" ? ", " : "、", task.Assignees
        .Where(seat => seat.Active).Select(seat => nameOf?.Invoke(seat.PersonId)).OfType<string>().Distinct());

    /// <summary>Who will have it, as the workflow's author calls them; nothing where that has no name.</summary>
    private string Asked(PlannedWork work) =>
        work.Who is { } who && AssigneeChoices.NameOf(who) is var name && name.Zh != who ? name.For(language) : "";
}
