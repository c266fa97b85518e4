using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Testing.Scenarios;

namespace Consultation.Tests.Activities.Work;

/// <summary>
/// A task that its assignee passes on alone: to whom it may go, and what the delegate may do (mail rule 7).
/// </summary>
public sealed class PassOnTests
{
    private readonly StepWorld _world;
    private readonly Person _deputy;

    public PassOnTests()
    {
        _world = new StepWorld("RequestApproval",
            ("Approvers", "role:CommitteeDirector@case.committee; role:CommitteeMember@case.committee"),
            ("Mode", "All"), ("Title", "审定"), ("Due", "5wd"), ("Reminders", "standard"));
        _deputy = _world.District.Person("副主任 钱立", "qian.li", false);
        _deputy.UnitId = _world.District.Director.UnitId ??= _world.District.Committee.Id;
        _world.Run();
    }

    private District District => _world.District;
    private DateTimeOffset Now => _world.Scenario.Now;
    private TaskAssignee Seat => _world.Task.Assignees.Find(seat => seat.PersonId == District.Director.Id)!;

    [Fact]
    public void It_may_go_to_the_same_unit_or_role_and_to_whom_it_went_before_but_to_nobody_who_sits_in_it()
    {
        var stranger = District.Person("路人 甲", "lu.ren", false);
        var old = District.Person("旧同事 乙", "jiu", false);
        District.Delegate(District.Director, old, Now.AddDays(-60), Now.AddDays(-50));
        var substitute = District.Person("代理 丙", "dai.li", true, (Role.CommitteeDirector, District.Committee.Id));

        var people = Delegates.For(_world.Task, Seat, District.Directory, Now);

        people.Select(one => one.Id).Should().Contain([_deputy.Id, old.Id, substitute.Id])
            .And.NotContain([District.Director.Id, District.MemberA.Id, District.MemberB.Id, stranger.Id]);
        _deputy.AbsentFrom = Now.AddDays(-1);
        Delegates.For(_world.Task, Seat, District.Directory, Now).Should().NotContain(one => one.Id == _deputy.Id);
    }

    [Fact]
    public void Passed_on_alone_it_lets_the_delegate_answer_this_task_and_no_other()
    {
        PassOn();
        var other = Seat.Again(Guid.NewGuid());

        Vacancies.StandsIn(Seat, _deputy.Id, District.Directory, Now).Should().BeTrue();
        Vacancies.StandsIn(other, _deputy.Id, District.Directory, Now).Should().BeFalse("it is another seat");
        _world.Scenario.Mails.Should().Contain(
            mail => mail.Purpose == "approval-request" && mail.RecipientName == _deputy.Name);
        _world.Scenario.Answer(_world.Task, _deputy, "Confirm")
            .Should().BeOfType<AnswerResult.Accepted>();
        Seat.Should().Match<TaskAssignee>(seat => seat.Delegated && seat.AnsweredById == _deputy.Id);
        _world.Told("task.answered").Zh.Should().Contain("副主任 钱立（受主任 李敏委托）", "both names stand in the record");
    }

    [Fact]
    public void It_cannot_be_passed_on_again()
    {
        PassOn();

        Delegates.SeatOf(_world.Task, _deputy.Id).Should().BeNull("a delegate has no seat");
        Delegates.SeatOf(_world.Task, District.Director.Id).Should().NotBeNull("who passed it on may undo or answer");
        _world.Scenario.Answer(_world.Task, District.Director, "Confirm").Should().BeOfType<AnswerResult.Accepted>();
    }

    [Fact]
    public void Undone_the_delegate_can_no_longer_answer_and_hears_nothing_more()
    {
        PassOn();
        var link = _world.Scenario.UsableLinks(_world.Task, _deputy).Single();

        District.Delegations.Clear();
        _world.Scenario.NoteActing(District.Director, "undone");

        _world.Scenario.Answer(
            _world.Task, _deputy, "Confirm", channel: AnswerChannel.Link, link: link)
            .Should().BeOfType<AnswerResult.NotEntitled>();
        _world.Scenario.Answer(_world.Task, District.Director, "Confirm").Should().BeOfType<AnswerResult.Accepted>();
    }

    [Fact]
    public void Duties_go_on_as_they_are_when_one_task_is_passed_on()
    {
        PassOn();

        District.Delegations.Single().CoversDutiesOf(Role.CommitteeDirector).Should().BeFalse();
    }

    private void PassOn()
    {
        District.Delegations.Add(new Delegation
        {
            OrganisationId = District.Organisation.Id,
            Id = Guid.NewGuid(),
            FromId = District.Director.Id,
            ToId = _deputy.Id,
            StartsAt = Now,
            EndsAt = Now.AddDays(366),
            Reason = "出差",
            SeatId = Seat.Id,
            TaskNumber = _world.Task.Number,
        });
        _world.Scenario.NoteActing(District.Director);
    }
}
