using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.Forms;
using Consultation.Cases.Rules;
using Consultation.Cases.Surveys;

namespace Consultation.Tests.Cases.Surveys;

/// <summary>What questions, answers and days of a survey must look like, and what answers come to.</summary>
public sealed class SurveyRulesTests
{
    private static readonly IReadOnlyList<SurveyQuestion> Questions =
        Questionnaires.Find(Questionnaires.Needs)!.Questions;

    [Fact]
    public void Every_shipped_list_is_one_that_may_be_opened()
    {
        Questionnaires.All.Select(list => list.Purpose).Should().BeEquivalentTo(Enum.GetValues<SurveyPurpose>());
        foreach (var list in Questionnaires.All)
        {
            SurveyRules.CheckQuestions(list.Questions).Should().BeEmpty(list.Name);
            list.Questions.Should().OnlyContain(one => one.Text.En != null);
        }
    }

    [Fact]
    public void Doubled_keys_too_many_questions_and_options_are_named()
    {
        var one = Questions[0];

        SurveyRules.CheckQuestions([]).Should().ContainSingle().Which.Message.Zh.Should().Contain("1 至 40");
        SurveyRules.CheckQuestions([one, one]).Should().ContainSingle().Which.Field.Should().Be("q1");
        SurveyRules.CheckQuestions([.. Enumerable.Range(0, 41).Select(at => one with { Key = $"k{at}" })])
            .Should().ContainSingle().Which.Field.Should().Be("questions");
        SurveyRules.CheckQuestions([one with
        {
            Options = [.. Enumerable.Range(0, 31).Select(at => new FieldChoice($"o{at}", new($"选项{at}")))],
        }]).Should().ContainSingle().Which.Message.Zh.Should().Contain("30");
        SurveyRules.CheckQuestions([one with { Key = "<b>" }]).Should().ContainSingle();
        SurveyRules.CheckQuestions([one with { Text = new(new string('长', 301)) }]).Should().ContainSingle();
    }

    [Fact]
    public void Answers_of_other_surveys_are_left_out_and_wrong_ones_are_named()
    {
        var kept = SurveyRules.Kept(Questions, new Dictionary<string, string>
        {
            ["who"] = "resident",
            ["fields"] = "safety,traffic,safety",
            ["issue"] = " 路灯太暗 ",
            ["urgent"] = "５",
            ["of-another-survey"] = "x",
        });

        kept.Should().BeEquivalentTo(new Dictionary<string, string>
        {
            ["who"] = "resident",
            ["fields"] = "traffic,safety",
            ["issue"] = "路灯太暗",
            ["urgent"] = "5",
        });
        SurveyRules.Check(Questions, kept).Should().BeEmpty();
        SurveyRules.Check(Questions, new Dictionary<string, string>
        {
            ["who"] = "<script>",
            ["fields"] = "traffic,environment,safety,other",
            ["issue"] = new string('长', 2001),
            ["urgent"] = "6",
        }).Select(error => error.Field).Should().BeEquivalentTo("q-who", "q-fields", "q-issue", "q-urgent");
        SurveyRules.Check(Questions, new Dictionary<string, string>()).Select(error => error.Field)
            .Should().BeEquivalentTo("q-issue", "q-urgent");
    }

    [Fact]
    public void An_answer_that_says_nothing_is_none()
    {
        SurveyQuestion[] free = [Questions[0]];

        SurveyRules.Check(free, SurveyRules.Kept(free, new Dictionary<string, string> { ["who"] = "  " }))
            .Should().ContainSingle().Which.Field.Should().BeEmpty();
    }

