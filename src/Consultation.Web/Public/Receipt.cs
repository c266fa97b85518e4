using System.Security.Cryptography;
using System.Text.Json;
using Consultation.Cases;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace Consultation.Web.Public;

/// <summary>
/// Carries number and code of what was just handed in to the page that shows them. An address would leave the code in
/// the browser's history, in logs on the way and in the referrer; so it travels in a cookie that only this server can
/// read, for a quarter of an hour: long enough to print the page, to turn the phone or to load it again.
/// </summary>
internal sealed class Receipt(IDataProtectionProvider protection, IHttpContextAccessor http, TimeProvider clock)
{
    /// <summary>Name of the cookie.</summary>
    internal const string Cookie = "consultation-receipt";

    /// <summary>How long it can be read.</summary>
    internal static readonly TimeSpan Kept = TimeSpan.FromMinutes(15);

    private readonly IDataProtector _protector = protection.CreateProtector("Consultation.Receipt");

    /// <summary>Hands number and code over to the next page of the organisation.</summary>
    public void Give(OrganisationId organisation, string slug, string number, string code) =>
        http.HttpContext!.Response.Cookies.Append(
            Cookie, _protector.Protect(JsonSerializer.Serialize(
                new Content(clock.GetUtcNow() + Kept, organisation.Value, number, code))),
            Options(slug));

    /// <summary>Number and code that were handed over; null when there are none, or no longer.</summary>
    public (string Number, string Code)? Take(OrganisationId organisation)
    {
        if (http.HttpContext!.Request.Cookies[Cookie] is not { Length: > 0 } kept) return null;
        try
        {
            return JsonSerializer.Deserialize<Content>(_protector.Unprotect(kept)) is { } given
                && given.Until > clock.GetUtcNow() && given.Organisation == organisation.Value
                ? (given.Number, given.Code)
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private CookieOptions Options(string slug) => new()
    {
        MaxAge = Kept,
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        IsEssential = true,
        Secure = http.HttpContext!.Request.IsHttps,
        Path = $"{http.HttpContext.Request.PathBase}/p/{slug}/thanks",
    };

    private sealed record Content(DateTimeOffset Until, Guid Organisation, string Number, string Code);
}
