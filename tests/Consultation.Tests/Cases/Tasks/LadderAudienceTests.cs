using Consultation.Cases;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Cases.TrackedItems;

namespace Consultation.Tests.Cases.Tasks;

/// <summary>Whom the rungs of the default ladder tell: section 10 of the deliberation (mail rule 9, O7).</summary>
public sealed class LadderAudienceTests
{
    private static readonly EscalationLadder Standard = PolicyDefaults.Ladders(default)[0];
    private readonly District _district = new();
    private readonly Person _contact, _supervisor, _leader;
    private readonly TrackedItem _item;

    public LadderAudienceTests()
    {
        _contact = _district.Person("郑联系人", Role.DepartmentContact, _district.Department);
        _supervisor = _district.Person("督办陈");
        _leader = _district.Person("韩书记", Role.LeadingGroup);
        _item = new TrackedItem
        {
            OrganisationId = _district.Id,
            Id = TrackedItemId.New(),
            CaseId = CaseId.New(),
            Number = 1,
            Year = 2026,
            Topic = "t",
            Advice = "a",
            OpenedAt = District.Now,
            UndertakingUnitId = _district.Department.Id,
            ResponsibleOfficeId = _district.Committee.Id,
            SupervisorId = _supervisor.Id,
        };
    }

    [Theory]
    [InlineData(0, "郑联系人")]
    [InlineData(1, "那委员、马委员")]
    [InlineData(2, "陈主任")]
    [InlineData(3, "韩书记")]
    public void An_item_that_is_reported_late_climbs_from_its_unit_to_the_leading_group(int rung, string names) =>
        Names(rung, District.Seat(_contact)).Should().Be(names);

    [Theory]
    [InlineData(1, "孙秘书")]
    [InlineData(2, "韩书记")]
    public void A_late_director_is_not_escalated_to_himself(int rung, string names)
    {
        _district.Revoke(_district.Ma, Role.CommitteeMember);
        _district.Revoke(_district.Na, Role.CommitteeMember);

        Names(rung, _district.ChairSeat()).Should().Be(names);
    }

    [Fact]
    public void Where_two_rungs_are_one_person_the_next_one_up_is_taken()
    {
        _district.Revoke(_district.Ma, Role.CommitteeMember);
        _district.Revoke(_district.Na, Role.CommitteeMember);

        Names(1, District.Seat(_contact)).Should().Be("陈主任", "the office has nobody but its director");
        Names(2, District.Seat(_contact)).Should().Be("韩书记");
        Names(3, District.Seat(_contact)).Should().Be("韩书记", "there is nobody above");
    }

    [Fact]
    public void A_delegate_in_force_is_told_instead_of_whom_he_acts_for()
    {
        var delegatee = _district.Person("钱副主任");
        _district.Delegate(_district.Chair, delegatee, District.Now.AddDays(-1), District.Now.AddDays(1));

        Names(2, District.Seat(_contact)).Should().Be("钱副主任");
    }

    [Fact]
    public void Whoever_acts_for_an_assignee_is_skipped_too()
    {
        _district.Delegate(_contact, _district.Chair, District.Now.AddDays(-1), District.Now.AddDays(1));

        Names(0, District.Seat(_contact)).Should().Be("陈主任", "he does the task");
        Names(2, District.Seat(_contact)).Should().Be("韩书记");
    }

    [Fact]
    public void A_ladder_whose_people_are_not_understood_is_refused_at_the_rung()
    {
        var ladder = PolicyDefaults.Ladders(default)[0];
        ladder.Rungs[1] = ladder.Rungs[1] with { Who = "everybody" };
        ladder.Rungs[0] = ladder.Rungs[0] with { Copy = "role:King" };

        OrganisationRules.Check(ladder).Select(error => error.Field).Should().Equal("rungs[0].copy", "rungs[1].who");
    }

    private string Names(int rung, params TaskAssignee[] seats)
    {
        var task = _district.Task(GateMode.All, seats);
        var file = new CaseFile(_district.Directory, _district.Calendar, new Case
        {
            OrganisationId = _district.Id,
            Id = CaseId.New(),
            Kind = CaseKind.SixStep,
            Title = "停车难",
            OpenedAt = District.Now,
            CommitteeId = _district.Committee.Id,
        }, [])
        { Policies = PolicySet.None };
        _ = _leader;
        return string.Join('、', LadderAudience.Of(Standard, rung, file, _item, task, District.Now).People
            .Select(person => person.Name));
    }
}
