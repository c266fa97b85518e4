using Consultation.Cases.Calendar;
using Consultation.Cases.Tasks;

namespace Consultation.Cases.People;

/// <summary>
/// Sets up organisations. Cases may not see SQL, so Storage implements this. Safe to call at every start of the host:
/// what exists stays as it is.
/// </summary>
public interface IOrganisationSetup
{
    /// <summary>Stores a whole organisation when none of that short name exists; false when it does.</summary>
    Task<bool> CreateAsync(OrganisationSeed seed, CancellationToken cancellationToken);

    /// <summary>
    /// Makes the first administrator of an organisation that has nobody with that role and a log-in; null when there is
    /// one already.
    /// </summary>
    Task<PersonId?> CreateFirstAdministratorAsync(
        OrganisationId organisation, string name, string userName, string passwordHash,
        CancellationToken cancellationToken);
}

/// <summary>An organisation with everything that it starts with.</summary>
public sealed record OrganisationSeed(
    Organisation Organisation,
    IReadOnlyList<Unit> Units,
    IReadOnlyList<Person> People,
    IReadOnlyList<RoleGrant> Grants,
    IReadOnlyList<Delegation> Delegations,
    IReadOnlyList<CalendarDay> Days,
    IReadOnlyList<ReminderPolicy> Reminders,
    IReadOnlyList<EscalationLadder> Ladders);
