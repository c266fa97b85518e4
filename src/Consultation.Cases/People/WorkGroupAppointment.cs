using Consultation.Cases.Forms;

namespace Consultation.Cases.People;

/// <summary>Who makes up a work group, as the form of its setting-up says it (P27–P30).</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Lead">组长.</param>
/// <param name="Members">成员.</param>
/// <param name="Duties">职责, each with who has it and who stands in.</param>
/// <param name="Timetable">工作计划和时间表.</param>
public sealed record WorkGroupAppointment(
    string Name, PersonId? Lead, IReadOnlyList<PersonId> Members,
    IReadOnlyList<(string Duty, PersonId Who, PersonId? Substitute)> Duties, string Timetable)
{
    /// <summary>Reads the entries of the form.</summary>
    public static WorkGroupAppointment Of(IReadOnlyDictionary<string, string> fields) => new(
        fields.Text("name"), fields.Person("lead"),
        [.. FormValues.List(fields.Text("members"))
            .Select(id => Guid.TryParse(id, out var person) ? new PersonId(person) : (PersonId?)null)
            .OfType<PersonId>()],
        [.. fields.RowsOf("duties").Where(row => row.Person("who") is not null)
            .Select(row => (row.Text("duty"), row.Person("who")!.Value, row.Person("substitute")))],
        fields.Text("timetable"));

    /// <summary>Everybody in it, substitutes too, each once.</summary>
    public IReadOnlyList<PersonId> Everybody =>
        [.. new[] { Lead }.OfType<PersonId>().Concat(Members).Concat(Duties.Select(duty => duty.Who))
            .Concat(Duties.Select(duty => duty.Substitute).OfType<PersonId>()).Distinct()];

    /// <summary>
    /// Makes it the case's work group: a unit of its own with lead and members, those who stand in as substitutes. The
    /// case's present group stays where it consists of just these people.
    /// </summary>
    public Unit Appoint(CaseFile file, DateTimeOffset now)
    {
        List<PersonId> members =
            [.. Members.Concat(Duties.Select(duty => duty.Who)).Where(person => person != Lead).Distinct()];
        if (file.Directory.Find(file.Case.WorkGroupId) is { } present && Consists(file.Directory, present.Id, members))
        {
            return present;
        }

        var unit = file.Add(new Unit
        {
            OrganisationId = file.Case.OrganisationId,
            Id = UnitId.New(),
            Name = new(Name),
            Kind = UnitKind.WorkGroup,
            ParentId = file.Directory.Find(file.Case.WorkGroupId)?.ParentId,
            HeadId = Lead,
        });
        if (Lead is { } lead) Grant(lead, Role.WorkGroupLead, false);
        foreach (var member in members) Grant(member, Role.WorkGroupMember, false);
        foreach (var other in Everybody.Except(members).Where(person => person != Lead))
        {
            Grant(other, Role.WorkGroupMember, true);
        }

        file.Case.WorkGroupId = unit.Id;
        return unit;

        void Grant(PersonId person, Role role, bool isSubstitute) => file.Add(new RoleGrant
        {
            OrganisationId = file.Case.OrganisationId,
            Id = OrderedGuid.New(now),
            PersonId = person,
            Role = role,
            UnitId = unit.Id,
            IsSubstitute = isSubstitute,
        });
    }

    /// <summary>The line among the organisation's changes that an appointed group's unit leaves.</summary>
    public static DirectoryChange Note(Unit group, long version, DateTimeOffset now) => new()
    {
        OrganisationId = group.OrganisationId,
        Id = OrderedGuid.New(now),
        Version = version,
        Subject = $"unit:{group.Id.Value:N}",
        At = now,
        Text = new($"任命工作小组“{group.Name.Zh}”", $"appointed the work group {group.Name.For("en")}"),
    };

    /// <summary>The duty table and the timetable, for the group's notice (P28–P30).</summary>
    public LocalText Words(OrganisationDirectory directory)
    {
        var duties = Duties.Select(duty => (
            Name: WorkGroupDuties.Find(duty.Duty)?.Label ?? new LocalText("其他", "Other"), Who: NameOf(duty.Who),
            Substitute: duty.Substitute is { } other ? NameOf(other) : null)).ToList();
        var zh = duties.Select(duty =>
            $"{duty.Name.Zh}：{duty.Who}{(duty.Substitute is null ? "" : $"（替补 {duty.Substitute}）")}");
        var en = duties.Select(duty =>
            $"{duty.Name.For("en")}: {duty.Who}{(duty.Substitute is null ? "" : $" (substitute {duty.Substitute})")}");
        var (lead, members) = (
            Lead is { } id ? NameOf(id) : "",
            Members.Where(person => person != Lead).Select(NameOf).ToList());
        return new(
            $"组长：{lead}\n成员：{string.Join('、', members)}\n{string.Join('\n', zh)}\n时间表：{Timetable}",
            $"Lead: {lead}\nMembers: {string.Join(", ", members)}\n{string.Join('\n', en)}\nTimetable: {Timetable}");

        string NameOf(PersonId person) => directory.Find(person)?.Name ?? "?";
    }

    private bool Consists(OrganisationDirectory directory, UnitId unit, List<PersonId> members)
    {
        var grants = directory.Grants.Where(grant => grant.UnitId == directory.Kept(unit)).ToList();
        return Holders(Role.WorkGroupLead).SetEquals(new[] { Lead }.OfType<PersonId>())
            && Holders(Role.WorkGroupMember).SetEquals(members)
            && Everybody.All(person => grants.Exists(grant => grant.PersonId == person));

        HashSet<PersonId> Holders(Role role) =>
            [.. grants.Where(grant => grant.Role == role && !grant.IsSubstitute).Select(grant => grant.PersonId)];
    }
}
