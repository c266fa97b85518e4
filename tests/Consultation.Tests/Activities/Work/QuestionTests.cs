using Consultation.Cases.Tasks;
using Consultation.Testing.Scenarios;

namespace Consultation.Tests.Activities.Work;

/// <summary>What is asked back of the organiser before an answer, and the answer to it.</summary>
public sealed class QuestionTests
{
    private readonly StepWorld _world = new StepWorld("RequestApproval",
        ("Approvers", "role:CommitteeDirector@case.committee; role:CommitteeMember@case.committee"), ("Mode", "All"),
        ("Title", "审定"), ("Due", "5wd"), ("Reminders", "standard"), ("Ladder", "standard")).Run();

    private District District => _world.District;
    private Scenario Scenario => _world.Scenario;

    [Fact]
    public void A_question_is_kept_mailed_to_the_organiser_and_changes_nothing_else()
    {
        var task = _world.Task;
        var (due, timers) = (task.DueAt, Scenario.Timers.Select(timer => timer.At).ToList());
        var link = Scenario.UsableLinks(task, District.Director).Single();

        Scenario.Ask(task, District.Director, "资金落实了吗？").Should().BeOfType<AnswerResult.Accepted>();

        var question = task.Questions.Should().ContainSingle().Subject;
        (question.Text, question.AskedById, question.Answer).Should().Be(("资金落实了吗？", District.Director.Id, null));
        question.ToIds.Should().Equal(District.Officer.Id);
        (task.DueAt, task.Revision, task.State).Should().Be((due, 1, TaskState.Open));
        Scenario.Timers.Select(timer => timer.At).Should().Equal(timers, "the due day does not stop");
        Scenario.UsableLinks(task, District.Director).Should().Equal(link);
        var mail = Scenario.Mails.Single(one => one.Purpose == "question-asked");
        mail.RecipientName.Should().Be(District.Officer.Name);
        mail.TextBody.Should().Contain("【提问】资金落实了吗？").And.Contain("主任 李敏");
        Scenario.Links.Single(one => one.Id == mail.LinkIds.Single()).Outcomes.Should().BeEmpty("it decides nothing");
        _world.Verbs.Should().Contain("task.question-asked");
    }

    [Fact]
    public void The_answer_comes_to_who_asked_with_a_link_and_stands_for_all()
    {
        var task = _world.Task;
        Scenario.Ask(task, District.MemberA, "资金落实了吗？");
        var (question, due) = (task.Questions[0], task.DueAt);

        Scenario.Reply(task, District.Officer, question, "已列入预算。").Should().BeOfType<AnswerResult.Accepted>();

        task.Questions[0].Should().Match<TaskQuestion>(one => one.Answer == "已列入预算。"
            && one.AnsweredById == District.Officer.Id && one.AnsweredAt == Scenario.Now && one.ProlongedTo == null);
        task.DueAt.Should().Be(due);
        var mail = Scenario.Mails.Single(one => one.Purpose == "question-answered");
        (mail.RecipientName, mail.LinkIds.Count).Should().Be((District.MemberA.Name, 1));
        mail.TextBody.Should().Contain("【答复】已列入预算。");
        Scenario.Answer(task, District.MemberA, "Confirm").Should().BeOfType<AnswerResult.Accepted>();
    }

    [Fact]
    public void The_organiser_alone_gives_more_time_and_reminders_count_from_there()
    {
        var task = _world.Task;
        Scenario.Ask(task, District.MemberA, "能否延期？");
        var late = new DateOnly(2026, 3, 20);

        Scenario.Reply(task, District.Officer, task.Questions[0], "可以。", late)
            .Should().BeOfType<AnswerResult.Accepted>();

        task.DueAt.Should().Be(new DateTimeOffset(2026, 3, 20, 10, 0, 0, TimeSpan.Zero));
        task.Questions[0].ProlongedTo.Should().Be(late);
        Scenario.Timers.Should().Contain(timer => timer.At == task.DueAt).And
            .NotContain(timer => timer.At == new DateTimeOffset(2026, 3, 9, 10, 0, 0, TimeSpan.Zero));
        Scenario.Mails.Single(one => one.Purpose == "question-answered").TextBody.Should().Contain("（已延长）");
        _world.Told("task.question-answered").Zh.Should().Contain("办理时限延至 2026年3月20日");
        Scenario.PassUntil(new(2026, 3, 19, 0, 0, 0, TimeSpan.Zero));
        _world.Verbs.Should().NotContain("task.overdue").And.NotContain("task.escalated");
    }

