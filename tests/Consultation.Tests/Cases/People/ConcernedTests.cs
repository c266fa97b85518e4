using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Cases.Topics;
using Consultation.Cases.TrackedItems;

namespace Consultation.Tests.Cases.People;

/// <summary>Whom a topic, a work group and a tracked item concern, as workflows name them.</summary>
public sealed class ConcernedTests
{
    private readonly District _district = new();
    private readonly Unit _water, _roads;
    private readonly Person _waterContact, _lightMember;
    private readonly CaseFile _file;

    public ConcernedTests()
    {
        _water = _district.Unit("水务局", UnitKind.Department);
        _roads = _district.Unit("交通局", UnitKind.Department);
        _waterContact = _district.Person("郑联系人", Role.DepartmentContact, _water);
        _district.Person("冯联系人", Role.DepartmentContact, _roads);
        _lightMember = _district.Person("许委员", Role.Member);
        _lightMember.Expertise.Add("市政照明");
        var other = _district.Person("何委员", Role.Member);
        other.Sectors.Add("教育");
        _file = File();
    }

    [Theory]
    [InlineData("topic.units; topic.members")]
    [InlineData("topic.lead|role:Secretary; topic.helping")]
    [InlineData("topic.drafter; case.supervisors; task.assignees")]
    [InlineData("unit.head(item.unit)|role:Secretary; unit.head(unit:0195f3a0c0de7000800000000000000a)")]
    [InlineData("case.workgroup(planning); case.workgroup(liaison); case.workgroup(documents)")]
    [InlineData("role:DepartmentContact@topic.units; item.unit; item.helping; case.units")]
    public void What_a_workflow_writes_reads_back(string text) =>
        AssigneeSpec.Read(text).Should().BeOfType<AssigneeSpecReading.Read>().Which.Spec.ToString().Should().Be(text);

    [Theory]
    [InlineData("unit.head(nowhere)", "“nowhere” 不是可用的单位")]
    [InlineData("case.workgroup(singing)", "没有职责 “singing”")]
    public void What_is_wrong_is_said(string text, string said) =>
        AssigneeSpec.Read(text).Should().BeOfType<AssigneeSpecReading.Wrong>().Which.Message.Zh.Should().Contain(said);

    [Fact]
    public void A_topic_concerns_its_units_and_the_members_with_its_fields_and_nobody_else()
    {
        _file.Topic = Topic(["市政照明"]);

        Names("topic.units; topic.members").Should().Equal("郑联系人", "冯联系人", "许委员");
        Names("topic.lead").Should().Equal("郑联系人");
        Names("topic.helping").Should().Equal("冯联系人");
        Names("role:DepartmentContact@topic.lead").Should().Equal("郑联系人");
    }

    [Fact]
    public void Every_field_of_a_member_counts_sector_expertise_and_sub_district()
    {
        _lightMember.Areas.Add("河畔街道");
        _file.Topic = Topic(["教育", "河畔街道"]);

        Names("topic.members").Should().BeEquivalentTo("何委员", "许委员");
    }

    [Fact]
    public void A_topic_without_fields_concerns_no_member_and_says_so()
    {
        _file.Topic = Topic([]);

        Resolve("topic.members").Should().BeOfType<AssigneeResolution.Nobody>().Which.Reason.Zh
            .Should().Contain("没有写明涉及的界别");
    }

    [Fact]
    public void A_unit_without_contact_is_answered_for_by_its_head_and_never_by_another_unit()
    {
        _waterContact.Active = false;
        _file.Topic = Topic([]);
        Names("topic.units").Should().Equal("孙秘书", "冯联系人");
        Found("topic.units").Notes.Should().ContainSingle().Which.Zh.Should().Contain("水务局没有联系人");
        Found("topic.lead|role:Secretary").Notes.Should().ContainSingle().Which.Zh.Should().Contain("水务局没有联系人");

        var head = _district.Person("钱局长", unit: _water);
        _water.HeadId = head.Id;

        Names("topic.lead").Should().Equal("钱局长");
        Found("topic.lead").Assignees[0].Basis.Describe(_district.Directory).Zh.Should().Be("水务局 负责人");
        Names("unit.head(topic.lead)").Should().Equal("钱局长");
        Names("unit.head(case.committee)").Should().Equal("陈主任");
    }

    [Fact]
    public void A_duty_of_the_work_group_goes_to_who_has_it_and_in_absence_to_the_substitute()
    {
        Resolve("case.workgroup(planning)").Should().BeOfType<AssigneeResolution.Nobody>();
        _file.Records.Insert(0, Group(("planning", _district.Ma, _district.Na)));

        Names("case.workgroup(planning)").Should().Equal("马委员");
        Names("case.workgroup(documents)|role:Secretary").Should().Equal("孙秘书");
        _district.Ma.AbsentFrom = District.Now;
        Names("case.workgroup(planning)").Should().Equal("那委员");
    }

    [Fact]
    public void All_three_duties_are_filled_and_nobody_stands_in_for_himself()
    {
        var group = Group(("planning", _district.Ma, _district.Ma), ("liaison", _district.Na, _district.Ma));

        WorkGroupDuties.Check(group.Fields).Select(error => (error.Field, error.Message.Zh)).Should().Equal(
            ("duties", "“资料整理”还没有人负责，请加一行。"),
            ("duties[0].substitute", "第 1 行：替补人不能是负责人自己。"));
    }

    [Fact]
    public void The_units_of_a_case_are_those_of_its_plan_and_of_its_items()
    {
        _file.Records.Insert(0, Record(FormKeys.ImplementationPlan, ("lines", FormValues.Write(
            [new Dictionary<string, string> { ["unit"] = _roads.Id.Value.ToString("N") }]))));
        _file.Items.Add(Item(_water, _district.Na));

        Names("case.units").Should().Equal("冯联系人", "郑联系人");
        Names("case.supervisors").Should().Equal("那委员");
    }

