using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using Consultation.Mail.Outgoing;
using MailKit.Security;

namespace Consultation.Mail.Smtp;

/// <summary>No access token could be had; the message says why, in both languages.</summary>
internal sealed class AccessTokenException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// The token by which the host logs in to a mail server: the first line of a file, or asked for by client credentials
/// (RFC 6749, 4.4) or a refresh token (6) and kept until a minute before it expires.
/// </summary>
internal sealed class AccessToken(OAuthSettings settings, string section, TimeProvider time)
{
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(1);

    private string? _token;
    private string? _refresh;
    private DateTimeOffset _expiresAt;

    /// <summary>
    /// Logs in by the token. A kept one that the mail server refuses is asked for anew, once: it may have been revoked.
    /// </summary>
    /// <exception cref="AccessTokenException">The sign-in service gave none.</exception>
    /// <exception cref="AuthenticationException">The mail server refuses a fresh one too.</exception>
    public async Task LogInAsync(Func<string, Task> logIn, CancellationToken cancellationToken)
    {
        var token = await GetAsync(cancellationToken);
        try
        {
            await logIn(token.Value);
            return;
        }
        catch (AuthenticationException)
        {
            _token = null;
            if (!token.WasKept) throw;
        }

        try
        {
            await logIn((await GetAsync(cancellationToken)).Value);
        }
        catch (AuthenticationException)
        {
            _token = null;
            throw;
        }
    }

    private async ValueTask<(string Value, bool WasKept)> GetAsync(CancellationToken cancellationToken)
    {
        if (settings.TokenFile is { Length: > 0 } file)
        {
            return (await SecretFile.ReadAsync(file, cancellationToken), false);
        }

        var now = time.GetUtcNow();
        if (_token is not null && now < _expiresAt - Early) return (_token, true);
        var answer = await AskAsync(cancellationToken);
        (_token, _expiresAt) = (answer.AccessToken, now + TimeSpan.FromSeconds(answer.ExpiresIn ?? 0));
        return (_token!, false);
    }

    private async Task<Answer> AskAsync(CancellationToken cancellationToken)
    {
        var fields = await FieldsAsync(cancellationToken);
        // Asked once an hour or so. Redirections are not followed: secrets go to the address that was configured, and
        // nowhere else.
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        http.MaxResponseContentBufferSize = 64 * 1024;
        http.Timeout = TimeSpan.FromSeconds(30);
        try
        {
            using var form = new FormUrlEncodedContent(fields);
            using var response = await http.PostAsync(settings.TokenEndpoint, form, cancellationToken);
            var answer = await ReadAsync(response, cancellationToken);
            if (!response.IsSuccessStatusCode || answer is not { AccessToken.Length: > 0 })
            {
                // What was kept in memory may be older than what somebody has put into the file meanwhile.
                _refresh = null;
                throw Refused($"{(int)response.StatusCode} {answer?.Error} {answer?.Description}");
            }

            if (fields.ContainsKey("refresh_token")) await KeepAsync(answer.RefreshToken);
            return answer;
        }
        catch (HttpRequestException exception)
        {
            throw Refused(exception.Message, exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw Refused("30 s", exception);
        }
    }

    private async Task<Dictionary<string, string>> FieldsAsync(CancellationToken cancellationToken)
    {
        var fields = new Dictionary<string, string> { ["client_id"] = settings.ClientId! };
        if (settings.RefreshTokenFile is { Length: > 0 } file)
        {
            fields["grant_type"] = "refresh_token";
            fields["refresh_token"] = _refresh ?? await SecretFile.ReadAsync(file, cancellationToken);
        }
        else fields["grant_type"] = "client_credentials";

        if (settings.ClientSecretFile is { Length: > 0 } secret)
        {
            fields["client_secret"] = await SecretFile.ReadAsync(secret, cancellationToken);
        }

        if (settings.Scope is { Length: > 0 } scope) fields["scope"] = scope;
        return fields;
    }

    /// <summary>Some services give a new refresh token each time, and the old one ends.</summary>
    private async Task KeepAsync(string? refresh)
    {
        if (refresh is not { Length: > 0 } || refresh == _refresh) return;
        _refresh = refresh;
        try
        {
            // Not to be given up halfway: the service has ended the old one already.
            await SecretFile.WriteAsync(settings.RefreshTokenFile!, refresh, CancellationToken.None);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A file that cannot be written (a mounted secret): the new one holds as long as this process.
        }
    }

    /// <summary>What the service says; null when it is not what RFC 6749 says.</summary>
    private static async Task<Answer?> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync<Answer>(cancellationToken);
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            return null;
        }
    }

    private AccessTokenException Refused(string words, Exception? inner = null) => new(
        $"登录服务 {settings.TokenEndpoint?.Host} 没有给出令牌，请检查 {section}:OAuth 各项设置 / "
            + $"The sign-in service {settings.TokenEndpoint?.Host} gave no token; check the settings {section}:OAuth: "
            + MailAddressRule.OneLine(words),
        inner);

    private sealed record Answer(
        [property: JsonPropertyName("access_token")] string? AccessToken,
        [property: JsonPropertyName("refresh_token")] string? RefreshToken,
        [property: JsonPropertyName("expires_in")] int? ExpiresIn,
        [property: JsonPropertyName("error")] string? Error,
        [property: JsonPropertyName("error_description")] string? Description);
}
