using Consultation.Cases.People;
using Microsoft.AspNetCore.Authorization;

namespace Consultation.Web.SignIn;

/// <summary>Who may enter which page; the names stand in <c>[Authorize(Policy = ...)]</c>.</summary>
public static class Policies
{
    /// <summary>
    /// People, calendar, templates, policies, status: the administrator, and the secretary who runs the office.
    /// </summary>
    public const string Office = "office";

    /// <summary>Accounts and passwords, sample data: the administrator alone.</summary>
    public const string Administration = "administration";

    /// <summary>Running cases at the desk: registering, starting plans, entering on behalf.</summary>
    public const string Casework = "casework";

    /// <summary>Seeing workflow definitions.</summary>
    public const string Design = "design";

    /// <summary>Entering the designer and its API.</summary>
    public const string Designer = "designer";

    /// <summary>Publishing workflow definitions (O28).</summary>
    public const string Publishing = "publishing";

    /// <summary>Seeing the outbox: mails name people and cases.</summary>
    public const string Outbox = "outbox";

    private static readonly Dictionary<string, Role[]> Roles = new()
    {
        [Office] = [Role.Administrator, Role.Secretary],
        [Administration] = [Role.Administrator],
        [Casework] = [Role.Administrator, Role.Secretary, Role.PlatformHead, Role.PlatformOfficer,
            Role.CommitteeDirector, Role.CommitteeMember],
        [Design] = [Role.Administrator, Role.Designer, Role.Publisher, Role.Secretary],
        [Designer] = [Role.Administrator, Role.Designer, Role.Publisher],
        [Publishing] = [Role.Administrator, Role.Publisher],
        [Outbox] = [Role.Administrator, Role.Secretary],
    };

    /// <summary>The roles that a policy admits.</summary>
    public static IReadOnlyList<Role> RolesOf(string policy) => Roles[policy];

    internal static void Add(AuthorizationOptions options)
    {
        foreach (var (name, roles) in Roles)
        {
            options.AddPolicy(
                name, policy => policy.RequireAuthenticatedUser().RequireRole(roles.Select(role => role.ToString())));
        }

        options.FallbackPolicy = options.DefaultPolicy;
    }
}
