using Consultation.Cases;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using static Consultation.Tests.Cases.District;

namespace Consultation.Tests.Cases.People;

/// <summary>Finding people who stand in the directory twice, and making one of two.</summary>
public sealed class MergeTests
{
    private readonly District _district = new();
    private readonly MemoryOrganisation _organisation;
    private readonly Person _old, _kept;

    public MergeTests()
    {
        _organisation = new(_district);
        _old = _district.Person("郑凯", Role.DepartmentContact, _district.Department);
        _kept = _district.Person("Zheng Kai", unit: _district.Department);
    }

    [Fact]
    public void Doubles_are_found_by_address_phone_name_and_sound()
    {
        _district.Ma.Email = "MA@example.org";
        var twin = _district.Person("马 委员", unit: _district.Committee);
        (twin.Email, twin.Phone) = ("ma@example.org", "+86 138-0000-0001");
        _district.Ma.Phone = "13800000001";

        var found = Doubles.Of(_district.Directory);

        found[0].Why.Should().HaveCount(3, "the same address, phone and name");
        new[] { found[0].One, found[0].Other }.Should().BeEquivalentTo([_district.Ma, twin]);
        found.Should().ContainSingle(pair => pair.One == _kept && pair.Other == _old
            || pair.One == _old && pair.Other == _kept).Which.Why.Should().ContainSingle(why => why.Zh.Contains("读音"));
        found.Should().HaveCount(2, "nobody else is alike");
    }

    [Fact]
    public async Task What_is_open_moves_and_what_is_over_keeps_the_old_name()
    {
        var open = _district.Task(GateMode.NamedPerson, Seat(_old));
        var answered = _district.Task(GateMode.All, Seat(_old), Seat(_district.Ma));
        answered.Assignees[0].Outcome = "Done";
        open.Flag = Vacancies.Flag;
        _organisation.Tasks.AddRange([open, answered]);
        (_old.Email, _old.Phone, _district.Department.HeadId) = ("zheng@example.org", "13800000001", _old.Id);
        _kept.Phone = "13900000009";
        _district.Delegations.Add(Delegation(_old, _district.Ma));
        _district.Delegations.Add(Delegation(_district.Na, _old));

        var result = await MergeAsync();

        result.Should().BeOfType<EditResult.Saved>();
        open.Assignees.Should().ContainSingle(seat => seat.PersonId == _kept.Id && seat.Active);
        open.Flag.Should().BeNull();
        answered.Assignees[0].PersonId.Should().Be(_old.Id);
        (_kept.Email, _kept.Phone, _district.Department.HeadId).Should()
            .Be(("zheng@example.org", "13900000009", (PersonId?)_kept.Id));
        _district.Grants.Should().Contain(grant => grant.PersonId == _kept.Id && grant.Role == Role.DepartmentContact)
            .And.NotContain(grant => grant.PersonId == _old.Id);
        _district.Delegations.Select(one => (one.FromId, one.ToId)).Should()
            .BeEquivalentTo([(_kept.Id, _district.Ma.Id), (_district.Na.Id, _kept.Id)]);
        (_old.Active, _old.MergedIntoId, _old.UserName, _old.Name).Should().Be((false, _kept.Id, null, "郑凯"));
        _organisation.HandedOver.Should().Equal((_old.Id, _kept.Id));
        _district.Directory.Standing(_old.Id).Should().Be(_kept, "whoever is named by the old entry is found");
        Doubles.Of(_district.Directory).Should().BeEmpty();
    }

    [Fact]
    public async Task Two_seats_in_one_task_are_settled_by_people_first()
    {
        var task = _district.Task(GateMode.All, Seat(_old), Seat(_kept));
        _organisation.Tasks.Add(task);

        var result = await MergeAsync();

        result.Should().BeOfType<EditResult.Refused>().Which.Errors[0].Message.Zh.Should().Contain(task.Number);
        _old.MergedIntoId.Should().BeNull();
    }

    [Fact]
    public async Task Nobody_judges_what_the_other_entry_wrote()
    {
        var task = _district.Task(GateMode.NamedPerson, Seat(_district.Ma));
        task.Barred.Add(_old.Id.Value);
        _organisation.Tasks.Add(task);

        await MergeAsync();

        task.Barred.Should().Contain(_kept.Id.Value);
    }

    [Fact]
    public async Task A_log_in_moves_only_by_an_administrator_and_the_old_one_ends()
    {
        (_old.UserName, _old.PasswordHash) = ("zhengkai", "hash");

        (await MergeAsync()).Should().BeOfType<EditResult.Refused>();
        _district.Grant(_district.Secretary, Role.Administrator, null);
        (await MergeAsync()).Should().BeOfType<EditResult.Saved>();

        _old.UserName.Should().BeNull();
        _old.PasswordHash.Should().BeNull();
        _kept.UserName.Should().Be("zhengkai");
    }

    [Fact]
    public async Task Who_was_merged_is_neither_merged_again_nor_brought_back()
    {
        await MergeAsync();

        (await MergeAsync()).Should().BeOfType<EditResult.Refused>();
        (await _organisation.Edits.SavePersonAsync(
            _organisation.Edit(), PersonEntry.Of(_old) with { Active = true }, default))
            .Should().BeOfType<EditResult.Refused>();
    }

    private Task<EditResult> MergeAsync() =>
        _organisation.Edits.MergeAsync(_organisation.Edit(), _old.Id, _kept.Id, default);

    private Delegation Delegation(Person from, Person to) => new()
    {
        OrganisationId = _district.Id,
        Id = Guid.NewGuid(),
        FromId = from.Id,
        ToId = to.Id,
        StartsAt = Now.AddDays(-1),
        EndsAt = Now.AddDays(9),
    };
}
