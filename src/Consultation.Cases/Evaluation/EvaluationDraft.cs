using System.Globalization;
using Consultation.Cases.Forms;
using Consultation.Cases.Surveys;

namespace Consultation.Cases.Evaluation;

/// <summary>
/// Drafts the evaluation and the summary report from what was computed (P75, P79–P82), and keeps computed scores what
/// they are. Pure.
/// </summary>
public static class EvaluationDraft
{
    private const int MostTexts = 5;

    /// <summary>What the evaluation starts with; empty where nothing is computed.</summary>
    public static Dictionary<string, string> Evaluation(CaseFile file, DateTimeOffset now)
    {
        if (Indicators.Compute(file, now) is not { } computed) return [];
        var fields = new Dictionary<string, string> { ["evidence"] = Evidence(computed, file) };
        foreach (var dimension in Indicators.Dimensions)
        {
            if (Rounded(computed.ScoreOf(dimension)) is { } score) fields[dimension] = score;
        }

        if (computed.Sample is { } sample) fields["sample"] = sample.ToString(CultureInfo.InvariantCulture);
        var methods = new List<string>();
        if (computed.Sample > 0) methods.Add("survey");
        if (file.Records.Exists(record => record.Kind == "interview")) methods.Add("interview");
        methods.Add("data");
        fields["methods"] = FormValues.List(methods);
        if (Quality(file) is { Length: > 0 } quality) fields["quality"] = quality;
        return fields;
    }

    /// <summary>A computed score can be commented, not typed over; so can the sample.</summary>
    public static IReadOnlyList<FieldError> Check(
        CaseFile file, IReadOnlyDictionary<string, string> fields, DateTimeOffset now)
    {
        if (Indicators.Compute(file, now) is not { } computed) return [];
        return
        [
            .. Indicators.Dimensions
                .Where(dimension => Rounded(computed.ScoreOf(dimension)) is { } score
                    && fields.Text(dimension) != score)
                .Select(dimension => new FieldError(dimension, new(
                    $"按指标现在计算为 {Rounded(computed.ScoreOf(dimension))} 分，不能改写；不同看法请写在“对得分的说明”里。",
                    $"The indicators now give {Rounded(computed.ScoreOf(dimension))}, which cannot be typed over; "
                        + "write what you think of it under “About the scores”."))),
        ];
    }

    /// <summary>What was handed in, with the table of indicators, total and sample as they are computed.</summary>
    public static IReadOnlyDictionary<string, string> Complete(
        CaseFile file, IReadOnlyDictionary<string, string> fields, DateTimeOffset now)
    {
        if (Indicators.Compute(file, now) is not { } computed) return fields;
        var form = FormCatalogue.Find(FormKeys.Evaluation)!;
        var kept = fields.ToDictionary();
        kept["scores"] = FormValues.Write(
        [
            .. computed.Scored.Select(one => new Dictionary<string, string>
            {
                ["dimension"] = form.Find(one.Dimension)?.Label.Zh ?? one.Dimension,
                ["weight"] = $"{computed.Weights.GetValueOrDefault(one.Dimension)}%",
                ["name"] = one.Name,
                ["value"] = one.Said.Zh,
                ["score"] = one.Score?.ToString("0.##", CultureInfo.InvariantCulture) ?? "—",
            }),
        ]);
        if (computed.Total(dimension => fields.Number(dimension)) is { } total)
        {
            kept["total"] = $"{total.ToString("0.00", CultureInfo.InvariantCulture)}（满分 5）";
        }

        if (computed.Sample is { } sample)
        {
            kept["sample"] = sample.ToString(CultureInfo.InvariantCulture);
            if (SurveyRules.TooFew(sample, file.Policies.Rules) is { } few) kept["sample-said"] = few.Zh;
        }

        return kept;
    }

    /// <summary>What the summary report starts with: the evaluation, what people wrote, what is overdue.</summary>
    public static Dictionary<string, string> Summary(CaseFile file, DateTimeOffset now)
    {
        var survey = file.SurveyFor(SurveyPurpose.Satisfaction)?.Counted;
        var evaluation = file.Records.Find(record => record.Kind == FormKeys.Evaluation)?.Fields;
        var today = file.Calendar.DayOf(now);
        var late = file.Items.Where(item => item is { ClosedAt: null, DueOn: { } due } && due < today)
            .Select(item => $"督办事项“{item.Advice}”{item.DueOn:yyyy-MM-dd} 到期，至今未办结（{item.Percent}%）。").ToList();
        var known = new Dictionary<string, string>
        {
            ["successes"] = Lines(
                evaluation?.Text("total") is { Length: > 0 } total ? [$"评估总分 {total}。"] : [],
                [evaluation?.Text("conclusion") ?? ""], Texts(survey, "good", "问卷中认为做得好的：")),
            ["shortfalls"] = Lines(late, Texts(survey, "better", "问卷中认为要改进的："),
                [evaluation?.Text("sample-said") ?? ""]),
        };
        return known.Where(entry => entry.Value.Length > 0).ToDictionary();
    }

    /// <summary>
    /// What an issue collection takes from a survey: how many answered; the urgent issues that people wrote.
    /// </summary>
    public static int? AnswersFor(CaseFile file, string? record) =>
        (record switch
        {
            "survey-issues" => file.SurveyFor(SurveyPurpose.Needs),
            "satisfaction-survey" => file.SurveyFor(SurveyPurpose.Satisfaction),
            _ => null,
        })?.Counted?.Answers;

    private static string Evidence(ComputedEvaluation computed, CaseFile file) => Lines(
        computed.Scored.Select(one => $"{one.Name}：{one.Said.Zh}"
            + (one.Score is { } score ? $"，{score.ToString("0.##", CultureInfo.InvariantCulture)} 分。" : "。")),
        computed.Sample is { } sample && SurveyRules.TooFew(sample, file.Policies.Rules) is { } few ? [few.Zh] : []);

    /// <summary>Good topic, real measures, results (Q34), by the means of the surveys that asked it.</summary>
    private static string Quality(CaseFile file)
    {
        var parts = new List<string>();
        foreach (var (key, name) in new[]
        {
            ("topic-quality", "议题有质量"), ("measures", "议政有实招"), ("effect", "协商有成效"),
        })
        {
            foreach (var purpose in new[] { SurveyPurpose.Satisfaction, SurveyPurpose.Consensus })
            {
                if (file.SurveyFor(purpose)?.Counted?.Find(key) is not { Mean: { } mean } count) continue;
                parts.Add($"{name}：平均 {mean.ToString("0.##", CultureInfo.InvariantCulture)} 分（{count.Answered} 人回答）");
                break;
            }
        }

        return string.Join('\n', parts);
    }

    private static IEnumerable<string> Texts(SurveyCount? survey, string key, string heading) =>
        survey?.Find(key) is { Texts: { Count: > 0 } texts }
            ? texts.Take(MostTexts).Select(text => $"—{PlainText.Cut(text, 200)}").Prepend(heading)
            : [];

    private static string Lines(params IEnumerable<string>[] parts) =>
        string.Join('\n', parts.SelectMany(part => part).Where(line => line.Length > 0));

    private static string? Rounded(decimal? score) => score is not { } known ? null
        : Math.Clamp((int)Math.Round(known, MidpointRounding.AwayFromZero), 1, 5)
            .ToString(CultureInfo.InvariantCulture);
}
