using Consultation.Cases.Tasks;
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
    /// Resolves for an instant: substitutes stand in for absent holders; a group that is barred whole gives way to the
    /// next of its chain (O16). The notes say why a part yielded nobody, also where the next of its chain stood in.
    /// </summary>
    /// <param name="spec">Whom.</param>
    /// <param name="file">In which case.</param>
    /// <param name="item">About which tracked item, if about one.</param>
    /// <param name="now">When.</param>
    /// <param name="barred">Who may not be among them.</param>
    /// <param name="task">The task whose assignees <c>task.assignees</c> means.</param>
    public static AssigneeResolution Resolve(
        AssigneeSpec spec, CaseFile file, TrackedItem? item, DateTimeOffset now,
        IReadOnlyCollection<PersonId>? barred = null, WorkTask? task = null)
    {
        var found = new List<ResolvedAssignee>();
        var notes = new List<LocalText>();
        var subject = new Subject(file, item, task, now);
        foreach (var chain in spec.Chains)
        {
            IReadOnlyList<ResolvedAssignee> people = [];
            foreach (var term in chain)
            {
                var group = Resolve(term, subject, notes);
                if (people.Count == 0) people = group;
                if (group.All(one => barred?.Contains(one.Person.Id) == true)) continue;
                people = group;
                break;
            }

            found.AddRange(people);
        }

        var distinct = found.DistinctBy(one => one.Person.Id).ToList();
        return distinct.Count > 0
            ? new AssigneeResolution.Found(distinct, notes)
            : new AssigneeResolution.Nobody(Join(notes));
    }

    /// <summary>
    /// The secretaries, for work that falls to a unit with neither contact nor head: somebody is always asked, and the
    /// note says why. Null where no unit is meant, where one of them has somebody, and where there is no secretary.
    /// </summary>
    public static AssigneeResolution.Found? SecretariesFor(
        AssigneeSpec spec, CaseFile file, TrackedItem? item, DateTimeOffset now)
    {
        var units = spec.Chains.SelectMany(chain => chain)
            .Where(term => term.Kind is AssigneeTermKind.Unit or AssigneeTermKind.Head)
            .SelectMany(term => term.Place!.UnitsOf(file, item, [])).DistinctBy(unit => unit.Id)
            .Where(unit => OfUnit(unit, file.Directory, now).Count + HeadOf(unit, file.Directory, now).Count == 0)
            .ToList();
        var secretaries = units.Count == 0 ? [] : file.Directory.Holders(Role.Secretary, null, now);
        return secretaries.Count == 0 ? null : new(
            [.. secretaries.Select(
                person => new ResolvedAssignee(person, AssigneeBasis.Of(Role.Secretary, null), false))],
            [new(
                $"{string.Join('、', units.Select(unit => unit.Name.Zh))}既没有联系人也没有负责人，由秘书代办；请在“人员”中补上后转交。",
                $"{string.Join(", ", units.Select(unit => unit.Name.For("en")))} has neither contact nor head, so the "
                    + "secretaries are asked; name one under “People”, then hand the task over.")]);
    }

    /// <summary>
    /// The people whom a specification means, for telling them something: a delegate in force is told in the place of
    /// whom he acts for (mail rule 7). None where it is not understood or means nobody: a workflow goes on although
    /// nobody is told.
    /// </summary>
    public static IReadOnlyList<Person> PeopleOf(
        string? spec, CaseFile file, TrackedItem? item, DateTimeOffset now, WorkTask? task = null,
        IReadOnlyCollection<PersonId>? barred = null) =>
        AssigneeSpec.Read(spec) is AssigneeSpecReading.Read(var read)
        && Resolve(read, file, item, now, barred, task) is AssigneeResolution.Found found
            ? [.. found.Assignees.SelectMany(one => Acting(one, file.Directory, now)).DistinctBy(person => person.Id)]
            : [];

    private static List<Person> Acting(ResolvedAssignee one, OrganisationDirectory directory, DateTimeOffset now)
    {
        var delegates = directory.Delegations
            .Where(delegation => delegation.FromId == one.Person.Id && delegation.InForce(now)
                && delegation.CoversDutiesOf(one.Basis.Role))
            .Select(delegation => directory.Find(delegation.ToId)).OfType<Person>()
            .Where(person => person.IsPresent(now)).ToList();
        return delegates.Count > 0 ? delegates : [one.Person];
    }

    /// <summary>
    /// Who answers for a unit, by its kind: contacts, officers, directors; where it has none, its head; otherwise
    /// nobody: another unit never answers for it.
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

        return directory.Standing(unit.HeadId) is { Active: true } head
            ? [new ResolvedAssignee(head, AssigneeBasis.HeadOf(unit.Id), false)]
            : [];
    }

    /// <summary>
    /// Who heads a unit: the person named as its head, otherwise the director, lead or head that its kind has.
    /// </summary>
    public static IReadOnlyList<ResolvedAssignee> HeadOf(Unit unit, OrganisationDirectory directory, DateTimeOffset now)
    {
        if (directory.Standing(unit.HeadId) is { Active: true } named)
        {
            return [new ResolvedAssignee(named, AssigneeBasis.HeadOf(unit.Id), false)];
        }

        return RoleThatHeads(unit.Kind) is { } role
            ? [.. directory.Holders(role, unit.Id, now).Select(
                person => new ResolvedAssignee(person, AssigneeBasis.Of(role, unit.Id), IsChair(role)))]
            : [];
    }

    private static IReadOnlyList<ResolvedAssignee> Resolve(AssigneeTerm term, Subject about, List<LocalText> reasons)
    {
        var (file, item, now) = (about.File, about.Item, about.Now);
        switch (term.Kind)
        {
            case AssigneeTermKind.Role when term.Place is null:
                return OfRole(term.Role!.Value, file.Directory, now, reasons);
            case AssigneeTermKind.Role:
                return [.. term.Place.UnitsOf(file, item, reasons)
                    .SelectMany(unit => OfRole(term.Role!.Value, unit, file.Directory, now, reasons))];
            case AssigneeTermKind.Unit when term.Place!.IsUndertaking
                && file.Directory.Standing(item?.UndertakerId) is { Active: true } undertaker:
                return [new ResolvedAssignee(undertaker, AssigneeBasis.Named, false)];
            case AssigneeTermKind.Unit:
                return OfUnits(term.Place!.UnitsOf(file, item, reasons), file.Directory, now, reasons);
            case AssigneeTermKind.Head:
                return [.. term.Place!.UnitsOf(file, item, reasons)
                    .SelectMany(unit => OfHead(unit, file.Directory, now, reasons))];
            case AssigneeTermKind.Duty:
                return OfDuty(term.Duty!, file, now, reasons);
            case AssigneeTermKind.Person:
                return OfPerson(new PersonId(term.Id!.Value), file.Directory, reasons);
            case AssigneeTermKind.Supervisor when item?.SupervisorId is { } supervisor:
                return OfPerson(supervisor, file.Directory, reasons);
            case AssigneeTermKind.Supervisor:
                return None(
                    reasons, "督办事项没有指定督办负责人，请在事项页上填写。", "The tracked item has no supervisor; name one on its page.");
            case AssigneeTermKind.Supervisors:
                return [.. file.Items.Select(one => one.SupervisorId).OfType<PersonId>().Distinct()
                    .SelectMany(one => OfPerson(one, file.Directory, reasons))];
            case AssigneeTermKind.TopicMembers:
                return OfTopicMembers(file, reasons);
            case AssigneeTermKind.TopicDrafter:
                return file.Topic?.DraftedById is { } drafter
                    ? OfPerson(drafter, file.Directory, reasons)
                    : None(reasons, "议题还没有拟定人。", "Nobody has drafted the topic yet.");
            case AssigneeTermKind.TaskAssignees:
                return OfTask(about.Task, file.Directory, reasons);
            case AssigneeTermKind.Proposer:
                return OfProposer(file, reasons);
            case AssigneeTermKind.MeetingHost:
                return OfMeeting(file, file.Meeting?.HostId, "主持人", "host", reasons);
            case AssigneeTermKind.MeetingRecorder:
                return OfMeeting(file, file.Meeting?.RecorderId, "记录人", "recorder", reasons);
            case AssigneeTermKind.MeetingOrganiser:
                return OfMeeting(file, file.Meeting?.OrganiserId, "组织人", "organiser", reasons);
            case AssigneeTermKind.MeetingPresent:
                return OfSeats(file, file.Meeting?.Present, reasons, haveCome: true);
            case AssigneeTermKind.MeetingInvited:
                return OfSeats(file, file.Meeting?.Current.Where(seat => seat.CaseId == file.Case.Id), reasons,
                    withSubstitutes: true);
            case AssigneeTermKind.MeetingVoters:
                return OfSeats(file, file.Meeting?.Voters, reasons);
            case AssigneeTermKind.MeetingTellers:
                return OfTellers(file, reasons);
            default:
                return OfSeats(file, file.Meeting?.Current, reasons, withSubstitutes: true);
        }
    }

    /// <summary>
    /// Whoever answers for each of the units. Where several are meant and one has nobody, the secretaries are asked for
    /// it, so that none is passed over; the note says why.
    /// </summary>
    private static IReadOnlyList<ResolvedAssignee> OfUnits(
        IReadOnlyList<Unit> units, OrganisationDirectory directory, DateTimeOffset now, List<LocalText> reasons) =>
    [
        .. units.SelectMany(unit => OfUnit(unit, directory, now, reasons) is var people
            && (people.Count > 0 || units.Count == 1)
            ? people
            : directory.Holders(Role.Secretary, null, now)
                .Select(person => new ResolvedAssignee(person, AssigneeBasis.HeadOf(unit.Id), false))),
    ];

    /// <summary>Members one of whose fields the topic names (Q86, Q91).</summary>
    private static IReadOnlyList<ResolvedAssignee> OfTopicMembers(CaseFile file, List<LocalText> reasons)
    {
        var fields = file.Topic?.Fields ?? [];
        if (fields.Count == 0)
        {
            return None(reasons, "议题没有写明涉及的界别、专业领域或街道，没有对应的委员。",
                "The topic names no fields, so no member is concerned.");
        }

        List<ResolvedAssignee> members =
        [
            .. file.Directory.Grants.Where(grant => grant.Role == Role.Member)
                .Select(grant => (Grant: grant, Person: file.Directory.Find(grant.PersonId)))
                .Where(one => one.Person is { Active: true } && one.Person.Fields.Intersect(fields).Any())
                .OrderBy(one => one.Person!.Name, StringComparer.Ordinal)
                .Select(one => new ResolvedAssignee(
                    one.Person!, AssigneeBasis.Of(Role.Member, one.Grant.UnitId), false)),
        ];
        var named = string.Join('、', fields);
        return members.Count > 0 ? members : None(reasons,
            $"没有委员登记了议题涉及的领域（{named}），请在“人员”中补充。",
            $"No member has one of the topic's fields ({named}); enter them under “People”.");
    }

    /// <summary>Those with the duty who are there; the substitute of one who is not (P29).</summary>
    private static IReadOnlyList<ResolvedAssignee> OfDuty(
        string duty, CaseFile file, DateTimeOffset now, List<LocalText> reasons)
    {
        var name = WorkGroupDuties.Find(duty)!.Label;
        var people = WorkGroupDuties.HoldersOf(duty, file).Select(holder =>
            new[] { file.Directory.Standing(holder.Who), file.Directory.Standing(holder.Substitute) }
                .OfType<Person>().ToList())
            .Select(both => both.Find(one => one.IsPresent(now)) ?? both.Find(one => one.Active)).OfType<Person>()
            .DistinctBy(person => person.Id).ToList();
        return people.Count > 0
            ? [.. people.Select(person => new ResolvedAssignee(person, AssigneeBasis.Named, false))]
            : None(reasons, $"工作小组还没有人负责“{name.Zh}”。", $"Nobody in the work group has the duty “{name.En}” yet.");
    }

    private static IReadOnlyList<ResolvedAssignee> OfTask(
        WorkTask? task, OrganisationDirectory directory, List<LocalText> reasons)
    {
        List<ResolvedAssignee> people = task is null ? [] :
        [
            .. Gate.Owing(task).Select(seat => (Seat: seat, Person: directory.Standing(seat.PersonId)))
                .Where(one => one.Person is { Active: true })
                .Select(one => new ResolvedAssignee(one.Person!, one.Seat.Basis, one.Seat.IsChair)),
        ];
        return people.Count > 0
            ? people
            : None(reasons, "没有还需办理的承办人。", "Nobody still owes an answer.");
    }

    private static IReadOnlyList<ResolvedAssignee> OfHead(
        Unit unit, OrganisationDirectory directory, DateTimeOffset now, List<LocalText> reasons) =>
        HeadOf(unit, directory, now) is { Count: > 0 } people ? people : None(reasons,
            $"{unit.Name.Zh}没有负责人，请在单位页上指定。", $"{unit.Name.For("en")} has no head; name one on its page.");

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
        directory.Standing(id) switch
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
        return (person ?? file.Directory.Standing(file.Case.OpenedById)) is { Active: true } proposer
            ? [new ResolvedAssignee(proposer, AssigneeBasis.Named, false)]
            : None(reasons,
                "提议人不在人员名录中，无法派发任务；可由秘书代为办理。",
                "The proposer is not among the organisation's people, so no task can be given; the secretary may act "
                    + "instead.");
    }

    /// <summary>
    /// People with seats at the case's meeting, guests included. Whoever comes for somebody and can be written to hears
    /// what that person hears; of those who have come only who came.
    /// </summary>
    private static IReadOnlyList<ResolvedAssignee> OfSeats(
        CaseFile file, IEnumerable<Meetings.MeetingSeat>? seats, List<LocalText> reasons, bool haveCome = false,
        bool withSubstitutes = false)
    {
        if (seats is null)
        {
            return None(reasons, "还没有安排会议，请先确定参会名单。", "There is no meeting yet; settle its roster first.");
        }

        var people = seats.SelectMany(seat => new[]
            {
                haveCome ? null : seat.Resolve(file.Directory, file.Case.OrganisationId),
                haveCome || (withSubstitutes && seat.HasSubstituteWithAddress)
                    ? seat.ResolveWhoCame(file.Directory, file.Case.OrganisationId) : null,
            })
            .OfType<ResolvedAssignee>().DistinctBy(one => one.Person.Id).ToList();
        return people.Count > 0
            ? people
            : None(reasons, "参会名单或签到表上没有人，请先补充。", "The roster or the sign-in list names nobody; complete it first.");
    }

    private static IReadOnlyList<ResolvedAssignee> OfMeeting(
        CaseFile file, PersonId? who, string zh, string en, List<LocalText> reasons) => who is { } person
        ? OfPerson(person, file.Directory, reasons)
        : None(reasons, $"会议没有指定{zh}，请补充。", $"The meeting has no {en}; name one.");

    private static IReadOnlyList<ResolvedAssignee> OfTellers(CaseFile file, List<LocalText> reasons) =>
        file.Meeting?.Tellers.SelectMany(id => OfPerson(new PersonId(id), file.Directory, reasons)).ToList()
            is { Count: > 0 } tellers
            ? tellers
            : None(reasons, "会议没有指定计票人，请补充。", "The meeting has no tellers; name them.");
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

    private static Role? RoleThatHeads(UnitKind kind) => kind switch
    {
        UnitKind.SpecialCommittee => Role.CommitteeDirector,
        UnitKind.MemberStation or UnitKind.AreaGroup or UnitKind.SectorGroup => Role.PlatformHead,
        UnitKind.WorkGroup => Role.WorkGroupLead,
        UnitKind.PartyGroup => Role.LeadingGroup,
        _ => null,
    };

    private static bool IsChair(Role role) => role is Role.CommitteeDirector or Role.WorkGroupLead;

    private static IReadOnlyList<ResolvedAssignee> None(List<LocalText> reasons, string zh, string en)
    {
        reasons.Add(new(zh, en));
        return [];
    }

    private static LocalText Join(IReadOnlyList<LocalText> texts) =>
        new(string.Concat(texts.Select(text => text.Zh)), string.Join(' ', texts.Select(text => text.En)));

    /// <summary>What terms speak of.</summary>
    private sealed record Subject(CaseFile File, TrackedItem? Item, WorkTask? Task, DateTimeOffset Now);
}
