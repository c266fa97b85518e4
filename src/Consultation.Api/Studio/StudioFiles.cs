using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace Consultation.Api.Studio;

/// <summary>
/// Serves the designer's own files below <c>/studio</c>, unmodified. The package brings each file plain, as <c>.br</c>
/// and as <c>.gz</c>; the smallest that the browser accepts is sent. Files with a fingerprint in their name may be kept
/// for ever, the others are asked for anew.
/// </summary>
public sealed class StudioFiles
{
    private static readonly FileExtensionContentTypeProvider ContentTypes = MakeContentTypes();
    private readonly IFileProvider _files;
    private readonly RequestDelegate _next;

    /// <param name="next">What answers when the path names no file of the designer.</param>
    /// <param name="files">The package's folder.</param>
    public StudioFiles(RequestDelegate next, IFileProvider files)
    {
        _next = next;
        _files = files;
    }

    /// <summary>Answers GET and HEAD for a file of the designer; passes everything else on.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (!request.Path.StartsWithSegments("/studio", StringComparison.Ordinal, out var rest)
            || !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            || !ContentTypes.TryGetContentType(rest, out var contentType)
            || _files.GetFileInfo(rest) is not { Exists: true, IsDirectory: false } plain)
        {
            return _next(context);
        }

        var (file, encoding) = Smallest(request, rest, plain);
        var headers = context.Response.GetTypedHeaders();
        headers.CacheControl = IsFingerprinted(rest)
            ? new CacheControlHeaderValue
            {
                Public = true,
                MaxAge = TimeSpan.FromDays(365),
                Extensions = { new NameValueHeaderValue("immutable") },
            }
            : new CacheControlHeaderValue { NoCache = true };
        var tag = new EntityTagHeaderValue(
            $"\"{plain.LastModified.ToUnixTimeSeconds():x}-{plain.Length:x}{encoding}\"");
        headers.ETag = tag;
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
        if (request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false)))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        context.Response.ContentType = contentType;
        context.Response.ContentLength = file.Length;
        if (encoding.Length > 0)
        {
            context.Response.Headers.ContentEncoding = encoding;
        }

        return HttpMethods.IsHead(request.Method)
            ? Task.CompletedTask
            : context.Response.SendFileAsync(file, context.RequestAborted);
    }

    private (IFileInfo File, string Encoding) Smallest(HttpRequest request, PathString path, IFileInfo plain)
    {
        var accepted = request.GetTypedHeaders().AcceptEncoding;
        foreach (var (encoding, ending) in new[] { ("br", ".br"), ("gzip", ".gz") })
        {
            var accepts = accepted.Any(
                one => one.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase) && one.Quality is not 0);
            if (accepts && _files.GetFileInfo(path + ending) is { Exists: true } packed)
            {
                return (packed, encoding);
            }
        }

        return (plain, "");
    }

    /// <summary>
    /// Names such as <c>_framework/System.Private.CoreLib.a1b2c3d4e5.wasm</c> change with their content.
    /// </summary>
    private static bool IsFingerprinted(string path)
    {
        var parts = Path.GetFileName(path).Split('.');
        return path.StartsWith("/_framework/", StringComparison.Ordinal)
            && parts.Length >= 3
            && parts[^2].Length == 10
            && parts[^2].All(char.IsAsciiLetterOrDigit);
    }

    private static FileExtensionContentTypeProvider MakeContentTypes()
    {
        var types = new FileExtensionContentTypeProvider();
        types.Mappings[".blat"] = "application/octet-stream";
        types.Mappings[".cur"] = "image/x-icon";
        types.Mappings[".dat"] = "application/octet-stream";
        types.Mappings[".js"] = "text/javascript";
        types.Mappings[".map"] = "application/json";
        types.Mappings[".mjs"] = "text/javascript";
        types.Mappings[".wasm"] = "application/wasm";
        types.Mappings[".webmanifest"] = "application/manifest+json";
        return types;
    }
}
