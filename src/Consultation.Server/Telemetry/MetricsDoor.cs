using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Consultation.Server.Telemetry;

/// <summary>Guards /metrics: whoever sends the token, or, when none is set, a caller on this machine.</summary>
internal static class MetricsDoor
{
    private const string Scheme = "Bearer ";

    public static Task AnswerAsync(HttpContext http, string? token, RequestDelegate scrape)
    {
        if (token is null ? IsHere(http) : Presents(http, token)) return scrape(http);
        if (token is null)
        {
            return RefuseAsync(http, StatusCodes.Status403Forbidden,
                "只回答本机的请求；要从别处读取，请设置 Telemetry:MetricsToken。\n"
                + "Only callers on this machine are answered; set Telemetry:MetricsToken to read from elsewhere.\n");
        }

        http.Response.Headers.WWWAuthenticate = "Bearer";
        return RefuseAsync(http, StatusCodes.Status401Unauthorized,
            "请用 Authorization: Bearer 出示 Telemetry:MetricsToken。\nPresent Telemetry:MetricsToken as Authorization: "
                + "Bearer.\n");
    }

    private static bool Presents(HttpContext http, string token)
    {
        var sent = http.Request.Headers.Authorization.ToString();
        return sent.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(
                Encoding.UTF8.GetBytes(sent[Scheme.Length..].Trim()), Encoding.UTF8.GetBytes(token));
    }

    // A proxy on this machine passes on what comes from anywhere; it says so in a header that is gone once it was
    // believed.
    private static bool IsHere(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && !http.Request.Headers.Keys.Any(name => name.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("X-Original-", StringComparison.OrdinalIgnoreCase)
            || name.Equals("Forwarded", StringComparison.OrdinalIgnoreCase));

    private static Task RefuseAsync(HttpContext http, int status, string why)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(why, http.RequestAborted);
    }
}
