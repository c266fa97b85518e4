using System.Globalization;
using System.Text.RegularExpressions;
using Consultation.Cases.Calendar;
using Consultation.Cases.Forms;
using Consultation.Cases.Matters;
using Consultation.Cases.People;
using Consultation.Cases.Rules;

namespace Consultation.Cases.Surveys;

/// <summary>What a survey, its questions and answers must look like, and when people are reminded. Pure.</summary>
public static partial class SurveyRules
{
    /// <summary>Most questions of a survey, and most options of a question.</summary>
    public const int MostQuestions = 40, MostOptions = 30;

    /// <summary>Limits in characters.</summary>
    public const int LongestTitle = 100, LongestIntro = 1000, LongestQuestion = 300, LongestOption = 100,
        LongestText = 2000, LongestReason = 500;

    /// <summary>No survey stays open longer.</summary>
    public const int LongestDays = 180;

    /// <summary>A scale has at most so many steps.</summary>
    public const int MostSteps = 11;

    /// <summary>Characters of an open address; a longer one is somebody's own link.</summary>
    public const int CodeLength = 8;

    /// <summary>Stands before the key of a question in the names of fields.</summary>
    public const string FieldPrefix = "q-";

    /// <summary>A new short code for an open address.</summary>
    public static string NewCode() => CodeOf(MatterRules.NewKey()[..CodeLength]);

    /// <summary>A code as it is kept, whatever the capitals in which it was typed.</summary>
    public static string CodeOf(string typed) => TypedText.Code(typed).ToUpperInvariant();

    /// <summary>The id of a link with that token.</summary>
    public static Guid LinkId(string token) => HashedGuid.Of($"survey-link:{CodeOf(token)}");

    /// <summary>The id of a browser's visit to a survey.</summary>
    public static Guid VisitId(string visitor, SurveyId survey) =>
        HashedGuid.Of($"survey-visit:{survey.Value:N}:{visitor}");

    /// <summary>What is wrong with title, opening words and days.</summary>
    public static IReadOnlyList<FieldError> CheckHead(
        LocalText title, LocalText intro, DateOnly closesOn, DateOnly today) =>
    [
        .. new[]
        {
            ContactRules.Length("title", new("标题", "Title"), title.Zh, 2, LongestTitle),
            ContactRules.Length("title-en", new("英文标题", "English title"), title.En, 0, LongestTitle),
            ContactRules.Length("intro", new("说明", "Introduction"), intro.Zh, 0, LongestIntro),
            ContactRules.Length("intro-en", new("英文说明", "English introduction"), intro.En, 0, LongestIntro),
            CheckCloses(closesOn, today),
        }.OfType<FieldError>(),
    ];

    /// <summary>What is wrong with the last day of a survey, or null.</summary>
    public static FieldError? CheckCloses(DateOnly closesOn, DateOnly today) =>
        closesOn < today || closesOn > today.AddDays(LongestDays)
            ? new("closes", new(
                $"截止日请填今天或以后的日子，最长{LongestDays}天。",
                $"Choose a last day from today on, at most {LongestDays} days ahead."))
            : null;

    /// <summary>
    /// What is wrong with a list of questions; the fields are named by the place of the question, as in <c>q0</c>.
    /// </summary>
    public static IReadOnlyList<FieldError> CheckQuestions(IReadOnlyList<SurveyQuestion> questions)
    {
        if (questions.Count is 0 or > MostQuestions)
        {
            return [new("questions", new(
                $"请写 1 至 {MostQuestions} 个问题，现有 {questions.Count} 个。",
                $"Write 1 to {MostQuestions} questions; there are {questions.Count}."))];
        }

        var errors = new List<FieldError>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        for (var at = 0; at < questions.Count; at++)
        {
            var question = questions[at];
            if (!KeyShape().IsMatch(question.Key) || !keys.Add(question.Key))
            {
                errors.Add(new($"q{at}", new(
                    $"第 {at + 1} 题的代码“{question.Key}”重复或写法有误。",
                    $"The key “{question.Key}” of question {at + 1} is used twice or malformed.")));
            }

            if (WrongWith(question) is { } wrong)
            {
                errors.Add(new($"q{at}", new(
                    $"第 {at + 1} 题：{wrong.Zh}", $"Question {at + 1}: {wrong.For("en")}")));
            }
        }

        return errors;
    }

