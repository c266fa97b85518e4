using Consultation.Cases;

namespace Consultation.Storage.Reading.Cases;

/// <summary>What to list.</summary>
public sealed record CaseFilter
{
    /// <summary>Words in number or title; all must occur.</summary>
    public string Words { get; init; } = "";
    public CaseState? State { get; init; }
    public CaseKind? Kind { get; init; }

    /// <summary>Key of the step or phase.</summary>
    public string? Step { get; init; }
    public UnitId? PlatformId { get; init; }
    public UnitId? CommitteeId { get; init; }

    /// <summary>Only cases with an open task past its due time.</summary>
    public bool LateOnly { get; init; }

    /// <summary>"number", "title", "step", "opened", "due"; anything else is newest first.</summary>
    public string Sort { get; init; } = "";
    public bool Descending { get; init; }
    public int Skip { get; init; }

    /// <summary>Most rows, 1–10000.</summary>
    public int Take { get; init; } = 50;
}

/// <summary>One row of the list of cases.</summary>
public sealed record CaseRow
{
    public required CaseId Id { get; init; }
    public required string? Number { get; init; }
    public required string Title { get; init; }
    public required CaseKind Kind { get; init; }
    public required CaseState State { get; init; }
    public required int StepNumber { get; init; }
    public required LocalText StepName { get; init; }
    public required UnitId? PlatformId { get; init; }
    public required UnitId? CommitteeId { get; init; }
    public required UnitId? WorkGroupId { get; init; }
    public required DateOnly? StartDate { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }
    public required DateTimeOffset? ClosedAt { get; init; }

    /// <summary>When the first open task is due, or null.</summary>
    public required DateTimeOffset? DueAt { get; init; }

    /// <summary>How many tasks are open.</summary>
    public required int OpenTasks { get; init; }
}
