using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using static Consultation.Tests.Cases.District;

namespace Consultation.Tests.Cases.Tasks;

/// <summary>What an open task says when its assignees leave or lose their roles (O2, O6).</summary>
public sealed class VacancyTests
{
    private readonly District _district = new();

    private AssigneeBasis Member => AssigneeBasis.Of(Role.CommitteeMember, _district.Committee.Id);

    [Fact]
    public void Nothing_is_wrong_while_everybody_is_there()
    {
        var task = _district.Task(GateMode.ChairLast, _district.ChairSeat(), Seat(_district.Ma, Member));

        Vacancies.Of(task, _district.Directory, Now).Should().BeEmpty();
        Vacancies.Explain(task, _district.Directory, Now).Should().BeNull();
    }

    [Fact]
    public void Somebody_who_left_and_somebody_who_lost_the_role_are_named_with_the_reason()
    {
        var task = _district.Task(
            GateMode.All, Seat(_district.Ma, Member), Seat(_district.Na, Member), Seat(_district.Outsider));
        _district.Ma.Active = false;
        _district.Revoke(_district.Na, Role.CommitteeMember);

        var text = Vacancies.Explain(task, _district.Directory, Now)!;

        text.Zh.Should().StartWith("马委员已离任、那委员已不再担任城建委").And.Contain("改派前不能通过").And.EndWith("请改派。");
        text.En.Should().Contain("no longer").And.Contain("Reassign");
    }

    [Fact]
    public void Another_holder_of_the_role_may_act_and_is_named()
    {
        var successor = _district.Person("新主任", Role.CommitteeDirector, _district.Committee);
        var task = _district.Task(GateMode.NamedPerson, _district.ChairSeat());
        _district.Chair.Active = false;

        Vacancies.Explain(task, _district.Directory, Now)!.Zh.Should().Be("陈主任已离任。可由新主任以同一职务办理，也可改派。");
        Vacancies.StandsIn(task.Assignees[0], successor.Id, _district.Directory, Now).Should().BeTrue();
        _district.Give(task, successor, "Confirm")
            .Should().BeOfType<GateResult.Counted>("the gate follows the same rule");
    }

    [Fact]
    public void Nobody_stands_in_for_somebody_who_is_there()
    {
        var second = _district.Person("副主任", Role.CommitteeDirector, _district.Committee);
        var task = _district.Task(GateMode.NamedPerson, _district.ChairSeat());

        Vacancies.StandsIn(task.Assignees[0], second.Id, _district.Directory, Now).Should().BeFalse();
    }

    [Fact]
    public void Who_wrote_what_is_judged_does_not_stand_in()
    {
        var author = _district.Person("起草人", Role.CommitteeDirector, _district.Committee);
        var task = _district.Task(GateMode.NamedPerson, _district.ChairSeat());
        task.Barred.Add(author.Id.Value);
        _district.Chair.Active = false;

        Vacancies.Explain(task, _district.Directory, Now)!.Zh.Should().Be("陈主任已离任。现在没有人能够办理。请改派。");
    }

    [Theory]
    [InlineData(GateMode.AnyOne, 3, 1, "其余承办人仍可办理")]
    [InlineData(GateMode.AnyOne, 1, 1, "现在没有人能够办理")]
    [InlineData(GateMode.All, 3, 1, "改派前不能通过")]
    [InlineData(GateMode.MajorityWithQuorum, 5, 1, "法定人数4，同意须3，其余4席仍可作出决定")]
    [InlineData(GateMode.MajorityWithQuorum, 5, 2, "现只有3席能答复，改派前不能通过")]
    [InlineData(GateMode.ChairLast, 3, 1, "由主任最后决定而主任一席空缺")]
    public void What_follows_for_the_decision_is_said(GateMode mode, int seats, int gone, string words)
    {
        var people = Enumerable.Range(1, seats).Select(i => _district.Person($"委员{i}")).ToList();
        var task = _district.Task(
            mode, [.. people.Select((person, i) => Seat(person, chair: mode == GateMode.ChairLast && i == 0))]);
        foreach (var person in people.Take(gone)) person.Active = false;

        Vacancies.Explain(task, _district.Directory, Now)!.Zh.Should().Contain(words);
    }

    /// <summary>
    /// The sentence promises that a majority can or cannot be reached; playing all remaining answers through the gate
    /// must agree.
    /// </summary>
    [Fact]
    public void What_is_said_about_the_quorum_is_what_the_gate_does()
    {
        for (var seats = 1; seats <= 7; seats++)
        {
            for (var gone = 1; gone <= seats; gone++)
            {
                var district = new District();
                var people = Enumerable.Range(1, seats).Select(i => district.Person($"委员{i}")).ToList();
                var task = district.Task(GateMode.MajorityWithQuorum, [.. people.Select(person => Seat(person))]);
                foreach (var person in people.Take(gone)) person.Active = false;
                var said = Vacancies.Explain(task, district.Directory, Now)!.Zh;

                foreach (var person in people.Skip(gone).TakeWhile(_ => task.State == TaskState.Open))
                {
                    district.Give(task, person, "Confirm");
                }

                said.Contains("仍可作出决定", StringComparison.Ordinal).Should()
                    .Be(task.Outcome == "Confirm", $"{seats} seats, {gone} gone: {said}");
            }
        }
    }

    [Fact]
    public void Seats_that_answered_and_closed_tasks_are_nobodys_gap()
    {
        var task = _district.Task(GateMode.AnyOne, Seat(_district.Ma), Seat(_district.Na));
        _district.Give(task, _district.Ma, "Confirm");
        _district.Na.Active = false;

        Vacancies.Of(task, _district.Directory, Now).Should().BeEmpty();
    }
}
