using Consultation.Cases.Calendar;
using Consultation.Cases.Matters;
using Consultation.Cases.Rules;
using Consultation.Cases.Tasks;

namespace Consultation.Cases.People;

/// <summary>What changes seldom about an organisation, as one immutable snapshot.</summary>
/// <param name="Version">The organisation's directory version that it was read at.</param>
/// <param name="Directory">People, units, roles, delegations.</param>
/// <param name="Calendar">Working days.</param>
/// <param name="Policies">Reminder policies, escalation ladders and all other rules.</param>
public sealed record OrganisationSnapshot(
    long Version, OrganisationDirectory Directory, WorkingCalendar Calendar, PolicySet Policies);

/// <summary>
/// An organisation as one edit finds it: read anew for the edit, so that the edit is checked against exactly what it
/// changes. What the edit changes of the objects, adds and removes is written with it, or thrown away with it. The
/// objects belong to this edit alone.
/// </summary>
public sealed class OrganisationFile
{
    private readonly List<object> _added = [];
    private readonly List<object> _removed = [];

    /// <summary>Takes what was read.</summary>
    public OrganisationFile(
        OrganisationSnapshot before, IReadOnlyList<CalendarDay> days, IReadOnlyList<MatterTag> tags,
        IReadOnlyList<HouseRule> rules) => (Before, Days, Tags, Rules) = (before, [.. days], tags, rules);

    /// <summary>
    /// The organisation as the edit found it: lists, calendar and policies stay as they were; the people, units and
    /// tags in them are those that the edit may change.
    /// </summary>
    public OrganisationSnapshot Before { get; }

    /// <summary>The directory as the edit found it.</summary>
    public OrganisationDirectory Directory => Before.Directory;

    /// <summary>Days that differ from the weekly rhythm, as the edit leaves them.</summary>
    public List<CalendarDay> Days { get; }

    /// <summary>The organisation's own wording of tags; those of the product have none.</summary>
    public IReadOnlyList<MatterTag> Tags { get; }

    /// <summary>The rules that the organisation set for itself.</summary>
    public IReadOnlyList<HouseRule> Rules { get; }

    /// <summary>The working days, as the edit leaves them.</summary>
    public WorkingCalendar CalendarNow => new(Days, Before.Calendar.Zone);

    /// <summary>What waiting steps are told with the edit.</summary>
    public List<StepMessage> Messages { get; } = [];

    /// <summary>New objects; any mapped entity, a mail included.</summary>
    public IReadOnlyList<object> Added => _added;

    /// <summary>Objects that go.</summary>
    public IReadOnlyList<object> Removed => _removed;

    /// <summary>Adds a new object.</summary>
    public T Add<T>(T entity)
        where T : class
    {
        _added.Add(entity);
        if (entity is CalendarDay day) Days.Add(day);
        return entity;
    }

    /// <summary>Removes an object that was read.</summary>
    public void Remove(object entity)
    {
        _removed.Add(entity);
        if (entity is CalendarDay day) Days.Remove(day);
    }
}
