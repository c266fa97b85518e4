using System.Net.Http.Headers;
using System.Text;
using Consultation.Engine.Expressions;
using Consultation.Engine.Running;
using Consultation.Runtime.Stimuli;

namespace Consultation.Runtime.Outside;

/// <summary>Sends the HTTP requests of workflows, to allowed hosts only.</summary>
internal sealed class HttpRequests(IHttpClientFactory clients, RuntimeOptions options, TimeProvider clock) : IOutsideHandler
{
    public const string ClientName = "workflow-http";
    private const int MostCharacters = 4 * 1024 * 1024;

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
    };

    public async Task<OutsideAnswer> DoAsync(StimulusMessage.Outside request, CancellationToken cancellationToken)
    {
        var body = request.Body as Dictionary<string, object?> ?? [];
        var address = body.GetValueOrDefault("url") as string;
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            return Failed($"地址无效：{address} / Not a web address: {address}");
        if (!options.HttpHosts.Any(host => host == "*" || host.Equals(url.Host, StringComparison.OrdinalIgnoreCase)))
        {
            return Failed($"未允许访问 {url.Host}；请管理员在 Runtime:HttpHosts 中加入该主机 / The host {url.Host} is not allowed; "
                + "an administrator can add it to Runtime:HttpHosts.");
        }

        var within = body.GetValueOrDefault("answerWithin") is long and > 0 and var milliseconds
            ? TimeSpan.FromMilliseconds(milliseconds)
            : options.HttpAnswerWithin;
        using var late = new CancellationTokenSource(within, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            using var message = Message(body, url);
            using var answer = await clients.CreateClient(ClientName).SendAsync(message, both.Token);
            return OutsideAnswer.With(await Read(answer, both.Token));
        }
        catch (HttpRequestException failure)
        {
            return Failed(failure.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return OutsideAnswer.With(new Dictionary<string, object?> { ["error"] = $"No answer within {within}.", ["timeout"] = true });
        }
    }

    private static HttpRequestMessage Message(Dictionary<string, object?> body, Uri url)
    {
        var message = new HttpRequestMessage(new HttpMethod(body.GetValueOrDefault("method") as string ?? "GET"), url);
        if (body.GetValueOrDefault("content") is { } content)
        {
            var text = content as string ?? PlainData.ToJson(content);
            var type = body.GetValueOrDefault("contentType") as string ?? (content is string ? "text/plain" : "application/json");
            message.Content = new StringContent(text, Encoding.UTF8);
            message.Content.Headers.ContentType = MediaTypeHeaderValue.TryParse(type, out var parsed) ? parsed : null;
        }

        foreach (var (name, value) in body.GetValueOrDefault("headers") as Dictionary<string, object?> ?? [])
        {
            var values = value is List<object?> many ? many.Select(PlainData.ToText) : [PlainData.ToText(value)];
            if (!message.Headers.TryAddWithoutValidation(name, values)) message.Content?.Headers.TryAddWithoutValidation(name, values);
        }

        return message;
    }

    private static async Task<Dictionary<string, object?>> Read(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        if (text.Length > MostCharacters) text = text[..MostCharacters];
        object? content = text;
        if (answer.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.OrdinalIgnoreCase) == true)
        {
            try
            {
                content = PlainData.FromJson(text);
            }
            catch (FormatException)
            {
                content = text;
            }
        }

        var headers = answer.Headers.Concat(answer.Content.Headers)
            .ToDictionary(header => header.Key, object? (header) => string.Join(", ", header.Value));
        return new Dictionary<string, object?>
        {
            ["statusCode"] = (long)answer.StatusCode,
            ["headers"] = headers,
            ["content"] = content,
        };
    }

    private static OutsideAnswer Failed(string error) =>
        OutsideAnswer.With(new Dictionary<string, object?> { ["error"] = error, ["timeout"] = false });
}
