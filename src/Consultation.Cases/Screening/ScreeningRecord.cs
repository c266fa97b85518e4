namespace Consultation.Cases.Screening;

/// <summary>Eligible class of a matter (Q57–Q65).</summary>
public enum EligibleClass
{
    /// <summary>五(一) 方针政策、重点工作部署落实情况 (Q57).</summary>
    Policy,
    /// <summary>五(一) 城市副中心建设 (Q58).</summary>
    SubCentre,
    /// <summary>五(一) 区委区政府中心工作 (Q59).</summary>
    DistrictWork,
    /// <summary>五(一) 部门梳理的问题 (Q60).</summary>
    DepartmentList,
    /// <summary>五(二) 群众普遍关心的实际困难 (Q62).</summary>
    PublicHardship,
    /// <summary>五(三) 基层治理难事、12345 共性问题 (Q64).</summary>
    LocalGovernance,
}

/// <summary>Answer to one of the eight exclusion questions (Q66–Q73).</summary>
/// <param name="Code">1 to 8, as the source numbers them.</param>
/// <param name="Applies">True when the exclusion applies.</param>
/// <param name="Reason">Reason; required when it applies.</param>
/// <param name="Reference">Case, petition or answer reference (Q69, Q72), where there is one.</param>
public sealed record ExclusionAnswer(int Code, bool Applies, string? Reason, string? Reference);

/// <summary>
/// Result of asking whether a case's matter may be consulted on, kept whole for every time it was asked (Q82, O13,
/// O14).
/// </summary>
public sealed class ScreeningRecord
{
    public required OrganisationId OrganisationId { get; init; }
    public required Guid Id { get; init; }
    public required CaseId CaseId { get; init; }

    /// <summary>Null when excluded.</summary>
    public EligibleClass? Class { get; init; }

    /// <summary>
    /// Public affairs, public interest, public welfare: at least one (Q24). Keys "affairs", "interest", "welfare".
    /// </summary>
    public List<string> PublicConcern { get; init; } = [];
    public List<ExclusionAnswer> Answers { get; init; } = [];

    /// <summary>Facts verified about the matter (Q82–Q83): the fact sheet's text.</summary>
    public string FactSheet { get; init; } = "";
    public bool Excluded { get; init; }
    public required PersonId ScreenedById { get; init; }
    public required DateTimeOffset ScreenedAt { get; init; }

    /// <summary>The second person, where codes 2, 5, 6 or 8 need one (O13).</summary>
    public PersonId? SecondedById { get; set; }
    public DateTimeOffset? SecondedAt { get; set; }

    /// <summary>
    /// Since when an exclusion does not hold any more: the second person disagreed, the case went on, or a review
    /// reopened the matter. Null while it stands.
    /// </summary>
    public DateTimeOffset? LiftedAt { get; set; }
}
