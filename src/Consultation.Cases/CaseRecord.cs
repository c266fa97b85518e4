namespace Consultation.Cases;

/// <summary>
/// A result recorded in a case: research findings, roster, meeting record, submission, receipt, report (Q86–Q98,
/// P23–P83). Never changed; a later record of the same kind replaces it.
/// </summary>
public sealed class CaseRecord
{
    public required OrganisationId OrganisationId { get; init; }
    public required Guid Id { get; init; }
    public required CaseId CaseId { get; init; }

    /// <summary>Key of the form whose fields these are, e.g. "research-report".</summary>
    public required string Kind { get; init; }
    public required LocalText Title { get; init; }

    /// <summary>What was entered, by field key.</summary>
    public required Dictionary<string, string> Fields { get; init; }
    public TaskId? TaskId { get; init; }
    public required PersonId ById { get; init; }

    /// <summary>For whom it was entered (O17), or null.</summary>
    public PersonId? OnBehalfOfId { get; init; }
    public required DateTimeOffset At { get; init; }
}
