using Consultation.Cases;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using static Consultation.Tests.Cases.District;

namespace Consultation.Tests.Cases.People;

/// <summary>People on a roster without a row of their own (Q90, Q93, P24).</summary>
public sealed class GuestTests
{
    private readonly District _district = new();

    [Theory]
    [InlineData("liu@example.com", "liu@example.com")]
    [InlineData("13800000000，邮箱：liu.yang@mail.example.com（晚上）", "liu.yang@mail.example.com")]
    [InlineData("13800000000", null)]
    [InlineData("刘@example", null)]
    [InlineData("", null)]
    public void The_first_mail_address_of_a_contact_counts(string contact, string? address) =>
        Guests.AddressIn(contact).Should().Be(address);

    [Fact]
    public void A_guest_answers_the_own_seat_and_no_other()
    {
        var (guest, other) = (GuestSeat("刘阿姨"), GuestSeat("张师傅"));
        var task = _district.Task(GateMode.All, guest, other);

        Gate.Answer(task, _district.Directory, By(task, guest), Now).Should().BeOfType<GateResult.Counted>();
        Refusal<AnswerResult.AlreadyDecided>(
            Gate.Answer(task, _district.Directory, By(task, guest), Now)).ByName.Should().Be("刘阿姨");
        Gate.Tally(task, _district.Directory).Should().BeOfType<GateTally.Waiting>().Which.For.Zh.Should()
            .Contain("张师傅");
    }

    [Fact]
    public void The_guest_of_one_task_is_nobody_in_another()
    {
        var guest = GuestSeat("刘阿姨");
        _district.Task(GateMode.All, guest);
        var task = _district.Task(GateMode.All, Seat(_district.Ma));

        Refusal<AnswerResult.NotEntitled>(Gate.Answer(task, _district.Directory, By(task, guest), Now));
    }

    [Fact]
    public void The_secretary_answers_for_a_guest_without_mail()
    {
        var secretary = _district.Person("秘书", Role.Secretary, null);
        var guest = GuestSeat("刘阿姨");
        var task = _district.Task(GateMode.All, guest);

        Gate.Answer(task, _district.Directory, Answer(task, secretary, "Confirm", channel: AnswerChannel.OnBehalf)
            with
        { OnBehalfOfId = guest.PersonId }, Now)
            .Should().BeOfType<GateResult.Counted>();
        guest.AnsweredById.Should().Be(secretary.Id);
    }

    [Fact]
    public void A_guest_is_no_vacancy_and_not_among_the_people_of_the_organisation()
    {
        var task = _district.Task(GateMode.All, GuestSeat("刘阿姨"));

        Vacancies.Explain(task, _district.Directory, Now).Should().BeNull();
        _district.Directory.With(task).People.Should().HaveCount(_district.Directory.People.Count);
        _district.Directory.With(task).Find(task.Assignees[0].PersonId)!.Name.Should().Be("刘阿姨");
    }

    private static TaskAssignee GuestSeat(string name) =>
        new() { Id = Guid.NewGuid(), PersonId = PersonId.New(), GuestName = name };

    private static TaskAnswer By(WorkTask task, TaskAssignee seat) => new()
    {
        OrganisationId = task.OrganisationId,
        TaskId = task.Id,
        ActorId = seat.PersonId,
        Outcome = "Confirm",
        Revision = task.Revision,
        OperationId = Guid.NewGuid().ToString("N"),
        Channel = AnswerChannel.Link,
    };
}
