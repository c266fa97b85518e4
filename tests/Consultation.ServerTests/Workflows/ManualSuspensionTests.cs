using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.Tasks;
using Consultation.Testing.Scenarios;
using static Consultation.ServerTests.Workflows.SixStepMoves;

namespace Consultation.ServerTests.Workflows;

/// <summary>A person suspends a case and lets it go on (O14): the same rest as that of an exclusion.</summary>
public sealed class ManualSuspensionTests
{
    private const string Why = "提出人住院，暂缓协商。";

    [Fact]
    public void Due_times_rest_and_are_given_back_and_no_answer_is_taken_meanwhile()
    {
        var scenario = Screened();
        var draft = scenario.TaskAt("DraftTopic");
        var due = draft.DueAt!.Value;
        scenario.Pass(TimeSpan.FromHours(1));

        scenario.Suspend(scenario.District.Secretary, Why).Should().BeEmpty();
        scenario.Pass(TimeSpan.FromDays(14));
        var refused = scenario.Answer(
            draft, scenario.District.Officer, "Done", scenario.Fill("topic-draft", ("title", "河边步道夜间照明")));

        refused.Should().BeOfType<AnswerResult.Invalid>().Which.Errors.Should().ContainSingle()
            .Which.Message.Zh.Should().Contain("暂停办理").And.Contain("还在这里");
        Suspension.Rests(scenario.Case, draft).Should().BeTrue();
        scenario.GoOn(scenario.District.Secretary, "已出院。").Should().BeEmpty();
        draft.DueAt.Should().Be(scenario.District.Calendar.Shift(due, new WorkingDuration(10, DayCount.WorkingDays)));
        (scenario.Case.State, scenario.Case.SuspendedAt, scenario.Case.RestedDays).Should()
            .Be((CaseState.Open, null, 10));
        Draft(scenario);
        scenario.History.Should().Contain(line => line.Verb == "case.suspended" && line.Text.Zh.Contains(Why)
            && line.ActorId == scenario.District.Secretary.Id);
    }

    [Fact]
    public void A_rest_with_a_known_end_goes_on_by_itself_on_that_day_and_not_before()
    {
        var scenario = Screened();
        scenario.Pass(TimeSpan.FromHours(1));
        scenario.Suspend(scenario.District.Secretary, Why, new(2026, 3, 16)).Should().BeEmpty();
        scenario.Mails[^1].TextBody.Should().NotContain(Why, "proposers hear only that it rests");
        scenario.Mails.Should().Contain(mail => mail.TextBody.Contains("2026年3月16日自动恢复办理")
            && mail.TextBody.Contains(Why) && mail.RecipientName == "专人 周洁");

        scenario.EndRest(new(2026, 3, 16));
        scenario.Case.State.Should().Be(CaseState.Suspended, "the day has not come");
        scenario.Pass(TimeSpan.FromDays(14));
        scenario.EndRest(new(2026, 3, 15));
        scenario.Case.State.Should().Be(CaseState.Suspended, "that was another rest");
        scenario.EndRest(new(2026, 3, 16));

        scenario.Case.Should().Match<Case>(
            one => one.State == CaseState.Open && one.SuspendedUntil == null && one.RestedDays == 10);
    }

    [Fact]
    public void What_is_wrong_is_said_in_words()
    {
        var scenario = Screened();
        var who = scenario.District.Secretary;

        scenario.Suspend(who, " ").Should().ContainSingle().Which.Field.Should().Be("reason");
        scenario.Suspend(who, Why, new(2026, 3, 2)).Should().ContainSingle().Which.Field.Should().Be("until");
        scenario.GoOn(who, "不需要").Should().ContainSingle().Which.Message.Zh.Should().Contain("没有暂停");
        scenario.Suspend(who, Why).Should().BeEmpty();
        scenario.Suspend(who, Why).Should().ContainSingle().Which.Message.Zh.Should().Contain("不能暂停");
    }

    [Fact]
    public void A_rest_because_of_an_exclusion_is_lifted_at_its_task_alone()
    {
        var scenario = Hit("3", "昨日起诉");

        scenario.GoOn(scenario.District.Secretary, "已撤诉").Should().ContainSingle()
            .Which.Message.Zh.Should().Contain("暂停后的处理");
    }

    [Fact]
    public void A_restricted_case_rests_and_goes_on_without_a_word_of_it_in_mails_and_gets_its_words_back()
    {
        var scenario = Hit("6", "正在审查");
        (scenario.Case.Restricted, scenario.Case.Title, scenario.Matters[0].Text).Should().Be((true, "限制查看事项", ""));
        var known = scenario.Mails.Count;

        scenario.Answer("SuspendedGate", scenario.District.Director, "Resume", reason: "审查结束")
            .Should().BeOfType<AnswerResult.Accepted>();

        scenario.Case.Restricted.Should().BeFalse();
        (scenario.Case.Title, scenario.Matters[0].Title).Should().Be(("河边步道夜间照明", "河边步道夜间照明"));
        scenario.Matters[0].Text.Should().Contain("老人孩子不敢走");
        scenario.Sealed.Should().OnlyContain(one => one.Words.Length == 0);
        scenario.Screenings[0].LiftedAt.Should().Be(scenario.Now);
        scenario.Mails.Skip(known).Should().NotContain(mail => mail.TextBody.Contains("审查"));
        var facts = scenario.Screenings.First(one => one.LiftedAt is null);
        facts.Excluded.Should().BeFalse("what was verified before stands again");
    }

    [Fact]
    public void The_reason_of_a_suspension_stays_out_of_mails_and_history_where_the_case_is_restricted()
    {
        var scenario = Screened();
        scenario.Case.Restricted = true;
        var known = scenario.Mails.Count;

        scenario.Suspend(scenario.District.Secretary, Why).Should().BeEmpty();

        scenario.Mails.Skip(known).Should().NotBeEmpty()
            .And.NotContain(mail => (mail.Subject + mail.TextBody + mail.HtmlBody).Contains("住院"));
        scenario.History.Should().NotContain(line => line.Text.Zh.Contains("住院"));
    }

    private static Scenario Screened()
    {
        var scenario = Begin();
        Screen(scenario);
        return scenario;
    }

    private static Scenario Hit(string code, string reason)
    {
        var scenario = Screened();
        Draft(scenario);
        scenario.Answer("CommitteeGate", scenario.District.MemberA, "Confirm", scenario.FillWithExclusions(
            "topic-decision", ($"excl-{code}", "yes"), ($"excl-{code}-reason", reason), ($"excl-{code}-ref", "12号")))
            .Should().BeOfType<AnswerResult.Accepted>();
        return scenario;
    }
}
