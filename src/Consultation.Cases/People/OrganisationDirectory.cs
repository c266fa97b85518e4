using Consultation.Cases.Matters;
using Consultation.Cases.Tasks;

namespace Consultation.Cases.People;

/// <summary>
/// Everybody and everything of one organisation at one version: an immutable snapshot, safe to share between threads.
/// </summary>
public sealed class OrganisationDirectory
{
    private readonly Dictionary<UnitId, Unit> _units;
    private readonly Dictionary<PersonId, Person> _people;
    private readonly IReadOnlyList<MatterTag> _tags = [];
    private Dictionary<PersonId, Person> _guests = [];

    /// <summary>Takes the snapshot; the caller must not change the objects afterwards.</summary>
    public OrganisationDirectory(
        Organisation organisation,
        IEnumerable<Unit> units,
        IEnumerable<Person> people,
        IEnumerable<RoleGrant> grants,
        IEnumerable<Delegation> delegations,
        IEnumerable<MatterTag>? tags = null)
    {
        Organisation = organisation;
        _units = units.ToDictionary(unit => unit.Id);
        _people = people.ToDictionary(person => person.Id);
        Grants = [.. grants];
        Delegations = [.. delegations];
        _tags = [.. tags ?? []];
        Tags = PriorityTags.Of(_tags);
    }

    private OrganisationDirectory(OrganisationDirectory known, Dictionary<PersonId, Person> guests)
    {
        (Organisation, _units, _people, Grants, Delegations, Tags, _tags) =
            (known.Organisation, known._units, known._people, known.Grants, known.Delegations, known.Tags, known._tags);
        _guests = guests;
    }

    public Organisation Organisation { get; }

    public IReadOnlyCollection<Unit> Units => _units.Values;

    public IReadOnlyCollection<Person> People => _people.Values;

    public IReadOnlyList<RoleGrant> Grants { get; }

    public IReadOnlyList<Delegation> Delegations { get; }

    /// <summary>
    /// Every field that somebody in office has or an open unit oversees, once each: what topics may name.
    /// </summary>
    public IReadOnlyList<string> Fields =>
    [
        .. People.Where(person => person.Active).SelectMany(person => person.Fields)
            .Concat(Units.Where(unit => unit.Active).SelectMany(unit => unit.Oversees))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.CurrentCulture),
    ];

    /// <summary>The tags that matters may carry or carried, in the order in which they are offered (Q36).</summary>
    public IReadOnlyList<(PriorityTag Tag, bool Offered)> Tags { get; }

    /// <summary>
    /// What a tag is called here, whether it is still offered or not; the key itself when nobody knows it.
    /// </summary>
    public LocalText TagName(string key) =>
        Tags.FirstOrDefault(one => one.Tag.Key == key).Tag?.Name ?? new LocalText(key);

    /// <summary>The unit, or null when it does not exist.</summary>
    public Unit? Find(UnitId? id) => id is { } known ? _units.GetValueOrDefault(known) : null;

    /// <summary>The person, a guest of <see cref="With"/> included, or null when it does not exist.</summary>
    public Person? Find(PersonId? id) =>
        id is { } known ? _people.GetValueOrDefault(known) ?? _guests.GetValueOrDefault(known) : null;

    /// <summary>
    /// Who acts today where somebody is named: the person, or as whom the person goes on after a merge. Of what is
    /// over, <see cref="Find(PersonId?)"/> tells the name of the time.
    /// </summary>
    public Person? Standing(PersonId? id)
    {
        var person = Find(id);
        // Merges do not run in a circle: only who is still there takes over another.
        while (person?.MergedIntoId is { } next && Find(next) is { } taken) person = taken;
        return person;
    }

    /// <summary>
    /// The same directory, which also knows the guests who have seats in these tasks: by <see cref="Find(PersonId?)"/>
    /// alone, they are not its people.
    /// </summary>
    public OrganisationDirectory With(params IEnumerable<WorkTask> tasks)
    {
        var guests = tasks.SelectMany(task => task.Assignees)
            .Where(seat => seat.GuestName is not null && Find(seat.PersonId) is null)
            .DistinctBy(seat => seat.PersonId).ToList();
        return guests.Count == 0 ? this : new OrganisationDirectory(
            this, _guests.Values.Concat(guests.Select(seat => Guests.Of(seat, Organisation.Id)))
                .ToDictionary(guest => guest.Id));
    }

    /// <summary>The same directory with what a step adds to it: a unit, a role.</summary>
    internal OrganisationDirectory Plus(Unit? unit, RoleGrant? grant) => new(
        Organisation, unit is null ? Units : Units.Append(unit), People, grant is null ? Grants : Grants.Append(grant),
        Delegations, _tags)
    { _guests = _guests };

    /// <summary>
    /// The active holders of a role over a unit (substitutes only where no active holder exists); over the organisation
    /// when unit is null.
    /// </summary>
    public IReadOnlyList<Person> Holders(Role role, UnitId? unit)
    {
        var grants = Grants.Where(grant => grant.Role == role && grant.UnitId == unit).ToList();
        var holders = Active(grants.Where(grant => !grant.IsSubstitute));
        return holders.Count > 0 ? holders : Active(grants.Where(grant => grant.IsSubstitute));
    }

    /// <summary>
    /// Who acts in a role over a unit at an instant: the holders present; where none is present, the substitutes
    /// present (mail rule 7); where nobody is present at all, the holders though absent, so that a task is never lost.
    /// Over the organisation when unit is null.
    /// </summary>
    public IReadOnlyList<Person> Holders(Role role, UnitId? unit, DateTimeOffset now)
    {
        var grants = Grants.Where(grant => grant.Role == role && grant.UnitId == unit).ToList();
        var holders = Active(grants.Where(grant => !grant.IsSubstitute));
        var substitutes = Active(grants.Where(grant => grant.IsSubstitute));
        return Present(holders) ?? Present(substitutes) ?? (holders.Count > 0 ? holders : substitutes);

        List<Person>? Present(List<Person> people)
        {
            var present = people.Where(person => person.IsPresent(now)).ToList();
            return present.Count > 0 ? present : null;
        }
    }

    /// <summary>
    /// Delegations by which the person acts for somebody at the instant. They do not cascade (mail rule 7).
    /// </summary>
    public IEnumerable<Delegation> DelegationsTo(PersonId person, DateTimeOffset now) =>
        Delegations.Where(
            delegation => delegation.ToId == person && delegation.FromId != person && delegation.InForce(now));

    /// <summary>True when the person holds the role over the unit, or over the whole organisation.</summary>
    public bool Holds(PersonId person, Role role, UnitId? unit = null) =>
        Grants.Any(grant => grant.PersonId == person && grant.Role == role
            && (grant.UnitId is null || unit is null || grant.UnitId == unit));

    private List<Person> Active(IEnumerable<RoleGrant> grants) =>
        [.. grants.Select(grant => Find(grant.PersonId)).OfType<Person>().Where(person => person.Active)
            .DistinctBy(person => person.Id).OrderBy(person => person.Name, StringComparer.Ordinal)];
}
