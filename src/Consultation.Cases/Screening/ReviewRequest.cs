using Consultation.Cases.Forms;
using Consultation.Cases.Matters;

namespace Consultation.Cases.Screening;

/// <summary>Somebody asks for the review of an exclusion.</summary>
public sealed record ReviewRequest
{
    public required OrganisationId OrganisationId { get; init; }
    public required CaseId CaseId { get; init; }

    /// <summary>The matter whose proposer asks.</summary>
    public required MatterId MatterId { get; init; }

    /// <summary>Who enters it at the desk for the proposer; null on the public page.</summary>
    public PersonId? EnteredById { get; init; }

    /// <summary>Why the proposer disagrees; not kept where content must not be (O15).</summary>
    public string Statement { get; init; } = "";

    public required string OperationId { get; init; }
}

/// <summary>Whether the review of an exclusion can be asked for (O13). Pure.</summary>
public static class ReviewRules
{
    /// <summary>Most characters of what the proposer says.</summary>
    public const int LongestStatement = 1000;

    /// <summary>
    /// True when the case is excluded, the time for asking is not over, and nobody has asked.
    /// </summary>
    public static bool MayBeAsked(Case @case, DateOnly today) =>
        @case is { State: CaseState.Excluded, ClosedAt: null, Review: { AskedAt: null, EndedAt: null } review }
        && today <= review.Until;

    /// <summary>What is wrong with a request; nothing when it can be taken. The same request again is nothing
    /// wrong.</summary>
    public static IReadOnlyList<FieldError> Check(
        Case @case, IEnumerable<Matter> matters, ReviewRequest request, DateOnly today)
    {
        if (@case.Review is { OperationId: { } known } && known == request.OperationId) return [];
        if (!matters.Any(matter => matter.Id == request.MatterId)) return [new("", NotExcluded)];
        if (TypedText.Prose(request.Statement).Length > LongestStatement)
        {
            return [new("statement", new(
                $"“不同意的理由”最多 {LongestStatement} 个字，请精简。",
                $"“Why you disagree” has at most {LongestStatement} characters; please shorten it."))];
        }

        return WhyNot(@case, today) is { } why ? [new("", why)] : [];
    }

    /// <summary>Why a review cannot be asked for now, in words; null when it can.</summary>
    public static LocalText? WhyNot(Case @case, DateOnly today) => @case.Review switch
    {
        null => NotExcluded,
        { Upheld: true } => new(
            "复核已经完成，维持不予纳入，这是最终结果，不再受理复核申请。",
            "The review is over: the exclusion stands. This is final; no further review can be asked for."),
        { Upheld: false } => new(
            "复核已经完成，事项已恢复办理，不需要再申请。", "The review is over: the matter goes on. Nothing needs to be asked."),
        { AskedAt: not null } => new(
            "这件事项已经申请过复核，正在由另一位工作人员办理；每件事项只能申请一次，结果会告知您。",
            "A review has been asked for and another person is at it. It can be asked for once; you will hear."),
        var review when today > review.Until || review.EndedAt is not null => new(
            $"申请复核的期限（{review.Until:yyyy-MM-dd}）已过，不能再申请。如有新的情况，可以作为新的事项提出。",
            $"A review could be asked for until {review.Until:yyyy-MM-dd}. Raise what is new as a new matter."),
        _ => MayBeAsked(@case, today) ? null : NotExcluded,
    };

    private static readonly LocalText NotExcluded = new(
        "这件事项现在没有可以复核的不予纳入决定。", "There is no exclusion of this matter that could be reviewed now.");
}
