namespace Consultation.Cases.Screening;

/// <summary>
/// The one review of an exclusion that its notice promises (O13): until when it may be asked for, who asked, and what
/// it came to. Kept with the case; the workflow's step waits at the bookmark that it names.
/// </summary>
public sealed record ExclusionReview
{
    /// <summary>May be asked for until the end of this day.</summary>
    public required DateOnly Until { get; init; }

    /// <summary>The run that waits for the request.</summary>
    public required string InstanceId { get; init; }

    /// <summary>Its bookmark.</summary>
    public required string BookmarkId { get; init; }

    /// <summary>When it was asked for; null before.</summary>
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>The matter whose proposer asked.</summary>
    public MatterId? MatterId { get; init; }

    /// <summary>Who entered the request at the desk; null when the proposer did.</summary>
    public PersonId? EnteredById { get; init; }

    /// <summary>The posted form that asked, so that the same form asks once.</summary>
    public string? OperationId { get; init; }

    /// <summary>When it was decided, or when the time for asking was over; null before.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>True when the exclusion was upheld, false when the matter goes on; null when nobody decided.</summary>
    public bool? Upheld { get; init; }

    /// <summary>The reason of the decision; null where words must not be kept (O15).</summary>
    public string? Reason { get; init; }
}
