using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Consultation.Web.Layout;

/// <summary>Files to keep: always an attachment, never shown in the browser, whatever they say they are.</summary>
internal static class Download
{
    /// <summary>
    /// The file under two names: browsers read the full one from <c>filename*</c>; programs that know only
    /// <c>filename</c> get one of ASCII letters and digits, in which Chinese letters would be underscores.
    /// </summary>
    /// <param name="http">The request being answered.</param>
    /// <param name="content">The bytes.</param>
    /// <param name="contentType">What the file is.</param>
    /// <param name="name">Full name with ending.</param>
    /// <param name="plain">What the file is called in ASCII, without ending; other characters become hyphens.</param>
    public static IResult File(HttpContext http, byte[] content, string contentType, string name, string plain)
    {
        Name(http, name, plain);
        return Results.Bytes(content, contentType);
    }

    /// <summary>The same from a stream, which is closed when it has been sent.</summary>
    public static IResult File(HttpContext http, Stream content, string contentType, string name, string plain)
    {
        Name(http, name, plain);
        return Results.Stream(content, contentType);
    }

    private static void Name(HttpContext http, string name, string plain)
    {
        var letters =
            new string([.. plain.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' ? letter : '-')]);
        var stem = string.Join('-', letters.Split('-', StringSplitOptions.RemoveEmptyEntries));
        http.Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment")
        {
            FileName = stem + Path.GetExtension(name),
            FileNameStar = name,
        }.ToString();
    }
}
