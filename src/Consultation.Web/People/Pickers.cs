using Consultation.Cases;
using Consultation.Cases.People;
using Consultation.Cases.Plans;
using Consultation.Web.Layout;
using Consultation.Web.Texts;

namespace Consultation.Web.People;

/// <summary>People, units, roles and parts of a plan as choices of a form.</summary>
public static class Pickers
{
    /// <summary>Active persons with their unit; one more than that when the stored one has left.</summary>
    public static IReadOnlyList<Option> People(
        OrganisationDirectory directory, DeskTexts texts, PersonId? stored = null) =>
    [
        .. directory.People.Where(person => person.Active || person.Id == stored)
            .OrderBy(person => person.Name, StringComparer.CurrentCulture)
            .Select(person => new Option(
                person.Id.Value.ToString("N"),
                person.Title is { Length: > 0 } title ? $"{person.Name} {title}" : person.Name,
                texts.Of(directory.Find(person.UnitId)?.Name) is { Length: > 0 } unit ? unit : null)),
    ];

    /// <summary>Active units of some kinds (all when none is named), grouped by kind.</summary>
    public static IReadOnlyList<Option> Units(
        OrganisationDirectory directory, DeskTexts texts, params UnitKind[] kinds) =>
    [
        .. directory.Units.Where(unit => unit.Active && (kinds.Length == 0 || kinds.Contains(unit.Kind)))
            .OrderBy(unit => unit.Kind).ThenBy(unit => unit.Name.Zh, StringComparer.CurrentCulture)
            .Select(unit =>
                new Option(unit.Id.Value.ToString("N"), texts.Of(unit.Name), texts.Of(RoleNames.Of(unit.Kind)))),
    ];

    /// <summary>Parts of a plan by what they are, each with the day on which it ends now.</summary>
    public static IReadOnlyList<Option> PlanParts(IReadOnlyList<PlanPart> parts, DeskTexts texts) =>
        [.. parts.OrderBy(part => part.Kind)
            .Select(part => new Option(part.Key, texts["plan.part", texts.Of(part.Name), $"{part.Until:yyyy-MM-dd}"],
                texts[$"plan.part.{part.Kind}"]))];

    /// <summary>All roles.</summary>
    public static IReadOnlyList<Option> Roles(DeskTexts texts) =>
        [.. Enum.GetValues<Role>().Select(role => new Option(role.ToString(), texts.Of(RoleNames.Of(role))))];

    /// <summary>All kinds of unit.</summary>
    public static IReadOnlyList<Option> UnitKinds(DeskTexts texts) =>
        [.. Enum.GetValues<UnitKind>().Select(kind => new Option(kind.ToString(), texts.Of(RoleNames.Of(kind))))];
}
