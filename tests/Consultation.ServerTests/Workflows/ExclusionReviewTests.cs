using Consultation.Cases;
using Consultation.Cases.Matters;
using Consultation.Cases.Screening;
using Consultation.Cases.Tasks;
using Consultation.Testing.Scenarios;
using static Consultation.ServerTests.Workflows.SixStepMoves;

namespace Consultation.ServerTests.Workflows;

/// <summary>
/// The review that the notice of an exclusion promises (O13): asked for once and in time, decided by somebody without a
/// part in the exclusion, upheld for good or reopened.
/// </summary>
public sealed class ExclusionReviewTests
{
    private const string Statement = "协商事项已经撤诉，请重新考虑。";

    [Fact]
    public void The_notice_names_the_day_and_a_review_is_another_persons_task_due_in_ten_working_days()
    {
        var scenario = Excluded(3);

        var told = scenario.Mails.Single(mail => mail.Purpose == "matter-excluded");
        told.TextBody.Should().Contain("2026年3月16日").And.Contain("申请复核一次");
        scenario.Case.Should().Match<Case>(one => one.State == CaseState.Excluded && one.ClosedAt == null);
        scenario.Pass(TimeSpan.FromDays(2));
        scenario.AskReview(Statement).Should().BeEmpty();

        var review = scenario.TaskAt("Review");
        review.Assignees.Should().ContainSingle(seat => seat.PersonId == scenario.District.Director.Id);
        review.Barred.Should().Equal(scenario.District.Officer.Id.Value);
        scenario.District.Calendar.DayOf(review.DueAt!.Value).Should().Be(new DateOnly(2026, 3, 18));
        review.Question.Zh.Should().Contain(Statement);
        review.Shows.Should().StartWith(Exhibits.Screening);
        scenario.Incidents.Should().BeEmpty();
    }

    [Fact]
    public void Upheld_is_told_with_the_reason_and_final()
    {
        var scenario = Excluded(3);
        scenario.AskReview(Statement).Should().BeEmpty();

        scenario.Answer("Review", scenario.District.Director, "Uphold",
            scenario.Fill("exclusion-review", ("opinion", "经核实尚未撤诉。"))).Should().BeOfType<AnswerResult.Accepted>();

        var told = scenario.Mails.Last(mail => mail.PersonId is null);
        told.TextBody.Should().Contain("维持不予纳入").And.Contain("最终结果").And.Contain("经核实尚未撤诉");
        scenario.Case.Should().Match<Case>(one => one.State == CaseState.Excluded && one.ClosedAt == scenario.Now);
        scenario.Case.Review.Should().Match<ExclusionReview>(one => one.Upheld == true && one.Reason == "经核实尚未撤诉。");
        scenario.OpenRuns.Should().Be(0);
        scenario.Documents[^1].Should().Match<Cases.Documents.CaseDocument>(
            one => one.Kind == "review-notice" && one.Number!.StartsWith("协复", StringComparison.Ordinal));
        scenario.AskReview(Statement, "again").Should().ContainSingle().Which.Message.Zh.Should().Contain("最终结果");
    }

    [Fact]
    public void Reopened_the_matter_goes_on_with_a_class_and_its_proposer_is_told()
    {
        var scenario = Excluded(3);
        scenario.AskReview(Statement).Should().BeEmpty();
        scenario.Answer("Review", scenario.District.Director, "Reopen",
            scenario.Fill("exclusion-review", ("opinion", "已经撤诉，可以协商。"))).Should().BeOfType<AnswerResult.Invalid>(
                "a matter that goes on has a class");

        scenario.Answer("Review", scenario.District.Director, "Reopen", scenario.Fill("exclusion-review",
            ("opinion", "已经撤诉，可以协商。"), ("class", "PublicHardship"), ("concern", "interest")))
            .Should().BeOfType<AnswerResult.Accepted>();

        scenario.TaskAt("DraftTopic").State.Should().Be(TaskState.Open);
        scenario.Case.Should().Match<Case>(
            one => one.State == CaseState.Open && one.SuspendedAt == null && one.ClosedAt == null);
        scenario.Matters[0].State.Should().Be(MatterState.InCase);
        scenario.Screenings[0].Should().Match<ScreeningRecord>(one => !one.Excluded
            && one.Class == EligibleClass.PublicHardship && one.ScreenedById == scenario.District.Director.Id);
        scenario.Mails.Last(mail => mail.PersonId is null).TextBody.Should().Contain("恢复办理");
        scenario.Incidents.Should().BeEmpty();
        Confirm(scenario);
    }

