using Consultation.Cases.Forms;

namespace Consultation.Cases;

/// <summary>What is needed to open a case.</summary>
public sealed record OpenCase
{
    public required OrganisationId OrganisationId { get; init; }

    /// <summary>Definition id of the workflow to start, e.g. "six-step-procedure".</summary>
    public required string DefinitionId { get; init; }
    public required CaseKind Kind { get; init; }
    public required string Title { get; init; }

    /// <summary>Matters that the case takes up, the leading one first.</summary>
    public IReadOnlyList<MatterId> Matters { get; init; } = [];
    public UnitId? PlatformId { get; init; }
    public UnitId? CommitteeId { get; init; }
    public UnitId? WorkGroupId { get; init; }

    /// <summary>"community", "organisation" or "field" (P02).</summary>
    public string? Setting { get; init; }

    /// <summary>First day of a ten-week plan (P14).</summary>
    public DateOnly? StartDate { get; init; }

    /// <summary>Further inputs of the workflow by name.</summary>
    public IReadOnlyDictionary<string, object?> Inputs { get; init; } = new Dictionary<string, object?>();
    public PersonId? ActorId { get; init; }
    public required string OperationId { get; init; }
}

/// <summary>What became of a request to open a case.</summary>
public abstract record OpenCaseResult
{
    private OpenCaseResult() { }

    /// <summary>Opened; its workflow is running.</summary>
    public sealed record Opened(CaseId CaseId) : OpenCaseResult;

    /// <summary>Not opened, with what to mend; nothing was stored.</summary>
    public sealed record Refused(IReadOnlyList<FieldError> Errors) : OpenCaseResult;
}

/// <summary>
/// Opens cases and steers running ones. An interface because that moves workflows, which Cases may not see: Activities
/// implements it.
/// </summary>
public interface ICaseActs
{
    /// <summary>Opens a case and starts its workflow, in one transaction.</summary>
    Task<OpenCaseResult> OpenAsync(OpenCase request, CancellationToken cancellationToken);

    /// <summary>Tries a failed step again. False when there is nothing to retry.</summary>
    Task<bool> RetryAsync(OrganisationId organisation, CaseId caseId, string incidentId, PersonId actor,
        CancellationToken cancellationToken);

    /// <summary>Cancels the case with a reason; timers end, open tasks close, pending mail is cancelled.</summary>
    Task<bool> CancelAsync(
        OrganisationId organisation, CaseId caseId, PersonId actor, string reason, CancellationToken cancellationToken);

    /// <summary>
    /// Somebody lets the case rest: due times stop, everybody with an open task is told, and its proposers (O14).
    /// Answers what to mend.
    /// </summary>
    Task<IReadOnlyList<FieldError>> SuspendAsync(RestRequest request, CancellationToken cancellationToken);

    /// <summary>Somebody lets the case go on; the same people are told. Answers what to mend.</summary>
    Task<IReadOnlyList<FieldError>> ResumeAsync(RestRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// A case whose rest was to end by now goes on by itself. False when it rests no more, or longer.
    /// </summary>
    Task<bool> EndRestAsync(
        OrganisationId organisation, CaseId caseId, DateOnly until, CancellationToken cancellationToken);

    /// <summary>
    /// The proposer asks for the review of an exclusion, or the desk does so for the proposer (O13). Answers what to
    /// mend; nothing when it was taken.
    /// </summary>
    Task<IReadOnlyList<FieldError>> AskReviewAsync(
        Screening.ReviewRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// The proposer of a routed matter says what he thinks of the reply, or the desk enters it (P05). Answers what to
    /// mend; nothing when it was taken.
    /// </summary>
    Task<IReadOnlyList<FieldError>> RateAsync(Routing.Rating rating, CancellationToken cancellationToken);
}

/// <summary>Somebody lets a case rest or go on.</summary>
public sealed record RestRequest
{
    public required OrganisationId OrganisationId { get; init; }
    public required CaseId CaseId { get; init; }
    public required PersonId ActorId { get; init; }

    /// <summary>Why; told to those with a task where the case is not restricted.</summary>
    public required string Reason { get; init; }

    /// <summary>The day on which it goes on by itself; null for an open end, and for going on.</summary>
    public DateOnly? Until { get; init; }
    public required string OperationId { get; init; }
}
