namespace Consultation.Cases.People;

/// <summary>
/// Why somebody is an assignee: by name, or as the holder of a role over a unit (or over the organisation).
/// Stored as "named", "LeadingGroup" or "CommitteeDirector@&lt;unit id&gt;"; shown with the unit's name.
/// </summary>
/// <param name="Role">The role, or null when named.</param>
/// <param name="UnitId">The unit that the role is held over, or null for the organisation.</param>
public readonly record struct AssigneeBasis(Role? Role, UnitId? UnitId)
{
    /// <summary>By name: only this person, and who acts for them.</summary>
    public static readonly AssigneeBasis Named = new(null, null);

    /// <summary>As the holder of a role.</summary>
    public static AssigneeBasis Of(Role role, UnitId? unit) => new(role, unit);

    /// <summary>Reads the stored form; anything unknown counts as named.</summary>
    public static AssigneeBasis Parse(string text)
    {
        var parts = text.Split('@', 2);
        if (!Enum.TryParse<Role>(parts[0], out var role))
        {
            return Named;
        }

        return parts.Length == 2 && Guid.TryParse(parts[1], out var unit) ? Of(role, new UnitId(unit)) : Of(role, null);
    }

    /// <summary>The stored form.</summary>
    public override string ToString() => (Role, UnitId) switch
    {
        (null, _) => "named",
        ({ } role, null) => role.ToString(),
        ({ } role, { } unit) => $"{role}@{unit.Value:N}",
    };

    /// <summary>For people: "城建委 专委会主任", or "指定人员".</summary>
    public LocalText Describe(OrganisationDirectory directory)
    {
        if (Role is not { } role)
        {
            return new("指定人员", "named person");
        }

        var name = RoleNames.Of(role);
        return directory.Find(UnitId) is { } unit
            ? new($"{unit.Name.Zh} {name.Zh}", $"{name.En}, {unit.Name.En ?? unit.Name.Zh}")
            : name;
    }
}
