using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Text;
using Consultation.Mail.Outgoing;
using Consultation.Mail.Smtp;

namespace Consultation.Mail.Channel;

/// <summary>
/// Posts messages to the gateway. What a gateway answers is judged by its status alone; of its words at most a short
/// piece is read, within the time for one message. Redirections are not followed: links go to the address that was
/// configured, and nowhere else.
/// </summary>
public sealed class ChannelTransport : IMailTransport, IDisposable
{
    private const int MostAnswer = 4096, MostHeaders = 16;
    private readonly ChannelSettings _settings;
    private readonly ChannelKeys _keys;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;
    private readonly ServerTrust _trust;

    /// <summary>A transport with these settings.</summary>
    public ChannelTransport(MailOptions options, TimeProvider time)
    {
        (_settings, _time) = (options.Channel, time);
        _keys = new(_settings);
        _trust = new(_settings.AuthorityFile, checkRevocation: false);
        _http = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            MaxResponseHeadersLength = MostHeaders,
            // Not more than what is asked for: nothing of a large answer is taken in to keep a connection.
            MaxResponseDrainSize = MostAnswer,
            ResponseDrainTimeout = TimeSpan.FromSeconds(1),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                    _trust.Trusts(certificate, chain, errors),
            },
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <inheritdoc/>
    public string Name => "channel";

    /// <summary>Why nothing can be signed, in both languages; null when it can.</summary>
    public async Task<string?> KeyTroubleAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _keys.SignAsync("check", _time.GetUtcNow(), ReadOnlyMemory<byte>.Empty, cancellationToken);
            return null;
        }
        catch (ChannelKeyException exception)
        {
            return exception.Message;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    /// <inheritdoc/>
    public async Task<TransportResult> SendAsync(ReadyMail mail, CancellationToken cancellationToken)
    {
        if (_settings.Url is not { } url)
        {
            return new TransportResult.Transient(
                "没有设置 Mail:Channel:Url，短信等通道未开通 / Mail:Channel:Url is not set: there is no second channel",
                OfServer: true);
        }

        using var limit = new CancellationTokenSource(_settings.SendTimeout, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            using var request = await RequestAsync(url, ChannelMessage.Of(mail), both.Token);
            using var response = await _http.SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, both.Token);
            return await JudgeAsync(response, both.Token);
        }
        catch (ChannelKeyException exception)
        {
            return new TransportResult.Transient(exception.Message, OfServer: true);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return new TransportResult.Transient(
                $"通道网关 {url.Host} 在 {_settings.SendTimeout.TotalSeconds:0} 秒内没有回音 / The gateway {url.Host} did not "
                    + $"answer within {_settings.SendTimeout.TotalSeconds:0} s",
                MaybeTaken: true, OfServer: true);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            var words = _trust.Problem is { } untrusted
                ? $"证书不可信，请设置 Mail:Channel:AuthorityFile（{untrusted}） / its certificate is not trusted; set "
                    + $"Mail:Channel:AuthorityFile ({untrusted})"
                : MailAddressRule.OneLine(exception.Message, 200);
            return new TransportResult.Transient(
                $"连接不上通道网关 {url.Host}：{words} / The gateway {url.Host} cannot be reached: {words}",
                MaybeTaken: exception is IOException
                    or HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded },
                OfServer: true);
        }
    }

    private async Task<HttpRequestMessage> RequestAsync(
        Uri url, ChannelMessage message, CancellationToken cancellationToken)
    {
        var (body, now) = (message.Write(), _time.GetUtcNow());
        var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = new ByteArrayContent(body)
            {
                Headers = { ContentType = new("application/json") { CharSet = "utf-8" } },
            },
        };
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Consultation", "1"));
        request.Headers.Add(ChannelKeys.IdHeader, message.Id);
        request.Headers.Add("Idempotency-Key", message.Id);
        request.Headers.Add(ChannelKeys.TimeHeader, ChannelKeys.TimeOf(now));
        request.Headers.TryAddWithoutValidation(
            ChannelKeys.SignatureHeader, await _keys.SignAsync(message.Id, now, body, cancellationToken));
        return request;
    }

    /// <summary>
    /// For good is only what is about this message; what is about us, our key or the gateway is tried again, in words
    /// that name the setting.
    /// </summary>
    private static async Task<TransportResult> JudgeAsync(
        HttpResponseMessage response, CancellationToken cancellationToken)
    {
        // 409: it has had this id before.
        if (response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.Conflict)
        {
            return new TransportResult.Delivered();
        }

        var words = $"{(int)response.StatusCode} {await WordsAsync(response, cancellationToken)}".TrimEnd();
        return response.StatusCode switch
        {
            HttpStatusCode.BadRequest or HttpStatusCode.Gone or HttpStatusCode.RequestEntityTooLarge
                or HttpStatusCode.UnprocessableEntity => new TransportResult.Permanent(words),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => OfGateway(
                $"通道网关不认签名，请核对两边的密钥（Mail:Channel:KeyFile）：{words}",
                $"The gateway refuses the signature; compare the keys (Mail:Channel:KeyFile): {words}"),
            >= (HttpStatusCode)300 and < (HttpStatusCode)400 => OfGateway(
                $"通道网关要求转到别的网址，系统不跟随，请改 Mail:Channel:Url：{words}",
                $"The gateway redirects, which is not followed; change Mail:Channel:Url: {words}"),
            HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed => OfGateway(
                $"通道网关没有这个网址，请核对 Mail:Channel:Url：{words}",
                $"The gateway does not know the address; check Mail:Channel:Url: {words}"),
            _ => OfGateway($"通道网关暂时不接收：{words}", $"The gateway does not take messages now: {words}"),
        };
    }

    private static TransportResult.Transient OfGateway(string zh, string en) => new($"{zh} / {en}", OfServer: true);

    /// <summary>The first words of an answer, in one line.</summary>
    private static async Task<string> WordsAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            var read = new byte[MostAnswer];
            var length = await stream.ReadAtLeastAsync(read, read.Length, throwOnEndOfStream: false, cancellationToken);
            return MailAddressRule.OneLine(Encoding.UTF8.GetString(read, 0, length), 300);
        }
        catch (Exception exception) when (
            exception is HttpRequestException or IOException or OperationCanceledException)
        {
            // The status has said what counts.
            return response.ReasonPhrase ?? "";
        }
    }
}
