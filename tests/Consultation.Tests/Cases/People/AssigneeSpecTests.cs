using Consultation.Cases;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Cases.TrackedItems;

namespace Consultation.Tests.Cases.People;

public sealed class AssigneeSpecTests
{
    private const string OfficerThenHeadThenCommittee =
        "role:PlatformOfficer@case.platform|role:PlatformHead@case.platform|role:CommitteeDirector@case.committee";

    private readonly District _district = new();

    [Theory]
    [InlineData("role:CommitteeDirector@case.committee")]
    [InlineData("role:LeadingGroup")]
    [InlineData("proposer")]
    [InlineData("item.supervisor; item.undertaking; item.office")]
    [InlineData(OfficerThenHeadThenCommittee + "; roster")]
    [InlineData("person:0195f3a0c0de7000800000000000000a")]
    [InlineData("role:DepartmentContact@unit:0195f3a0c0de7000800000000000000a")]
    public void A_specification_reads_back_as_it_was_written(string text) =>
        AssigneeSpec.Read(text).Should().BeOfType<AssigneeSpecReading.Read>().Which.Spec.ToString().Should().Be(text);

    [Theory]
    [InlineData("", 1, "没有写明承办人")]
    [InlineData("role:Boss", 1, "没有角色 “Boss”")]
    [InlineData("role:3", 1, "没有角色 “3”")]
    [InlineData("roster; role:Secretary@nowhere", 9, "“nowhere” 不是可用的单位")]
    [InlineData("proposer||roster", 10, "“|” 两侧")]
    [InlineData("person:zhang", 1, "“zhang” 不是有效的编号")]
    [InlineData("everybody", 1, "看不懂 “everybody”")]
    public void What_is_wrong_is_named_with_its_place(string text, int position, string message)
    {
        var wrong = AssigneeSpec.Read(text).Should().BeOfType<AssigneeSpecReading.Wrong>().Which;

        wrong.Position.Should().Be(position);
        wrong.Message.Zh.Should().Contain(message);
        wrong.Message.En.Should().NotBeNullOrEmpty();
    }

    [Fact]
    public void Without_an_officer_the_platform_head_gets_the_task_and_without_a_head_the_committee()
    {
        Names(OfficerThenHeadThenCommittee).Should().Equal("陈主任");
        _district.Person("周站长", Role.PlatformHead, _district.Platform);
        Names(OfficerThenHeadThenCommittee).Should().Equal("周站长");
        var officer = _district.Person("吴专人", Role.PlatformOfficer, _district.Platform);
        Names(OfficerThenHeadThenCommittee).Should().Equal("吴专人");
        officer.Active = false;
        Names(OfficerThenHeadThenCommittee).Should().Equal("周站长");
    }

    [Fact]
    public void The_director_is_marked_as_the_chair_and_everybody_appears_once()
    {
        var found =
            Found("role:CommitteeDirector@case.committee; role:CommitteeMember@case.committee; "
                + "role:CommitteeDirector@case.committee");

        found.Assignees.Select(one => (one.Person.Name, one.IsChair)).Should()
            .Equal(("陈主任", true), ("那委员", false), ("马委员", false));
        found.Assignees[0].Basis.Should().Be(AssigneeBasis.Of(Role.CommitteeDirector, _district.Committee.Id));
        found.Assignees[0].Basis.Describe(_district.Directory).Zh.Should().Be("城建委 专委会主任");
    }

    [Fact]
    public void A_substitute_stands_in_for_an_absent_holder()
    {
        _district.Person("替补", Role.CommitteeDirector, _district.Committee, substitute: true);
        Names("role:CommitteeDirector@case.committee").Should().Equal("陈主任");

        _district.Chair.AbsentFrom = District.Now;

        Names("role:CommitteeDirector@case.committee").Should().Equal("替补");
    }

    [Fact]
    public void A_vanished_assignee_and_an_empty_roster_are_explained()
    {
        _district.Ma.Active = false;

        var reason = Resolve($"person:{_district.Ma.Id.Value:N}; roster")
            .Should().BeOfType<AssigneeResolution.Nobody>().Which.Reason;

        reason.Zh.Should().Be("马委员已离任，请改派他人。还没有安排会议，请先确定参会名单。");
        reason.En.Should().Contain("has left").And.Contain("roster");
    }

    [Fact]
    public void Who_was_not_found_among_others_is_noted()
    {
        var found = Found("role:CommitteeDirector@case.committee; item.undertaking");

        found.Assignees.Should().ContainSingle();
        found.Notes.Should().ContainSingle().Which.Zh.Should().Contain("承办单位");
    }

    [Fact]
    public void A_tracked_item_names_its_units_and_its_supervisor()
    {
        _district.Person("郑科长", Role.DepartmentContact, _district.Department);
        var item = new TrackedItem
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
            SupervisorId = _district.Na.Id,
        };

        Found("item.undertaking; item.office; item.supervisor", item).Assignees.Select(one => one.Person.Name).Should()
            .Equal("郑科长", "陈主任", "那委员");
    }

    [Fact]
    public void The_next_in_a_chain_judges_when_the_first_wrote_it_himself()
    {
        var chain = $"person:{_district.Na.Id.Value:N}|role:CommitteeDirector@case.committee";

        Resolve(chain, barred: [_district.Na.Id]).Should().BeOfType<AssigneeResolution.Found>()
            .Which.Assignees.Should().ContainSingle().Which.Person.Id.Should().NotBe(_district.Na.Id);
        Resolve(chain).Should().BeOfType<AssigneeResolution.Found>()
            .Which.Assignees.Should().ContainSingle().Which.Person.Id.Should().Be(_district.Na.Id);
    }

    private IEnumerable<string> Names(string text) => Found(text).Assignees.Select(one => one.Person.Name);

    private AssigneeResolution.Found Found(string text, TrackedItem? item = null) =>
        Resolve(text, item).Should().BeOfType<AssigneeResolution.Found>().Which;

    private AssigneeResolution Resolve(
        string text, TrackedItem? item = null, IReadOnlyCollection<PersonId>? barred = null)
    {
        var spec = AssigneeSpec.Read(text).Should().BeOfType<AssigneeSpecReading.Read>().Which.Spec;
        var @case = new Case
        {
            OrganisationId = _district.Id,
            Id = CaseId.New(),
            Kind = CaseKind.SixStep,
            Title = "停车难",
            OpenedAt = District.Now,
            PlatformId = _district.Platform.Id,
            CommitteeId = _district.Committee.Id,
        };
        var file = new CaseFile(_district.Directory, _district.Calendar, @case, []) { Policies = PolicySet.None };
        return Assignees.Resolve(spec, file, item, District.Now, barred);
    }
}
