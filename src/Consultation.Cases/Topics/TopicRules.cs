using Consultation.Cases.Forms;

namespace Consultation.Cases.Topics;

/// <summary>How topics are drafted, scored and ranked (P20–P22, Q33, Q63, Q84).</summary>
public static class TopicRules
{
    /// <summary>The scores, 1–5 each: three of the ten-week plan (P21), four of the district plan (Q33).</summary>
    public static readonly IReadOnlyList<string> ScoreKeys =
        ["representative", "widespread", "urgent", "party", "people", "cppcc", "members"];

    /// <summary>Least and most that the scores can sum up to.</summary>
    public const int LeastTotal = 7, MostTotal = 35;

    /// <summary>
    /// Writes a validated topic-draft form into the topic, new or returned; a returned one counts a new revision.
    /// </summary>
    public static Topic Draft(
        Topic? topic, OrganisationId organisation, CaseId caseId, IReadOnlyDictionary<string, string> fields,
        PersonId by, DateTimeOffset now)
    {
        if (topic is null)
        {
            topic = new Topic
            {
                OrganisationId = organisation,
                Id = OrderedGuid.New(),
                CaseId = caseId,
                Title = "",
                DraftedById = by,
                DraftedAt = now,
            };
        }
        else
        {
            topic.Revision++;
        }

        topic.Title = fields.Text("title");
        topic.Background = fields.Text("background");
        topic.CurrentState = fields.Text("state");
        topic.Problem = fields.Text("problem");
        topic.Scores = ScoreKeys.Where(key => fields.Number(key) is >= 1 and <= 5)
            .ToDictionary(key => key, key => fields.Number(key)!.Value);
        topic.ScoreReason = fields.Text("score-reason");
        topic.Ticks = [.. FormValues.List(fields.Text("ticks"))];
        topic.LeadUnitId = fields.Unit("lead-unit");
        topic.HelpingUnitIds = [.. FormValues.List(fields.Text("helping-units"))
            .Select(id => Guid.TryParse(id, out var unit) ? new UnitId(unit) : (UnitId?)null).OfType<UnitId>()
            .Where(unit => unit != topic.LeadUnitId).Distinct()];
        topic.Fields = [.. FormValues.List(fields.Text("fields")).Distinct(StringComparer.Ordinal)];
        topic.State = TopicState.Submitted;
        topic.DraftedById = by;
        topic.DraftedAt = now;
        return topic;
    }

    /// <summary>Sum of the scores.</summary>
    public static int Total(Topic topic) =>
        topic.Scores.Where(score => ScoreKeys.Contains(score.Key)).Sum(score => score.Value);

    /// <summary>Best first: by total, then by ticks (Q63), then the more urgent, then the older draft.</summary>
    public static IReadOnlyList<Topic> Rank(IEnumerable<Topic> topics) =>
        [.. topics.OrderByDescending(Total).ThenByDescending(topic => topic.Ticks.Count)
            .ThenByDescending(topic => topic.Scores.GetValueOrDefault("urgent")).ThenBy(topic => topic.DraftedAt)];

    /// <summary>
    /// What a committee should look at before it decides; empty when nothing stands out. Never blocks.
    /// </summary>
    public static IReadOnlyList<LocalText> Hints(Topic topic)
    {
        var hints = new List<LocalText>();
        if (topic.Fields.Count == 0)
        {
            hints.Add(new(
                "没有选择涉及的界别、专业领域或街道，议题确定后只告知主办、协办单位，不会告知委员。",
                "No field is named: once confirmed, only the units hear of the topic and no member does."));
        }

        if (topic.Ticks.Count == 0)
        {
            hints.Add(new("三项议题特点（切口小、关联广、与切身利益密切相关）一项也没有勾选。", "None of the three traits of a good topic is ticked."));
        }

        hints.AddRange(topic.Scores.Where(score => score.Value <= 2).Select(score =>
        {
            var label = FormCatalogue.Find(FormKeys.TopicDraft)?.Find(score.Key)?.Label ?? new LocalText(score.Key);
            return new LocalText(
                $"“{label.Zh}”只有 {score.Value} 分。", $"“{label.For("en")}” has only {score.Value} points.");
        }));
        return hints;
    }
}
