using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace Consultation.Web.SignIn;

/// <summary>
/// A browser in which somebody has signed in before keeps a sealed mark of it. Guesses there are counted by themselves,
/// so that nobody who guesses elsewhere, not even in the same office, can hold up the owner of the name.
/// </summary>
internal sealed class KnownBrowser(IDataProtectionProvider protection)
{
    private const string Cookie = "consultation-browser";
    private static readonly TimeSpan KnownFor = TimeSpan.FromDays(180);

    /// <summary>The id of the browser, when this name was the last to sign in there; otherwise null.</summary>
    public string? IdFor(HttpContext http, string name)
    {
        if (http.Request.Cookies[Cookie] is not { Length: > 0 } mark) return null;
        try
        {
            return SealOf(name).Unprotect(mark);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Marks the browser.</summary>
    public void Remember(HttpContext http, string name) => http.Response.Cookies.Append(
        Cookie, SealOf(name).Protect(IdFor(http, name) ?? Guid.NewGuid().ToString("N")),
        new CookieOptions
        {
            MaxAge = KnownFor,
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            IsEssential = true,
            Secure = http.Request.IsHttps,
        });

    // A mark opens under the name that it was made for only.
    private IDataProtector SealOf(string name) => protection.CreateProtector("Consultation.KnownBrowser", name);
}
