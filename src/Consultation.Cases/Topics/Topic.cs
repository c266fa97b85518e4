namespace Consultation.Cases.Topics;

/// <summary>State of a topic at the committee's gate (Q85).</summary>
public enum TopicState
{
    /// <summary>拟定.</summary>
    Draft,
    /// <summary>待确认.</summary>
    Submitted,
    /// <summary>退回修改.</summary>
    Returned,
    /// <summary>已确定.</summary>
    Confirmed,
    /// <summary>未通过.</summary>
    Rejected,
}

/// <summary>A consultation topic with its scores (P21, Q33, Q63, Q84).</summary>
public sealed class Topic
{
    public required OrganisationId OrganisationId { get; init; }
    public required Guid Id { get; init; }
    public required CaseId CaseId { get; init; }
    public required string Title { get; set; }
    public string Background { get; set; } = "";
    public string CurrentState { get; set; } = "";
    public string Problem { get; set; } = "";

    /// <summary>
    /// Scores 1–5 by key: representative, widespread, urgent (P21); party, people, cppcc, members (Q33).
    /// </summary>
    public Dictionary<string, int> Scores { get; set; } = [];

    /// <summary>Reason for the scores.</summary>
    public string ScoreReason { get; set; } = "";

    /// <summary>Ticks by key: small, linked, close (Q63).</summary>
    public List<string> Ticks { get; set; } = [];

    /// <summary>主办单位: the unit that the topic concerns most (Q86).</summary>
    public UnitId? LeadUnitId { get; set; }

    /// <summary>协办单位: the other units that it concerns.</summary>
    public List<UnitId> HelpingUnitIds { get; set; } = [];

    /// <summary>
    /// 涉及的界别、专业领域、街道: a member with one of them is concerned (<see cref="People.Person.Fields"/>).
    /// </summary>
    public List<string> Fields { get; set; } = [];

    public TopicState State { get; set; } = TopicState.Draft;

    /// <summary>Grows with every submission.</summary>
    public int Revision { get; set; } = 1;
    public string? DecisionReason { get; set; }
    public required PersonId? DraftedById { get; set; }
    public required DateTimeOffset DraftedAt { get; set; }
    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>
    /// Two units are one: the topic concerns the one kept, once, and does not ask it to help where it leads.
    /// </summary>
    public void MoveUnit(UnitId from, UnitId into)
    {
        if (LeadUnitId == from) LeadUnitId = into;
        if (!HelpingUnitIds.Exists(unit => unit == from || unit == LeadUnitId)) return;
        HelpingUnitIds = [.. HelpingUnitIds.Select(unit => unit == from ? into : unit)
            .Where(unit => unit != LeadUnitId).Distinct()];
    }
}
