namespace Consultation.Cases.Plans;

/// <summary>One phase of a ten-week plan as planned and as it went (P14).</summary>
public sealed class PlanPhase
{
    public required OrganisationId OrganisationId { get; init; }
    public required Guid Id { get; init; }
    public required CaseId CaseId { get; init; }

    /// <summary>1-based.</summary>
    public required int Number { get; init; }
    public required string Key { get; init; }
    public required LocalText Name { get; init; }
    public required DateOnly PlannedFrom { get; set; }

    /// <summary>Last planned day.</summary>
    public required DateOnly PlannedTo { get; set; }
    public DateTimeOffset? EnteredAt { get; set; }
    public DateTimeOffset? LeftAt { get; set; }

    /// <summary>Set when a warning about a slip went out.</summary>
    public DateTimeOffset? SlipWarnedAt { get; set; }
}