    [Theory]
    [InlineData("2026-03-09", "no later than the present day")]
    [InlineData("2026-03-01", "past")]
    [InlineData("2026-12-01", "too far")]
    public void A_day_that_is_none_is_refused_and_nothing_is_kept(string until, string why)
    {
        var task = _world.Task;
        Scenario.Ask(task, District.MemberA, "能否延期？");

        Scenario.Reply(task, District.Officer, task.Questions[0], "可以。", DateOnly.Parse(
            until, System.Globalization.CultureInfo.InvariantCulture)).Should().BeOfType<AnswerResult.Invalid>(why)
            .Which.Errors.Should().ContainSingle(error => error.Field == "until");

        task.Questions[0].Answer.Should().BeNull();
    }

    [Fact]
    public void Nobody_asks_or_answers_who_is_not_concerned()
    {
        var task = _world.Task;
        Scenario.Ask(task, District.WaterContact, "？").Should().BeOfType<AnswerResult.NotEntitled>();
        Scenario.Ask(task, District.MemberA, "资金落实了吗？");

        Scenario.Reply(task, District.MemberB, task.Questions[0], "我来答。").Should()
            .BeOfType<AnswerResult.NotEntitled>();
        Scenario.Reply(task, District.Secretary, task.Questions[0], "已落实。").Should()
            .BeOfType<AnswerResult.Accepted>("who runs all cases answers too");
        Scenario.Reply(task, District.Officer, task.Questions[0], "第二次。").Should()
            .BeOfType<AnswerResult.AlreadyDecided>();
        task.Questions[0].Answer.Should().Be("已落实。");
    }

    [Fact]
    public void Questions_are_bounded_in_number_and_length_and_end_with_the_task()
    {
        var task = _world.Task;
        Scenario.Ask(task, District.MemberA, " \u200b ").Should().BeOfType<AnswerResult.Invalid>("nothing is visible");
        Scenario.Ask(task, District.MemberA, new string('问', TaskQuestions.LongestText + 1)).Should()
            .BeOfType<AnswerResult.Invalid>();
        for (var turn = 0; turn < TaskQuestions.Most; turn++)
        {
            Scenario.Ask(task, District.MemberA, $"问题{turn}").Should().BeOfType<AnswerResult.Accepted>();
        }

        Scenario.Ask(task, District.MemberA, "还有").Should().BeOfType<AnswerResult.Invalid>();
        Scenario.Answer(task, District.MemberA, "Reject", reason: "不同意。");
        Scenario.Reply(task, District.Officer, task.Questions[0], "晚了。").Should()
            .NotBeOfType<AnswerResult.Accepted>();
        task.Questions[0].Answer.Should().BeNull();
    }

    [Fact]
    public void Of_a_restricted_case_the_mails_say_nothing()
    {
        _world.Case.Restricted = true;

        Scenario.Ask(_world.Task, District.MemberA, "机密的提问");

        var mail = Scenario.Mails[^1];
        (mail.Subject + mail.TextBody + mail.HtmlBody).Should().NotContain("机密的提问");
        _world.Told("task.question-asked").Zh.Should().NotContain("机密的提问");
    }

    [Fact]
    public void A_question_adds_no_header_recipient_or_markup()
    {
        Scenario.Ask(_world.Task, District.MemberA, "a\r\nBcc: x@example.org\r\n\r\n<img src=x>{{page}}{{secret}}");

        var mail = Scenario.Mails.Single(one => one.Purpose == "question-asked");
        (mail.Subject.Contains('\n'), mail.RecipientAddress).Should().Be((false, District.Officer.Email!));
        mail.HtmlBody.Should().NotContain("<img src=x>").And.Contain("&lt;img src=x&gt;");
    }
}
