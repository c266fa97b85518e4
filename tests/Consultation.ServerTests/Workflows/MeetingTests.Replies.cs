using Consultation.Cases.Tasks;
using Consultation.Testing.Scenarios;
using static Consultation.ServerTests.Workflows.SixStepMoves;

namespace Consultation.ServerTests.Workflows;

/// <content>Replies around the last day for them.</content>
public sealed partial class MeetingTests
{
    [Fact]
    public void Who_replies_on_the_last_day_is_not_asked_again_the_same_day_but_on_the_day_before()
    {
        ToNotice(_scenario);
        _scenario.ReplyOf(District.Head.Id, "yes");
        _scenario.PassUntil(_scenario.TaskAt("Call").DueAt!.Value.AddMinutes(-10));
        _scenario.ReplyOf(District.MemberA.Id, "yes");

        _scenario.PassUntil(District.Calendar.At(District.Calendar.Move(Meeting.On, -1), new(10, 0)));

        Asked("First").Should().BeEquivalentTo([District.Head.Id], "the others have not replied, or ten minutes ago");
        Asked("Second").Should().BeEquivalentTo([District.Head.Id, District.MemberA.Id]);
        Mails("acknowledgement-request")[^1].TextBody.Should().Contain(
            "【可选答复】参加 / 不能参加 / 委派他人参加", "“提交” is no answer to whether somebody comes");

        IEnumerable<Cases.PersonId> Asked(string node) =>
            _scenario.Tasks.Single(task => task.ActivityId == node).Assignees.Select(seat => seat.PersonId);
    }

    [Fact]
    public void Who_takes_a_place_after_the_reply_day_and_keeps_silent_is_replaced_too()
    {
        ToNotice(_scenario);
        _scenario.ReplyOf(District.Head.Id, "yes");
        _scenario.ReplyOf(District.Supervisor.Id, "yes");
        _scenario.PassUntil(_scenario.TaskAt("Call").DueAt!.Value.AddMinutes(1));
        var silent = _scenario.Open.Where(task => task.ActivityId == "Replace").ToList();
        _scenario.Answer(silent.Single(task => task.Question.Zh.Contains("赵强")), District.Officer, "Done", new()
        {
            ["how"] = "person",
            ["person"] = District.MemberB.Id.Value.ToString("N"),
            ["why"] = "没有回复",
        }).Should().BeOfType<AnswerResult.Accepted>();

        _scenario.PassUntil(District.Calendar.At(District.Calendar.Move(Meeting.On, -1), new(10, 0)));

        _scenario.Open.Where(task => task.ActivityId == "Replace" && task.Question.Zh.Contains("孙丽")).Should()
            .ContainSingle().Which.Question.Zh.Should().Contain("到期未回复");
    }
}
