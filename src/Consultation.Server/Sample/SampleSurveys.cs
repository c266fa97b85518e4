using System.Globalization;
using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.People;
using Consultation.Cases.Surveys;
using Consultation.Server.Staging;

namespace Consultation.Server.Sample;

/// <summary>
/// Those who are asked in the sample: some answer the open surveys each day. What they say depends on the day alone.
/// </summary>
internal sealed class SampleSurveys(Stage stage, OrganisationSnapshot organisation)
{
    /// <summary>No survey of the sample has more answers.</summary>
    private const int Most = 36;

    private static readonly string[] Words =
    [
        "希望定期公布进展。（示例）", "请安排在晚上，上班的人也能参加。（示例）", "老人不会用手机，请在小区贴通知。（示例）",
        "大家的意见基本都听到了。（示例）",
    ];

    private readonly Dictionary<SurveyId, int> _answers = [];

    private OrganisationId Id => organisation.Directory.Organisation.Id;

    /// <summary>One day: letters go out, and people answer. Answers what the product did not take; nothing.</summary>
    public async Task<IReadOnlyList<string>> AnswerAsync(DateOnly day, CancellationToken cancellationToken)
    {
        var secretary = organisation.Directory.People.First(person => person.UserName == "secretary").Id;
        var refused = new List<string>();
        foreach (var (survey, asked) in await stage.Rows.SurveysAsync(Id, cancellationToken))
        {
            if (survey.State == SurveyState.Draft)
            {
                refused.AddRange((await stage.SurveyDesk.OpenAsync(
                    Id, survey.CaseId, survey.Id, asked, secretary, $"sample-survey-{survey.Id.Value:N}",
                    cancellationToken)).Select(error => $"survey: {error.Message.Zh}"));
                continue;
            }

            await stage.SurveyAnswers.KeepUpAsync(Id, survey.Id, cancellationToken);
            if (!survey.TakesAnswers(day)) continue;
            var few = Math.Min(survey.HasOpenLink ? Most : asked, Most);
            for (var today = 0; today < 6 && _answers.GetValueOrDefault(survey.Id) < few; today++)
            {
                var number = _answers[survey.Id] = _answers.GetValueOrDefault(survey.Id) + 1;
                var (post, errors) = await stage.SurveyAnswers.EnterAsync(
                    Id, survey.Id, Values(survey, number), null, $"sample-{survey.Id.Value:N}-{number}",
                    cancellationToken);
                if (post != SurveyPost.Taken) refused.Add($"survey: {post}");
                refused.AddRange(errors.Select(error => $"survey: {error.Field} {error.Message.Zh}"));
            }
        }

        return refused;
    }

    private static Dictionary<string, string> Values(Survey survey, int number) =>
        survey.Questions.Select((question, at) => (question.Key, Value: Value(question, (number * 7) + (at * 3))))
            .Where(one => one.Value.Length > 0).ToDictionary(one => one.Key, one => one.Value);

    private static string Value(SurveyQuestion question, int seed)
    {
        // Two of three are pleased, one in five less so.
        var lean = (seed % 15) switch { < 6 => 0, < 10 => 1, < 13 => 2, _ => 3 };
        return question.Kind switch
        {
            QuestionKind.One => question.Options[Math.Min(lean, question.Options.Count - 1)].Key,
            QuestionKind.Several => FormValues.List(question.Options.Skip(lean % question.Options.Count)
                .Concat(question.Options).Take(Math.Max(question.Min ?? 1, 1)).Select(option => option.Key)),
            QuestionKind.Scale => Number(Math.Max(question.Min ?? 1, (question.Max ?? 5) - lean)),
            QuestionKind.Number => Number((question.Min ?? 0) + (seed % 4)),
            _ => seed % 4 == 0 ? Words[seed / 4 % Words.Length] : question.Required ? Words[0] : "",
        };
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
