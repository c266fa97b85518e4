namespace Consultation.Cases.TrackedItems;

/// <summary>State of a tracked item.</summary>
public enum TrackedItemState
{
    /// <summary>未启动.</summary>
    NotStarted,
    /// <summary>办理中.</summary>
    InProgress,
    /// <summary>停滞 (O6).</summary>
    Stalled,
    /// <summary>待核查: said to be done, closing check pending (Q102).</summary>
    AwaitingCheck,
    /// <summary>办结.</summary>
    Done,
    /// <summary>终止, with reason.</summary>
    Abandoned,
}

/// <summary>Why an item counts as stalled (O6).</summary>
public enum StallReason
{
    /// <summary>超过规定天数未填报.</summary>
    NoEntry,
    /// <summary>连续两期进度无变化.</summary>
    NoChange,
    /// <summary>节点已过.</summary>
    MilestonePassed,
    /// <summary>答复逾期.</summary>
    ReplyOverdue,
    /// <summary>责任人缺位.</summary>
    AssigneeGone,
}

/// <summary>A row of the problem list (问题清单, Q99) and of the annex 督办落实情况 (Q103–Q115).</summary>
public sealed class TrackedItem
{
    public required OrganisationId OrganisationId { get; init; }
    public required TrackedItemId Id { get; init; }
    public required CaseId CaseId { get; init; }

    /// <summary>序号 (Q104): per organisation and year, gap-free.</summary>
    public required int Number { get; init; }

    /// <summary>Year the number counts in.</summary>
    public required int Year { get; init; }

    /// <summary>协商时间 (Q105).</summary>
    public DateOnly? ConsultedOn { get; set; }

    /// <summary>协商议题 (Q106).</summary>
    public required string Topic { get; set; }

    /// <summary>协商建议 (Q107).</summary>
    public required string Advice { get; set; }

    /// <summary>交办单位: who assigns (O9).</summary>
    public UnitId? AssigningUnitId { get; set; }

    /// <summary>承办单位: who is assigned; printed in column 5 by default (O9).</summary>
    public UnitId? UndertakingUnitId { get; set; }

    /// <summary>承办人: who does it for the undertaking unit; null leaves it to whoever answers for the unit.</summary>
    public PersonId? UndertakerId { get; set; }

    /// <summary>协办单位: units that help; they are told and see the item.</summary>
    public List<CoUnit> CoUnits { get; init; } = [];

    /// <summary>政协责任委室 (Q109).</summary>
    public UnitId? ResponsibleOfficeId { get; set; }

    /// <summary>督办负责人 (Q110).</summary>
    public PersonId? SupervisorId { get; set; }

    /// <summary>进展情况 (Q111): the latest text; the history is in the entries.</summary>
    public string Progress { get; set; } = "";

    /// <summary>存在问题 (Q112).</summary>
    public string Problems { get; set; } = "";

    /// <summary>解决思路 (Q113).</summary>
    public string Solution { get; set; } = "";

    /// <summary>0–100.</summary>
    public int Percent { get; set; }
    public TrackedItemState State { get; set; } = TrackedItemState.NotStarted;
    public StallReason? Stall { get; set; }

    /// <summary>Rung of the escalation ladder reached; 0 = none (O7).</summary>
    public int Rung { get; set; }

    /// <summary>The day it must be done; the first one stays in <see cref="OriginalDueOn"/> (O8).</summary>
    public DateOnly? DueOn { get; set; }
    public DateOnly? OriginalDueOn { get; set; }

    /// <summary>
    /// What its unit and supervisor were told last of its own due day: the day and the span, e.g. "2026-06-30 -3wd";
    /// null when nothing yet.
    /// </summary>
    public string? DueTold { get; set; }

    /// <summary>The day on which somebody was last urged about the item, by the person's id.</summary>
    public Dictionary<string, string> UrgedOn { get; init; } = [];

    /// <summary>When the next entry is due.</summary>
    public DateTimeOffset? NextEntryDueAt { get; set; }
    public DateTimeOffset? LastEntryAt { get; set; }

    /// <summary>Days since the last entry on which the case rested (O14).</summary>
    public int RestedDays { get; set; }

    /// <summary>
    /// From when its silence counts: the last entry, or the opening, moved on by the days of rest (O6).
    /// </summary>
    public DateTimeOffset SilentSince => (LastEntryAt ?? OpenedAt).AddDays(RestedDays);

    /// <summary>Workflow instance that follows this item.</summary>
    public string? InstanceId { get; set; }
    public required DateTimeOffset OpenedAt { get; init; }
    public DateTimeOffset? ClosedAt { get; set; }
    public string? ClosingNote { get; set; }
}

/// <summary>A unit that helps with a tracked item (协办单位).</summary>
public sealed class CoUnit
{
    public required Guid Id { get; init; }
    public required UnitId UnitId { get; init; }
}

/// <summary>One progress entry; never changed afterwards (Q111).</summary>
public sealed class ProgressEntry
{
    public required OrganisationId OrganisationId { get; init; }
    public required Guid Id { get; init; }
    public required TrackedItemId TrackedItemId { get; init; }
    public required DateTimeOffset At { get; init; }
    public required PersonId ById { get; init; }
    public required int Percent { get; init; }
    public required string Progress { get; init; }
    public string Problems { get; init; } = "";
    public string Solution { get; init; } = "";

    /// <summary>The reporter says the item is done.</summary>
    public bool SaysDone { get; init; }
}
