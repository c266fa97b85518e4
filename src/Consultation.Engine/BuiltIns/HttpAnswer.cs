using System.Globalization;
using Consultation.Engine.Expressions;

namespace Consultation.Engine.BuiltIns;

/// <summary>
/// What came of an HTTP request, read from the resumer's payload: <c>{ statusCode, headers, content }</c>, or <c>{
/// error, timeout, refused }</c>
/// when there was no answer.
/// </summary>
internal sealed class HttpAnswer
{
    /// <summary>
    /// As in Elsa: conflict, request timeout, too many requests, and what a server says of a passing trouble.
    /// </summary>
    private static readonly HashSet<long> Passing = [408, 409, 429, 500, 502, 503, 504];

    public HttpAnswer(object? payload)
    {
        var plain = payload as Dictionary<string, object?> ?? [];
        StatusCode = plain.GetValueOrDefault("statusCode") is { } code ? PlainData.ToWhole(code) : null;
        Headers = plain.GetValueOrDefault("headers") as Dictionary<string, object?>;
        Content = plain.GetValueOrDefault("content");
        Error = plain.GetValueOrDefault("error") as string;
        IsTimeout = PlainData.ToBoolean(plain.GetValueOrDefault("timeout"));
        IsRefused = PlainData.ToBoolean(plain.GetValueOrDefault("refused"));
    }

    /// <summary>Null when no answer came.</summary>
    public long? StatusCode { get; }

    public Dictionary<string, object?>? Headers { get; }

    /// <summary>Of the headers those that tell of the content.</summary>
    public Dictionary<string, object?> ContentHeaders => (Headers ?? [])
        .Where(header => header.Key.StartsWith("Content-", StringComparison.OrdinalIgnoreCase)
            || header.Key.ToUpperInvariant() is "ALLOW" or "EXPIRES" or "LAST-MODIFIED")
        .ToDictionary(header => header.Key, header => header.Value);

    public object? Content { get; }

    public string? Error { get; }

    public bool IsTimeout { get; }

    /// <summary>
    /// A rule of the host forbids the request: it was not sent, or its answer not taken. Sending it again changes
    /// nothing.
    /// </summary>
    public bool IsRefused { get; }

    /// <summary>Whether the same request may succeed a little later.</summary>
    public bool IsPassing => !IsRefused && (StatusCode is not { } code || Passing.Contains(code));

    /// <summary>What happened, in a few words.</summary>
    public string Words => StatusCode is { } code
        ? $"HTTP {code.ToString(CultureInfo.InvariantCulture)}"
        : Error ?? (IsTimeout ? "超时 / Timeout" : "无法连接 / Failed to connect");

    /// <summary>
    /// How long the server asks to wait, from its <c>Retry-After</c> in seconds or as an instant; zero when it does not
    /// say.
    /// </summary>
    public TimeSpan RetryAfter(DateTimeOffset now)
    {
        var text = Header("Retry-After");
        if (text is null) return TimeSpan.Zero;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return TimeSpan.FromSeconds(Math.Min(seconds, TimeSpan.FromDays(1000).TotalSeconds));
        return DateTimeOffset.TryParseExact(
            text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) && at > now
            ? at - now
            : TimeSpan.Zero;
    }

    public string? Header(string name)
    {
        foreach (var (key, value) in Headers ?? [])
        {
            if (string.Equals(key, name, StringComparison.OrdinalIgnoreCase)) return PlainData.ToText(value);
        }

        return null;
    }
}
