using System.Text.Encodings.Web;
using System.Text.Json;
using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Runtime.Definitions;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Consultation.Api;

/// <summary>Answers in the shapes that Studio reads.</summary>
internal static class Answers
{
    /// <summary>camelCase names, readable Chinese, nulls written.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 256,
    };

    public static IResult Ok(object value) => Results.Json(value, Json);

    /// <summary>400 with texts that Studio shows in its message bar.</summary>
    public static IResult Invalid(HttpContext http, params BilingualText[] messages) =>
        Results.Json(
            new { errors = new { workflow = messages.Select(text => text.In(Culture(http))) } }, Json, statusCode: 400);

    /// <summary>400 with what the compiler found.</summary>
    public static IResult Invalid(HttpContext http, IEnumerable<DefinitionFinding> findings) =>
        Invalid(http,
            [.. findings.Where(finding => finding.Severity == FindingSeverity.Error)
                .Select(finding => finding.Sentence)]);

    public static IResult NotFound(HttpContext http, string zh, string en) => Words(http, 404, zh, en);

    public static IResult Forbidden(HttpContext http, string zh, string en) => Words(http, 403, zh, en);

    public static IResult Failed(HttpContext http, string zh, string en) => Words(http, 500, zh, en);

    /// <summary>A status with a sentence that says why.</summary>
    public static IResult Words(HttpContext http, int status, string zh, string en) =>
        Results.Json(new { message = new BilingualText(zh, en).In(Culture(http)) }, Json, statusCode: status);

    /// <summary>
    /// A file to keep. Browsers read its name from <c>filename*</c>, the designer's client only from <c>filename</c>,
    /// where other letters than Latin ones would become underscores: there they are left out.
    /// </summary>
    public static IResult File(HttpContext http, byte[] content, string contentType, string name)
    {
        var plain = new string([.. name.Where(char.IsAscii)]);
        while (plain.Contains("--", StringComparison.Ordinal))
        {
            plain = plain.Replace("--", "-", StringComparison.Ordinal);
        }

        var disposition = new ContentDispositionHeaderValue("attachment") { FileName = plain, FileNameStar = name };
        http.Response.Headers.ContentDisposition = disposition.ToString();
        return Results.Bytes(content, contentType);
    }

    /// <summary>
    /// Reads which versions a request means; false with a refusal in words when it is no version option.
    /// </summary>
    public static bool VersionChoice(
        HttpContext http, string? text, VersionOptions otherwise, out VersionOptions versions, out IResult? refusal)
    {
        try
        {
            (versions, refusal) = (VersionOptions.Parse(text, otherwise), null);
            return true;
        }
        catch (FormatException)
        {
            (versions, refusal) = (default, Invalid(http, new BilingualText(
                $"版本选项“{text}”无效，请用 Latest、Published 或版本号。",
                $"“{text}” is no version option; use Latest, Published or a number.")));
            return false;
        }
    }

    /// <summary>The language in which texts are answered: the one the request asks for, Chinese otherwise.</summary>
    public static string Culture(HttpContext http) =>
        http.Request.GetTypedHeaders().AcceptLanguage is [var first, ..]
            && first.Value.StartsWith("en", StringComparison.OrdinalIgnoreCase)
            ? "en"
            : "zh";
}
