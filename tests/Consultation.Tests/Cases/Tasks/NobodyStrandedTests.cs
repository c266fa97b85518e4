using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Web.People;
using static Consultation.Tests.Cases.District;

namespace Consultation.Tests.Cases.Tasks;

/// <summary>
/// Somebody who leaves, is away or has no address: somebody else is asked, or the page says who has nobody.
/// </summary>
public sealed class NobodyStrandedTests
{
    private readonly District _district = new();
    private readonly WorkTask _task;

    public NobodyStrandedTests() => _task = _district.Task(GateMode.NamedPerson, _district.ChairSeat());

    [Fact]
    public void Who_leaves_gives_way_to_another_holder_of_the_role_and_without_one_the_task_is_flagged()
    {
        _district.Chair.Active = false;
        Written().Should().BeEmpty();
        VacatedSeats.Flag([_task], _district.Directory, Now).Should().ContainSingle("the secretaries hear of it");

        _district.Person("新主任", Role.CommitteeDirector, _district.Committee);

        Written().Should().Equal("新主任");
    }

    [Fact]
    public void On_leave_with_a_delegate_the_delegate_is_asked()
    {
        _district.Chair.AbsentFrom = Now.AddDays(-1);
        _district.Delegations.Add(new Delegation
        {
            OrganisationId = _district.Id,
            Id = Guid.NewGuid(),
            FromId = _district.Chair.Id,
            ToId = _district.Ma.Id,
            StartsAt = Now.AddDays(-1),
            EndsAt = Now.AddDays(9),
        });

        Written().Should().Equal("马委员");
        Gaps("people.gap.away").Should().BeEmpty();
    }

    [Fact]
    public void On_leave_with_a_substitute_the_substitute_is_asked()
    {
        _district.Chair.AbsentFrom = Now.AddDays(-1);
        _district.Person("副主任", Role.CommitteeDirector, _district.Committee, substitute: true);

        Written().Should().Equal("副主任");
        Gaps("people.gap.away").Should().BeEmpty();
    }

    [Fact]
    public void On_leave_without_anybody_the_absent_person_is_asked_all_the_same_and_the_page_says_so()
    {
        _district.Chair.AbsentFrom = Now.AddDays(-1);

        Written().Should().Equal("陈主任");
        Gaps("people.gap.away").Should().Equal("陈主任");
        _district.Chair.AbsentUntil = Now;
        Gaps("people.gap.away").Should().BeEmpty("who is back is there");
    }

    [Fact]
    public void A_delegate_who_is_away_too_counts_as_nobody()
    {
        (_district.Chair.AbsentFrom, _district.Ma.AbsentFrom) = (Now.AddDays(-1), Now.AddDays(-1));
        _district.Delegations.Add(new Delegation
        {
            OrganisationId = _district.Id,
            Id = Guid.NewGuid(),
            FromId = _district.Chair.Id,
            ToId = _district.Ma.Id,
            StartsAt = Now.AddDays(-1),
            EndsAt = Now.AddDays(9),
        });

        Written().Should().Equal("陈主任");
        Gaps("people.gap.away").Should().Contain("陈主任");
    }

    [Fact]
    public void A_unit_without_a_contact_is_answered_for_by_its_head_and_without_one_the_page_names_it()
    {
        Assignees.OfUnit(_district.Department, _district.Directory, Now).Should().BeEmpty();
        Gaps("people.gap.contact").Should().Equal("住建委");

        _district.Department.HeadId = _district.Outsider.Id;

        Assignees.OfUnit(_district.Department, _district.Directory, Now).Select(one => one.Person.Name).Should()
            .Equal("路人");
    }

    [Fact]
    public void A_hall_without_an_officer_is_answered_for_by_its_head()
    {
        var head = _district.Person("站长", Role.PlatformHead, _district.Platform);

        Assignees.OfUnit(_district.Platform, _district.Directory, Now).Select(one => one.Person).Should().Equal(head);
        Gaps("people.gap.officer").Should().Equal("河畔委员工作站");
    }

    [Fact]
    public void Who_has_a_duty_and_no_address_is_named_and_is_asked_on_paper()
    {
        foreach (var person in _district.People.Where(person => person != _district.Chair))
        {
            person.Email = "somebody@example.org";
        }

        Written().Should().Equal("陈主任");
        Gaps("people.gap.mail").Should().Equal("陈主任");
        _district.Chair.ChannelAddress = "13800000001";
        Gaps("people.gap.mail").Should().BeEmpty("the second channel reaches the person");
    }

    [Fact]
    public void Who_was_merged_is_found_as_who_stayed_wherever_a_workflow_names_the_old_entry()
    {
        var twin = _district.Person("陈主任（新）");
        (_district.Chair.Active, _district.Chair.MergedIntoId) = (false, twin.Id);
        _district.Department.HeadId = _district.Chair.Id;

        Assignees.OfUnit(_district.Department, _district.Directory, Now).Select(one => one.Person).Should().Equal(twin);
    }

    private IEnumerable<string> Written() =>
        SeatContacts.Of(_task, _district.Directory, Now).Select(contact => contact.Person.Name);

    private IEnumerable<string> Gaps(string key) =>
        DirectoryWarning.Of(_district.Directory, "zh", Now).Where(gap => gap.TextKey == key).Select(gap => gap.Name);
}
