using Consultation.Cases.Forms;
using Consultation.Cases.TrackedItems;

namespace Consultation.Cases.People;

/// <summary>One person that a specification yielded.</summary>
/// <param name="Person">Who.</param>
/// <param name="Basis">Why.</param>
/// <param name="IsChair">Decides last where the gate says so: a committee's director, a work group's lead.</param>
public sealed record ResolvedAssignee(Person Person, AssigneeBasis Basis, bool IsChair)
{
    /// <summary>On the roster, but not among the organisation's people (Q90, P24).</summary>
    public bool IsGuest { get; init; }
}

/// <summary>Who a task goes to.</summary>
public abstract record AssigneeResolution
{
    private AssigneeResolution() { }

    /// <summary>These people, each once; the notes say which parts of the specification yielded nobody.</summary>
    public sealed record Found(IReadOnlyList<ResolvedAssignee> Assignees, IReadOnlyList<LocalText> Notes)
        : AssigneeResolution;

    /// <summary>Nobody, with the reason and what to do, fit for an incident.</summary>
    public sealed record Nobody(LocalText Reason) : AssigneeResolution;
}

/// <summary>Turns a specification into people, against the directory, the case and a tracked item.</summary>
public static class Assignees
{
    /// <summary>
    /// Key of the record that holds the roster, and of its fields with the organisation's persons and the platform's
    /// head.
    /// </summary>
    public const string RosterKind = Forms.FormKeys.Roster, RosterPersons = "persons", RosterHead = "platform-head";

    /// <summary>
    /// Resolves for an instant: substitutes stand in for absent holders; a group that is barred whole gives way to the
    /// next of its chain (O16).
    /// </summary>
    public static AssigneeResolution Resolve(
        AssigneeSpec spec, CaseFile file, TrackedItem? item, DateTimeOffset now,
        IReadOnlyCollection<PersonId>? barred = null)
    {
        var found = new List<ResolvedAssignee>();
        var notes = new List<LocalText>();
        foreach (var chain in spec.Chains)
        {
            var reasons = new List<LocalText>();
            var groups = chain.Select(term => Resolve(term, file, item, now, reasons))
                .Where(group => group.Count > 0).ToList();
            var people = groups.Find(group => group.Any(one => barred?.Contains(one.Person.Id) != true))
                ?? groups.FirstOrDefault();
            if (people is null)
            {
                notes.AddRange(reasons);
            }
            else
            {
                found.AddRange(people);
            }
        }

        var distinct = found.DistinctBy(one => one.Person.Id).ToList();
        return distinct.Count > 0
            ? new AssigneeResolution.Found(distinct, notes)
            : new AssigneeResolution.Nobody(Join(notes));
    }

    /// <summary>
    /// Who answers for a unit, by its kind: contacts, officers, directors; where it has none, nobody.
    /// </summary>
    public static IReadOnlyList<ResolvedAssignee> OfUnit(Unit unit, OrganisationDirectory directory, DateTimeOffset now)
    {
        foreach (var role in RolesThatAnswerFor(unit.Kind))
        {
            if (directory.Holders(role, unit.Id, now) is { Count: > 0 } people)
            {
                return [.. people.Select(
                    person => new ResolvedAssignee(person, AssigneeBasis.Of(role, unit.Id), IsChair(role)))];
            }
        }

        return [];
    }

