using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using static Consultation.Tests.Cases.District;

namespace Consultation.Tests.Cases.Tasks;

public sealed class GateAnswerTests
{
    private readonly District _district = new();

    [Fact]
    public void The_assignee_decides_and_the_task_closes_with_a_new_revision()
    {
        var task = _district.Task(GateMode.NamedPerson, _district.ChairSeat());

        var result = _district.Give(task, _district.Chair, "Confirm");

        result.Should().BeOfType<GateResult.Counted>().Which.Tally.Should().BeOfType<GateTally.Decided>().Which.Outcome
            .Should().Be("Confirm");
        (task.State, task.Outcome, task.ClosedAt, task.Revision).Should().Be((TaskState.Done, "Confirm", Now, 2));
    }

    [Fact]
    public void Of_two_people_at_once_the_second_hears_who_decided()
    {
        var task = _district.Task(GateMode.AnyOne, Seat(_district.Ma), Seat(_district.Na));
        var late = Answer(task, _district.Na, "Return");
        _district.Give(task, _district.Ma, "Confirm");

        var result = Gate.Answer(task, _district.Directory, late, Now.AddSeconds(1));

        var decided = Refusal<AnswerResult.AlreadyDecided>(result);
        (decided.ByName, decided.OutcomeLabel!.Zh, decided.At).Should().Be(("马委员", "确定", Now));
        task.Assignees[1].Outcome.Should().BeNull();
    }

    [Fact]
    public void A_second_answer_on_the_same_seat_changes_nothing()
    {
        var task = _district.Task(GateMode.All, Seat(_district.Ma), Seat(_district.Na));
        _district.Give(task, _district.Ma, "Confirm");

        var result = _district.Give(task, _district.Ma, "Reject", Now.AddMinutes(1));

        Refusal<AnswerResult.AlreadyDecided>(result).OutcomeLabel!.Zh.Should().Be("确定");
        task.Assignees[0].Outcome.Should().Be("Confirm");
    }

    [Fact]
    public void A_replaced_assignee_can_no_longer_answer()
    {
        var task = _district.Task(GateMode.AnyOne, Seat(_district.Ma));
        var old = Answer(task, _district.Ma, "Confirm");
        Gate.Reassign(task, _district.Directory, _district.Ma.Id, _district.Na.Id).Should().BeEmpty();

        var result = Gate.Answer(task, _district.Directory, old, Now);

        Refusal<AnswerResult.NotEntitled>(result).DecidedByNow.Should().Equal("那委员");
    }

    [Fact]
    public void A_page_shown_before_the_task_changed_is_overtaken()
    {
        var task = _district.Task(GateMode.AnyOne, Seat(_district.Ma), Seat(_district.Na));
        var stale = Answer(task, _district.Na, "Confirm");
        Gate.Reassign(task, _district.Directory, _district.Ma.Id, _district.Outsider.Id);

        var result = Gate.Answer(task, _district.Directory, stale, Now);

        Refusal<AnswerResult.Overtaken>(result).Revision.Should().Be(2);
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(3599, true)]
    [InlineData(3600, false)]
    public void A_delegate_answers_from_the_first_instant_to_just_before_the_last(int seconds, bool entitled)
    {
        _district.Delegate(_district.Chair, _district.Outsider, Now, Now.AddHours(1));
        var task = _district.Task(GateMode.NamedPerson, _district.ChairSeat());

        var result = _district.Give(task, _district.Outsider, "Confirm", Now.AddSeconds(seconds));

        (result is GateResult.Counted).Should().Be(entitled);
        task.Assignees[0].AnsweredById.Should().Be(entitled ? _district.Outsider.Id : null);
    }

    [Fact]
    public void Delegations_do_not_cascade()
    {
        _district.Delegate(_district.Chair, _district.Ma, Now, Now.AddDays(1));
        _district.Delegate(_district.Ma, _district.Outsider, Now, Now.AddDays(1));
        var task = _district.Task(GateMode.NamedPerson, _district.ChairSeat());

        Refusal<AnswerResult.NotEntitled>(_district.Give(task, _district.Outsider, "Confirm"));
    }

    [Theory]
    [InlineData(Role.CommitteeDirector, true)]
    [InlineData(Role.Supervisor, false)]
    public void A_delegation_covers_only_the_duties_of_its_scope(Role scope, bool entitled)
    {
        _district.Delegate(_district.Chair, _district.Outsider, Now, Now.AddDays(1), scope);
        var task = _district.Task(GateMode.NamedPerson, _district.ChairSeat());

        (_district.Give(task, _district.Outsider, "Confirm") is GateResult.Counted).Should().Be(entitled);
    }

    [Fact]
    public void A_delegate_of_two_people_is_asked_for_whom()
    {
        _district.Delegate(_district.Ma, _district.Outsider, Now, Now.AddDays(1));
        _district.Delegate(_district.Na, _district.Outsider, Now, Now.AddDays(1));
        var task = _district.Task(GateMode.All, Seat(_district.Ma), Seat(_district.Na));

        Refusal<AnswerResult.Invalid>(
            _district.Give(task, _district.Outsider, "Confirm")).Errors.Single().Field.Should().Be("on-behalf-of");
        _district.Give(task, _district.Outsider, "Confirm", onBehalfOf: _district.Na)
            .Should().BeOfType<GateResult.Counted>();
        _district.Give(task, _district.Outsider, "Confirm").Should().BeOfType<GateResult.Counted>();
        task.Outcome.Should().Be("Confirm");
    }

