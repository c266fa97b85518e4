using Consultation.Cases.Calendar;
using Consultation.Cases.Forms;
using Consultation.Cases.Tasks;

namespace Consultation.Cases.People;

/// <summary>Who edits, and against which version of the organisation the page was shown.</summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="ActorId">Who edits; an administrator, or the sample loader (null).</param>
/// <param name="SeenVersion"><see cref="Organisation.DirectoryVersion"/> that the page showed; null skips the
/// check.</param>
/// <param name="OperationId">Same id, same effect: a form posted twice is stored once.</param>
public sealed record DeskEdit(OrganisationId OrganisationId, PersonId? ActorId, long? SeenVersion, string OperationId);

/// <summary>What became of an edit.</summary>
public abstract record DeskResult
{
    private DeskResult() { }

    /// <summary>Stored.</summary>
    /// <param name="Id">Id of what was stored.</param>
    /// <param name="DirectoryVersion">The organisation's new version.</param>
    public sealed record Saved(Guid Id, long DirectoryVersion) : DeskResult;

    /// <summary>Not stored, with what to mend.</summary>
    public sealed record Refused(IReadOnlyList<FieldError> Errors) : DeskResult;

    /// <summary>Not stored: somebody changed the same thing meanwhile; the message says who and when.</summary>
    public sealed record Conflict(LocalText Message, long DirectoryVersion) : DeskResult;
}

/// <summary>A unit as a form hands it in. A null id makes a new one.</summary>
public sealed record UnitEntry(
    UnitId? Id, LocalText Name, UnitKind Kind, UnitId? ParentId = null, UnitId? GuidedById = null,
    string? HallName = null, bool Active = true);

/// <summary>A person as a form hands it in. A null id makes a new one. Log-ins are set apart from this.</summary>
public sealed record PersonEntry(
    PersonId? Id,
    string Name,
    string? Title = null,
    string? Email = null,
    string? Phone = null,
    UnitId? UnitId = null,
    string Language = "zh",
    bool WantsDigest = false,
    bool Active = true,
    DateTimeOffset? AbsentFrom = null,
    DateTimeOffset? AbsentUntil = null);

/// <summary>A log-in for a person.</summary>
/// <param name="PersonId">Whose.</param>
/// <param name="UserName">Log-in name, 3–64 characters; null takes the log-in away.</param>
/// <param name="PasswordHash">ASP.NET Core Identity hash; null keeps the present one.</param>
/// <param name="MustChangePassword">Ask for a new password at the next log-in.</param>
public sealed record LogInEntry(
    PersonId PersonId, string? UserName, string? PasswordHash, bool MustChangePassword = true);

/// <summary>A delegation as a form hands it in.</summary>
public sealed record DelegationEntry(
    PersonId FromId, PersonId ToId, DateTimeOffset StartsAt, DateTimeOffset EndsAt, Role? Scope = null,
    string Reason = "");

/// <summary>
/// Edits an organisation: units, people, roles, delegations, calendar, policies. Cases may not see SQL, so Storage
/// implements this; every call is one transaction that also raises <see cref="Organisation.DirectoryVersion"/> and
/// writes a history line.
/// </summary>
public interface IOrganisationDesk
{
    /// <summary>Stores a new or changed unit.</summary>
    Task<DeskResult> SaveUnitAsync(DeskEdit edit, UnitEntry unit, CancellationToken cancellationToken);

    /// <summary>Stores a new or changed person.</summary>
    Task<DeskResult> SavePersonAsync(DeskEdit edit, PersonEntry person, CancellationToken cancellationToken);

    /// <summary>Gives a person a log-in, changes or takes it; sessions of the person end.</summary>
    Task<DeskResult> SaveLogInAsync(DeskEdit edit, LogInEntry logIn, CancellationToken cancellationToken);

    /// <summary>Grants a role; granting it twice changes nothing.</summary>
    Task<DeskResult> GrantAsync(DeskEdit edit, PersonId person, Role role, UnitId? unit, bool isSubstitute,
        CancellationToken cancellationToken);

    /// <summary>Takes a granted role back. The last administrator keeps the role.</summary>
    Task<DeskResult> RevokeAsync(DeskEdit edit, Guid grant, CancellationToken cancellationToken);

    /// <summary>Stores a delegation.</summary>
    Task<DeskResult> DelegateAsync(DeskEdit edit, DelegationEntry delegation, CancellationToken cancellationToken);

    /// <summary>Ends a delegation now; one that has not begun is removed.</summary>
    Task<DeskResult> EndDelegationAsync(DeskEdit edit, Guid delegation, CancellationToken cancellationToken);

    /// <summary>Replaces the calendar days of the given dates; days of other dates stay.</summary>
    Task<DeskResult> SaveCalendarAsync(
        DeskEdit edit, IReadOnlyList<CalendarDay> days, CancellationToken cancellationToken);

    /// <summary>Removes the exception on a date: the day follows the weekly rhythm again.</summary>
    Task<DeskResult> RemoveCalendarDayAsync(DeskEdit edit, DateOnly date, CancellationToken cancellationToken);

    /// <summary>Stores a reminder policy under its key.</summary>
    Task<DeskResult> SaveReminderPolicyAsync(DeskEdit edit, ReminderPolicy policy, CancellationToken cancellationToken);

    /// <summary>Stores an escalation ladder under its key.</summary>
    Task<DeskResult> SaveLadderAsync(DeskEdit edit, EscalationLadder ladder, CancellationToken cancellationToken);

    /// <summary>
    /// Stores a tag in the organisation's own wording, or a new one when the key is null; a tag that is not offered
    /// stays on old matters (Q36).
    /// </summary>
    Task<DeskResult> SaveTagAsync(
        DeskEdit edit, string? key, LocalText name, string group, bool offered, CancellationToken cancellationToken);

    /// <summary>Changes the foot of an annex sheet (Q114, Q115); the reason goes into the list of changes.</summary>
    Task<DeskResult> SaveAnnexFootAsync(DeskEdit edit, UnitId? platform, int? year, string filledBy, DateOnly? filledOn,
        string reason, CancellationToken cancellationToken);

    /// <summary>Changes the organisation's name and time zone.</summary>
    Task<DeskResult> SaveOrganisationAsync(
        DeskEdit edit, LocalText name, string timeZone, CancellationToken cancellationToken);
}

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