    /// <summary>
    /// The answers as they are kept: of the survey's own questions only, each in one way of writing, nothing empty.
    /// </summary>
    public static Dictionary<string, string> Kept(
        IReadOnlyList<SurveyQuestion> questions, IReadOnlyDictionary<string, string> values) => questions
        .Select(question => (question.Key, Value: KeptOf(question, values.GetValueOrDefault(question.Key) ?? "")))
        .Where(one => one.Value.Length > 0).ToDictionary(one => one.Key, one => one.Value, StringComparer.Ordinal);

    /// <summary>What is wrong with answers as <see cref="Kept"/> made them.</summary>
    public static IReadOnlyList<FieldError> Check(
        IReadOnlyList<SurveyQuestion> questions, IReadOnlyDictionary<string, string> kept)
    {
        var errors = new List<FieldError>();
        foreach (var question in questions)
        {
            var value = kept.GetValueOrDefault(question.Key) ?? "";
            if (value.Length == 0)
            {
                if (question.Required)
                {
                    errors.Add(new(FieldPrefix + question.Key, new("请回答这个问题。", "Please answer this question.")));
                }
            }
            else if (WrongWith(question, value) is { } wrong)
            {
                errors.Add(new(FieldPrefix + question.Key, wrong));
            }
        }

        if (errors.Count == 0 && kept.Count == 0)
        {
            errors.Add(new("", new("请至少回答一个问题。", "Please answer at least one question.")));
        }

        return errors;
    }

    /// <summary>
    /// Whether somebody is reminded on that day: two days before the last day, as the organisation's rules say, never
    /// on the day on which the link or another reminder went out.
    /// </summary>
    public static bool IsReminded(
        Survey survey, SurveyInvitation one, DateOnly today, WorkingCalendar calendar, RuleSet rules) =>
        survey.State == SurveyState.Open && !one.Answered && one.Reached && one.SentOn is { } sent && sent < today
        && (one.RemindedOn is null || one.RemindedOn < today) && RemindsOn(survey, today, calendar, rules);

    /// <summary>Whether that day is one of those on which the survey reminds.</summary>
    public static bool RemindsOn(Survey survey, DateOnly today, WorkingCalendar calendar, RuleSet rules) =>
        new[] { RuleKeys.SurveyFirstReminder, RuleKeys.SurveyLastReminder }.Any(key =>
            rules.Duration(key) is { Days: > 0 } before && calendar.Add(survey.ClosesOn, before, -1) == today);

    /// <summary>What is said of too small a sample; null when it is large enough.</summary>
    public static LocalText? TooFew(int answers, RuleSet rules) =>
        rules.Number(RuleKeys.SurveyLeast) is var least && answers < least
            ? new($"样本只有 {answers} 份，少于 {least} 份，结果仅供参考。",
                $"Only {answers} answers, fewer than {least}: take the result with care.")
            : null;