    [Fact]
    public void The_new_director_answers_on_the_seat_of_the_one_who_left_the_office()
    {
        var task = _district.Task(GateMode.NamedPerson, _district.ChairSeat());
        var successor = _district.Person("赵主任", Role.CommitteeDirector, _district.Committee);
        _district.Revoke(_district.Chair, Role.CommitteeDirector);

        Refusal<AnswerResult.NotEntitled>(_district.Give(task, _district.Chair, "Confirm")).Why!.Zh.Should()
            .Contain("不再担任");
        _district.Give(task, successor, "Confirm").Should().BeOfType<GateResult.Counted>();
    }

    [Fact]
    public void A_second_holder_of_a_role_does_not_answer_for_one_who_is_there()
    {
        var task = _district.Task(GateMode.NamedPerson, _district.ChairSeat());
        var other = _district.Person("副主任", Role.CommitteeDirector, _district.Committee);

        Refusal<AnswerResult.NotEntitled>(_district.Give(task, other, "Confirm"));
    }

    [Fact]
    public void A_substitute_takes_over_while_the_holder_is_away_and_not_otherwise()
    {
        var substitute = _district.Person("替补", Role.CommitteeDirector, _district.Committee, substitute: true);
        var task = _district.Task(GateMode.NamedPerson, _district.ChairSeat());

        Refusal<AnswerResult.NotEntitled>(_district.Give(task, substitute, "Confirm"));
        (_district.Chair.AbsentFrom, _district.Chair.AbsentUntil) = (Now.AddDays(-1), Now.AddDays(1));

        _district.Give(task, substitute, "Confirm").Should().BeOfType<GateResult.Counted>();
    }

    [Fact]
    public void The_secretary_enters_an_answer_on_behalf_and_both_names_stand()
    {
        var task = _district.Task(GateMode.NamedPerson, _district.ChairSeat());

        _district.Give(
            task, _district.Secretary, "Confirm", onBehalfOf: _district.Chair, channel: AnswerChannel.OnBehalf)
            .Should().BeOfType<GateResult.Counted>();

        (task.Assignees[0].PersonId, task.Assignees[0].AnsweredById, task.Assignees[0].Channel)
            .Should().Be((_district.Chair.Id, _district.Secretary.Id, "on-behalf"));
    }

    [Fact]
    public void Nobody_but_a_secretary_or_delegate_enters_on_behalf()
    {
        var task = _district.Task(GateMode.NamedPerson, _district.ChairSeat());

        Refusal<AnswerResult.NotEntitled>(
            _district.Give(
                task, _district.Ma, "Confirm", onBehalfOf: _district.Chair, channel: AnswerChannel.OnBehalf));
    }

    [Fact]
    public void Who_wrote_it_may_not_judge_it_not_even_through_somebody_else()
    {
        var task = _district.Task(GateMode.AnyOne, Seat(_district.Ma), Seat(_district.Na));
        task.Barred.Add(_district.Ma.Id.Value);
        _district.Delegate(_district.Ma, _district.Outsider, Now, Now.AddDays(1));

        Refusal<AnswerResult.NotEntitled>(_district.Give(task, _district.Ma, "Confirm")).Why!.Zh.Should()
            .Contain("起草人");
        Refusal<AnswerResult.NotEntitled>(_district.Give(task, _district.Outsider, "Confirm"));
        Refusal<AnswerResult.NotEntitled>(
            _district.Give(
                task, _district.Secretary, "Confirm", onBehalfOf: _district.Ma, channel: AnswerChannel.OnBehalf));
        _district.Give(task, _district.Na, "Confirm").Should().BeOfType<GateResult.Counted>();
    }

    [Fact]
    public void A_person_who_left_answers_nothing()
    {
        var task = _district.Task(GateMode.AnyOne, Seat(_district.Ma));
        _district.Ma.Active = false;

        Refusal<AnswerResult.NotEntitled>(_district.Give(task, _district.Ma, "Confirm"));
    }

    [Fact]
    public void An_outcome_with_consequences_asks_for_a_reason_and_names_the_button()
    {
        var task = _district.Task(GateMode.AnyOne, Seat(_district.Ma));

        var result =
            Gate.Answer(task, _district.Directory, Answer(task, _district.Ma, "Return") with { Reason = "  " }, Now);

        var error = Refusal<AnswerResult.Invalid>(result).Errors.Single();
        (error.Field, error.Message.Zh).Should().Be(("reason", "选择“退回修改”时请写明理由。"));
    }

    [Fact]
    public void An_unknown_outcome_lists_what_is_offered()
    {
        var task = _district.Task(GateMode.AnyOne, Seat(_district.Ma));

        Refusal<AnswerResult.Invalid>(_district.Give(task, _district.Ma, "Approve")).Errors.Single().Message.Zh.Should()
            .Contain("确定、退回修改、不予通过");
    }

    [Fact]
    public void An_answer_may_be_taken_back_while_others_are_awaited_but_not_an_irreversible_one()
    {
        var task = _district.Task(
            GateMode.MajorityWithQuorum, Seat(_district.Ma), Seat(_district.Na), Seat(_district.Chair));
        _district.Give(task, _district.Ma, "Confirm");
        _district.Give(task, _district.Na, "Reject");

        Gate.TakeBack(task, _district.Directory, _district.Ma.Id).Should().BeOfType<GateResult.Counted>();
        Refusal<AnswerResult.Invalid>(Gate.TakeBack(task, _district.Directory, _district.Na.Id));

        task.Assignees.ConvertAll(seat => seat.Outcome).Should().Equal(null, "Reject", null);
    }

    [Fact]
    public void A_cancelled_task_says_so()
    {
        var task = _district.Task(GateMode.AnyOne, Seat(_district.Ma));
        (task.State, task.ClosedAt) = (TaskState.Cancelled, Now);

        Refusal<AnswerResult.AlreadyDecided>(
            _district.Give(task, _district.Ma, "Confirm")).OutcomeLabel!.Zh.Should().Be("已取消");
    }
}
