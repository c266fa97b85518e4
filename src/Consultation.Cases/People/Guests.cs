using System.Text.RegularExpressions;
using Consultation.Cases.Tasks;

namespace Consultation.Cases.People;

/// <summary>
/// People on a roster who are not among the organisation's people: residents, firms, experts (Q90, Q93, P24). They have
/// no row and no log-in; a seat in a task carries their name and mail address.
/// </summary>
public static partial class Guests
{
    /// <summary>The guest of a seat.</summary>
    internal static Person Of(TaskAssignee seat, OrganisationId organisation) =>
        Make(organisation, seat.PersonId, seat.GuestName!, seat.GuestEmail);

    /// <summary>
    /// The first mail address in what somebody typed as contact, e.g. "13800000000，liu@example.com"; null when there is
    /// none. Whether it can be written to, the sender's rule says.
    /// </summary>
    public static string? AddressIn(string contact) =>
        Address().Match(TypedText.Address(contact)) is { Success: true } found ? found.Value : null;

    /// <summary>A guest as rules and mails know people: by name and address alone.</summary>
    public static Person Make(OrganisationId organisation, PersonId id, string name, string? email) =>
        new() { OrganisationId = organisation, Id = id, Name = name, Email = email };

    [GeneratedRegex(
        @"[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+(\.[A-Za-z0-9\-]+)*\.[A-Za-z]{2,}", RegexOptions.NonBacktracking)]
    private static partial Regex Address();
}
