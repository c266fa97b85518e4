using Consultation.Cases.Calendar;

namespace Consultation.Cases.Plans;

/// <summary>
/// What a workflow leads through: the steps of a procedure (Q82–Q102) or the phases of a plan by weeks, and the plan's
/// work and gates with their time limits (P14, P30).
/// </summary>
/// <param name="Steps">By their numbers.</param>
/// <param name="Works">In the order of the phases.</param>
public sealed record PlanOutline(IReadOnlyList<PlannedStep> Steps, IReadOnlyList<PlannedWork> Works)
{
    /// <summary>The steps that are planned by weeks.</summary>
    public IEnumerable<PlannedPhase> Phases => Steps.OfType<PlannedPhase>();

    /// <summary>The phases of which the plan has no row yet: neither entered nor moved.</summary>
    public IEnumerable<PlannedPhase> Ahead(IReadOnlyList<PlanPhase> phases) =>
        Phases.Where(planned => !phases.Any(phase => phase.Key == planned.Key));

    /// <summary>Of a workflow that plans nothing.</summary>
    public static readonly PlanOutline Empty = new([], []);
}

/// <summary>A step that the workflow enters.</summary>
/// <param name="Key">E.g. "research".</param>
/// <param name="Number">From 1.</param>
/// <param name="Name">What it is called.</param>
public record PlannedStep(string Key, int Number, LocalText Name);

/// <summary>A phase as the workflow plans it.</summary>
/// <param name="Key">E.g. "weeks-5-8".</param>
/// <param name="Number">From 1.</param>
/// <param name="Name">What it is called.</param>
/// <param name="FromWeek">Its first week, from 1.</param>
/// <param name="ToWeek">Its last week.</param>
public sealed record PlannedPhase(string Key, int Number, LocalText Name, int FromWeek, int ToWeek)
    : PlannedStep(Key, Number, Name)
{
    /// <summary>
    /// First and last day, as long as no change moved the phase. A week of a plan has five working days; those that the
    /// case rested come on top (O14).
    /// </summary>
    public (DateOnly From, DateOnly To) Days(Case file, DateOnly start, WorkingCalendar calendar) => (
        calendar.Add(
            start, new WorkingDuration(Math.Max(0, ((FromWeek - 1) * 5) + file.RestedDays), DayCount.WorkingDays)),
        calendar.Add(
            start, new WorkingDuration(Math.Max(0, (ToWeek * 5) - 1 + file.RestedDays), DayCount.WorkingDays)));
}

/// <summary>Something that a plan's workflow will ask for, with the time it plans for it.</summary>
/// <param name="ActivityId">Activity in the definition.</param>
/// <param name="Title">What is asked.</param>
/// <param name="IsGate">People decide here.</param>
/// <param name="Phase">Key of the phase in which the definition places it.</param>
/// <param name="DueAfter">When it is due, counted from the plan's first day, or from its own start; null when that is
/// computed.</param>
/// <param name="FromPlanStart">True when <paramref name="DueAfter"/> counts from the plan's first day.</param>
public sealed record PlannedWork(
    string ActivityId, LocalText Title, bool IsGate, string Phase, WorkingDuration? DueAfter, bool FromPlanStart)
{
    /// <summary>
    /// Activities whose work lies directly before it: it does not begin before they are planned to end.
    /// </summary>
    public IReadOnlyList<string> After { get; init; } = [];

    /// <summary>Who will be asked, as the workflow writes it; null when that is computed.</summary>
    public string? Who { get; init; }

    /// <summary>The planned last day, or null when the workflow does not count it from the plan's start.</summary>
    public DateOnly? DueOn(Case file, DateOnly start, WorkingCalendar calendar) =>
        FromPlanStart && DueAfter is { } after
        ? calendar.Move(calendar.Add(start, after), file.RestedDays + file.PlanShiftOf(ActivityId, Phase))
        : null;
}
