using Consultation.Cases;
using Consultation.Cases.Meetings;
using Consultation.Cases.People;
using Consultation.Cases.Plans;
using Consultation.Web.Layout;
using Consultation.Web.Texts;

namespace Consultation.Web.People;

/// <summary>People, units, roles and parts of a plan as choices of a form.</summary>
public static class Pickers
{
    /// <summary>
    /// Active persons with their unit, found by name, duty, unit, field or the initials of their pinyin; one more than
    /// that when the stored one has left.
    /// </summary>
    public static IReadOnlyList<Option> People(
        OrganisationDirectory directory, DeskTexts texts, PersonId? stored = null) =>
    [
        .. directory.People.Where(person => person.Active || person.Id == stored)
            .OrderBy(person => person.Name, StringComparer.CurrentCulture)
            .Select(person => new Option(
                person.Id.Value.ToString("N"),
                person.Title is { Length: > 0 } title ? $"{person.Name} {title}" : person.Name,
                texts.Of(directory.Find(person.UnitId)?.Name) is { Length: > 0 } unit ? unit : null)
            {
                Words = Words([person.Name, .. Of(directory.Find(person.UnitId)), .. person.Fields]),
            }),
    ];

    /// <summary>Fields of people and units, which a topic may name.</summary>
    public static IReadOnlyList<Option> Fields(OrganisationDirectory directory) =>
        [.. directory.Fields.Select(word => new Option(word, word) { Words = Words([word]) })];

    /// <summary>Active units of some kinds (all when none is named), grouped by kind.</summary>
    public static IReadOnlyList<Option> Units(
        OrganisationDirectory directory, DeskTexts texts, params UnitKind[] kinds) =>
    [
        .. directory.Units.Where(unit => unit.Active && (kinds.Length == 0 || kinds.Contains(unit.Kind)))
            .OrderBy(unit => unit.Kind).ThenBy(unit => unit.Name.Zh, StringComparer.CurrentCulture)
            .Select(unit =>
                new Option(unit.Id.Value.ToString("N"), texts.Of(unit.Name), texts.Of(RoleNames.Of(unit.Kind)))
                {
                    Words = Words([.. Of(unit), .. unit.Oversees]),
                }),
    ];

    /// <summary>Halls by their names.</summary>
    public static IReadOnlyList<Option> Halls(OrganisationDirectory directory) =>
    [
        .. directory.Units.Where(unit => unit.Active && unit.HallName is not null)
            .OrderBy(unit => unit.HallName, StringComparer.CurrentCulture)
            .Select(unit => new Option(unit.Id.Value.ToString("N"), unit.HallName!) { Words = Words(Of(unit)) }),
    ];

    private static IEnumerable<string> Of(Unit? unit) =>
        unit is null ? [] : [unit.Name.Zh, unit.Name.En ?? "", unit.HallName ?? ""];

    /// <summary>What a search box looks into: the words, and the initials of each.</summary>
    private static string Words(IEnumerable<string> words) => string.Join(
        ' ', words.Where(word => word.Length > 0).SelectMany(word => new[] { word, PinyinInitials.Of(word) })
            .Distinct(StringComparer.Ordinal)).ToLowerInvariant();

    /// <summary>Parts of a plan by what they are, each with the day on which it ends now.</summary>
    public static IReadOnlyList<Option> PlanParts(IReadOnlyList<PlanPart> parts, DeskTexts texts) =>
        [.. parts.OrderBy(part => part.Kind)
            .Select(part => new Option(part.Key, texts["plan.part", texts.Of(part.Name), $"{part.Until:yyyy-MM-dd}"],
                texts[$"plan.part.{part.Kind}"]))];

    /// <summary>Meetings that a case may join, each with its day.</summary>
    public static IReadOnlyList<Option> Meetings(IReadOnlyList<Meeting> meetings) =>
        [.. meetings.Select(meeting => new Option(
            meeting.Id.Value.ToString("N"), $"{meeting.On:yyyy-MM-dd} {meeting.From:HH\\:mm} {meeting.Title}"))];

    /// <summary>All roles.</summary>
    public static IReadOnlyList<Option> Roles(DeskTexts texts) =>
        [.. Enum.GetValues<Role>().Select(role => new Option(role.ToString(), texts.Of(RoleNames.Of(role))))];

    /// <summary>All kinds of unit.</summary>
    public static IReadOnlyList<Option> UnitKinds(DeskTexts texts) =>
        [.. Enum.GetValues<UnitKind>().Select(kind => new Option(kind.ToString(), texts.Of(RoleNames.Of(kind))))];
}
