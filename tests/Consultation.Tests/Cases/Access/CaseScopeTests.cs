using Consultation.Cases;
using Consultation.Cases.Access;
using Consultation.Cases.Matters;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Cases.TrackedItems;

namespace Consultation.Tests.Cases.Access;

/// <summary>What each role sees; run over the very expressions that lists hand to the database.</summary>
public sealed class CaseScopeTests
{
    private readonly District _district = new();
    private readonly List<WorkTask> _tasks = [];
    private readonly List<TrackedItem> _items = [];
    private readonly Case _own;
    private readonly Case _other;
    private readonly Case _secret;

    public CaseScopeTests()
    {
        _own = File(_district.Committee.Id, _district.Platform.Id);
        _other = File(UnitId.New(), UnitId.New());
        _secret = File(_district.Committee.Id, _district.Platform.Id, restricted: true);
    }

    [Theory]
    [InlineData(Role.Administrator)]
    [InlineData(Role.Viewer)]
    public void Administrators_and_viewers_see_every_case_but_the_restricted_ones(Role role) =>
        Seen(_district.Person("某人", role)).Should().BeEquivalentTo([_own, _other]);

    [Theory]
    [InlineData(Role.Secretary)]
    [InlineData(Role.LeadingGroup)]
    public void Secretaries_and_the_leading_group_see_everything(Role role) =>
        Seen(_district.Person("某人", role)).Should().BeEquivalentTo([_own, _other, _secret]);

    [Fact]
    public void A_committee_member_sees_the_committee_s_cases_without_the_restricted_ones() =>
        Seen(_district.Ma).Should().Equal(_own);

    [Fact]
    public void A_committee_director_also_sees_its_restricted_cases() =>
        Seen(_district.Chair).Should().BeEquivalentTo([_own, _secret]);

    [Theory]
    [InlineData(Role.PlatformHead)]
    [InlineData(Role.PlatformOfficer)]
    public void Platform_people_see_their_platform_s_cases(Role role) =>
        Seen(_district.Person("平台", role, _district.Platform)).Should().Equal(_own);

    [Fact]
    public void A_designer_sees_no_case() => Seen(_district.Person("设计员", Role.Designer)).Should().BeEmpty();

    [Fact]
    public void A_member_sees_a_case_only_while_having_a_task_in_it()
    {
        var member = _district.Person("委员", Role.Member);
        Seen(member).Should().BeEmpty();

        var seat = District.Seat(member);
        _tasks.Add(Task(_secret, seat));
        Seen(member).Should().Equal(_secret);

        seat.Active = false;
        Seen(member).Should().BeEmpty("somebody else has taken the seat");
    }

    [Fact]
    public void The_tasks_of_a_restricted_case_are_seen_by_cleared_people_alone()
    {
        var seat = District.Seat(_district.Outsider);
        _tasks.AddRange([Task(_own, seat), Task(_secret, seat)]);

        TasksSeenBy(_district.Ma).Should().Equal(_own.Id);
        TasksSeenBy(_district.Chair).Should().Equal(_own.Id, _secret.Id);
        TasksSeenBy(_district.Person("旁观", Role.Viewer)).Should().Equal(_own.Id);

        IEnumerable<CaseId> TasksSeenBy(Person person) =>
            CaseScope.Of(person.Id, _district.Directory).TasksIn(Tables()).Select(task => task.CaseId);
    }

    [Fact]
    public void A_contact_sees_the_items_of_the_unit_and_no_others()
    {
        var contact = _district.Person("联系人", Role.DepartmentContact, _district.Department);
        var mine = Item(_own, _district.Department.Id);
        Item(_own, UnitId.New());

        SeenItems(contact).Should().Equal(mine);
    }

    [Fact]
    public void A_supervisor_by_name_sees_the_item_and_its_case()
    {
        var supervisor = _district.Person("督办", Role.Supervisor);
        var item = Item(_other, UnitId.New(), supervisor.Id);

        SeenItems(supervisor).Should().Equal(item);
        Seen(supervisor).Should().Equal(_other);
    }

    [Fact]
    public void An_item_of_a_restricted_case_is_seen_by_nobody_who_is_not_cleared_whatever_leads_there()
    {
        var contact = _district.Person("联系人", Role.DepartmentContact, _district.Department);
        var supervisor = _district.Person("督办", Role.Supervisor);
        var (secret, open) = (Item(_secret, _district.Department.Id, supervisor.Id),
            Item(_own, _district.Department.Id, supervisor.Id));

        SeenItems(contact).Should().Equal(open);
        SeenItems(supervisor).Should().Equal(open);
        SeenItems(_district.Person("旁观", Role.Viewer)).Should().Equal(open);
        SeenItems(_district.Ma).Should().Equal(open);
        SeenItems(_district.Chair).Should().BeEquivalentTo([secret, open]);

        _tasks.Add(Task(_secret, District.Seat(contact)));
        SeenItems(contact).Should().BeEquivalentTo([secret, open], "who has a task in the case is cleared");
    }

