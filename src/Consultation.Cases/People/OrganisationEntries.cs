using Consultation.Cases.Forms;

namespace Consultation.Cases.People;

/// <summary>Who edits, and against which version of the organisation the page was shown.</summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="ActorId">Who edits; an administrator, or the sample loader (null).</param>
/// <param name="SeenVersion"><see cref="Organisation.DirectoryVersion"/> that the page showed; null skips the
/// check.</param>
/// <param name="OperationId">Same id, same effect: a form posted twice is stored once.</param>
public sealed record OrganisationEdit(
    OrganisationId OrganisationId, PersonId? ActorId, long? SeenVersion, string OperationId);

/// <summary>What became of an edit.</summary>
public abstract record EditResult
{
    private EditResult() { }

    /// <summary>Stored, or as asked for already.</summary>
    /// <param name="Id">Id of what was stored.</param>
    /// <param name="DirectoryVersion">The organisation's new version.</param>
    public sealed record Saved(Guid Id, long DirectoryVersion) : EditResult;

    /// <summary>Not stored, with what to mend.</summary>
    public sealed record Refused(IReadOnlyList<FieldError> Errors) : EditResult;

    /// <summary>Not stored: somebody changed the same thing meanwhile; the message says who and when.</summary>
    public sealed record Conflict(LocalText Message, long DirectoryVersion) : EditResult;
}

/// <summary>A unit as a form hands it in. A null id makes a new one.</summary>
public sealed record UnitEntry(
    UnitId? Id, LocalText Name, UnitKind Kind, UnitId? ParentId = null, UnitId? GuidedById = null,
    string? HallName = null, bool Active = true,
    string? Procedure = null);

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
