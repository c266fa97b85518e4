namespace Consultation.Cases.People;

/// <summary>
/// Why somebody is an assignee: by name, as the head of a unit, or as the holder of a role over a unit (or over the
/// organisation).
/// </summary>
/// <param name="Role">The role, or null when named or head.</param>
/// <param name="UnitId">The unit that is headed or that the role is held over, or null for the organisation.</param>
public readonly record struct AssigneeBasis(Role? Role, UnitId? UnitId)
{
    /// <summary>By name: only this person, and who acts for them.</summary>
    public static readonly AssigneeBasis Named = new(null, null);

    /// <summary>As the holder of a role.</summary>
    public static AssigneeBasis Of(Role role, UnitId? unit) => new(role, unit);

    /// <summary>As the head of a unit.</summary>
    public static AssigneeBasis HeadOf(UnitId unit) => new(null, unit);

    /// <summary>For people: "城建委 专委会主任", or "指定人员".</summary>
    public LocalText Describe(OrganisationDirectory directory)
    {
        if (Role is not { } role)
        {
            if (directory.Find(UnitId) is { } headed)
            {
                return new($"{headed.Name.Zh} 负责人", $"head of {headed.Name.For("en")}");
            }

            return new("指定人员", "named person");
        }

        var name = RoleNames.Of(role);
        return directory.Find(UnitId) is { } unit
            ? new($"{unit.Name.Zh} {name.Zh}", $"{name.En}, {unit.Name.En ?? unit.Name.Zh}")
            : name;
    }
}
