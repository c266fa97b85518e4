using System.Text;
using Consultation.Engine.Expressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Consultation.Api.Endpoints;

/// <summary>A request as plain data for <c>Elsa.HttpEndpoint</c>. What signs a person in never gets into a run, where it would be stored.</summary>
internal static class EndpointRequest
{
    /// <summary>Most bytes of a body; a node may ask for less.</summary>
    public const int MostBytes = 1024 * 1024;

    private static readonly HashSet<string> Secret = new(StringComparer.OrdinalIgnoreCase)
    {
        "Authorization", "Cookie", "Proxy-Authorization", ElsaApi.AntiforgeryHeader,
    };

    /// <summary>The payload, or null when the body is larger than allowed.</summary>
    /// <exception cref="FormatException">The body is not what its content type says.</exception>
    public static async Task<Dictionary<string, object?>?> ReadAsync(
        HttpRequest request, string path, Dictionary<string, object?> routeData, long? limit, CancellationToken cancellationToken)
    {
        if (await BodyAsync(request, Math.Clamp(limit ?? MostBytes, 0, MostBytes), cancellationToken) is not { } body) return null;
        var payload = new Dictionary<string, object?>
        {
            ["path"] = path,
            ["method"] = request.Method,
            ["routeData"] = routeData,
            ["queryString"] = Plain(request.Query),
            ["headers"] = Plain(request.Headers.Where(header => !Secret.Contains(header.Key))),
        };
        if (request.HasFormContentType)
        {
            request.Body = new MemoryStream(body);
            var form = await request.ReadFormAsync(cancellationToken);
            payload["content"] = Plain(form);
            payload["files"] = form.Files.Select(object? (file) => File(file)).ToList();
        }
        else if (body.Length > 0)
        {
            payload["content"] = Content(request.ContentType ?? "", body);
        }

        return payload;
    }

    private static async Task<byte[]?> BodyAsync(HttpRequest request, long limit, CancellationToken cancellationToken)
    {
        if (request.ContentLength > limit) return null;
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await request.Body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if (body.Length + read > limit) return null;
            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }

    private static object? Content(string type, byte[] body)
    {
        var media = type.Split(';')[0].Trim();
        if (media.EndsWith("json", StringComparison.OrdinalIgnoreCase)) return PlainData.FromJson(Encoding.UTF8.GetString(body));
        var isText = media.Length == 0 || media.StartsWith("text/", StringComparison.OrdinalIgnoreCase) || media.EndsWith("xml", StringComparison.OrdinalIgnoreCase);
        return isText ? Encoding.UTF8.GetString(body) : Convert.ToBase64String(body);
    }

    private static Dictionary<string, object?> File(IFormFile file)
    {
        using var content = new MemoryStream();
        file.CopyTo(content);
        return new()
        {
            ["name"] = file.Name,
            ["fileName"] = file.FileName,
            ["contentType"] = file.ContentType,
            ["content"] = Convert.ToBase64String(content.ToArray()),
        };
    }

    private static Dictionary<string, object?> Plain(IEnumerable<KeyValuePair<string, StringValues>> values) =>
        values.ToDictionary(pair => pair.Key, pair => pair.Value.Count == 1 ? pair.Value[0] : (object?)pair.Value.Select(object? (one) => one).ToList());
}