    [Fact]
    public void The_assignees_of_a_task_are_those_who_still_owe_an_answer()
    {
        var task = _district.Task(GateMode.All, District.Seat(_district.Ma), District.Seat(_district.Na));
        task.Assignees[0].Outcome = "Confirm";

        Assignees.PeopleOf("task.assignees", _file, null, District.Now, task).Should().Equal(_district.Na);
        Assignees.PeopleOf("task.assignees", _file, null, District.Now).Should().BeEmpty();
    }

    [Fact]
    public void Every_unit_answers_for_itself_and_the_second_contact_of_one_owes_nothing_more()
    {
        var second = _district.Person("王联系人", Role.DepartmentContact, _water);
        var task = _district.Task(GateMode.EachUnit,
            District.Seat(_waterContact, AssigneeBasis.Of(Role.DepartmentContact, _water.Id)),
            District.Seat(second, AssigneeBasis.Of(Role.DepartmentContact, _water.Id)),
            District.Seat(
                _district.People.Single(one => one.Name == "冯联系人"),
                AssigneeBasis.Of(Role.DepartmentContact, _roads.Id)));

        _district.Give(task, _waterContact, "Confirm").Should().BeOfType<GateResult.Counted>()
            .Which.Tally.Should().BeOfType<GateTally.Waiting>().Which.For.Zh.Should().Contain("交通局").And
            .NotContain("水务局");
        Gate.Owing(task).Should().ContainSingle().Which.UnitId.Should().Be(_roads.Id);
        District.Refusal<AnswerResult.AlreadyDecided>(_district.Give(task, second, "Confirm"))
            .ByName.Should().Be("郑联系人");
        _district.Give(task, _district.People.Single(one => one.Name == "冯联系人"), "Confirm")
            .Should().BeOfType<GateResult.Counted>().Which.Tally.Should().BeOfType<GateTally.Decided>();
    }

    [Theory]
    [InlineData("市政照明", true)]
    [InlineData("天文", false)]
    public void A_topic_names_only_fields_that_somebody_has(string field, bool known)
    {
        var form = FormCatalogue.Find(FormKeys.TopicDraft)!;

        var errors = form.Validate(
            new Dictionary<string, string> { ["fields"] = field }, _district.Directory, new(2026, 3, 2), false);

        errors.Any(error => error.Field == "fields").Should().Be(!known);
    }

    [Theory]
    [InlineData("郑凯", "zk")]
    [InlineData("覃芮", "qr")]
    [InlineData("区水务局 2", "qswj2")]
    public void A_name_is_found_by_the_initials_of_its_pinyin(string name, string initials) =>
        PinyinInitials.Of(name).Should().Be(initials);

    private IEnumerable<string> Names(string text) => Found(text).Assignees.Select(one => one.Person.Name);

    private AssigneeResolution.Found Found(string text) =>
        Resolve(text).Should().BeOfType<AssigneeResolution.Found>().Which;

    private AssigneeResolution Resolve(string text)
    {
        var spec = AssigneeSpec.Read(text).Should().BeOfType<AssigneeSpecReading.Read>().Which.Spec;
        return Assignees.Resolve(spec, Fresh(), null, District.Now);
    }

    private CaseFile File() => new(
        _district.Directory, _district.Calendar,
        new Case
        {
            OrganisationId = _district.Id,
            Id = CaseId.New(),
            Kind = CaseKind.SixStep,
            Title = "停车难",
            OpenedAt = District.Now,
            PlatformId = _district.Platform.Id,
            CommitteeId = _district.Committee.Id,
        }, [])
    { Policies = PolicySet.None };

    /// <summary>The file with the people as they are now.</summary>
    private CaseFile Fresh() =>
        new(_district.Directory, _district.Calendar, _file.Case, [])
        {
            Policies = PolicySet.None,
            Topic = _file.Topic,
            Records = _file.Records,
            Items = _file.Items,
        };

    private Topic Topic(List<string> fields) => new()
    {
        OrganisationId = _district.Id,
        Id = Guid.NewGuid(),
        CaseId = _file.Case.Id,
        Title = "步道照明",
        DraftedById = _district.Ma.Id,
        DraftedAt = District.Now,
        LeadUnitId = _water.Id,
        HelpingUnitIds = [_roads.Id],
        Fields = fields,
    };

    private CaseRecord Group(params (string Duty, Person Who, Person Substitute)[] duties) => Record(
        WorkGroupDuties.AppointedKind, ("duties", FormValues.Write(duties.Select(duty => new Dictionary<string, string>
        {
            ["duty"] = duty.Duty,
            ["who"] = duty.Who.Id.Value.ToString("N"),
            ["substitute"] = duty.Substitute.Id.Value.ToString("N"),
        }))));

    private CaseRecord Record(string kind, params (string Field, string Value)[] fields) => new()
    {
        OrganisationId = _district.Id,
        Id = Guid.NewGuid(),
        CaseId = _file.Case.Id,
        Kind = kind,
        Title = new(kind),
        Fields = fields.ToDictionary(field => field.Field, field => field.Value),
        ById = _district.Secretary.Id,
        At = District.Now,
    };

    private TrackedItem Item(Unit unit, Person supervisor) => new()
    {
        OrganisationId = _district.Id,
        Id = TrackedItemId.New(),
        CaseId = _file.Case.Id,
        Number = 1,
        Year = 2026,
        Topic = "t",
        Advice = "a",
        OpenedAt = District.Now,
        UndertakingUnitId = unit.Id,
        SupervisorId = supervisor.Id,
    };
}