    [Fact]
    public void A_matter_of_a_restricted_case_is_kept_from_its_platform_and_from_who_entered_it()
    {
        var officer = _district.Person("专人", Role.PlatformOfficer, _district.Platform);
        var (kept, open) = (Matter(_district.Platform.Id, officer.Id, _secret.Id), Matter(_district.Platform.Id));
        var tables = Tables(matters: [kept, open]);

        CaseScope.Of(officer.Id, _district.Directory).MattersIn(tables).Should().Equal(open);
        CaseScope.Of(_district.Secretary.Id, _district.Directory).MattersIn(tables).Should()
            .BeEquivalentTo([kept, open]);
    }

    [Theory]
    [InlineData(Role.Administrator, true)]
    [InlineData(Role.Viewer, true)]
    [InlineData(Role.Designer, true)]
    [InlineData(Role.Secretary, false)]
    [InlineData(Role.LeadingGroup, false)]
    public void A_restricted_case_is_kept_from_all_but_cleared_people(Role role, bool kept) =>
        CaseScope.Of(_district.Person("某人", role).Id, _district.Directory).KeptFrom(Tables()).Should()
            .Equal(kept ? [_secret] : []);

    [Fact]
    public void Who_was_replaced_takes_part_in_a_task_no_longer()
    {
        var member = _district.Person("委员", Role.Member);
        var (seat, scope) = (District.Seat(member), CaseScope.Of(member.Id, _district.Directory));
        var task = Task(_secret, seat);

        scope.TakesPartIn(task, _district.Directory, District.Now).Should().BeTrue();
        seat.Active = false;

        scope.TakesPartIn(task, _district.Directory, District.Now).Should().BeFalse();
    }

    [Fact]
    public void Nothing_of_another_organisation_is_ever_seen()
    {
        var elsewhere = new Case
        {
            OrganisationId = OrganisationId.New(),
            Id = CaseId.New(),
            Kind = CaseKind.SixStep,
            Title = "外区",
            OpenedAt = District.Now,
        };

        CaseScope.Of(_district.Secretary.Id, _district.Directory).CasesIn(Tables(cases: [elsewhere]))
            .Should().BeEmpty();
    }

    [Fact]
    public void Platform_people_see_the_pool_of_their_platform_only()
    {
        var officer = _district.Person("专人", Role.PlatformOfficer, _district.Platform);
        var scope = CaseScope.Of(officer.Id, _district.Directory);
        var own = Matter(_district.Platform.Id);

        scope.MattersIn(Tables(cases: [], matters: [own, Matter(UnitId.New())])).Should().Equal(own);
        scope.MayRegister.Should().BeTrue();
        scope.MaySteer.Should().BeFalse();
    }

    private List<Case> Seen(Person person) => [.. CaseScope.Of(person.Id, _district.Directory).CasesIn(Tables())];

    private List<TrackedItem> SeenItems(Person person) =>
        [.. CaseScope.Of(person.Id, _district.Directory).ItemsIn(Tables())];

    private CaseTables Tables(IReadOnlyList<Case>? cases = null, IReadOnlyList<Matter>? matters = null) => new(
        (cases ?? [_own, _other, _secret]).AsQueryable(), _tasks.AsQueryable(), _items.AsQueryable(),
        (matters ?? []).AsQueryable());

    private Case File(UnitId committee, UnitId platform, bool restricted = false) => new()
    {
        OrganisationId = _district.Id,
        Id = CaseId.New(),
        Kind = CaseKind.SixStep,
        Title = "协商事项",
        CommitteeId = committee,
        PlatformId = platform,
        Restricted = restricted,
        OpenedAt = District.Now,
    };

    private static WorkTask Task(Case file, TaskAssignee seat) => new()
    {
        OrganisationId = file.OrganisationId,
        Id = TaskId.New(),
        CaseId = file.Id,
        Number = "R1",
        InstanceId = "i",
        BookmarkId = "b",
        ActivityId = "a",
        Kind = TaskKind.Work,
        Title = new("办理"),
        Mode = GateMode.AnyOne,
        Outcomes = [],
        Assignees = [seat],
        OpenedAt = District.Now,
    };

    private TrackedItem Item(Case file, UnitId unit, PersonId? supervisor = null)
    {
        var item = new TrackedItem
        {
            OrganisationId = file.OrganisationId,
            Id = TrackedItemId.New(),
            CaseId = file.Id,
            Number = _items.Count + 1,
            Year = 2026,
            Topic = "停车",
            Advice = "增设车位",
            UndertakingUnitId = unit,
            SupervisorId = supervisor,
            OpenedAt = District.Now,
        };
        _items.Add(item);
        return item;
    }

    private Matter Matter(UnitId platform, PersonId? by = null, CaseId? file = null) => new()
    {
        CaseId = file,
        EnteredById = by,
        OrganisationId = _district.Id,
        Id = MatterId.New(),
        Number = "SX1",
        Source = MatterSource.Desk,
        Title = "停车",
        Text = "停车难",
        PlatformId = platform,
        RaisedAt = District.Now,
        ReceivedAt = District.Now,
    };
}