    private static LocalText? WrongWith(SurveyQuestion question)
    {
        if (question.Text.Zh.Length is 0 or > LongestQuestion || question.Text.En?.Length > LongestQuestion)
        {
            return new($"请写问题，最多 {LongestQuestion} 字。", $"write the question, at most {LongestQuestion} characters.");
        }

        if (question.HasOptions)
        {
            if (question.Options.Count is < 2 or > MostOptions
                || question.Options.DistinctBy(option => option.Key).Count() < question.Options.Count
                || question.Options.DistinctBy(option => option.Label.Zh).Count() < question.Options.Count)
            {
                return new($"请写 2 至 {MostOptions} 个不重复的选项。", $"give 2 to {MostOptions} options, each once.");
            }

            if (question.Options.Any(option => !OptionShape().IsMatch(option.Key)
                || option.Label.Zh.Length is 0 or > LongestOption || option.Label.En?.Length > LongestOption))
            {
                return new($"选项最多 {LongestOption} 字。", $"an option has at most {LongestOption} characters.");
            }
        }

        return question switch
        {
            { Kind: QuestionKind.Scale, Min: var least, Max: var most } when least is null or < 0 or > 1
                || most is null || most <= least || most - least >= MostSteps =>
                new($"评分从 0 或 1 开始，最多 {MostSteps} 级。",
                    $"a scale begins with 0 or 1 and has at most {MostSteps} steps."),
            { Kind: QuestionKind.Several, Min: var least, Max: var most } when least < 0 || least > most
                || least > question.Options.Count || most < 1 =>
                new("最少和最多选几项写得不对。", "the least and the most number of choices do not fit."),
            { Kind: QuestionKind.Number, Min: var least, Max: var most } when least > most =>
                new("最小值不能大于最大值。", "the least is greater than the most."),
            _ => null,
        };
    }

    private static string KeptOf(SurveyQuestion question, string value) => question.Kind switch
    {
        QuestionKind.Text => TypedText.Prose(value),
        QuestionKind.Several => FormValues.List(FormValues.List(value).Distinct(StringComparer.Ordinal)
            .OrderBy(key => IndexOf(question, key)).ThenBy(key => key, StringComparer.Ordinal)),
        QuestionKind.One => TypedText.Line(value),
        _ => int.TryParse(
            TypedText.Code(value), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number.ToString(CultureInfo.InvariantCulture)
            : TypedText.Code(value),
    };

    private static int IndexOf(SurveyQuestion question, string key)
    {
        for (var at = 0; at < question.Options.Count; at++)
        {
            if (question.Options[at].Key == key) return at;
        }

        return int.MaxValue;
    }

    private static LocalText? WrongWith(SurveyQuestion question, string value)
    {
        switch (question.Kind)
        {
            case QuestionKind.Text:
                return value.Length <= LongestText ? null : new(
                    $"最多 {LongestText} 字，现有 {value.Length} 字。",
                    $"At most {LongestText} characters; there are {value.Length}.");
            case QuestionKind.One:
                return IndexOf(question, value) < int.MaxValue ? null : new("请从选项中选择。", "Choose one of the options.");
            case QuestionKind.Several:
                var chosen = FormValues.List(value);
                var (least, most) = (question.Min ?? 0, question.Max ?? question.Options.Count);
                return chosen.Any(key => IndexOf(question, key) == int.MaxValue)
                    ? new("请从选项中选择。", "Choose from the options.")
                    : chosen.Count >= least && chosen.Count <= most ? null
                    : new($"请选择 {least} 至 {most} 项，现选了 {chosen.Count} 项。",
                        $"Choose {least} to {most}; you chose {chosen.Count}.");
            default:
                var (min, max) = question.Kind == QuestionKind.Scale
                    ? (question.Min ?? 1, question.Max ?? 5)
                    : (question.Min ?? int.MinValue, question.Max ?? int.MaxValue);
                if (int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                    && number >= min && number <= max)
                {
                    return null;
                }

                return (question.Min, question.Max) is (null, null)
                    ? new("请填写整数。", "Write a whole number.")
                    : new($"请填写 {question.Min ?? min} 至 {question.Max ?? max} 的整数。",
                        $"Write a whole number from {question.Min ?? min} to {question.Max ?? max}.");
        }
    }

    [GeneratedRegex(@"^[a-z][a-z0-9-]{0,39}\z", RegexOptions.NonBacktracking)]
    private static partial Regex KeyShape();

    [GeneratedRegex(@"^[a-z0-9-]{1,40}\z", RegexOptions.NonBacktracking)]
    private static partial Regex OptionShape();
}
