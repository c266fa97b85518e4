using Consultation.Cases.People;
using Consultation.Cases.Samples;

namespace Consultation.Tests.Cases.Samples;

public sealed class SampleOrganisationTests
{
    private readonly OrganisationSeed _seed = SampleOrganisation.Create(District.Now, []);

    [Fact]
    public void It_says_everywhere_that_it_is_a_sample()
    {
        _seed.Organisation.IsSample.Should().BeTrue();
        _seed.Units.Should().OnlyContain(unit => unit.Name.Zh.Contains("示例"));
        _seed.People.Where(person => person.Email is not null).Should()
            .OnlyContain(person => person.Email!.EndsWith(".example.org"));
    }

    [Fact]
    public void Every_role_is_held_and_every_unit_has_somebody_who_answers_for_it()
    {
        var directory =
            new OrganisationDirectory(_seed.Organisation, _seed.Units, _seed.People, _seed.Grants, _seed.Delegations);

        _seed.Grants.Select(grant => grant.Role).Distinct().Should()
            .BeEquivalentTo(Enum.GetValues<Role>().Except([Role.Administrator]));
        _seed.Units.Where(unit => unit.Kind != UnitKind.Committee)
            .Should().OnlyContain(unit => Assignees.OfUnit(unit, directory, District.Now).Count > 0);
        _seed.Units.Where(unit => unit.IsPlatform).Should()
            .OnlyContain(unit => unit.GuidedById != null && unit.HallName != null);
    }

    [Fact]
    public void Log_ins_are_unique_and_listed()
    {
        var userNames = _seed.People.Select(person => person.UserName).OfType<string>().ToList();

        userNames.Should().OnlyHaveUniqueItems();
        SampleOrganisation.LogIns.Select(one => one.UserName).Should().BeSubsetOf(userNames);
    }

    [Fact]
    public void It_passes_the_rules_of_the_desk()
    {
        var directory =
            new OrganisationDirectory(_seed.Organisation, _seed.Units, _seed.People, _seed.Grants, _seed.Delegations);

        foreach (var unit in _seed.Units)
        {
            OrganisationRules.Check(
                new UnitEntry(unit.Id, unit.Name, unit.Kind, unit.ParentId, unit.GuidedById, unit.HallName), directory)
                .Should().BeEmpty();
        }

        foreach (var grant in _seed.Grants)
        {
            OrganisationRules.CheckGrant(grant.PersonId, grant.Role, grant.UnitId, directory).Should().BeEmpty();
        }
    }
}