    [Fact]
    public void Asked_for_twice_or_too_late_it_is_refused_in_words()
    {
        var scenario = Excluded(3);
        scenario.AskReview(Statement).Should().BeEmpty();
        scenario.AskReview(Statement).Should().BeEmpty("the same form again is the same request");
        scenario.AskReview("再次申请", "another").Should().ContainSingle().Which.Message.Zh.Should().Contain("只能申请一次");
        scenario.Open.Should().ContainSingle();

        var late = Excluded(3);
        late.Pass(TimeSpan.FromDays(13));
        late.Case.ClosedAt.Should().BeNull("sixteen days of March are not over");
        late.Pass(TimeSpan.FromDays(2));
        late.Case.ClosedAt.Should().NotBeNull();
        late.OpenRuns.Should().Be(0);
        late.AskReview(Statement).Should().ContainSingle().Which.Message.Zh.Should().Contain("期限").And.Contain("已过");
        var open = Begin();
        open.AskReview(Statement).Should().ContainSingle().Which.Message.Zh.Should().Contain("没有可以复核");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(6)]
    public void Of_a_restricted_kind_nothing_is_said_and_reopened_the_words_are_back(int code)
    {
        var scenario = Excluded(code);
        var (title, words) = ("河边步道夜间照明", "老人孩子不敢走");
        scenario.Matters[0].Text.Should().BeEmpty();
        scenario.AskReview(Statement).Should().BeEmpty();
        var review = scenario.TaskAt("Review");
        review.Assignees.Should().ContainSingle(seat => seat.PersonId == scenario.District.Secretary.Id,
            "screener and second person had a part in it");
        review.Barred.Should().BeEquivalentTo(
            [scenario.District.Officer.Id.Value, scenario.District.Director.Id.Value]);
        var mails = scenario.Mails.Where(mail => mail.PersonId is null || mail.TaskId == review.Id.Value).ToList();
        scenario.Answer(review, scenario.District.Secretary, "Reopen", scenario.Fill("exclusion-review",
            ("opinion", "不属于举报。"), ("class", "PublicHardship"), ("concern", "interest")))
            .Should().BeOfType<AnswerResult.Accepted>();

        mails.Select(mail => mail.Subject + mail.TextBody + mail.HtmlBody).Should()
            .NotContain(text => text.Contains(Statement) || text.Contains(title) || text.Contains("不纳入")
                || text.Contains("举报"));
        scenario.History.Should().NotContain(line => line.Text.Zh.Contains(Statement) || line.Text.Zh.Contains("举报"));
        review.Question.Zh.Should().NotContain(Statement);
        (scenario.Case.Restricted, scenario.Case.Title, scenario.Matters[0].Title).Should().Be((false, title, title));
        scenario.Matters[0].Text.Should().Contain(words);
        scenario.Incidents.Should().BeEmpty();
    }

    [Fact]
    public void What_was_withheld_is_forgotten_when_the_exclusion_is_final()
    {
        var scenario = Excluded(5);
        scenario.Sealed.Should().ContainSingle(one => one.Words.Length > 0);

        scenario.Pass(TimeSpan.FromDays(15));

        scenario.Sealed.Should().OnlyContain(one => one.Words.Length == 0);
        scenario.Case.Restricted.Should().BeTrue();
    }

    [Fact]
    public void An_exclusion_that_arises_later_can_be_reviewed_too_by_neither_who_found_nor_who_ended()
    {
        var scenario = Begin();
        Screen(scenario);
        Draft(scenario);
        scenario.Answer("CommitteeGate", scenario.District.MemberA, "Confirm", scenario.FillWithExclusions(
            "topic-decision", ("excl-3", "yes"), ("excl-3-reason", "昨日起诉"), ("excl-3-ref", "12号")));
        scenario.Answer("SuspendedGate", scenario.District.Director, "End", reason: "协商事项审理中")
            .Should().BeOfType<AnswerResult.Accepted>();
        scenario.Mails[^1].Should().Match<Consultation.Mail.Outgoing.OutgoingMail>(
            mail => mail.Purpose == "matter-excluded" && mail.TextBody.Contains("昨日起诉"));
        scenario.Pass(TimeSpan.FromDays(7));

        scenario.AskReview(Statement).Should().BeEmpty();

        var review = scenario.TaskAt("Review");
        review.Barred.Should().BeEquivalentTo(
            [scenario.District.MemberA.Id.Value, scenario.District.Director.Id.Value]);
        review.Prefill["class"].Should().NotBeEmpty("the matter was eligible before");
        scenario.Answer(review, scenario.District.Secretary, "Reopen", scenario.Fill("exclusion-review",
            ("opinion", "已撤诉，可以继续。"), ("class", "PublicHardship"), ("concern", "interest")))
            .Should().BeOfType<AnswerResult.Accepted>();
        scenario.TaskAt("CommitteeGate").State.Should().Be(TaskState.Open);
        (scenario.Case.State, scenario.Case.RestedDays).Should().Be((CaseState.Open, 5));
        scenario.Incidents.Should().BeEmpty();
    }

    private static Scenario Excluded(int code)
    {
        var scenario = Begin();
        Exclude(scenario, code);
        return scenario;
    }

    internal static void Exclude(Scenario scenario, int code)
    {
        scenario.Answer("Screen", scenario.District.Officer, "Submit", scenario.Fill("screening",
            ($"excl-{code}", "yes"), ($"excl-{code}-reason", "属于该情形"), ($"excl-{code}-ref", "12号")))
            .Should().BeOfType<AnswerResult.Accepted>();
        if (!Exclusions.NeedSecondPerson.Contains(code)) return;
        scenario.Answer("Screen", scenario.District.Director, "Submit", scenario.Fill("second-check"))
            .Should().BeOfType<AnswerResult.Accepted>();
    }
}
