using Consultation.Cases;
using Consultation.Cases.Access;
using Consultation.Cases.Forms;
using Consultation.Cases.People;
using Consultation.Cases.Routing;
using Consultation.Cases.Tasks;
using Consultation.Cases.Topics;
using Consultation.Cases.TrackedItems;
using static Consultation.Tests.Cases.District;

namespace Consultation.Tests.Cases.People;

/// <summary>Making one of two entries of a unit; whatever names the other goes on with the one kept.</summary>
public sealed class MergeUnitsTests
{
    private readonly District _district = new();
    private readonly MemoryOrganisation _organisation;
    private readonly Unit _old, _kept, _below;
    private readonly Person _oldContact, _keptContact;

    public MergeUnitsTests()
    {
        _organisation = new(_district);
        _old = _district.Unit("水务局（旧）", UnitKind.Department);
        _kept = _district.Unit("水务局", UnitKind.Department);
        _below = _district.Unit("水务站", UnitKind.Enterprise);
        _below.ParentId = _old.Id;
        _oldContact = _district.Person("冯联系人", Role.DepartmentContact, _old);
        _keptContact = _district.Person("郑联系人", Role.DepartmentContact, _kept);
        _district.Grant(_district.Secretary, Role.Administrator, null);
    }

    [Fact]
    public async Task People_roles_and_units_below_move_and_gaps_are_filled()
    {
        _district.Grant(_keptContact, Role.DepartmentContact, _old);
        (_old.HeadId, _old.Oversees, _old.Name) = (_oldContact.Id, ["排水"], new("水务局（旧）", "Water (old)"));

        (await MergeAsync()).Should().BeOfType<EditResult.Saved>();

        (_old.Active, _old.MergedIntoId).Should().Be((false, _kept.Id));
        _oldContact.UnitId.Should().Be(_kept.Id);
        _below.ParentId.Should().Be(_kept.Id);
        (_kept.HeadId, _kept.Name.Zh, _kept.Name.En).Should().Be((_oldContact.Id, "水务局", "Water (old)"));
        _kept.Oversees.Should().Equal("排水");
        _district.Grants.Where(grant => grant.Role == Role.DepartmentContact)
            .Select(grant => (grant.PersonId, grant.UnitId)).Should()
            .BeEquivalentTo(
                [(_oldContact.Id, (UnitId?)_kept.Id), (_keptContact.Id, _kept.Id)], "nobody holds it twice");
        _organisation.MovedUnits.Should().Equal((_old.Id, _kept.Id));
        _organisation.Written.OfType<DirectoryChange>().Select(change => change.Subject).Should().BeEquivalentTo(
            $"unit:{_old.Id.Value:N}", $"unit:{_kept.Id.Value:N}");
    }

    [Fact]
    public async Task Whoever_asks_for_the_other_finds_the_one_kept_and_lists_show_only_that()
    {
        await MergeAsync();
        var third = _district.Unit("水利局", UnitKind.Department);
        await MergeAsync(_kept, third);

        var directory = _district.Directory;
        directory.Find(_old.Id).Should().Be(third, "a merge is followed to its end");
        directory.Kept(_old.Id).Should().Be(third.Id);
        directory.Units.Should().Contain(third).And.NotContain(_old).And.NotContain(_kept);
        directory.MergedInto(third.Id).Should().BeEquivalentTo([_old, _kept]);
        directory.Holders(Role.DepartmentContact, _old.Id).Should().BeEquivalentTo([_oldContact, _keptContact]);
        directory.Holds(_oldContact.Id, Role.DepartmentContact, _old.Id).Should().BeTrue();
        directory.Following($"{_old.Id.Value:N},{_below.Id.Value:N}").Should()
            .Be($"{third.Id.Value:N},{_below.Id.Value:N}");
    }

    [Fact]
    public async Task A_unit_that_was_named_twice_by_a_topic_or_an_order_is_asked_once()
    {
        var file = File();
        file.Topic = new Topic
        {
            OrganisationId = _district.Id,
            Id = Guid.NewGuid(),
            CaseId = file.Case.Id,
            Title = "排水",
            DraftedById = null,
            DraftedAt = Now,
            LeadUnitId = _kept.Id,
            HelpingUnitIds = [_old.Id],
        };
        file.Records.Add(new CaseRecord
        {
            OrganisationId = _district.Id,
            Id = Guid.NewGuid(),
            CaseId = file.Case.Id,
            Kind = FormKeys.RoutingAssignment,
            Title = new("交办"),
            Fields = new() { ["lead-unit"] = $"{_kept.Id.Value:N}", ["helping-units"] = $"{_old.Id.Value:N}" },
            ById = _district.Secretary.Id,
            At = Now,
        });
        await MergeAsync();
        file = File(file);

        foreach (var spec in new[] { "topic.units", "topic.helping", "routing.lead", $"unit:{_old.Id.Value:N}" })
        {
            Assignees.PeopleOf(spec, file, null, Now).Should().BeEquivalentTo([_oldContact, _keptContact], spec);
        }

        _kept.HeadId = _keptContact.Id;
        Assignees.PeopleOf("unit.head(topic.units)", File(file), null, Now).Should().Equal(_keptContact);
        Assignment.Of(file).Should().BeEquivalentTo(new Assignment(_kept.Id, []));
        Prefills.Of(FormKeys.ProblemList, file).Should().BeEmpty();
    }

