using System.Security.Claims;
using Consultation.Storage.Reading.Runs;

namespace Consultation.Api;

/// <summary>
/// Who may do what through the Elsa API. Role names are those of the host's role claims; Server passes them because Api
/// does not know the roles.
/// </summary>
public sealed record ElsaAccess
{
    /// <summary>Roles that may read definitions and instances.</summary>
    public required IReadOnlySet<string> Readers { get; init; }

    /// <summary>Roles that may change definitions and run tests.</summary>
    public required IReadOnlySet<string> Designers { get; init; }

    /// <summary>Roles that may publish and retract.</summary>
    public required IReadOnlySet<string> Publishers { get; init; }

    /// <summary>Roles that may cancel, retry, delete and import instances.</summary>
    public required IReadOnlySet<string> Operators { get; init; }

    /// <summary>The author of the newest draft may not publish it himself (O28).</summary>
    public bool AuthorMayNotPublish { get; init; }

    internal static bool IsIn(ClaimsPrincipal user, IReadOnlySet<string> roles) =>
        user.Claims.Any(claim => claim.Type == ClaimTypes.Role && roles.Contains(claim.Value));

    /// <summary>Type of the claim that holds the organisation's id.</summary>
    public const string OrganisationClaim = "organisation";

    internal static Guid OrganisationOf(ClaimsPrincipal user) =>
        Guid.TryParse(user.FindFirst(OrganisationClaim)?.Value, out var organisation) ? organisation : Guid.Empty;

    /// <summary>Who asks for instances: the organisation, and the person by whom the rule of access is asked.</summary>
    internal static RunViewer ViewerOf(ClaimsPrincipal user) => new(
        OrganisationOf(user),
        Guid.TryParse(user.FindFirst(ClaimTypes.NameIdentifier)?.Value, out var person) ? person : Guid.Empty);

    /// <summary>Type of the claim that holds the session's id.</summary>
    public const string SessionClaim = "session";

    /// <summary>Type of the claim that holds the id of the key that a program came with.</summary>
    public const string KeyClaim = "api-key";

    /// <summary>Type of the claim that holds the person's security stamp.</summary>
    public const string StampClaim = "stamp";

    /// <summary>Type of the claim that holds the log-in name.</summary>
    public const string UserNameClaim = "user-name";

    internal static string NameOf(ClaimsPrincipal user) =>
        user.FindFirst(UserNameClaim)?.Value ?? user.Identity?.Name ?? "";
}
