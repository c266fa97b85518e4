using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Consultation.Api.Endpoints;

/// <summary>
/// Sends the files that <c>Elsa.WriteFileHttpResponse</c> wrote, always to be kept and never to be shown: one as it is,
/// several in a ZIP archive.
/// </summary>
internal static class EndpointFiles
{
    private sealed record Part(string Name, string ContentType, byte[] Bytes);

    public static async Task SendAsync(HttpContext http, Dictionary<string, object?> answer, List<object?> files)
    {
        var response = http.Response;
        if (files.Count == 0)
        {
            response.StatusCode = StatusCodes.Status204NoContent;
            await response.StartAsync(http.RequestAborted);
            return;
        }

        var parts = files.OfType<Dictionary<string, object?>>().Select(PartOf).ToList();
        var whole = parts.Count == 1 ? parts[0] : Zip(parts);
        var name = answer.GetValueOrDefault("fileName") is string { Length: > 0 } given
            ? Path.GetFileName(given)
            : whole.Name;
        var type = answer.GetValueOrDefault("contentType") is string { Length: > 0 } said ? said : whole.ContentType;
        response.ContentType = MediaTypeHeaderValue.TryParse(type, out var parsed)
            ? parsed.ToString()
            : "application/octet-stream";
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(name);
        response.Headers.ContentDisposition = disposition.ToString();
        if (EntityTagHeaderValue.TryParse(answer.GetValueOrDefault("eTag") as string, out var tag))
        {
            response.Headers.ETag = tag.ToString();
        }
        response.ContentLength = whole.Bytes.Length;
        if (!HttpMethods.IsHead(http.Request.Method)) await response.Body.WriteAsync(whole.Bytes, http.RequestAborted);
    }

    private static Part PartOf(Dictionary<string, object?> file) => new(
        Path.GetFileName((string)file["FileName"]!) is { Length: > 0 } name ? name : "file.bin",
        (string)file["ContentType"]!,
        Convert.FromBase64String((string)file["Content"]!));

    private static Part Zip(List<Part> parts)
    {
        using var archive = new MemoryStream();
        using (var zip = new ZipArchive(archive, ZipArchiveMode.Create, leaveOpen: true))
        {
            var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            foreach (var part in parts)
            {
                var name = part.Name;
                for (var number = 2; !taken.Add(name); number++)
                    name = $"{Path.GetFileNameWithoutExtension(part.Name)} ({number}){Path.GetExtension(part.Name)}";
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(part.Bytes);
            }
        }

        return new Part("download.zip", "application/zip", archive.ToArray());
    }
}
