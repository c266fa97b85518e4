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
    /// <param name="directory">The organisation.</param>
    /// <param name="language">Of the names.</param>
    /// <param name="now">When; who is away counts only where it is said.</param>
    public static IReadOnlyList<DirectoryWarning> Of(
        OrganisationDirectory directory, string language, DateTimeOffset? now = null)
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
        if (now is { } instant)
        {
            gaps.AddRange(Away(directory, language, instant));
            if (Unreached(directory) is { Count: > 0 } unreached)
            {
                var names = string.Join(language == "en" ? ", " : "、", unreached.Take(3).Select(one => one.Name));
                gaps.Add(new(
                    "people.gap.mail", unreached.Count > 3 ? $"{names} … ({unreached.Count})" : names,
                    "/people?state=no-mail"));
            }
        }

        if (directory.Holders(Role.Administrator, null).Count == 0)
        {
            gaps.Add(new("people.gap.administrator", "", "/people"));
        }

        return gaps;
    }

    /// <summary>People with a duty who are reached neither by mail nor by the second channel: they get paper (O17).
    /// </summary>
    internal static IReadOnlyList<Person> Unreached(OrganisationDirectory directory)
    {
        // Tasks come to none of the roles left out.
        var held = directory.Grants
            .Where(grant => grant.Role is not (Role.Administrator or Role.Designer or Role.Publisher or Role.Viewer))
            .Select(grant => grant.PersonId)
            .Concat(directory.Units.Where(unit => unit.Active).Select(unit => unit.HeadId).OfType<PersonId>())
            .ToHashSet();
        return [.. directory.People
            .Where(person => person is { Active: true, Email: null, ChannelAddress: null } && held.Contains(person.Id))
            .OrderBy(person => person.Name, StringComparer.CurrentCulture)];
    }

    /// <summary>
    /// Those who alone hold a duty, are away, and for whom nobody acts: what comes for them waits, and reminds nobody
    /// else until it is late.
    /// </summary>
    private static IEnumerable<DirectoryWarning> Away(
        OrganisationDirectory directory, string language, DateTimeOffset now) =>
        directory.Grants.Where(grant => !grant.IsSubstitute && grant.Role is not (Role.Member or Role.Viewer))
            .Select(grant => (grant.Role, grant.UnitId)).Distinct()
            .SelectMany(duty => directory.Holders(duty.Role, duty.UnitId, now) is { Count: > 0 } holders
                && holders.All(one => !one.IsPresent(now) && !directory.Delegations.Any(delegation =>
                    delegation.FromId == one.Id && delegation.InForce(now) && delegation.CoversDutiesOf(duty.Role)
                    && directory.Find(delegation.ToId)?.IsPresent(now) == true))
                    ? holders : [])
            .DistinctBy(person => person.Id)
            .Select(person => new DirectoryWarning(
                "people.gap.away", person.Name, $"/people/{person.Id.Value:N}"));
}
