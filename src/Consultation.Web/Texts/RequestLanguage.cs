using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Consultation.Web.Texts;

/// <summary>
/// Which language a request is answered in: ?lang=, else the cookie that it leaves, else the browser's wish, else
/// Chinese.
/// </summary>
internal sealed class RequestLanguage(RequestDelegate next)
{
    internal const string Cookie = "language";

    private static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh-CN");
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    public Task InvokeAsync(HttpContext http)
    {
        var asked = Known(http.Request.Query["lang"]);
        if (asked is not null && http.Request.Cookies[Cookie] != asked)
        {
            Remember(http, asked);
        }

        var language = asked ?? Known(http.Request.Cookies[Cookie]) ?? Wished(http.Request) ?? "zh";
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = language == "en" ? English : Chinese;
        http.Response.Headers.ContentLanguage = language == "en" ? "en" : "zh-CN";
        return next(http);
    }

    internal static void Remember(HttpContext http, string language) => http.Response.Cookies.Append(
        Cookie,
        language,
        new CookieOptions
        {
            MaxAge = TimeSpan.FromDays(400),
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            IsEssential = true,
            Secure = http.Request.IsHttps,
        });

    private static string? Known(string? language) => language is "zh" or "en" ? language : null;

    private static string? Wished(HttpRequest request) => request.GetTypedHeaders().AcceptLanguage
        .OrderByDescending(wish => wish.Quality ?? 1)
        .Select(wish => wish.Value.Value is { Length: >= 2 } value ? Known(value[..2].ToLowerInvariant()) : null)
        .FirstOrDefault(language => language is not null);
}