    [Fact]
    public void Counts_shares_mean_and_median_are_those_of_the_answers()
    {
        var counter = new SurveyCounter(Questions);
        foreach (var (score, fields) in new[] { (1, "traffic"), (5, "traffic,safety"), (5, "safety"), (4, "") })
        {
            counter.Add(
                new Dictionary<string, string>
                {
                    ["urgent"] = $"{score}",
                    ["fields"] = fields,
                    ["issue"] = $"问题{score}",
                }, score == 4 ? AnswerWay.Paper : AnswerWay.Link);
        }

        var count = counter.Result(invited: 8, answeredOfInvited: 3);

        (count.Answers, count.OnPaper, count.ResponseRate).Should().Be((4, 1, 37.5m));
        var urgent = count.Find("urgent")!;
        (urgent.Mean, urgent.Median, urgent.Answered).Should().Be((3.75m, 4.5m, 4));
        urgent.Options.Select(one => one.Count).Should().Equal(1, 0, 0, 1, 2);
        var chosen = count.Find("fields")!;
        chosen.Answered.Should().Be(3);
        chosen.Share(chosen.Options.First(one => one.Key == "traffic")).Should().Be(66.7m);
        count.Find("issue")!.Texts.Should().BeInAscendingOrder(StringComparer.Ordinal);
    }

    [Fact]
    public void Ten_thousand_answers_are_counted_in_memory_that_does_not_grow_with_them()
    {
        SurveyQuestion[] scales = [.. Questionnaires.Find(Questionnaires.Satisfaction)!.Questions
            .Where(question => question.Kind == QuestionKind.Scale)];
        var answer = scales.ToDictionary(question => question.Key, _ => "4");
        var counter = new SurveyCounter(scales);
        counter.Add(answer, AnswerWay.Link);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var at = 1; at < 10_000; at++) counter.Add(answer, AnswerWay.Link);

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(100_000, "one answer costs no memory");
        counter.Result().Find("solved")!.Answered.Should().Be(10_000);
    }

    [Theory]
    [InlineData(9, true)] // 3wd before Thursday 12 March
    [InlineData(10, false)]
    [InlineData(11, true)] // 1wd before
    [InlineData(12, false)]
    public void Who_has_not_answered_is_reminded_on_two_days(int day, bool reminded)
    {
        var calendar = new WorkingCalendar([], TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"));
        var (survey, today) = (Open(), new DateOnly(2026, 3, day));
        var one = new SurveyInvitation
        {
            OrganisationId = survey.OrganisationId,
            Id = SurveyInvitationId.New(),
            SurveyId = survey.Id,
            SentOn = new(2026, 3, 2),
        };

        SurveyRules.IsReminded(survey, one, today, calendar, RuleSet.Defaults).Should().Be(reminded);
        one.Answered = true;
        SurveyRules.IsReminded(survey, one, today, calendar, RuleSet.Defaults).Should().BeFalse();
        one.Answered = false;
        one.RemindedOn = today;
        SurveyRules.IsReminded(survey, one, today, calendar, RuleSet.Defaults).Should().BeFalse();
    }

    [Fact]
    public void Too_small_a_sample_is_said()
    {
        SurveyRules.TooFew(9, RuleSet.Defaults)!.Zh.Should().Contain("9 份");
        SurveyRules.TooFew(10, RuleSet.Defaults).Should().BeNull();
    }

    [Fact]
    public void A_code_is_the_same_whatever_its_capitals_and_a_link_is_none_without_its_token()
    {
        var code = SurveyRules.NewCode();
        code.Should().HaveLength(SurveyRules.CodeLength).And.NotBe(SurveyRules.NewCode());
        SurveyRules.CodeOf(code.ToLowerInvariant()).Should().Be(code);
        SurveyRules.LinkId("abc").Should().Be(SurveyRules.LinkId("ABC ")).And.NotBe(SurveyRules.LinkId("abd"));
    }

    private static Survey Open() => new()
    {
        OrganisationId = OrganisationId.New(),
        Id = SurveyId.New(),
        CaseId = CaseId.New(),
        Title = new("问卷"),
        Purpose = SurveyPurpose.Needs,
        Code = "ABCDEFGH",
        State = SurveyState.Open,
        ClosesOn = new(2026, 3, 12),
        MadeAt = District.Now,
    };
}
