using System.Linq.Expressions;
using Consultation.Cases.Matters;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Cases.TrackedItems;

namespace Consultation.Cases.Access;

/// <summary>What the rule chooses from and looks at: tables of a database, or lists in a test.</summary>
public sealed record CaseTables(
    IQueryable<Case> Cases, IQueryable<WorkTask> Tasks, IQueryable<TrackedItem> Items, IQueryable<Matter> Matters);

/// <summary>
/// What one person may see: the only place that says so. Whatever lists, counts, exports or searches cases and what
/// belongs to them begins with <see cref="CasesIn"/>, <see cref="TasksIn"/>, <see cref="ItemsIn"/> or
/// <see cref="MattersIn"/>. Administrators, secretaries, the leading group and viewers see the whole organisation,
/// committee people what their committee confirms and tracks, platform people what their platform carries, contacts the
/// items of their unit, and everybody the cases in which they have a task. A restricted case (O15, exclusion codes 2,
/// 5, 6) opens only for cleared people: secretaries of the organisation, the leading group, the director of its
/// committee, and those who have a task in it. Nothing of it, no item, matter, mail or run, reaches anybody else,
/// whatever else leads there: what lists such things without beginning with cases leaves out <see cref="KeptFrom"/>.
/// The rules are expressions, so that lists filter in SQL by the very rule that the tests run in memory.
/// </summary>
public sealed class CaseScope
{
    private static readonly Role[] SeeingAll = [Role.Administrator, Role.Secretary, Role.LeadingGroup, Role.Viewer];
    private static readonly Role[] OfUnit =
    [
        Role.Secretary, Role.Viewer, Role.CommitteeDirector, Role.CommitteeMember, Role.Supervisor, Role.PlatformHead,
        Role.PlatformOfficer,
        Role.WorkGroupLead, Role.WorkGroupMember,
    ];

    private readonly bool _all;
    private readonly bool _cleared;
    private readonly List<UnitId?> _units;
    private readonly List<UnitId?> _clearedFor;
    private readonly List<UnitId?> _contactOf;

    private CaseScope(OrganisationId organisation, PersonId person, IReadOnlyList<RoleGrant> grants,
        OrganisationDirectory directory)
    {
        OrganisationId = organisation;
        PersonId = person;
        _all = grants.Any(grant => grant.UnitId is null && SeeingAll.Contains(grant.Role));
        _cleared = grants.Any(
            grant => grant.Role == Role.LeadingGroup || (grant.UnitId is null && grant.Role == Role.Secretary));
        _units = Over(OfUnit.Contains);
        _clearedFor = Over(role => role == Role.CommitteeDirector);
        _contactOf = Over(role => role == Role.DepartmentContact);
        MaySteer = grants.Any(grant => grant.Role is Role.Administrator or Role.Secretary);
        MayAddFiles = grants.Any(grant => grant.Role is not (Role.Viewer or Role.LeadingGroup or Role.Designer
            or Role.Publisher));
        MayRegister = grants.Any(
            grant => grant.Role is Role.Administrator or Role.Secretary or Role.PlatformHead or Role.PlatformOfficer
            or Role.CommitteeDirector or Role.CommitteeMember);

        // With the units that go on as one of them: what still names those is the kept unit's.
        List<UnitId?> Over(Func<Role, bool> meant) =>
        [
            .. grants.Where(grant => meant(grant.Role)).Select(grant => grant.UnitId).OfType<UnitId>()
                .SelectMany(unit => directory.MergedInto(unit).Select(one => one.Id).Prepend(unit)).Distinct()
                .Select(unit => (UnitId?)unit),
        ];
    }

    /// <summary>The organisation; nothing of another one is ever seen.</summary>
    public OrganisationId OrganisationId { get; }

    /// <summary>The person.</summary>
    public PersonId PersonId { get; }

    /// <summary>May start, cancel and retry cases, enter answers on behalf and reassign tasks.</summary>
    public bool MaySteer { get; }

    /// <summary>Cleared for every restricted case (O15): also sees who opened it.</summary>
    public bool IsCleared => _cleared;

    /// <summary>Sees the whole organisation, but for restricted cases that are kept from the person.</summary>
    public bool SeesAll => _all;

    /// <summary>May register, merge and import matters and open cases from them.</summary>
    public bool MayRegister { get; }

    /// <summary>
    /// May add files to what the person sees: whoever has a part in the work, not those who only read.
    /// </summary>
    public bool MayAddFiles { get; }

    /// <summary>The scope of a person, by the roles that the person holds now.</summary>
    public static CaseScope Of(PersonId person, OrganisationDirectory directory) =>
        new(directory.Organisation.Id, person, [.. directory.Grants.Where(grant => grant.PersonId == person)],
            directory);

    /// <summary>The cases that the person sees.</summary>
    public IQueryable<Case> CasesIn(CaseTables tables) => tables.Cases.Where(CaseRule(tables.Tasks, tables.Items));

    /// <summary>
    /// The restricted cases that are kept from the person. Lists of what belongs to cases leave out what belongs to
    /// these, or show it without a word of it where it must be counted.
    /// </summary>
    public IQueryable<Case> KeptFrom(CaseTables tables)
    {
        var (organisation, clearedFor) = (OrganisationId, _clearedFor);
        if (_cleared) return tables.Cases.Where(one => false);
        var withTask = WithTask(tables.Tasks);
        return tables.Cases.Where(one => one.OrganisationId == organisation && one.Restricted
            && !(one.CommitteeId != null && clearedFor.Contains(one.CommitteeId)) && !withTask.Contains(one.Id));
    }

