using System.Globalization;
using Consultation.Cases.Forms;
using Consultation.Cases.Surveys;
using Consultation.Cases.TrackedItems;

namespace Consultation.Cases.Evaluation;

/// <summary>An indicator with its value and what it scores.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Dimension">Key of its dimension.</param>
/// <param name="Value">Its value; null while there are no data.</param>
/// <param name="Score">1 to 5; null while there is no value.</param>
/// <param name="Said">Where the value comes from, with its sample.</param>
public sealed record ScoredIndicator(string Name, string Dimension, decimal? Value, decimal? Score, LocalText Said);

/// <summary>What the indicators of a case come to.</summary>
/// <param name="Scored">Each indicator.</param>
/// <param name="Weights">Per cent by dimension; together a hundred.</param>
/// <param name="Sample">Answers of the survey that they rest on; null when there is none.</param>
public sealed record ComputedEvaluation(
    IReadOnlyList<ScoredIndicator> Scored, IReadOnlyDictionary<string, int> Weights, int? Sample)
{
    /// <summary>The mean of a dimension's scores; null when none of its indicators has data.</summary>
    public decimal? ScoreOf(string dimension) =>
        Scored.Where(one => one.Dimension == dimension && one.Score is not null).ToList() is { Count: > 0 } some
            ? Math.Round(some.Average(one => one.Score!.Value), 2, MidpointRounding.AwayFromZero)
            : null;

    /// <summary>
    /// The weighted total out of five: by the computed score of a dimension, else by the one that was typed; null when
    /// a dimension that weighs something has neither.
    /// </summary>
    public decimal? Total(Func<string, int?> typed)
    {
        var total = 0m;
        foreach (var (dimension, weight) in Weights.Where(pair => pair.Value > 0))
        {
            if ((ScoreOf(dimension) ?? typed(dimension)) is not { } score) return null;
            total += weight * score;
        }

        return Math.Round(total / 100, 2, MidpointRounding.AwayFromZero);
    }
}

/// <summary>
/// The indicators of an evaluation (P71–P79, O22): weights, where a value comes from, and which score it gets. Pure.
/// </summary>
public static class Indicators
{
    /// <summary>The dimensions (P72–P74); the score of each stands in the field of the evaluation called so.</summary>
    public const string Solved = "solved", Satisfied = "satisfied", Impact = "impact";

    /// <summary>Where a value comes from.</summary>
    public const string OfSurvey = "survey", OfRate = "survey-rate", OfSettled = "settled", OfOnTime = "on-time",
        OfLeadTime = "lead-time", Entered = "entered";

    /// <summary>The dimensions in their order.</summary>
    public static IReadOnlyList<string> Dimensions { get; } = [Solved, Satisfied, Impact];

    /// <summary>Scores by share in per cent, and by working days; used where a row names none.</summary>
    private const string ByShare = ">=90:5; >=80:4; >=60:3; >=40:2", ByDays = "<=50:5; <=60:4; <=75:3; <=90:2";

    /// <summary>What the form of the indicators starts with.</summary>
    public static Dictionary<string, string> Usual() => new()
    {
        ["weight-solved"] = "40",
        ["weight-satisfied"] = "30",
        ["weight-impact"] = "30",
        ["indicators"] = FormValues.Write(
        [
            Row("任务按期办结率", Solved, OfOnTime), Row("任务办结率", Solved, OfSettled),
            Row("参与人员认为问题已解决", Solved, OfSurvey, Questionnaires.Solved),
            Row("参与人员满意度", Satisfied, OfSurvey, Questionnaires.Satisfied),
            Row("社会影响评价", Impact, OfSurvey, Questionnaires.Impact),
        ]),
    };

