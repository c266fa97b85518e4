using System.ComponentModel.DataAnnotations;

namespace Consultation.Mail.Smtp;

/// <summary>
/// Access tokens for OAuth2: from a file that a tool of the operator's keeps fresh, or from the sign-in service by
/// client credentials or by a refresh token.
/// </summary>
public sealed class OAuthSettings
{
    /// <summary>
    /// File whose first line is an access token, read at each log-in; whoever writes it keeps it fresh. Empty: tokens
    /// come from <see cref="TokenEndpoint"/>.
    /// </summary>
    public string? TokenFile { get; set; }

    /// <summary>
    /// Address (https) that gives tokens, e.g. https://login.example.org/oauth2/v2.0/token.
    /// </summary>
    public Uri? TokenEndpoint { get; set; }

    /// <summary>The host's client id there.</summary>
    public string? ClientId { get; set; }

    /// <summary>
    /// File whose first line is the client's secret. Needed for client credentials; with <see
    /// cref="RefreshTokenFile"/> only where the sign-in service wants it.
    /// </summary>
    public string? ClientSecretFile { get; set; }

    /// <summary>
    /// File whose first line is a refresh token of the mailbox's account. With it tokens are asked for in that
    /// account's name; without it by client credentials. A new one that the service gives is written into the file
    /// where that is possible. Default none.
    /// </summary>
    public string? RefreshTokenFile { get; set; }

    /// <summary>Scope to ask for, e.g. https://outlook.office365.com/.default. Empty: none.</summary>
    public string? Scope { get; set; }

    internal IEnumerable<ValidationResult> Problems(string section)
    {
        if (TokenFile is { Length: > 0 })
        {
            if (!File.Exists(TokenFile))
            {
                yield return new(
                    $"{section}:OAuth:TokenFile: 找不到令牌文件 / the token file is missing", [nameof(TokenFile)]);
            }

            yield break;
        }

        var isSafe = TokenEndpoint is { IsAbsoluteUri: true } address
            && (address.Scheme == Uri.UriSchemeHttps || address.IsLoopback);
        if (!isSafe)
        {
            yield return new(
                $"{section}:OAuth: 请指定 TokenFile，或 https 的 TokenEndpoint / set TokenFile, or an https TokenEndpoint",
                [nameof(TokenEndpoint)]);
        }

        if (string.IsNullOrWhiteSpace(ClientId)
            || (RefreshTokenFile is not { Length: > 0 } && !File.Exists(ClientSecretFile)))
        {
            yield return new(
                $"{section}:OAuth: TokenEndpoint 还需要 ClientId，以及 ClientSecretFile 或 RefreshTokenFile / "
                    + "TokenEndpoint needs ClientId, and ClientSecretFile or RefreshTokenFile",
                [nameof(ClientId)]);
        }
        else if (new[] { ClientSecretFile, RefreshTokenFile }
            .FirstOrDefault(file => file is { Length: > 0 } && !File.Exists(file)) is { } missing)
        {
            yield return new(
                $"{section}:OAuth: 找不到文件 {missing} / the file {missing} is missing", [nameof(RefreshTokenFile)]);
        }
    }
}
