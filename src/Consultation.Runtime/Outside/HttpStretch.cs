using System.Net.Http.Headers;
using System.Text;
using Consultation.Engine.Expressions;

namespace Consultation.Runtime.Outside;

/// <summary>One request on the way to an answer: the first, or one after a redirection. Immutable.</summary>
internal sealed class HttpStretch
{
    private const int MostRedirections = 10;

    /// <summary>
    /// Headers that a workflow cannot set: they belong to the connection, or would name another host than the one that
    /// was allowed.
    /// </summary>
    private static readonly HashSet<string> OfConnection = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Content-Length", "Expect", "Host", "Proxy-Authorization", "Transfer-Encoding", "Upgrade",
    };

    /// <summary>Headers that go along to another host; any other may hold a key for the first one.</summary>
    private static readonly HashSet<string> Harmless = new(StringComparer.OrdinalIgnoreCase)
    {
        "Accept", "Accept-Language", "Content-Type", "Idempotency-Key", "User-Agent",
    };

    private readonly HttpMethod _method;
    private readonly Dictionary<string, string[]> _headers;
    private readonly HttpContentMaker? _content;
    private readonly int _redirections;

    private HttpStretch(
        Uri url, HttpMethod method, Dictionary<string, string[]> headers, HttpContentMaker? content, int redirections)
    {
        Url = url;
        _method = method;
        _headers = headers;
        _content = content;
        _redirections = redirections;
    }

    public Uri Url { get; }

    public string WayZh => _redirections == 0 ? "" : "（被重定向到此）";

    public string WayEn => _redirections == 0 ? "" : " (after a redirection)";

    /// <exception cref="HttpRefusedException">The method or a header cannot be sent.</exception>
    public static HttpStretch First(Dictionary<string, object?> body, Uri url)
    {
        var headers = new Dictionary<string, string[]>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in body.GetValueOrDefault("headers") as Dictionary<string, object?> ?? [])
        {
            string[] values = value is List<object?> many
                ? [.. many.Select(PlainData.ToText)]
                : [PlainData.ToText(value)];
            if (!IsToken(name) || values.Any(one => one.Any(letter => letter is '\r' or '\n' or '\0')))
                throw new HttpRefusedException(
                    $"请求头“{name}”的名称或内容无效 / The request header \"{name}\" has an invalid name or content.");
            if (!OfConnection.Contains(name)) headers[name] = values;
        }

        var method = body.GetValueOrDefault("method") as string ?? "GET";
        if (!IsToken(method)) throw new HttpRefusedException($"请求方法无效：{method} / Not a method: {method}");
        return new HttpStretch(url, new HttpMethod(method.ToUpperInvariant()), headers, HttpContentMaker.Of(body), 0);
    }

    public HttpRequestMessage Message()
    {
        var message = new HttpRequestMessage(_method, Url) { Content = _content?.Make() };
        foreach (var (name, values) in _headers)
        {
            if (message.Headers.TryAddWithoutValidation(name, values)) continue;
            message.Content?.Headers.Remove(name);
            message.Content?.Headers.TryAddWithoutValidation(name, values);
        }

        return message;
    }

    /// <summary>
    /// Where the answer sends on to, or null when it is the answer. As browsers do: 303, and 301 and 302 after a POST,
    /// become GET without content; nothing leads from https back to http; what may be a key stays with its host.
    /// </summary>
    public HttpStretch? After(HttpResponseMessage answer)
    {
        var status = (int)answer.StatusCode;
        if (status is not (301 or 302 or 303 or 307 or 308) || answer.Headers.Location is not { } location
            || _redirections >= MostRedirections)
        {
            return null;
        }
        var next = location.IsAbsoluteUri ? location : new Uri(Url, location);
        if (next.Scheme is not ("http" or "https") || (Url.Scheme == "https" && next.Scheme == "http")) return null;

        var becomesGet = (status == 303 && _method != HttpMethod.Head)
            || (status is 301 or 302 && _method == HttpMethod.Post);
        var sameOrigin = Url.Scheme == next.Scheme && Url.Authority == next.Authority;
        var headers = sameOrigin
            ? _headers
            : new Dictionary<string, string[]>(
                _headers.Where(header => Harmless.Contains(header.Key)), StringComparer.OrdinalIgnoreCase);
        return new HttpStretch(
            next, becomesGet ? HttpMethod.Get : _method, headers, becomesGet ? null : _content, _redirections + 1);
    }

    private static bool IsToken(string text) =>
        text.Length > 0 && text.All(
            one => char.IsAsciiLetterOrDigit(one) || "!#$%&'*+-.^_`|~".Contains(one, StringComparison.Ordinal));
}

/// <summary>Makes the content of a request, anew for every redirection.</summary>
internal sealed class HttpContentMaker
{
    private readonly string _text;
    private readonly MediaTypeHeaderValue? _type;

    private HttpContentMaker(string text, MediaTypeHeaderValue? type) => (_text, _type) = (text, type);

    /// <summary>
    /// The content that a request gives, or null: a text as it is, a form as pairs, anything else as JSON.
    /// </summary>
    public static HttpContentMaker? Of(Dictionary<string, object?> body)
    {
        if (body.GetValueOrDefault("content") is not { } content) return null;
        var named = body.GetValueOrDefault("contentType") as string;
        var type = MediaTypeHeaderValue.TryParse(
            named ?? (content is string ? "text/plain" : "application/json"), out var parsed) ? parsed : null;
        var text = content switch
        {
            string plain => plain,
            Dictionary<string, object?> form when type?.MediaType == "application/x-www-form-urlencoded" => Form(form),
            _ => PlainData.ToJson(content),
        };
        return new HttpContentMaker(text, type);
    }

    public HttpContent Make()
    {
        var content = new StringContent(_text, Encoding.UTF8);
        content.Headers.ContentType = _type;
        return content;
    }

    private static string Form(Dictionary<string, object?> form) => string.Join('&', form
        .SelectMany(pair => (pair.Value is List<object?> many ? many : [pair.Value])
            .Select(value => (pair.Key, Value: PlainData.ToText(value))))
        .Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"));
}
