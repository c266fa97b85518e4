using System.Security.Claims;
using Consultation.Cases;
using Consultation.Cases.People;
using Microsoft.AspNetCore.Http;

namespace Consultation.Web.SignIn;

/// <summary>Who looks at the page: read from the sign-in's claims, without a query. One per request.</summary>
public sealed class Viewer(IHttpContextAccessor http)
{
    internal const string UserNameClaim = "user-name";
    internal const string OrganisationClaim = "organisation";
    internal const string OrganisationNameClaim = "organisation-name";
    internal const string OrganisationNameEnClaim = "organisation-name-en";
    internal const string SampleClaim = "sample";
    internal const string ZoneClaim = "zone";
    internal const string StampClaim = "stamp";
    internal const string SessionClaim = "session";
    internal const string MustChangeClaim = "must-change";

    private static readonly TimeZoneInfo DefaultZone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    private ClaimsPrincipal? User => http.HttpContext?.User;

    /// <summary>False on public doors.</summary>
    public bool IsSignedIn => User?.Identity?.IsAuthenticated == true;

    /// <summary>The viewer's organisation: every query of a page is limited to it.</summary>
    public OrganisationId OrganisationId => new(Guid.Parse(Required(OrganisationClaim)));

    /// <summary>The signed-in person.</summary>
    public PersonId PersonId => new(Guid.Parse(Required(ClaimTypes.NameIdentifier)));

    /// <summary>The person's name.</summary>
    public string Name => User?.FindFirstValue(ClaimTypes.Name) ?? "";

    /// <summary>The log-in name.</summary>
    public string UserName => User?.FindFirstValue(UserNameClaim) ?? "";

    /// <summary>Name of the organisation.</summary>
    public LocalText OrganisationName =>
        new(User?.FindFirstValue(OrganisationNameClaim) ?? "", User?.FindFirstValue(OrganisationNameEnClaim));

    /// <summary>True when the organisation is the sample one: every page says so.</summary>
    public bool IsSample => User?.HasClaim(SampleClaim, "true") == true;

    /// <summary>True while the person signs in with a password that somebody else gave.</summary>
    public bool MustChangePassword => User?.HasClaim(MustChangeClaim, "true") == true;

    /// <summary>The organisation's time zone.</summary>
    public TimeZoneInfo Zone =>
        User?.FindFirstValue(ZoneClaim) is { } id && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone)
            ? zone
            : DefaultZone;

    /// <summary>True when the person holds one of the roles, over whatever unit.</summary>
    public bool Holds(params ReadOnlySpan<Role> roles)
    {
        foreach (var role in roles)
        {
            if (User?.IsInRole(role.ToString()) == true)
            {
                return true;
            }
        }

        return false;
    }

    private string Required(string claim) =>
        User?.FindFirstValue(claim)
            ?? throw new InvalidOperationException("Nobody is signed in; the page must ask for a sign-in first.");
}
