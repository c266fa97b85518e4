using Consultation.Activities.Closing;
using Consultation.Cases;
using Consultation.Cases.History;
using Consultation.Cases.Matters;
using Consultation.Cases.Routing;

namespace Consultation.Activities.Desk;

/// <summary>The edit of a case file by which a proposer's opinion of the reply is taken.</summary>
internal static class Ratings
{
    public static FileEdit Take(CaseFile file, Rating rating, DateTimeOffset now)
    {
        var matter = file.Matters.Find(one => one.Id == rating.MatterId);
        var errors = RatingRules.Check(file.Case, matter, rating, file.Calendar.DayOf(now));
        if (errors.Count > 0) return new(errors, []);
        var (asked, reason) = (file.Case.Rating!, TypedText.Prose(rating.Reason));
        (matter!.Satisfaction, matter.RatedRound) = (rating.Opinion, asked.Round);
        file.Add(new MatterTurn
        {
            OrganisationId = matter.OrganisationId,
            Id = OrderedGuid.New(now),
            MatterId = matter.Id,
            Kind = MatterTurnKind.Rated,
            ActorId = rating.EnteredById,
            At = now,
            Words = reason,
            Changes = [new("rating", "", rating.Opinion!.Value.ToString())],
        });
        RestEnd.Add(file, rating.EnteredById, now, HistoryVerbs.RatingGiven, new(
            $"提出人（{matter.Number}）评价：{Name(rating.Opinion.Value).Zh}。{reason}",
            $"The proposer of {matter.Number}: {Name(rating.Opinion.Value).En}. {reason}".TrimEnd()));
        return new([], [new StepMessage(
            asked.InstanceId, asked.BookmarkId, new Dictionary<string, object?> { ["reason"] = reason },
            $"rating:{matter.Id.Value:N}:{asked.BookmarkId}")]);
    }

    private static LocalText Name(Satisfaction opinion) => opinion switch
    {
        Satisfaction.Satisfied => new("满意", "satisfied"),
        Satisfaction.MostlySatisfied => new("基本满意", "mostly satisfied"),
        _ => new("不满意", "not satisfied"),
    };
}
