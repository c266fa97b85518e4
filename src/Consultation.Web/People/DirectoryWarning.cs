using Consultation.Cases;
using Consultation.Cases.People;

namespace Consultation.Web.People;

/// <summary>
/// A gap in the organisation that will stop a case sooner or later, said in words with the page that mends it.
/// </summary>
/// <param name="TextKey">Text with one placeholder for the name.</param>
/// <param name="Name">Unit or person concerned.</param>
/// <param name="Href">Where it is mended.</param>
/// <param name="UnitId">The unit concerned; null when it is a person, or the organisation.</param>
public sealed record DirectoryWarning(string TextKey, string Name, string Href, UnitId? UnitId = null)
{
    /// <summary>
    /// All gaps: platforms without an officer (O29) or a head, committees without a director, departments without a
    /// contact, …
    /// </summary>
    public static IReadOnlyList<DirectoryWarning> Of(OrganisationDirectory directory, string language)
    {
        var units = directory.Units.Where(unit => unit.Active).OrderBy(unit => unit.Kind).ToList();
        var gaps = new List<DirectoryWarning>();
        foreach (var unit in units)
        {
            var href = $"/units/{unit.Id.Value:N}";
            void Need(Role role, string key)
            {
                if (directory.Holders(role, unit.Id).Count == 0)
                {
                    gaps.Add(new(key, unit.Name.For(language), href, unit.Id));
                }
            }

            switch (unit.Kind)
            {
                case UnitKind.MemberStation or UnitKind.AreaGroup or UnitKind.SectorGroup:
                    Need(Role.PlatformOfficer, "people.gap.officer");
                    Need(Role.PlatformHead, "people.gap.head");
                    if (unit.GuidedById is null)
                    {
                        gaps.Add(new("people.gap.guide", unit.Name.For(language), href, unit.Id));
                    }

                    break;
                case UnitKind.SpecialCommittee:
                    Need(Role.CommitteeDirector, "people.gap.director");
                    break;
                case UnitKind.Department or UnitKind.Town:
                    Need(Role.DepartmentContact, "people.gap.contact");
                    break;
                default:
                    break;
            }
        }

        gaps.AddRange(directory.Grants.Where(grant => directory.Find(grant.PersonId) is { Active: false })
            .DistinctBy(grant => grant.PersonId)
            .Select(grant => directory.Find(grant.PersonId)!)
            .Select(person => new DirectoryWarning("people.gap.left", person.Name, $"/people/{person.Id.Value:N}")));
        if (directory.Holders(Role.Administrator, null).Count == 0)
        {
            gaps.Add(new("people.gap.administrator", "", "/people"));
        }

        return gaps;
    }
}
