using Consultation.Engine.Expressions;
using Consultation.Engine.Running;
using Consultation.Runtime.Stimuli;

namespace Consultation.Runtime.Outside;

/// <summary>
/// Sends the HTTP requests of workflows: to allowed hosts only, on every stretch of a redirection, within a time and up
/// to a size. What a rule of the host forbids comes back as <c>refused</c> with words for the administrator; what the
/// network or the other side did, as an answer or an
/// <c>error</c>.
/// </summary>
internal sealed class HttpRequests(
    IHttpClientFactory clients, AllowedHosts hosts, RuntimeOptions options, TimeProvider clock) : IOutsideHandler
{
    public const string ClientName = "workflow-http";

    /// <summary>Longest wait that an activity may ask for.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    public string Kind => "http";

    /// <summary>The request as plain data for the inbox.</summary>
    public static Dictionary<string, object?> Write(StepRequest.SendHttp request) => new()
    {
        ["method"] = request.Method,
        ["url"] = request.Url,
        ["headers"] = PlainData.Normalise(request.Headers),
        ["contentType"] = request.ContentType,
        ["content"] = PlainData.Normalise(request.Content),
        ["answerWithin"] = (long)(request.AnswerWithin?.TotalMilliseconds ?? 0),
        ["asFile"] = request.AsFile,
    };

    public TimeSpan LongestFor(StimulusMessage.Outside request) =>
        WithinOf(request.Body as Dictionary<string, object?> ?? []);

    public async Task<OutsideAnswer> DoAsync(StimulusMessage.Outside request, CancellationToken cancellationToken)
    {
        var body = request.Body as Dictionary<string, object?> ?? [];
        var within = WithinOf(body);
        using var late = new CancellationTokenSource(within, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            return OutsideAnswer.With(await SendAsync(body, both.Token));
        }
        catch (HttpRefusedException refused)
        {
            return Failed(refused.Message, refused: true);
        }
        catch (HttpRequestException failure) when (failure.InnerException is HttpRefusedException refused)
        {
            return Failed(refused.Message, refused: true);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            return Failed(failure.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed($"{within:c} 内没有应答 / No answer within {within:c}", timeout: true);
        }
    }

    private TimeSpan WithinOf(Dictionary<string, object?> body)
    {
        var asked = body.GetValueOrDefault("answerWithin") is long and > 0 and var milliseconds
            ? TimeSpan.FromMilliseconds(milliseconds)
            : options.HttpAnswerWithin;
        return asked < LongestWait ? asked : LongestWait;
    }

    private async Task<Dictionary<string, object?>> SendAsync(
        Dictionary<string, object?> body, CancellationToken cancellationToken)
    {
        var address = body.GetValueOrDefault("url") as string;
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            throw new HttpRefusedException(
                $"地址无效：{address}；应以 http:// 或 https:// 开头 / Not a web address: {address}; it must begin with http:// "
                    + "or https://");

        var client = clients.CreateClient(ClientName);
        var stretch = HttpStretch.First(body, url);
        while (true)
        {
            if (!hosts.Allow(stretch.Url))
            {
                throw new HttpRefusedException(
                    $"未允许访问 {stretch.Url.Host}{stretch.WayZh}；请管理员在 Runtime:HttpHosts 中加入该主机后重试 / "
                    + $"The host {stretch.Url.Host}{stretch.WayEn} is not allowed; retry when an administrator has "
                    + "added it to Runtime:HttpHosts.");
            }

            await HttpConnections.CheckProxiedAsync(hosts, stretch.Url, cancellationToken);
            using var message = stretch.Message();
            using var answer =
                await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (stretch.After(answer) is { } next) stretch = next;
            else
            {
                return await HttpContentReader.ReadAsync(answer, stretch.Url, body.GetValueOrDefault("asFile") is true,
                    options.HttpMostBytes, cancellationToken);
            }
        }
    }

    private static OutsideAnswer Failed(string error, bool timeout = false, bool refused = false) =>
        OutsideAnswer.With(new Dictionary<string, object?>
        {
            ["error"] = error,
            ["timeout"] = timeout,
            ["refused"] = refused,
        });
}

/// <summary>A rule of this host forbids the request or its answer; the message says which, in both languages.</summary>
internal sealed class HttpRefusedException(string message) : Exception(message);
