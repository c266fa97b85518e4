using System.Text.Encodings.Web;
using System.Text.Json;
using Consultation.Web.Texts;
using Microsoft.AspNetCore.Http;

namespace Consultation.Web.SignIn;

/// <summary>
/// What programs are told at their doors when they may not enter: a problem in JSON, never the way to a page.
/// </summary>
internal static class MachineAnswer
{
    private static readonly JsonSerializerOptions Json =
        new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>True at the doors of programs.</summary>
    public static bool IsAsked(HttpRequest request) =>
        request.Path.StartsWithSegments("/elsa", StringComparison.OrdinalIgnoreCase)
        || request.Path.StartsWithSegments("/endpoints", StringComparison.OrdinalIgnoreCase);

    /// <summary>401: nobody is known.</summary>
    public static Task SignInFirstAsync(HttpContext http)
    {
        http.Response.Headers.WWWAuthenticate = "Bearer, ApiKey";
        return TellAsync(http, StatusCodes.Status401Unauthorized, "Unauthorized", "sign-in.api-401");
    }

    /// <summary>403: known, and not admitted.</summary>
    public static Task ForbiddenAsync(HttpContext http) =>
        TellAsync(http, StatusCodes.Status403Forbidden, "Forbidden", "sign-in.api-403");

    /// <summary>403: the password came from somebody else and has to be changed at the desk.</summary>
    public static Task ChangePasswordFirstAsync(HttpContext http) =>
        TellAsync(http, StatusCodes.Status403Forbidden, "Forbidden", "sign-in.api-password");

    /// <summary>429: too many wrong tries.</summary>
    public static Task WaitAsync(HttpContext http, TimeSpan wait)
    {
        http.Response.Headers.RetryAfter = $"{(int)Math.Ceiling(wait.TotalSeconds)}";
        return TellAsync(http, StatusCodes.Status429TooManyRequests, "Too Many Requests", "sign-in.api-wait");
    }

    private static Task TellAsync(HttpContext http, int status, string title, string key)
    {
        var text = DeskTexts.Find(key, Language(http.Request)) ?? title;
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(
            new { type = $"https://httpstatuses.io/{status}", title, status, detail = text, message = text }, Json,
            "application/problem+json", http.RequestAborted);
    }

    /// <summary>The language that the request asks for, Chinese otherwise.</summary>
    public static string Language(HttpRequest request) =>
        request.GetTypedHeaders().AcceptLanguage is [var first, ..]
            && first.Value.StartsWith("en", StringComparison.OrdinalIgnoreCase)
            ? "en"
            : "zh";
}
