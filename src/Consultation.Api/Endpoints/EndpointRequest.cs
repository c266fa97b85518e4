using System.Text;
using Consultation.Engine.BuiltIns;
using Consultation.Engine.Definitions;
using Consultation.Engine.Expressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Consultation.Api.Endpoints;

/// <summary>
/// A request as plain data for <c>Elsa.HttpEndpoint</c>. What signs a person in never gets into a run, where it would
/// be stored.
/// </summary>
internal static class EndpointRequest
{
    /// <summary>Most bytes of a body; a node may ask for less.</summary>
    public const int MostBytes = 1024 * 1024;

    private static readonly HashSet<string> Secret = new(StringComparer.OrdinalIgnoreCase)
    {
        "Authorization", "Cookie", "Proxy-Authorization", ElsaApi.AntiforgeryHeader,
    };

    /// <summary>The payload, and the rule that the request breaks, if any; then it has no content.</summary>
    /// <exception cref="FormatException">The body is not what its content type says.</exception>
    public static async Task<(Dictionary<string, object?> Payload, UploadProblem? Problem)> ReadAsync(
        HttpRequest request, string path, Dictionary<string, object?> routeData, UploadRules rules,
        CancellationToken cancellationToken)
    {
        var payload = new Dictionary<string, object?>
        {
            ["path"] = path,
            ["method"] = request.Method,
            ["routeData"] = routeData,
            ["queryString"] = Plain(request.Query),
            ["headers"] = Plain(request.Headers.Where(header => !Secret.Contains(header.Key))),
        };
        if (await BodyAsync(
            request, Math.Clamp(rules.RequestBytes ?? MostBytes, 0, MostBytes), cancellationToken) is not { } body)
            return (payload, UploadProblem.RequestTooLarge);

        if (request.HasFormContentType)
        {
            var form = await FormAsync(request, body, cancellationToken);
            if (rules.Check(
                [.. form.Files.Select(
                    file => new UploadedFile(file.FileName, file.ContentType ?? "", file.Length))]) is { } problem)
                return (payload, problem);
            var files = form.Files.Select(object? (file) => File(file)).ToList();
            payload["content"] = Plain(form);
            payload["files"] = files;
            payload["file"] = files.FirstOrDefault();
        }
        else if (body.Length > 0)
        {
            payload["content"] = Content(request.ContentType ?? "", body);
        }

        return (payload, null);
    }

    private static async Task<IFormCollection> FormAsync(
        HttpRequest request, byte[] body, CancellationToken cancellationToken)
    {
        request.Body = new MemoryStream(body);
        try
        {
            return await request.ReadFormAsync(cancellationToken);
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException or NotSupportedException)
        {
            throw new FormatException(broken.Message, broken);
        }
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
        if (media.EndsWith("json", StringComparison.OrdinalIgnoreCase))
        {
            return JsonBounds.Check(body, PlainData.MaxDepth, mostValues: MostBytes) is { } tooMuch
                ? throw new FormatException(tooMuch.En)
                : PlainData.FromJson(Encoding.UTF8.GetString(body));
        }
        var isText = media.Length == 0 || media.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
            || media.EndsWith("xml", StringComparison.OrdinalIgnoreCase);
        return isText ? Encoding.UTF8.GetString(body) : Convert.ToBase64String(body);
    }

    /// <summary>A file with the names that Elsa's scripts use, and its content in Base64.</summary>
    private static Dictionary<string, object?> File(IFormFile file)
    {
        using var content = new MemoryStream();
        file.CopyTo(content);
        return new()
        {
            ["Name"] = file.Name,
            ["FileName"] = file.FileName,
            ["ContentType"] = file.ContentType,
            ["Length"] = file.Length,
            ["Content"] = Convert.ToBase64String(content.ToArray()),
        };
    }

    private static Dictionary<string, object?> Plain(IEnumerable<KeyValuePair<string, StringValues>> values) =>
        values.ToDictionary(pair => pair.Key, pair => pair.Value.Count == 1
            ? pair.Value[0]
            : (object?)pair.Value.Select(object? (one) => one).ToList());
}