    /// <summary>What is wrong with the weights and the indicators.</summary>
    public static IReadOnlyList<FieldError> Check(IReadOnlyDictionary<string, string> fields)
    {
        var errors = new List<FieldError>();
        var sum = Dimensions.Sum(dimension => fields.Number($"weight-{dimension}") ?? 0);
        if (sum != 100)
        {
            errors.Add(new("weight-solved", new(
                $"三项权重合计应为 100，现为 {sum}。", $"The three weights must sum to 100; they sum to {sum}.")));
        }

        foreach (var (row, index) in fields.RowsOf("indicators").Select((row, index) => (row, index)))
        {
            var (measure, name) = (row.Text("measure"), row.Text("name"));
            if (row.Text("thresholds") is { Length: > 0 } text && Thresholds(text) is null)
            {
                errors.Add(new("indicators", new(
                    $"第 {index + 1} 行“{name}”的评分标准看不懂，请写成 >=90:5; >=80:4 的样子。",
                    $"Row {index + 1}, “{name}”: write the thresholds like >=90:5; >=80:4.")));
            }

            if (measure == Entered && row.Number("value") is null)
            {
                errors.Add(new("indicators", new(
                    $"第 {index + 1} 行“{name}”由人工填写，请填数值。",
                    $"Row {index + 1}, “{name}”, is entered by hand: give its value.")));
            }
        }

        return errors;
    }

    /// <summary>The indicators of a case as of now; null when none was set up that is computed.</summary>
    public static ComputedEvaluation? Compute(CaseFile file, DateTimeOffset now)
    {
        if (file.Records.Find(record => record.Kind == FormKeys.Indicators)?.Fields is not { } fields) return null;
        var rows = fields.RowsOf("indicators").Where(row => row.Text("measure").Length > 0).ToList();
        if (rows.Count == 0) return null;
        var survey = file.SurveyFor(SurveyPurpose.Satisfaction);
        return new(
            [.. rows.Select(row => Score(row, file, survey, now))],
            Dimensions.ToDictionary(dimension => dimension, dimension => fields.Number($"weight-{dimension}") ?? 0),
            survey?.Counted?.Answers);
    }

    /// <summary>
    /// The score that a value gets: of the first threshold that holds, else 1. Thresholds are written from the best to
    /// the worst, <c>&gt;=90:5; &gt;=80:4</c>, or <c>&lt;=50:5; &lt;=60:4</c> where less is better.
    /// </summary>
    public static int ScoreOf(decimal value, IReadOnlyList<(bool AtLeast, decimal Bound, int Score)> thresholds)
    {
        foreach (var (atLeast, bound, score) in thresholds)
        {
            if (atLeast ? value >= bound : value <= bound) return score;
        }

        return 1;
    }

