namespace Consultation.Cases.People;

/// <summary>Everybody and everything of one organisation at one version: an immutable snapshot, safe to share between threads.</summary>
public sealed class OrganisationDirectory
{
    private readonly Dictionary<UnitId, Unit> _units;
    private readonly Dictionary<PersonId, Person> _people;

    /// <summary>Takes the snapshot; the caller must not change the objects afterwards.</summary>
    public OrganisationDirectory(
        Organisation organisation,
        IEnumerable<Unit> units,
        IEnumerable<Person> people,
        IEnumerable<RoleGrant> grants,
        IEnumerable<Delegation> delegations)
    {
        Organisation = organisation;
        _units = units.ToDictionary(unit => unit.Id);
        _people = people.ToDictionary(person => person.Id);
        Grants = [.. grants];
        Delegations = [.. delegations];
    }

    public Organisation Organisation { get; }

    public IReadOnlyCollection<Unit> Units => _units.Values;

    public IReadOnlyCollection<Person> People => _people.Values;

    public IReadOnlyList<RoleGrant> Grants { get; }

    public IReadOnlyList<Delegation> Delegations { get; }

    /// <summary>The unit, or null when it does not exist.</summary>
    public Unit? Find(UnitId? id) => id is { } known ? _units.GetValueOrDefault(known) : null;

    /// <summary>The person, or null when it does not exist.</summary>
    public Person? Find(PersonId? id) => id is { } known ? _people.GetValueOrDefault(known) : null;

    /// <summary>The active holders of a role over a unit (substitutes only where no active holder exists); over the organisation when unit is null.</summary>
    public IReadOnlyList<Person> Holders(Role role, UnitId? unit)
    {
        var grants = Grants.Where(grant => grant.Role == role && grant.UnitId == unit).ToList();
        var holders = Active(grants.Where(grant => !grant.IsSubstitute));
        return holders.Count > 0 ? holders : Active(grants.Where(grant => grant.IsSubstitute));
    }

    /// <summary>True when the person holds the role over the unit, or over the whole organisation.</summary>
    public bool Holds(PersonId person, Role role, UnitId? unit = null) =>
        Grants.Any(grant => grant.PersonId == person && grant.Role == role
            && (grant.UnitId is null || unit is null || grant.UnitId == unit));

    private List<Person> Active(IEnumerable<RoleGrant> grants) =>
        [.. grants.Select(grant => Find(grant.PersonId)).OfType<Person>().Where(person => person.Active)
            .DistinctBy(person => person.Id).OrderBy(person => person.Name, StringComparer.Ordinal)];
}
