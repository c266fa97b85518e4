using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using Consultation.Mail.Outgoing;

namespace Consultation.Mail.Smtp;

/// <summary>No access token could be had; the message says why, in both languages.</summary>
internal sealed class AccessTokenException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// The token by which the host logs in to the mail server: the first line of a file, or asked for by client credentials
/// (RFC 6749, 4.4) and kept until a minute before it expires.
/// </summary>
internal sealed class AccessToken(SmtpOAuthSettings settings, string section, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Redirections are not followed: the client's secret goes to the address that was configured, and nowhere else.
    /// </summary>
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        MaxResponseContentBufferSize = 64 * 1024,
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private string? _token;
    private DateTimeOffset _expiresAt;

    /// <summary>The token.</summary>
    /// <exception cref="AccessTokenException">The sign-in service gave none.</exception>
    public async ValueTask<string> GetAsync(CancellationToken cancellationToken)
    {
        if (settings.TokenFile is { Length: > 0 } file) return await SecretFile.ReadAsync(file, cancellationToken);
        var now = time.GetUtcNow();
        if (_token is not null && now < _expiresAt - Early) return _token;
        var answer = await AskAsync(cancellationToken);
        (_token, _expiresAt) = (answer.AccessToken, now + TimeSpan.FromSeconds(answer.ExpiresIn ?? 0));
        return _token!;
    }

    /// <summary>The mail server did not accept it: the next log-in asks for a new one.</summary>
    public void Forget() => _token = null;

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<Answer> AskAsync(CancellationToken cancellationToken)
    {
        var fields = new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = settings.ClientId!,
            ["client_secret"] = await SecretFile.ReadAsync(settings.ClientSecretFile!, cancellationToken),
        };
        if (settings.Scope is { Length: > 0 } scope) fields["scope"] = scope;
        try
        {
            using var form = new FormUrlEncodedContent(fields);
            using var response = await _http.PostAsync(settings.TokenEndpoint, form, cancellationToken);
            var answer = await ReadAsync(response, cancellationToken);
            return response.IsSuccessStatusCode && answer is { AccessToken.Length: > 0 }
                ? answer
                : throw Refused($"{(int)response.StatusCode} {answer?.Error} {answer?.Description}");
        }
        catch (HttpRequestException exception)
        {
            throw Refused(exception.Message, exception);
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
        [property: JsonPropertyName("expires_in")] int? ExpiresIn,
        [property: JsonPropertyName("error")] string? Error,
        [property: JsonPropertyName("error_description")] string? Description);
}
