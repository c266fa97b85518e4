using Consultation.Cases.People;
using Consultation.Web.Layout;
using Consultation.Web.Texts;

namespace Consultation.Web.People;

/// <summary>One person in the list.</summary>
internal sealed record PersonRow(Person Person, string Unit, string Roles);

/// <summary>One unit in the list.</summary>
internal sealed record UnitRow(Unit Unit, string Parent, string GuidedBy, string Duties, int People);

/// <summary>The lists of persons and units: the same columns on the page and in the export.</summary>
internal static class PeopleTable
{
    public static IEnumerable<PersonRow> People(OrganisationDirectory directory, DeskTexts texts, TableQuery query)
    {
        var unreached = DirectoryWarning.Unreached(directory);
        var held = directory.Grants.ToLookup(grant => grant.PersonId);
        return from person in directory.People.OrderBy(person => person.Name, StringComparer.CurrentCulture)
               let grants = held[person.Id].ToList()
               where query["unit"] is not { Length: > 0 } unit || person.UnitId?.Value.ToString("N") == unit
               || grants.Any(grant => grant.UnitId?.Value.ToString("N") == unit)
               where query["role"] is not { Length: > 0 } role || grants.Any(grant => grant.Role.ToString() == role)
               where query["state"] switch
               {
                   "left" => !person.Active,
                   "no-mail" => unreached.Contains(person),
                   "all" => true,
                   _ => person.Active,
               }
               select new PersonRow(person, texts.Of(directory.Find(person.UnitId)?.Name),
                   string.Join(texts["people.comma"], grants.Select(grant => Describe(directory, texts, grant))));
    }

    public static IEnumerable<UnitRow> Units(OrganisationDirectory directory, DeskTexts texts, TableQuery query) =>
        from unit in directory.Units.OrderBy(unit => unit.Kind)
            .ThenBy(unit => unit.Name.Zh, StringComparer.CurrentCulture)
        where query["kind"] is not { Length: > 0 } kind || unit.Kind.ToString() == kind
        where query["state"] switch { "closed" => !unit.Active, "all" => true, _ => unit.Active }
        select new UnitRow(
            unit,
            texts.Of(directory.Find(unit.ParentId)?.Name),
            texts.Of(directory.Find(unit.GuidedById)?.Name),
            Duties(directory, texts, unit),
            directory.People.Count(person => person.UnitId == unit.Id && person.Active));

    private static string Duties(OrganisationDirectory directory, DeskTexts texts, Unit unit) => string.Join(
        texts["people.semicolon"],
        directory.Grants.Where(grant => grant.UnitId == unit.Id).GroupBy(grant => grant.Role)
            .OrderBy(holders => holders.Key)
            .Select(holders => $"{texts.Of(RoleNames.Of(holders.Key))} {Names(directory, texts, holders)}"));

    private static string Names(OrganisationDirectory directory, DeskTexts texts, IEnumerable<RoleGrant> holders) =>
        string.Join(texts["people.comma"], holders.Select(grant => directory.Find(grant.PersonId)?.Name));

    public static IReadOnlyList<Column<PersonRow>> PersonColumns(DeskTexts texts) =>
    [
        new("name", texts["people.name"], row => row.Person.Name)
        {
            IsTitle = true,
            Template = PeopleCells.Name,
            // By the first letters of the pinyin, as in every picker; and by the person's fields.
            Searched = row => string.Join(' ', [PinyinInitials.Of(row.Person.Name), .. row.Person.Fields]),
        },
        new("title", texts["people.duty-title"], row => row.Person.Title ?? "") { Minor = true },
        new("unit", texts["people.unit"], row => row.Unit),
        new("roles", texts["people.roles"], row => row.Roles),
        new("email", texts["people.email"], row => row.Person.Email ?? ""),
        new("phone", texts["people.phone"], row => row.Person.Phone ?? "") { Compact = true, Minor = true },
        new("login", texts["people.login"], row => row.Person.UserName ?? "") { Compact = true },
    ];

    public static IReadOnlyList<Column<UnitRow>> UnitColumns(DeskTexts texts) =>
    [
        new("name", texts["people.unit-name"], row => texts.Of(row.Unit.Name))
        {
            IsTitle = true,
            Template = PeopleCells.UnitName,
            Searched = row => string.Join(' ', [
                PinyinInitials.Of(row.Unit.Name.Zh), row.Unit.HallName, .. row.Unit.Oversees]),
        },
        new("kind", texts["people.unit-kind"], row => texts.Of(RoleNames.Of(row.Unit.Kind))) { Compact = true },
        new("guide", texts["people.guided-by"], row => row.GuidedBy) { Minor = true },
        new("duties", texts["people.duties"], row => row.Duties) { Sortable = false },
        new("count", texts["people.count"], row => row.People.ToString(
            System.Globalization.CultureInfo.InvariantCulture)) { Numeric = true, SortBy = row => row.People },
    ];

    /// <summary>"专委会主任（城建委）", with "代" for a substitute.</summary>
    public static string Describe(OrganisationDirectory directory, DeskTexts texts, RoleGrant grant)
    {
        var role = texts.Of(RoleNames.Of(grant.Role));
        var name = grant.IsSubstitute ? texts["people.substitute-of", role] : role;
        return directory.Find(grant.UnitId) is { } unit ? texts["people.role-at", name, texts.Of(unit.Name)] : name;
    }
}
