using Consultation.Cases.History;

namespace Consultation.Cases;

/// <summary>Which procedure a case follows.</summary>
public enum CaseKind
{
    /// <summary>协商程序六步 (Q82–Q102).</summary>
    SixStep,
    /// <summary>十周会议工作计划 (P14).</summary>
    TenWeekPlan,
    /// <summary>交办: a matter that a unit answers, without a deliberation (Q37, Q60).</summary>
    Routing,
}

/// <summary>Where a case stands, coarsely. The workflow says exactly; this is for lists and filters.</summary>
public enum CaseState
{
    /// <summary>办理中.</summary>
    Open,
    /// <summary>暂停: a matter became excluded later, timers rest (O14).</summary>
    Suspended,
    /// <summary>办结.</summary>
    Closed,
    /// <summary>不予纳入: ended by an exclusion (Q66–Q73).</summary>
    Excluded,
    /// <summary>未通过: the committee rejected the topic (Q85).</summary>
    Rejected,
    /// <summary>撤销.</summary>
    Cancelled,
}

/// <summary>
/// One consultation from its first matter to its end. What happens next is decided by its workflow instance.
/// </summary>
public sealed class Case
{
    public required OrganisationId OrganisationId { get; init; }
    public required CaseId Id { get; init; }
    public required CaseKind Kind { get; init; }

    /// <summary>
    /// Case number, per organisation and year, gap-free (O32), e.g. 协〔2026〕12号. Null until the workflow gave one.
    /// </summary>
    public string? Number { get; set; }

    public required string Title { get; set; }
    public CaseState State { get; set; } = CaseState.Open;

    /// <summary>
    /// Key of the step or phase that the workflow entered last, e.g. "topic", "research", "week-5-8"; its name is <see
    /// cref="StepName"/>.
    /// </summary>
    public string Step { get; set; } = "";

    /// <summary>Number of that step or phase, 1-based; 0 before the first.</summary>
    public int StepNumber { get; set; }

    /// <summary>Name of the step or phase as the workflow gives it.</summary>
    public LocalText StepName { get; set; } = LocalText.Empty;

    /// <summary>The platform that carries the case (Q76), or null in a ten-week plan outside a platform.</summary>
    public UnitId? PlatformId { get; set; }

    /// <summary>The special committee that confirms and tracks (Q75, Q100).</summary>
    public UnitId? CommitteeId { get; set; }

    /// <summary>The work group of a ten-week plan (P27).</summary>
    public UnitId? WorkGroupId { get; set; }

    /// <summary>"community", "organisation" or "field" (P02).</summary>
    public string? Setting { get; set; }

    /// <summary>First day of a ten-week plan (P14).</summary>
    public DateOnly? StartDate { get; set; }

    /// <summary>Main workflow instance.</summary>
    public string? InstanceId { get; set; }

    /// <summary>Definition id and version that the main instance runs on.</summary>
    public string? DefinitionId { get; set; }

    /// <summary>True when only cleared people may read the content (O15, exclusion codes 2, 5, 6).</summary>
    public bool Restricted { get; set; }

    /// <summary>
    /// True once something of the case was published (Q28); only then are publications read with it. What can be read
    /// is for each <see cref="Publishing.Publication"/> to say.
    /// </summary>
    public bool IsPublic { get; set; }

    /// <summary>How it ended, in words for the proposer.</summary>
    public LocalText? Outcome { get; set; }

    /// <summary>Who opened it; null when the public form did.</summary>
    public PersonId? OpenedById { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }
    public DateTimeOffset? StepEnteredAt { get; set; }
    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>Since when the case rests; null while it does not (O14).</summary>
    public DateTimeOffset? SuspendedAt { get; set; }

    /// <summary>The day on which a rest with a known end is over; null for an open end.</summary>
    public DateOnly? SuspendedUntil { get; set; }

    /// <summary>The review of its exclusion; null before one may be asked for (O13).</summary>
    public Screening.ExclusionReview? Review { get; set; }

    /// <summary>What the proposers of a routed matter are asked of the reply; null before there is one.</summary>
    public Routing.RatingAsked? Rating { get; set; }

    /// <summary>
    /// Nothing falls due: the case is suspended, or excluded while a review may still reopen it.
    /// </summary>
    public bool Rests => ClosedAt is null && SuspendedAt is not null;

    /// <summary>
    /// Working days that the case has rested so far; what is planned from its start day lies so much later.
    /// </summary>
    public int RestedDays { get; set; }

    /// <summary>True once a meeting was planned for the case; only then are meetings read with it.</summary>
    public bool Meets { get; set; }

    /// <summary>True once a survey was made in the case; only then are surveys read with it.</summary>
    public bool Asks { get; set; }

    /// <summary>
    /// Working days by which approved changes of the plan moved what the workflow plans from the start day (P70), by
    /// <see cref="Plans.PlanPart.Key"/>: phases with all that is planned in them, and tasks that were moved by
    /// themselves. Negative is earlier.
    /// </summary>
    public Dictionary<string, int> PlanShifts { get; init; } = [];

    /// <summary>
    /// Working days by which changes of the plan moved a task: its own, otherwise those of its phase. Tasks of other
    /// workflows than the plan's own have no activity here.
    /// </summary>
    public int PlanShiftOf(string? activityId, string phase) =>
        activityId is not null && PlanShifts.TryGetValue(Plans.PlanPart.OfWork(activityId), out var own) ? own
            : PlanShifts.GetValueOrDefault(Plans.PlanPart.OfPhase(phase));

    /// <summary>
    /// Ends the case before its time (撤销); answers the line of its history, null when it was over already.
    /// </summary>
    public HistoryEntry? Cancel(PersonId actor, string reason, DateTimeOffset now)
    {
        if (ClosedAt is not null) return null;
        (State, ClosedAt, Outcome) = (CaseState.Cancelled, now, new LocalText($"撤销：{reason}", $"Cancelled: {reason}"));
        return new HistoryEntry
        {
            OrganisationId = OrganisationId,
            Id = OrderedGuid.New(now),
            CaseId = Id,
            At = now,
            ActorId = actor,
            Verb = HistoryVerbs.CaseCancelled,
            Text = new($"协商事项已撤销：{reason}", $"Case cancelled: {reason}"),
        };
    }
}
