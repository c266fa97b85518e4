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
    string? Procedure = null)
{
    /// <summary>Who heads it, or null.</summary>
    public PersonId? HeadId { get; init; }

    /// <summary>What it oversees.</summary>
    public IReadOnlyList<string> Oversees { get; init; } = [];
}

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
    DateTimeOffset? AbsentUntil = null)
{
    /// <summary>界别.</summary>
    public IReadOnlyList<string> Sectors { get; init; } = [];

    /// <summary>专业领域.</summary>
    public IReadOnlyList<string> Expertise { get; init; } = [];

    /// <summary>所在街道.</summary>
    public IReadOnlyList<string> Areas { get; init; } = [];

    /// <summary>Wants a copy of what a substitute or delegate is mailed.</summary>
    public bool WantsCopies { get; init; }

    /// <summary>The address in the second channel, or null.</summary>
    public string? ChannelAddress { get; init; }

    /// <summary>By which way what kind of message goes (<see cref="MessageWays"/>).</summary>
    public IReadOnlyDictionary<string, string> Ways { get; init; } = new Dictionary<string, string>();

    /// <summary>A person as stored, to change some of it.</summary>
    public static PersonEntry Of(Person person) => new(
        person.Id, person.Name, person.Title, person.Email, person.Phone, person.UnitId, person.Language,
        person.WantsDigest, person.Active, person.AbsentFrom, person.AbsentUntil)
    {
        Sectors = person.Sectors,
        Expertise = person.Expertise,
        Areas = person.Areas,
        WantsCopies = person.WantsCopies,
        ChannelAddress = person.ChannelAddress,
        Ways = person.Ways,
    };
}

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
