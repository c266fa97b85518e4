using Consultation.Cases;
using Consultation.Cases.People;

namespace Consultation.Web.Cases;

/// <summary>What people are called on pages.</summary>
internal static class PeopleNames
{
    /// <summary>"李建国 主任"; "" for nobody.</summary>
    public static string Of(OrganisationDirectory directory, PersonId? person) =>
        directory.Find(person) is { } found ? found.Title is { Length: > 0 } title ? $"{found.Name} {title}" : found.Name : "";

    /// <summary>Several names, in the way of the language.</summary>
    public static string Of(OrganisationDirectory directory, IEnumerable<PersonId> people, bool english) =>
        string.Join(english ? ", " : "、", people.Select(person => Of(directory, person)).Where(name => name.Length > 0));
}
