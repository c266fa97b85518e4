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
        Units = [.. _units.Values.Where(unit => unit.MergedIntoId is null)];
        _people = people.ToDictionary(person => person.Id);
        Grants = [.. grants];
        Delegations = [.. delegations];
        _tags = [.. tags ?? []];
        Tags = PriorityTags.Of(_tags);
    }

    private OrganisationDirectory(OrganisationDirectory known, Dictionary<PersonId, Person> guests)
    {
        (Organisation, _units, Units, _people) = (known.Organisation, known._units, known.Units, known._people);
        (Grants, Delegations, Tags, _tags) = (known.Grants, known.Delegations, known.Tags, known._tags);
        _guests = guests;
    }

    public Organisation Organisation { get; }

    /// <summary>The units, closed ones included, but for those that go on as another.</summary>
    public IReadOnlyCollection<Unit> Units { get; }

    /// <summary>Every unit that ever was, those that go on as another included.</summary>
    public IReadOnlyCollection<Unit> EveryUnit => _units.Values;

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

    /// <summary>
    /// The unit, or null when it does not exist. Whoever asks for one that was merged gets the one that was kept:
    /// forms, runs and links that name the other go on with it.
    /// </summary>
    public Unit? Find(UnitId? id)
    {
        var unit = id is { } known ? _units.GetValueOrDefault(known) : null;
        // Merges do not run in a circle: only what is still there takes over another.
        while (unit?.MergedIntoId is { } next && _units.GetValueOrDefault(next) is { } kept) unit = kept;
        return unit;
    }

    /// <summary>
    /// The id by which a unit is known now: that of the unit kept when it was merged, otherwise its own. Ids of units
    /// are compared in this form.
    /// </summary>
    public UnitId? Kept(UnitId? id) => Find(id)?.Id ?? id;

    /// <summary>The units that go on as this one.</summary>
    public IEnumerable<Unit> MergedInto(UnitId id) =>
        EveryUnit.Where(unit => unit.MergedIntoId is not null && unit.Id != id && Kept(unit.Id) == id);

    /// <summary>A text in which ids of units that were merged stand as those of the units kept.</summary>
    public string Following(string text)
    {
        foreach (var unit in EveryUnit.Where(unit => unit.MergedIntoId is not null))
        {
            text = text.Replace(
                $"{unit.Id.Value:N}", $"{Kept(unit.Id)!.Value.Value:N}", StringComparison.OrdinalIgnoreCase);
        }

        return text;
    }

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
        Organisation, unit is null ? EveryUnit : EveryUnit.Append(unit), People,
        grant is null ? Grants : Grants.Append(grant), Delegations, _tags)
    { _guests = _guests };

    /// <summary>
    /// The active holders of a role over a unit (substitutes only where no active holder exists); over the organisation
    /// when unit is null.
    /// </summary>
    public IReadOnlyList<Person> Holders(Role role, UnitId? unit)
    {
        var grants = Over(role, unit);
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
        var grants = Over(role, unit);
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
    public bool Holds(PersonId person, Role role, UnitId? unit = null)
    {
        var over = Kept(unit);
        return Grants.Any(grant => grant.PersonId == person && grant.Role == role
            && (grant.UnitId is null || over is null || Kept(grant.UnitId) == over));
    }

    /// <summary>True when the person was granted the role over just this unit, or just the organisation.</summary>
    internal bool IsGranted(PersonId person, Role role, UnitId? unit)
    {
        var over = Kept(unit);
        return Grants.Any(
            grant => grant.PersonId == person && grant.Role == role && Kept(grant.UnitId) == over);
    }

    private List<RoleGrant> Over(Role role, UnitId? unit)
    {
        var over = Kept(unit);
        return [.. Grants.Where(grant => grant.Role == role && Kept(grant.UnitId) == over)];
    }

    private List<Person> Active(IEnumerable<RoleGrant> grants) =>
        [.. grants.Select(grant => Find(grant.PersonId)).OfType<Person>().Where(person => person.Active)
            .DistinctBy(person => person.Id).OrderBy(person => person.Name, StringComparer.Ordinal)];
}
