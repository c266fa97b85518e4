using Consultation.Cases.Documents;
using Consultation.Cases.People;
using Consultation.Storage.Reading.People;
using Consultation.Web.People;

namespace Consultation.Web.Health;

/// <summary>One of the first steps of an organisation; its words are <c>home.first.{Key}</c>.</summary>
/// <param name="Key">Which.</param>
/// <param name="Href">The page where it is taken.</param>
/// <param name="IsDone">What the database says; nobody ticks it.</param>
public sealed record FirstStep(string Key, string Href, bool IsDone)
{
    /// <summary>Without so many nothing is decided: a secretary, somebody at a hall, somebody who confirms.</summary>
    private const int FewPeople = 3;

    /// <summary>The ten steps in their order.</summary>
    public static IReadOnlyList<FirstStep> Of(OrganisationSnapshot organisation, FirstTimes first, DateOnly today)
    {
        var directory = organisation.Directory;
        var units = directory.Units.Where(unit => unit.Active).ToList();
        var people = directory.People.Where(person => person.Active).ToList();
        var hasHall = units.Exists(unit => unit.IsPlatform);
        return
        [
            new("units", "/units/new", hasHall && units.Exists(unit => unit.Kind == UnitKind.SpecialCommittee)),
            new("people", "/people/import", people.Count >= FewPeople),
            new("duties", "/duties", hasHall
                && DirectoryWarning.Of(directory, "zh").All(gap => gap.UnitId is null)),
            new("logins", "/people", people.Exists(person => person.UserName is not null
                && (person.PasswordHash is not null || first.SignedIn.Contains(person.Id))
                && directory.Holds(person.Id, Role.Secretary))),
            new("calendar", "/calendar", organisation.Calendar.UnknownYears(today, today).Count == 0),
            new("papers", "/policies/papers", IsSet(directory.Organisation.Papers)),
            new("mail", "/outbox/sending", first.HasMail),
            new("matter", "/matters/new", first.HasMatter),
            new("case", "/matters", first.HasCase),
            new("answer", "/tasks", first.HasAnswer),
        ];
    }

    private static bool IsSet(OrganisationPapers papers) =>
        papers.Mark.Length + papers.Signer.Length + papers.CopyTo.Length + papers.PrintedBy.Length
            + papers.Forms.Count > 0;
}