    [Fact]
    public async Task An_item_stays_with_the_unit_once_and_seats_held_for_the_other_go_on()
    {
        var item = Item(_old);
        item.CoUnits.Add(new CoUnit { Id = Guid.NewGuid(), UnitId = _kept.Id });
        var helped = Item(_district.Department);
        helped.CoUnits.AddRange(
            new[] { _kept, _old }.Select(unit => new CoUnit { Id = Guid.NewGuid(), UnitId = unit.Id }));
        _organisation.Items.AddRange([item, helped]);
        var seat = Seat(_oldContact, AssigneeBasis.Of(Role.DepartmentContact, _old.Id));

        await MergeAsync();

        (item.UndertakingUnitId, item.CoUnits.Count).Should().Be((_kept.Id, 0));
        helped.CoUnits.Select(one => one.UnitId).Should().Equal(_kept.Id);
        GateEntitlement.StillIn(seat, _district.Directory).Should().BeTrue("the role is held over the unit kept");
        var scope = CaseScope.Of(_keptContact.Id, _district.Directory);
        scope.ItemsIn(new(new List<Case>().AsQueryable(), new List<WorkTask>().AsQueryable(),
            new List<TrackedItem> { Item(_old) }.AsQueryable(), null!)).Should().ContainSingle(
            "an item that names the other unit is the kept one's");
    }

    [Fact]
    public async Task A_task_that_waits_for_both_is_finished_first()
    {
        var task = _district.Task(GateMode.EachUnit,
            Seat(_oldContact, AssigneeBasis.Of(Role.DepartmentContact, _old.Id)),
            Seat(_keptContact, AssigneeBasis.Of(Role.DepartmentContact, _kept.Id)));
        _organisation.Tasks.Add(task);

        (await MergeAsync()).Should().BeOfType<EditResult.Refused>().Which.Errors[0].Message.Zh.Should()
            .Contain(task.Number);
        _old.MergedIntoId.Should().BeNull();
    }

    [Fact]
    public async Task The_unit_kept_rises_when_it_stood_below_the_other()
    {
        (_old.ParentId, _below.ParentId, _kept.ParentId) = (_district.Committee.Id, _old.Id, _below.Id);

        await MergeAsync();

        (_kept.ParentId, _below.ParentId).Should().Be((_district.Committee.Id, _kept.Id));
    }

    [Fact]
    public async Task What_cannot_be_merged_is_refused_in_words()
    {
        Refused(await MergeAsync(_kept, _kept)).Should().Contain("另一个在用的单位");
        Refused(await MergeAsync(_old, _below)).Should().Contain("类型不同");
        Refused(await _organisation.Edits.MergeUnitsAsync(_organisation.Edit(), _old.Id, UnitId.New(), default))
            .Should().Contain("另一个在用的单位", "a unit of another organisation is none of this");
        Refused(await _organisation.Edits.MergeUnitsAsync(
            _organisation.Edit() with { ActorId = _district.Chair.Id }, _old.Id, _kept.Id, default))
            .Should().Contain("只有系统管理员");
        var edit = _organisation.Edit(operation: "once");
        var first = await _organisation.Edits.MergeUnitsAsync(edit, _old.Id, _kept.Id, default);
        (await _organisation.Edits.MergeUnitsAsync(edit, _old.Id, _kept.Id, default)).Should().Be(first);
        Refused(await MergeAsync()).Should().Contain("已经合并");
        Refused(await MergeAsync(_district.Department, _old)).Should().Contain("已经合并", "a merged one takes none in");
        Refused(await _organisation.Edits.SaveUnitAsync(
            _organisation.Edit(), new UnitEntry(_old.Id, new("水务局（旧）"), UnitKind.Department), default))
            .Should().Contain("已与另一单位合并");
    }

    [Fact]
    public async Task A_new_unit_may_have_the_name_of_the_merged_one()
    {
        await MergeAsync();

        (await _organisation.Edits.SaveUnitAsync(
            _organisation.Edit(), new UnitEntry(null, _old.Name, UnitKind.Department), default))
            .Should().BeOfType<EditResult.Saved>();
    }

    private Task<EditResult> MergeAsync() => MergeAsync(_old, _kept);

    private Task<EditResult> MergeAsync(Unit from, Unit into) =>
        _organisation.Edits.MergeUnitsAsync(_organisation.Edit(), from.Id, into.Id, default);

    private static string Refused(EditResult result) =>
        result.Should().BeOfType<EditResult.Refused>().Which.Errors[0].Message.Zh;

    /// <summary>A case, with the people as they are now.</summary>
    private CaseFile File(CaseFile? before = null) => new(
        _district.Directory, _district.Calendar,
        before?.Case ?? new Case
        {
            OrganisationId = _district.Id,
            Id = CaseId.New(),
            Kind = CaseKind.SixStep,
            Title = "排水",
            OpenedAt = Now,
        }, [])
    {
        Policies = PolicySet.None,
        Topic = before?.Topic,
        Records = before?.Records ?? [],
    };

    private TrackedItem Item(Unit unit) => new()
    {
        OrganisationId = _district.Id,
        Id = TrackedItemId.New(),
        CaseId = CaseId.New(),
        Number = 1,
        Year = 2026,
        Topic = "t",
        Advice = "a",
        OpenedAt = Now,
        UndertakingUnitId = unit.Id,
    };
}
