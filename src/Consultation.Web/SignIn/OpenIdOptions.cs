using System.ComponentModel.DataAnnotations;
using Consultation.Cases.People;

namespace Consultation.Web.SignIn;

/// <summary>By what a person of the provider is found here.</summary>
public enum PersonMatch
{
    /// <summary>The claim <see cref="OpenIdOptions.LogInNameClaim"/> is the log-in name.</summary>
    LogInName,
    /// <summary>
    /// The claim email, when email_verified is true, is the mail address of one person with a log-in.
    /// </summary>
    VerifiedEmail,
}

/// <summary>One value of the role claim, and the role that whoever carries it holds here.</summary>
public sealed class RoleRule
{
    /// <summary>Value of the claim, e.g. the name of a group.</summary>
    public string Value { get; set; } = "";

    /// <summary>Role over the whole organisation; roles over a unit are granted at the desk.</summary>
    public Role Role { get; set; } = Role.Viewer;
}

/// <summary>
/// Settings of the sign-in by OpenID Connect, beside passwords (section "OpenId"). Off until Authority is set. People
/// must have a log-in here: nobody is let in, or made, only because the provider knows them.
/// </summary>
public sealed class OpenIdOptions : IValidatableObject
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "OpenId";

    /// <summary>
    /// Address of the provider, below which .well-known/openid-configuration lies; https, or http on this machine for
    /// trying out. Null: passwords only. Default null.
    /// </summary>
    public string? Authority { get; set; }

    /// <summary>What the provider knows this desk by.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>The client's secret; best kept in the secrets folder. Null for a public client. Default null.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>Scopes asked for besides openid and profile; email is added when it is needed. Default none.</summary>
    public string[] Scopes { get; set; } = [];

    /// <summary>The button's words in Chinese. Default 统一身份认证登录.</summary>
    public string LabelZh { get; set; } = "统一身份认证登录";

    /// <summary>The button's words in English. Default Sign in with your organisation's account.</summary>
    public string LabelEn { get; set; } = "Sign in with your organisation's account";

    /// <summary>
    /// By what people are found: LogInName, VerifiedEmail. Who is not found is refused. Default LogInName.
    /// </summary>
    public PersonMatch MatchBy { get; set; } = PersonMatch.LogInName;

    /// <summary>
    /// Claim that holds the log-in name. The provider must never give one name to two people. Default
    /// preferred_username.
    /// </summary>
    public string LogInNameClaim { get; set; } = "preferred_username";

    /// <summary>Claim whose values are looked up in Roles. Default roles.</summary>
    public string RoleClaim { get; set; } = "roles";

    /// <summary>
    /// Roles that follow the role claim, numbered from 0: at each sign-in they are granted over the whole organisation,
    /// or taken back. Roles that are named in no rule stay as they were granted at the desk. Default none.
    /// </summary>
    public RoleRule[] Roles { get; set; } = [];

    /// <summary>
    /// True asks the provider's userinfo endpoint for claims that are not in the token. Default true.
    /// </summary>
    public bool AsksUserInfo { get; set; } = true;

    /// <summary>True also signs people out at the provider when they sign out here. Default true.</summary>
    public bool SignsOutThere { get; set; } = true;

    internal bool IsOn => Authority is { Length: > 0 };

    /// <summary>The provider's origin; null while there is none.</summary>
    internal string? Origin =>
        Uri.TryCreate(Authority, UriKind.Absolute, out var address) ? address.GetLeftPart(UriPartial.Authority) : null;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsOn) yield break;
        if (!Uri.TryCreate(Authority, UriKind.Absolute, out var address) || !IsSafe(address))
        {
            yield return new(
                $"OpenId:Authority: “{Authority}”必须是 https 地址 / “{Authority}” must be an https address",
                [nameof(Authority)]);
        }

        if (string.IsNullOrWhiteSpace(ClientId))
        {
            yield return new("OpenId:ClientId: 请填写 / fill in what the provider knows this desk by", [nameof(ClientId)]);
        }

        if (string.IsNullOrWhiteSpace(LogInNameClaim) || string.IsNullOrWhiteSpace(RoleClaim))
        {
            yield return new("OpenId:LogInNameClaim, OpenId:RoleClaim: 请填写 / fill in", [nameof(LogInNameClaim)]);
        }

        foreach (var rule in Roles.Where(rule => rule.Value.Length == 0 || OrganisationRules.NeedsUnit(rule.Role)))
        {
            var name = RoleNames.Of(rule.Role);
            yield return new(
                $"OpenId:Roles: “{rule.Value}”→{rule.Role}：请填写值；角色“{name.Zh}”要指定单位，只能在组织人员里授予 / "
                + $"fill in the value; the role “{name.En}” needs a unit and is granted at the desk only",
                    [nameof(Roles)]);
        }
    }

    private static bool IsSafe(Uri address) => address.Scheme == Uri.UriSchemeHttps
        || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback);
}
