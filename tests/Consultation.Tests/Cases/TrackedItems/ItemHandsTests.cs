using Consultation.Cases.Forms;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Cases.TrackedItems;
using Consultation.Tests.Cases.Documents;
using static Consultation.Tests.Cases.District;

namespace Consultation.Tests.Cases.TrackedItems;

/// <summary>Who answers for a tracked item, and what happens to that (Q108, Q110, O16).</summary>
public sealed class ItemHandsTests
{
    private readonly District _district = new();
    private readonly TrackedItem _item;
    private readonly Person _contact, _clerk, _supervisor;
    private readonly Unit _police;

    public ItemHandsTests()
    {
        _contact = _district.Person("郑科长", Role.DepartmentContact, _district.Department);
        _clerk = _district.Person("丁科员", null, _district.Department);
        _supervisor = _district.Person("督办员", Role.Supervisor);
        _police = _district.Unit("公安局", UnitKind.Department);
        _district.Person("公安联系人", Role.DepartmentContact, _police);
        _item = Paper.File(_district, items: 1).Items[0];
        (_item.SupervisorId, _item.UndertakingUnitId) = (_supervisor.Id, _district.Department.Id);
    }

    private ItemHands Hands => ItemHands.Of(_item);

    [Fact]
    public void A_supervisor_of_the_undertaking_unit_would_check_himself_one_of_elsewhere_would_not()
    {
        Hands.ChecksItself(_district.Directory, Now).Should().BeFalse();
        (Hands with { SupervisorId = _clerk.Id }).ChecksItself(_district.Directory, Now).Should()
            .BeTrue("he belongs to the unit");
        (Hands with { SupervisorId = _district.Outsider.Id, UndertakerId = _district.Outsider.Id })
            .ChecksItself(_district.Directory, Now)
            .Should().BeTrue("he does it himself");
    }

    [Fact]
    public void Nobody_supervises_the_own_unit_from_a_problem_list_or_a_plan()
    {
        static string Id(Guid id) => id.ToString("N");
        Dictionary<string, string> Row(Person supervisor) => new()
        {
            ["undertaking"] = Id(_district.Department.Id.Value),
            ["supervisor"] = Id(supervisor.Id.Value),
        };
        var list = new Dictionary<string, string> { ["items"] = FormValues.Write([Row(_supervisor), Row(_clerk)]) };

        ProgressRules.CheckRows(FormKeys.ProblemList, list, _district.Directory, Now).Should().ContainSingle()
            .Which.Field.Should().Be("items[1].supervisor");
        var file = Paper.File(_district, items: 0);
        file.Case.WorkGroupId = _district.Unit("工作小组", UnitKind.WorkGroup).Id;
        var item = ProgressRules.FromPlanLine(file, new Dictionary<string, string>
        {
            ["task"] = "划设车位",
            ["unit"] = Id(_district.Department.Id.Value),
            ["person"] = Id(_clerk.Id.Value),
        }, 1, 2026, Now);
        (item.UndertakerId, item.SupervisorId).Should().Be((_clerk.Id, _district.Secretary.Id));
    }

    [Fact]
    public void What_would_not_work_is_said_field_by_field()
    {
        Errors(Hands, "分工").Should().Equal("");
        Errors(Hands with { SupervisorId = null }, "分工").Should().Equal("supervisor");
        Errors(Hands with { SupervisorId = _contact.Id }, "").Should().Equal("supervisor", "reason");
        Errors(Hands with { UndertakerId = _district.Outsider.Id }, "分工").Should().Equal("undertaker");
        Errors(Hands with { CoUnitIds = [_district.Department.Id] }, "分工").Should().Equal("co");
        Errors(Hands with { UndertakingUnitId = _district.Platform.Id }, "分工").Should().Equal("undertaker");
        Errors(Hands with { UndertakerId = _clerk.Id, CoUnitIds = [_police.Id] }, "分工").Should().BeEmpty();
        _item.State = TrackedItemState.Done;
        Errors(Hands with { UndertakerId = _clerk.Id }, "分工").Should().Equal("");
    }

    [Fact]
    public void It_says_what_changed_from_whom_to_whom()
    {
        var changes =
            (Hands with { SupervisorId = _district.Na.Id, UndertakerId = _clerk.Id, CoUnitIds = [_police.Id] })
                .Apply(_item, _district.Directory);

        changes.Zh.Should().Be("督办负责人由督办员改为那委员；承办人由（未指定）改为丁科员；协办单位由（无）改为公安局");
        changes.En.Should().StartWith("supervisor: 那委员 instead of 督办员; ");
        (_item.SupervisorId, _item.UndertakerId).Should().Be((_district.Na.Id, _clerk.Id));
        _item.CoUnits.Select(one => one.UnitId).Should().Equal(_police.Id);
        Errors(Hands, "分工").Should().Equal([""], "a second time there is nothing to change");
    }

    [Fact]
    public void Only_those_whose_part_changes_hand_over()
    {
        Hands.Leaving(Hands with { SupervisorId = _district.Na.Id }, _district.Directory, Now).Should()
            .Equal(_supervisor.Id);
        Hands.Leaving(Hands with { UndertakerId = _clerk.Id }, _district.Directory, Now).Should().Equal(_contact.Id);
        Hands.Leaving(Hands with { CoUnitIds = [_police.Id] }, _district.Directory, Now).Should().BeEmpty();
    }

    [Fact]
    public void Free_seats_of_those_who_leave_go_to_the_people_meant_now_and_given_answers_stay()
    {
        var task = _district.Task(GateMode.All, Seat(_supervisor), Seat(_district.Ma));
        task.Assignees[1].Outcome = "Confirm";
        var meant = new[] { new ResolvedAssignee(_district.Na, AssigneeBasis.Named, false) };

        Gate.Reseat(task, [_supervisor.Id, _district.Ma.Id], meant).Should().ContainSingle().Which.Should()
            .Be(_district.Na);

        task.Assignees.Where(seat => seat.Active).Select(seat => seat.PersonId).Should()
            .BeEquivalentTo([_district.Ma.Id, _district.Na.Id]);
        task.Revision.Should().Be(2, "older pages and links are stale");
        Gate.Reseat(task, [_supervisor.Id], meant).Should().BeEmpty("nobody of theirs is left");
    }

    [Fact]
    public void A_task_stays_where_it_is_when_whoever_is_meant_now_may_not_judge_it()
    {
        var task = _district.Task(GateMode.AnyOne, Seat(_supervisor));
        task.Barred.Add(_district.Na.Id.Value);

        Gate.Reseat(task, [_supervisor.Id], [new ResolvedAssignee(_district.Na, AssigneeBasis.Named, false)])
            .Should().BeEmpty();

        task.Assignees.Single().Active.Should().BeTrue();
    }

    [Fact]
    public void A_task_that_was_given_to_somebody_else_by_hand_stays_there()
    {
        var task = _district.Task(GateMode.AnyOne, Seat(_district.Outsider));

        Gate.Reseat(task, [_supervisor.Id], [new ResolvedAssignee(_district.Na, AssigneeBasis.Named, false)])
            .Should().BeEmpty();
    }

    private IEnumerable<string> Errors(ItemHands hands, string reason) =>
        hands.Check(_item, reason, _district.Directory, Now).Select(error => error.Field);
}
