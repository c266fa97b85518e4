using Consultation.Mail.Templates;
using Microsoft.AspNetCore.Http;

namespace Consultation.Web.SignIn;

/// <summary>
/// Headers that keep pages to themselves: own scripts and styles only, no framing, no sniffing. A page that needs other
/// rules (the designer, the body of a mail) sets its own <c>Content-Security-Policy</c> before it answers, and that one
/// stands.
/// </summary>
internal sealed class SecurityHeaders(RequestDelegate next, OpenIdOptions openId)
{
    private const string OwnForms = "form-action 'self'";

    /// <summary>
    /// Signing out may lead on to the provider, and browsers count where a form is led to as where it is sent.
    /// </summary>
    private readonly string _forms = openId is { IsOn: true, Origin: { } origin } ? $"{OwnForms} {origin}" : OwnForms;

    internal const string Strict =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src "
            + "'self'; " +
        "frame-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'";

    /// <summary>
    /// For the page that previews a mail: mails carry their looks in style attributes and one known style element, and
    /// a frame inherits the rules of its page.
    /// </summary>
    internal static readonly string WithMailPreview =
        $"{Strict}; style-src-attr 'unsafe-inline'; style-src-elem 'self' 'sha256-{MailPreview.StyleHash}'";

    public Task InvokeAsync(HttpContext http)
    {
        http.Response.OnStarting(state =>
        {
            var context = (HttpContext)state;
            var headers = context.Response.Headers;
            if (headers.ContentSecurityPolicy.Count == 0)
            {
                headers.ContentSecurityPolicy = Strict;
                headers.XFrameOptions = "DENY";
            }

            if (_forms != OwnForms)
            {
                headers.ContentSecurityPolicy = headers.ContentSecurityPolicy.ToString()
                    .Replace(OwnForms, _forms, StringComparison.Ordinal);
            }

            if (headers.Location.Count > 0) headers.Location = Relative(context.Request, headers.Location);
            // Browsers would take it from "localhost" for whatever else listens there.
            if (context.Request.IsHttps && context.Request.Host.Host != "localhost")
            {
                headers.StrictTransportSecurity = "max-age=31536000";
            }

            headers.XContentTypeOptions = "nosniff";
            if (headers["Referrer-Policy"].Count == 0)
            {
                headers["Referrer-Policy"] = "same-origin";
            }

            headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            if (headers.CacheControl.Count == 0)
            {
                headers.CacheControl = "no-store";
            }

            return Task.CompletedTask;
        }, http);
        return next(http);
    }

    /// <summary>
    /// Where a redirection stays on this host, only where on it: the host was named by the caller, and a cache or a
    /// proxy in between might lead others there.
    /// </summary>
    private static string? Relative(HttpRequest request, string? location)
    {
        var own = $"{request.Scheme}://{request.Host}";
        if (location?.StartsWith(own, StringComparison.OrdinalIgnoreCase) is not true) return location;
        return location[own.Length..] switch
        {
            "" => "/",
            ['/', '/', ..] path => $"/.{path}",
            ['/', ..] path => path,
            ['?', ..] query => $"/{query}",
            _ => location,
        };
    }
}