    /// <summary>
    /// True when the task is the person's to answer or to have answered: the person sits in it, or may answer for a
    /// free seat now. Whoever sees the task so, and not the case, sees what the task shows and nothing else.
    /// </summary>
    public bool TakesPartIn(WorkTask task, OrganisationDirectory directory, DateTimeOffset now) =>
        task.Assignees.Exists(seat => seat.Active && seat.PersonId == PersonId)
        || (task.State == TaskState.Open && !task.Barred.Contains(PersonId.Value)
            && task.Assignees.Exists(seat => seat is { Active: true, Outcome: null }
                && Vacancies.StandsIn(seat, PersonId, directory, now)));

    /// <summary>The tasks of the cases that the person sees.</summary>
    public IQueryable<WorkTask> TasksIn(CaseTables tables)
    {
        var (organisation, ids) = (OrganisationId, CasesIn(tables).Select(one => one.Id));
        return tables.Tasks.Where(task => task.OrganisationId == organisation && ids.Contains(task.CaseId));
    }

    /// <summary>
    /// The tracked items that the person sees: those of visible cases, and those that the person's unit carries out or
    /// helps with, or the person supervises or carries out.
    /// </summary>
    public IQueryable<TrackedItem> ItemsIn(CaseTables tables) =>
        tables.Items.Where(ItemRule(CasesIn(tables), KeptFrom(tables)));

    /// <summary>
    /// The matters of the pool that the person sees: all for the organisation's desk, those of the own platform and
    /// those that are offered to it for platform people.
    /// </summary>
    public IQueryable<Matter> MattersIn(CaseTables tables) =>
        tables.Matters.Where(MatterRule(CasesIn(tables), KeptFrom(tables)));

    private Expression<Func<Case, bool>> CaseRule(IQueryable<WorkTask> tasks, IQueryable<TrackedItem> items)
    {
        var (organisation, me, units, clearedFor, contactOf) =
            (OrganisationId, PersonId, _units, _clearedFor, _contactOf);
        if (_all && _cleared)
        {
            return one => one.OrganisationId == organisation;
        }

        // As lists of ids, so that the database makes each list once and not again for every case.
        var withTask = WithTask(tasks);
        if (_all)
        {
            return one => one.OrganisationId == organisation
                && (!one.Restricted || clearedFor.Contains(one.CommitteeId) || withTask.Contains(one.Id));
        }

        var withItem = items.Where(item => item.OrganisationId == organisation
            && (item.SupervisorId == me || item.UndertakerId == me || contactOf.Contains(item.UndertakingUnitId)
                || item.CoUnits.Any(helping => contactOf.Contains(helping.UnitId))
                || units.Contains(item.ResponsibleOfficeId)))
            .Select(item => item.CaseId);
        var cleared = _cleared;
        return one => one.OrganisationId == organisation
            && (((!one.Restricted || cleared)
                    && (units.Contains(one.CommitteeId) || units.Contains(one.PlatformId)
                        || units.Contains(one.WorkGroupId) || withItem.Contains(one.Id)))
                || (one.CommitteeId != null && clearedFor.Contains(one.CommitteeId))
                || withTask.Contains(one.Id));
    }

    /// <summary>The cases in which the person has a task.</summary>
    private IQueryable<CaseId> WithTask(IQueryable<WorkTask> tasks)
    {
        var (organisation, me) = (OrganisationId, PersonId);
        return tasks.Where(task => task.OrganisationId == organisation)
            .SelectMany(task => task.Assignees, (task, seat) => new { task.CaseId, seat.PersonId, seat.Active })
            .Where(seat => seat.PersonId == me && seat.Active).Select(seat => seat.CaseId);
    }

    private Expression<Func<TrackedItem, bool>> ItemRule(IQueryable<Case> visible, IQueryable<Case> restricted)
    {
        var (organisation, me, contactOf) = (OrganisationId, PersonId, _contactOf);
        if (_all && _cleared)
        {
            return item => item.OrganisationId == organisation;
        }

        var (ids, kept) = (visible.Select(one => one.Id), restricted.Select(one => one.Id));
        return _contactOf.Count > 0 && !_all && _units.Count == 0
            // A contact sees the items of the unit, not the whole list of a case that the unit has a part in.
            ? item => item.OrganisationId == organisation && !kept.Contains(item.CaseId)
            && (contactOf.Contains(item.UndertakingUnitId) || item.SupervisorId == me || item.UndertakerId == me
                || item.CoUnits.Any(helping => contactOf.Contains(helping.UnitId)))
            : item => item.OrganisationId == organisation && !kept.Contains(item.CaseId)
            && (ids.Contains(item.CaseId) || item.SupervisorId == me || item.UndertakerId == me);
    }

    private Expression<Func<Matter, bool>> MatterRule(IQueryable<Case> visible, IQueryable<Case> restricted)
    {
        var (organisation, units, me) = (OrganisationId, _units, PersonId);
        if (_all && _cleared)
        {
            return matter => matter.OrganisationId == organisation;
        }

        // A list of ids is made once; a look at the cases would be repeated for every matter.
        var (ids, kept) = (visible.Select(one => one.Id), restricted.Select(one => one.Id));
        return _all
            ? matter => matter.OrganisationId == organisation
                && (matter.CaseId == null || ids.Contains(matter.CaseId.Value))
            : matter => matter.OrganisationId == organisation
                && (matter.CaseId == null || !kept.Contains(matter.CaseId.Value))
                && (matter.EnteredById == me || units.Contains(matter.PlatformId) || units.Contains(matter.PassedToId)
                    || (matter.CaseId != null && ids.Contains(matter.CaseId.Value)));
    }
}
