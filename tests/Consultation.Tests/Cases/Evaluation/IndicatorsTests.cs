using Consultation.Cases;
using Consultation.Cases.Evaluation;
using Consultation.Cases.Forms;
using Consultation.Cases.Numbers;
using Consultation.Cases.Surveys;
using Consultation.Cases.Tasks;
using Consultation.Cases.TrackedItems;

namespace Consultation.Tests.Cases.Evaluation;

/// <summary>
/// Indicators: weights, thresholds, values of the case and of its survey, and what is drafted from them.
/// </summary>
public sealed class IndicatorsTests
{
    private readonly District _district = new();

    [Fact]
    public void Weights_that_do_not_sum_to_a_hundred_are_refused_with_their_sum()
    {
        var fields = Indicators.Usual();
        Indicators.Check(fields).Should().BeEmpty();

        fields["weight-impact"] = "20";

        Indicators.Check(fields).Should().ContainSingle().Which.Message.Zh.Should().Contain("90");
    }

    [Theory]
    [InlineData(">=90:5; >=80:4", true)]
    [InlineData("<=50:5；<=60:4", true)]
    [InlineData(">=80:4; >=90:5", false)]
    [InlineData(">=90:5; <=80:4", false)]
    [InlineData("90:5", false)]
    [InlineData(">=90:6", false)]
    [InlineData("", false)]
    public void Thresholds_are_understood_or_refused(string text, bool understood) =>
        (Indicators.Thresholds(text) is not null).Should().Be(understood);

    [Theory]
    [InlineData(95, 5)]
    [InlineData(90, 5)]
    [InlineData(89.9, 4)]
    [InlineData(10, 1)]
    public void A_value_gets_the_score_of_the_first_threshold_that_holds(double value, int score) =>
        Indicators.ScoreOf((decimal)value, Indicators.Thresholds(">=90:5; >=80:4; >=60:3")!).Should().Be(score);

    [Fact]
    public void Scores_are_computed_from_items_and_survey_and_the_total_by_the_weights()
    {
        var file = File(answers: 20);

        var computed = Indicators.Compute(file, District.Now)!;

        // On time: one of two items, 50 % is 2; done: 50 % is 2; solved 4 of 5. Together (2+2+4)/3.
        computed.ScoreOf(Indicators.Solved).Should().Be(2.67m);
        computed.ScoreOf(Indicators.Satisfied).Should().Be(5);
        computed.ScoreOf(Indicators.Impact).Should().BeNull("nobody answered that question");
        computed.Sample.Should().Be(20);
        computed.Total(_ => null).Should().BeNull();
        computed.Total(_ => 3).Should().Be(Math.Round((40 * 2.67m + 30 * 5 + 30 * 3) / 100, 2));
    }

    [Fact]
    public void The_evaluation_is_drafted_and_a_computed_score_cannot_be_typed_over()
    {
        var file = File(answers: 3);

        var draft = EvaluationDraft.Evaluation(file, District.Now);

        (draft["solved"], draft["satisfied"], draft["sample"]).Should().Be(("3", "5", "3"));
        draft["evidence"].Should().Contain("1/2").And.Contain("样本只有 3 份");
        draft["impact"] = "4";
        EvaluationDraft.Check(file, draft, District.Now).Should().BeEmpty();
        var typed = new Dictionary<string, string>(draft) { ["satisfied"] = "1" };
        EvaluationDraft.Check(file, typed, District.Now).Should().ContainSingle().Which.Field.Should().Be("satisfied");
        var kept = EvaluationDraft.Complete(file, draft, District.Now);
        kept["total"].Should().StartWith("3.77");
        kept["sample-said"].Should().Contain("3 份");
        kept.RowsOf("scores").Should().HaveCount(5);
    }

    [Fact]
    public void Without_indicators_nothing_is_computed_and_the_typed_scores_stand()
    {
        var file = File(answers: 3);
        file.Records.Clear();

        EvaluationDraft.Evaluation(file, District.Now).Should().BeEmpty();
        EvaluationDraft.Complete(file, new Dictionary<string, string> { ["solved"] = "4" }, District.Now)
            .Should().ContainSingle();
    }

    [Fact]
    public void The_summary_is_drafted_from_the_evaluation_the_texts_and_what_is_overdue()
    {
        var file = File(answers: 12);
        file.Add(Record(FormKeys.Evaluation, new() { ["total"] = "3.77（满分 5）", ["conclusion"] = "总体较好。" }));

        var draft = EvaluationDraft.Summary(file, District.Now);

        draft["successes"].Should().Contain("3.77").And.Contain("总体较好").And.Contain("沟通及时");
        draft["shortfalls"].Should().Contain("修路灯").And.Contain("未办结").And.Contain("公示晚了");
    }

    private CaseFile File(int answers)
    {
        var file = new CaseFile(_district.Directory, _district.Calendar, new Case
        {
            OrganisationId = _district.Id,
            Id = CaseId.New(),
            Kind = CaseKind.TenWeekPlan,
            Title = "停车难",
            OpenedAt = District.Now.AddDays(-30),
        }, Array.Empty<NumberSeries>())
        {
            Policies = PolicySet.None,
        };
        file.Add(Record(FormKeys.Indicators, Indicators.Usual()));
        file.Add(Item("画车位", TrackedItemState.Done, District.Now.AddDays(-5)));
        file.Add(Item("修路灯", TrackedItemState.InProgress, null));
        var list = Questionnaires.Find(Questionnaires.Satisfaction)!;
        var counter = new SurveyCounter(list.Questions);
        for (var at = 0; at < answers; at++)
        {
            counter.Add(new Dictionary<string, string>
            {
                ["solved"] = "4",
                ["satisfied"] = "5",
                ["good"] = "沟通及时",
                ["better"] = "公示晚了",
            }, AnswerWay.Link);
        }

        file.Add(new Survey
        {
            OrganisationId = _district.Id,
            Id = SurveyId.New(),
            CaseId = file.Case.Id,
            Title = list.Title,
            Purpose = SurveyPurpose.Satisfaction,
            Questions = [.. list.Questions],
            Code = "CODE2345",
            State = SurveyState.Closed,
            ClosesOn = new(2026, 3, 1),
            Counted = counter.Result(),
            MadeAt = District.Now,
        });
        return file;
    }

    private CaseRecord Record(string kind, Dictionary<string, string> fields) => new()
    {
        OrganisationId = _district.Id,
        Id = OrderedGuid.New(),
        CaseId = CaseId.New(),
        Kind = kind,
        Title = new(kind),
        Fields = fields,
        ById = _district.Secretary.Id,
        At = District.Now,
    };

    private TrackedItem Item(string advice, TrackedItemState state, DateTimeOffset? closed) => new()
    {
        OrganisationId = _district.Id,
        Id = TrackedItemId.New(),
        CaseId = CaseId.New(),
        Year = 2026,
        Number = 1,
        Topic = "停车难",
        Advice = advice,
        UndertakingUnitId = _district.Department.Id,
        State = state,
        DueOn = new(2026, 2, 27),
        OriginalDueOn = new(2026, 2, 27),
        ClosedAt = closed,
        OpenedAt = District.Now.AddDays(-20),
    };
}
