using Microsoft.AspNetCore.Http;

namespace Consultation.Web.Public;

/// <summary>
/// One visitor of a topic, so that an agreement counts once: a random mark in a cookie of its own, set when somebody
/// first writes or agrees and kept nowhere else. What is stored of it cannot be joined from topic to topic.
/// </summary>
internal static class Visitor
{
    /// <summary>Name of the cookie.</summary>
    internal const string Cookie = "consultation-visitor";

    private static readonly TimeSpan Kept = TimeSpan.FromDays(180);

    /// <summary>The visitor's mark; null when there is none, and none is made.</summary>
    public static string? Known(HttpContext http) =>
        http.Request.Cookies[Cookie] is { Length: 32 } known && known.All(char.IsAsciiHexDigitLower) ? known : null;

    /// <summary>The visitor's mark; made when there is none.</summary>
    public static string Of(HttpContext http)
    {
        if (Known(http) is { } known) return known;
        var mark = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16));
        http.Response.Cookies.Append(Cookie, mark, new CookieOptions
        {
            MaxAge = Kept,
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            IsEssential = true,
            Secure = http.Request.IsHttps,
            Path = $"{http.Request.PathBase}/p",
        });
        return mark;
    }
}