    /// <summary>Reads thresholds; null when they are not understood or out of order.</summary>
    public static IReadOnlyList<(bool AtLeast, decimal Bound, int Score)>? Thresholds(string text)
    {
        var read = new List<(bool AtLeast, decimal Bound, int Score)>();
        foreach (var part in TypedText.Code(text).Replace('；', ';').Split(
            [';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (part.Split(':') is not [var bound, var points]
                || bound.Length < 3 || bound[..2] is not (">=" or "<=")
                || !decimal.TryParse(
                    bound.AsSpan(2), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                || !int.TryParse(points, NumberStyles.None, CultureInfo.InvariantCulture, out var score)
                || score is < 1 or > 5)
            {
                return null;
            }

            var atLeast = bound[0] == '>';
            if (read is [.., var before] && (before.AtLeast != atLeast || before.Score <= score
                || (atLeast ? number >= before.Bound : number <= before.Bound)))
            {
                return null;
            }

            read.Add((atLeast, number, score));
        }

        return read.Count == 0 ? null : read;
    }

    private static ScoredIndicator Score(
        IReadOnlyDictionary<string, string> row, CaseFile file, Survey? survey, DateTimeOffset now)
    {
        var (measure, dimension) = (row.Text("measure"), row.Text("dimension"));
        var (value, said, direct) = Measure(row, measure, dimension, file, survey, now);
        var thresholds = row.Text("thresholds") is { Length: > 0 } own ? Thresholds(own)
            : direct is not null ? null
            : Thresholds(measure == OfLeadTime ? ByDays : ByShare);
        decimal? score = value is not { } known ? null
            : thresholds is null ? direct ?? ScoreOf(known, Thresholds(ByShare)!)
            : ScoreOf(known, thresholds);
        return new(row.Text("name"), dimension, value, score, said);
    }

    /// <summary>A value, where it comes from, and the score that a scale gives by itself.</summary>
    private static (decimal? Value, LocalText Said, decimal? Direct) Measure(
        IReadOnlyDictionary<string, string> row, string measure, string dimension, CaseFile file, Survey? survey,
        DateTimeOffset now)
    {
        switch (measure)
        {
            case OfSurvey:
                return OfQuestion(row.Text("question") is { Length: > 0 } named ? named : dimension, survey);
            case OfRate:
                return survey?.Counted is { ResponseRate: { } rate } counted
                    ? (rate, new($"问卷回收率 {rate:0.#}%（{counted.AnsweredOfInvited}/{counted.Invited}）",
                        $"response rate {rate:0.#}% ({counted.AnsweredOfInvited} of {counted.Invited})"), null)
                    : NoData("没有点名发放的问卷", "nobody was asked by name");
            case OfSettled:
                var done = file.Items.Count(item => item.State == TrackedItemState.Done);
                return file.Items.Count == 0 ? NoData("没有督办事项", "no tracked items")
                    : (Share(done, file.Items.Count), new($"督办事项办结 {done}/{file.Items.Count}",
                        $"{done} of {file.Items.Count} tracked items done"), null);
            case OfOnTime:
                return OnTime(file, now);
            case OfLeadTime:
                var days = file.Calendar.WorkingDaysBetween(
                    file.Calendar.DayOf(file.Case.OpenedAt), file.Calendar.DayOf(file.Case.ClosedAt ?? now));
                return (days, new($"从启动到现在 {days} 个工作日", $"{days} working days since it was opened"), null);
            default:
                return row.Number("value") is { } entered
                    ? (entered, new($"人工填写：{entered}", $"entered: {entered}"), null)
                    : NoData("没有填写数值", "no value entered");
        }
    }

    private static (decimal? Value, LocalText Said, decimal? Direct) OfQuestion(string key, Survey? survey)
    {
        var question = survey?.Questions.Find(one => one.Key == key && one.Kind == QuestionKind.Scale);
        if (question is null || survey?.Counted?.Find(key) is not { Mean: { } mean, Answered: var answered })
        {
            return NoData($"满意度问卷还没有“{key}”的回答", $"no answers to “{key}” in the satisfaction survey yet");
        }

        // Whatever the steps of the scale, its least is 1 and its most is 5.
        var (least, most) = (question.Min ?? 1, question.Max ?? 5);
        var score = Math.Round(1 + (4 * (mean - least) / (most - least)), 2, MidpointRounding.AwayFromZero);
        return (mean, new($"问卷平均 {mean:0.##}（{least}–{most}），{answered} 人回答",
            $"survey mean {mean:0.##} ({least}–{most}), {answered} answers"), score);
    }

    /// <summary>Of the items that are done or overdue, how many were done by their first day.</summary>
    private static (decimal? Value, LocalText Said, decimal? Direct) OnTime(CaseFile file, DateTimeOffset now)
    {
        var today = file.Calendar.DayOf(now);
        var judged = file.Items.Where(item => (item.OriginalDueOn ?? item.DueOn) is { } due
            && (item.State == TrackedItemState.Done || due < today)).ToList();
        var onTime = judged.Count(item => item is { State: TrackedItemState.Done, ClosedAt: { } at }
            && file.Calendar.DayOf(at) <= (item.OriginalDueOn ?? item.DueOn)!.Value);
        return judged.Count == 0 ? NoData("没有到期的督办事项", "no tracked item is due yet")
            : (Share(onTime, judged.Count), new($"按期办结 {onTime}/{judged.Count}",
                $"{onTime} of {judged.Count} done by their first day"), null);
    }

    private static (decimal? Value, LocalText Said, decimal? Direct) NoData(string zh, string en) =>
        (null, new($"暂无数据：{zh}", $"no data: {en}"), null);

    private static decimal Share(int part, int whole) =>
        Math.Round(100m * part / whole, 1, MidpointRounding.AwayFromZero);

    private static Dictionary<string, string> Row(
        string name, string dimension, string measure, string question = "") => new()
        {
            ["name"] = name,
            ["dimension"] = dimension,
            ["measure"] = measure,
            ["question"] = question,
        };
}
