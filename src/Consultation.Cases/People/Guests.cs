using System.Text.RegularExpressions;
using Consultation.Cases.Tasks;

namespace Consultation.Cases.People;

/// <summary>
/// People on a roster who are not among the organisation's people: residents, firms, experts (Q90, Q93, P24). They have
/// no row and no log-in; a seat in a task carries their name, mail address and mobile number.
/// </summary>
public static partial class Guests
{
    /// <summary>The guest of a seat.</summary>
    internal static Person Of(TaskAssignee seat, OrganisationId organisation) =>
        Make(organisation, seat.PersonId, seat.GuestName!, seat.GuestEmail, seat.GuestNumber);

    /// <summary>
    /// The first mail address in what somebody typed as contact, e.g. "13800000000，liu@example.com"; null when there is
    /// none. Whether it can be written to, the sender's rule says.
    /// </summary>
    public static string? AddressIn(string contact) =>
        Address().Match(TypedText.Address(contact)) is { Success: true } found ? found.Value : null;

    /// <summary>
    /// The first mobile number in what somebody typed as contact, as the second channel takes it; null when there is
    /// none. To a landline no text message goes.
    /// </summary>
    public static string? MobileIn(string? contact) =>
        Mobile().Match(TypedText.Code(contact)) is { Success: true } found
            ? string.Concat(found.Groups["number"].Value.Where(char.IsAsciiDigit))
            : null;

    /// <summary>A guest as rules and mails know people: by name, address and mobile number alone.</summary>
    public static Person Make(OrganisationId organisation, PersonId id, string name, string? email, string? number) =>
        new() { OrganisationId = organisation, Id = id, Name = name, Email = email, ChannelAddress = number };

    [GeneratedRegex(@"(?:^|[^0-9])(?:\+?86[ -]?)?(?<number>1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4})(?:[^0-9]|$)",
        RegexOptions.NonBacktracking)]
    private static partial Regex Mobile();

    [GeneratedRegex(
        @"[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+(\.[A-Za-z0-9\-]+)*\.[A-Za-z]{2,}", RegexOptions.NonBacktracking)]
    private static partial Regex Address();
}
