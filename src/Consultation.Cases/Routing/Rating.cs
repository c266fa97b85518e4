using Consultation.Cases.Forms;
using Consultation.Cases.Matters;

namespace Consultation.Cases.Routing;

/// <summary>
/// What the proposers of a routed matter are asked before it is closed, and until when. Kept with the case; the
/// workflow's step waits at the bookmark that it names.
/// </summary>
public sealed record RatingAsked
{
    /// <summary>May be answered until the end of this day.</summary>
    public required DateOnly Until { get; init; }

    /// <summary>The run that waits, and its bookmark.</summary>
    public required string InstanceId { get; init; }
    public required string BookmarkId { get; init; }

    /// <summary>1 for the first reply, 2 after the matter was reopened.</summary>
    public required int Round { get; init; }

    /// <summary>When everybody had answered, or the time was over; null before.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}

/// <summary>A proposer's opinion of the reply.</summary>
public sealed record Rating
{
    public required OrganisationId OrganisationId { get; init; }
    public required CaseId CaseId { get; init; }

    /// <summary>The matter whose proposer answers.</summary>
    public required MatterId MatterId { get; init; }
    public required Satisfaction? Opinion { get; init; }

    /// <summary>Why; asked of whoever is not satisfied.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The key of the mail, or the proposer's own code; null at the desk.</summary>
    public string? Key { get; init; }

    /// <summary>Who enters it for the proposer; null on the public page.</summary>
    public PersonId? EnteredById { get; init; }
    public required string OperationId { get; init; }
}

/// <summary>Whether an opinion of a reply can be taken. Pure.</summary>
public static class RatingRules
{
    /// <summary>Most characters of the reason.</summary>
    public const int LongestReason = 1000;

    /// <summary>True while the proposer of the matter can answer.</summary>
    public static bool MayAnswer(Case? @case, Matter matter, DateOnly today) =>
        @case is { Rating: { EndedAt: null } asked, ClosedAt: null } && today <= asked.Until
        && matter.RatedRound < asked.Round;

    /// <summary>What is wrong with an opinion; nothing when it can be taken.</summary>
    public static IReadOnlyList<FieldError> Check(Case @case, Matter? matter, Rating rating, DateOnly today)
    {
        if (matter is null || (rating.EnteredById is null && !MatterRules.OpensReply(matter, rating.Key ?? ""))
            || !MayAnswer(@case, matter, today))
        {
            return [new("", new(
                "现在不能评价：已经评价过、期限已过，或者还没有答复。",
                "There is nothing to answer now: it was answered, the time is over, or there is no reply yet."))];
        }

        List<FieldError?> errors =
        [
            rating.Opinion is null or not (>= Satisfaction.Satisfied and <= Satisfaction.Dissatisfied)
                ? new("rating", new("请选择满意、基本满意或不满意。", "Choose one of the three.")) : null,
            People.ContactRules.Length("reason", new("原因", "Reason"), rating.Reason,
                rating.Opinion == Satisfaction.Dissatisfied ? 5 : 0, LongestReason),
        ];
        return [.. errors.OfType<FieldError>()];
    }
}
