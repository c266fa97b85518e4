using System.Text;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Consultation.Web.Errors;

/// <summary>
/// What no page of ours sends is refused before anything reads it, each with a number that a page says in words:
/// another kind of content (415), a body that is no form (400) or too large (413), a NUL in an address or a name (400).
/// </summary>
internal sealed class UnreadablePost(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext http)
    {
        // The page that says a number in words is shown for the very request that was refused.
        var isRefused = http.Features.Get<IStatusCodeReExecuteFeature>() is not null;
        if (!isRefused && await RefusalOfAsync(http) is { } code) http.Response.StatusCode = code;
        else await next(http);
    }

    private static async Task<int?> RefusalOfAsync(HttpContext http)
    {
        var request = http.Request;
        if (HasNul(request.Path.Value) || request.Query.Any(one => HasNul(one.Key) || one.Value.Any(HasNul)))
        {
            return StatusCodes.Status400BadRequest;
        }

        var people = ErrorPages.ForPeople(http);
        if (request.ContentType is { Length: > 0 } && !IsReadable(request, people))
        {
            return StatusCodes.Status415UnsupportedMediaType;
        }

        return people && HttpMethods.IsPost(request.Method) && request.HasFormContentType
            ? await ReadAsync(http)
            : null;
    }

    /// <summary>
    /// People's pages post forms in UTF-8. Machines may send what they like, in a character set that can be read.
    /// </summary>
    private static bool IsReadable(HttpRequest request, bool people)
    {
        var charset = MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            ? HeaderUtilities.RemoveQuotes(type.Charset).ToString()
            : "";
        return people && HttpMethods.IsPost(request.Method)
            ? request.HasFormContentType && charset.ToUpperInvariant() is "" or "UTF-8" or "US-ASCII"
            : charset.Length == 0 || IsKnown(charset);
    }

    private static bool IsKnown(string charset)
    {
        try
        {
            Encoding.GetEncoding(charset);
            return true;
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    private static async Task<int?> ReadAsync(HttpContext http)
    {
        try
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            return form.Keys.Any(HasNul) || form.Files.Any(file => HasNul(file.Name) || HasNul(file.FileName))
                ? StatusCodes.Status400BadRequest
                : null;
        }
        catch (BadHttpRequestException unreadable)
        {
            return unreadable.StatusCode;
        }
        catch (Exception unreadable) when (IsUnreadable(unreadable))
        {
            return StatusCodes.Status400BadRequest;
        }
    }

    /// <summary>
    /// Whether a body is at fault, and not we: no form, or a part in a character set that nobody reads (UTF-7).
    /// </summary>
    internal static bool IsUnreadable(Exception failure) =>
        failure is InvalidDataException or IOException or NotSupportedException or ArgumentException;

    private static bool HasNul(string? text) => text?.Contains('\0', StringComparison.Ordinal) == true;
}