    private static IReadOnlyList<ResolvedAssignee> Resolve(
        AssigneeTerm term, CaseFile file, TrackedItem? item, DateTimeOffset now, List<LocalText> reasons)
    {
        switch (term.Kind)
        {
            case AssigneeTermKind.Role when term.Place is null:
                return OfRole(term.Role!.Value, file.Directory, now, reasons);
            case AssigneeTermKind.Role:
                return UnitOf(term.Place, file, item, reasons) is { } place
                    ? OfRole(term.Role!.Value, place, file.Directory, now, reasons)
                    : [];
            case AssigneeTermKind.Unit when term.Place!.IsUndertaking
                && file.Directory.Find(item?.UndertakerId) is { Active: true } undertaker:
                return [new ResolvedAssignee(undertaker, AssigneeBasis.Named, false)];
            case AssigneeTermKind.Unit:
                return UnitOf(term.Place!, file, item, reasons) is { } unit
                    ? OfUnit(unit, file.Directory, now, reasons)
                    : [];
            case AssigneeTermKind.Person:
                return OfPerson(new PersonId(term.Id!.Value), file.Directory, reasons);
            case AssigneeTermKind.Supervisor when item?.SupervisorId is { } supervisor:
                return OfPerson(supervisor, file.Directory, reasons);
            case AssigneeTermKind.Supervisor:
                return None(
                    reasons, "督办事项没有指定督办负责人，请在事项页上填写。", "The tracked item has no supervisor; name one on its page.");
            case AssigneeTermKind.Proposer:
                return OfProposer(file, reasons);
            default:
                return OfRoster(file, now, reasons);
        }
    }

    private static IReadOnlyList<ResolvedAssignee> OfRole(
        Role role, OrganisationDirectory directory, DateTimeOffset now, List<LocalText> reasons)
    {
        if (directory.Holders(role, null, now) is { Count: > 0 } holders)
        {
            return [.. holders.Select(
                person => new ResolvedAssignee(person, AssigneeBasis.Of(role, null), IsChair(role)))];
        }

        var overUnits = directory.Grants.Where(grant => grant.Role == role && grant.UnitId is not null)
            .Select(grant => grant.UnitId).Distinct()
            .SelectMany(unit => directory.Holders(role, unit, now)
                .Select(person => new ResolvedAssignee(person, AssigneeBasis.Of(role, unit), IsChair(role))))
            .ToList();
        var name = RoleNames.Of(role);
        return overUnits.Count > 0 ? overUnits : None(reasons,
            $"没有在任的“{name.Zh}”，请在“人员”中授予该角色。", $"Nobody holds the role “{name.En}”; grant it under “People”.");
    }

    private static IReadOnlyList<ResolvedAssignee> OfRole(
        Role role, Unit unit, OrganisationDirectory directory, DateTimeOffset now, List<LocalText> reasons)
    {
        var name = RoleNames.Of(role);
        return directory.Holders(role, unit.Id, now) is { Count: > 0 } people
            ? [.. people.Select(person => new ResolvedAssignee(person, AssigneeBasis.Of(role, unit.Id), IsChair(role)))]
            : None(reasons,
                $"{unit.Name.Zh}没有在任的“{name.Zh}”，请在“人员”中授予该角色。",
                $"{unit.Name.For("en")} has no “{name.En}”; grant the role under “People”.");
    }

    private static IReadOnlyList<ResolvedAssignee> OfUnit(
        Unit unit, OrganisationDirectory directory, DateTimeOffset now, List<LocalText> reasons) =>
        OfUnit(unit, directory, now) is { Count: > 0 } people ? people : None(reasons,
            $"{unit.Name.Zh}没有联系人，请在“人员”中为该单位指定。", $"{unit.Name.For("en")} has no contact; name one under “People”.");

    private static IReadOnlyList<ResolvedAssignee> OfPerson(
        PersonId id, OrganisationDirectory directory, List<LocalText> reasons) =>
        directory.Find(id) switch
        {
            { Active: true } person => [new ResolvedAssignee(person, AssigneeBasis.Named, false)],
            { } gone => None(reasons, $"{gone.Name}已离任，请改派他人。", $"{gone.Name} has left; assign somebody else."),
            null => None(reasons, "指定的人员不存在，请重新选择。", "The named person does not exist; choose again."),
        };

    private static IReadOnlyList<ResolvedAssignee> OfProposer(CaseFile file, List<LocalText> reasons)
    {
        var mail = file.Matters.FirstOrDefault()?.ProposerEmail;
        var person = mail is null ? null : file.Directory.People.FirstOrDefault(one =>
            one.Active && string.Equals(one.Email, mail, StringComparison.OrdinalIgnoreCase));
        return (person ?? file.Directory.Find(file.Case.OpenedById)) is { Active: true } proposer
            ? [new ResolvedAssignee(proposer, AssigneeBasis.Named, false)]
            : None(reasons,
                "提议人不在人员名录中，无法派发任务；可由秘书代为办理。",
                "The proposer is not among the organisation's people, so no task can be given; the secretary may act "
                    + "instead.");
    }

    /// <summary>
    /// Everybody on the roster: people of the organisation, the platform's head (Q92), and guests, whom a row with a
    /// known address does not repeat.
    /// </summary>
    private static IReadOnlyList<ResolvedAssignee> OfRoster(CaseFile file, DateTimeOffset now, List<LocalText> reasons)
    {
        if (file.Records.FirstOrDefault(record => record.Kind == RosterKind) is not { } roster)
        {
            return None(reasons, "还没有参会名单，请先完成参会名单。", "There is no roster yet; complete it first.");
        }

        var known = FormValues.List(roster.Fields.Text(RosterPersons)).Append(roster.Fields.Text(RosterHead))
            .Select(id => Guid.TryParse(id, out var value) ? file.Directory.Find(new PersonId(value)) : null)
            .OfType<Person>().Where(person => person.Active).DistinctBy(person => person.Id).ToList();
        var guests = Guests.OnRoster(roster, now)
            .Where(guest => guest.Email is null || !known.Exists(
                person => string.Equals(person.Email, guest.Email, StringComparison.OrdinalIgnoreCase)));
        var people = known.Select(person => new ResolvedAssignee(person, AssigneeBasis.Named, false))
            .Concat(guests.Select(guest => new ResolvedAssignee(guest, AssigneeBasis.Named, false) { IsGuest = true }))
            .ToList();
        return people.Count > 0
            ? people
            : None(reasons, "参会名单上没有人，请先完成参会名单。", "The roster names nobody; complete it first.");
    }

    private static Unit? UnitOf(AssigneePlace place, CaseFile file, TrackedItem? item, List<LocalText> reasons)
    {
        var (id, zh, en) = place.Word switch
        {
            "case.committee" => (file.Case.CommitteeId, "案件没有对应的专委会", "The case has no committee"),
            "case.platform" => (file.Case.PlatformId, "案件没有承办平台", "The case has no platform"),
            "case.workgroup" => (file.Case.WorkGroupId, "案件没有工作小组", "The case has no work group"),
            "item.undertaking" => (item?.UndertakingUnitId, "督办事项没有承办单位", "The tracked item has no undertaking unit"),
            "item.office" => (item?.ResponsibleOfficeId, "督办事项没有政协责任委室", "The tracked item has no responsible office"),
            "item.assigning" => (item?.AssigningUnitId, "督办事项没有交办单位", "The tracked item has no assigning unit"),
            _ => (place.Id, "指定的单位不存在", "The named unit does not exist"),
        };
        if (file.Directory.Find(id) is not { } unit)
        {
            reasons.Add(new($"{zh}，请补充。", $"{en}; please add it."));
            return null;
        }

        return unit;
    }

    private static Role[] RolesThatAnswerFor(UnitKind kind) => kind switch
    {
        UnitKind.SpecialCommittee => [Role.CommitteeDirector, Role.CommitteeMember],
        UnitKind.MemberStation or UnitKind.AreaGroup or UnitKind.SectorGroup =>
            [Role.PlatformOfficer, Role.PlatformHead],
        UnitKind.WorkGroup => [Role.WorkGroupLead, Role.WorkGroupMember],
        UnitKind.Committee => [Role.Secretary],
        UnitKind.PartyGroup => [Role.LeadingGroup],
        _ => [Role.DepartmentContact],
    };

    private static bool IsChair(Role role) => role is Role.CommitteeDirector or Role.WorkGroupLead;

    private static IReadOnlyList<ResolvedAssignee> None(List<LocalText> reasons, string zh, string en)
    {
        reasons.Add(new(zh, en));
        return [];
    }

    private static LocalText Join(IReadOnlyList<LocalText> texts) =>
        new(string.Concat(texts.Select(text => text.Zh)), string.Join(' ', texts.Select(text => text.En)));
}
