using System.Globalization;
using System.Security.Claims;
using System.Threading.RateLimiting;
using Consultation.Web.Errors;
using Consultation.Web.Texts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.Web.SignIn;

/// <summary>
/// How many posts a minute one address may send to each kind of page that asks for no sign-in.
/// </summary>
/// <param name="PostsPerMinute">1 to 100000.</param>
public sealed record PublicDoorLimit(int PostsPerMinute);

/// <summary>How many posts a minute one signed-in person may send to each kind of page.</summary>
/// <param name="PostsPerMinute">1 to 100000.</param>
public sealed record SignedInLimit(int PostsPerMinute);

/// <summary>
/// How many requests a minute that are no mere reading one account may send to each address of the machines' door; or
/// one network address, where nobody is signed in.
/// </summary>
/// <param name="PostsPerMinute">1 to 100000.</param>
public sealed record MachineLimit(int PostsPerMinute);

/// <summary>
/// Limits posts, each kind (route) by itself: to pages that ask for no sign-in by the address they come from, to the
/// others by the person, so that an office behind one address is not held up by one of its people. The designer's and
/// machines' door has a limit of its own. Whoever posts too much gets the typed text back, and is told when to try
/// again.
/// </summary>
internal static class PostLimits
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>
    /// What a whole office does at the same time behind one address, in the morning or in a meeting: ten times as many.
    /// Wrong passwords and wrong digits are slowed down by themselves (<see cref="GuessGate"/>), and a link's token
    /// cannot be guessed.
    /// </summary>
    private static readonly string[] OfManyPeople =
    [
        "/sign-in", "/elsa/api/identity/login", "/t/{Token}", "/link/{Token}", "/m/{Token}", "/mail/post",
        "/channel/report", Feed,
    ];

    /// <summary>What programs look at again and again, so that even looking is limited.</summary>
    private const string Feed = "/feed/{token}.ics";

    private const int Many = 10;

    public static void AddPostLimits(this IServiceCollection services) =>
        services.AddRateLimiter(limits => Set(limits, Of));

    /// <summary>The limit of people; behind the sign-in check, which says who posts.</summary>
    public static void UsePersonLimits(this IApplicationBuilder app)
    {
        var limits = new RateLimiterOptions();
        Set(limits, http => IsOfMachines(http) ? OfMachine(http) : OfPerson(http));
        app.UseRateLimiter(limits);
    }

    private static void Set(RateLimiterOptions limits, Func<HttpContext, RateLimitPartition<string>> of)
    {
        limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limits.GlobalLimiter = PartitionedRateLimiter.Create(of);
        limits.OnRejected = (rejected, _) => TellAsync(rejected);
    }

    private static RateLimitPartition<string> OfPerson(HttpContext http)
    {
        if (!HttpMethods.IsPost(http.Request.Method)
            || http.GetEndpoint() is not RouteEndpoint endpoint
            || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null
            || !ErrorPages.ForPeople(http)
            || http.User.FindFirstValue(ClaimTypes.NameIdentifier) is not { } person)
        {
            return RateLimitPartition.GetNoLimiter("");
        }

        var most = http.RequestServices.GetRequiredService<SignedInLimit>().PostsPerMinute;
        return Window(endpoint, person, most);
    }

    private static bool IsOfMachines(HttpContext http) =>
        http.Request.Path.StartsWithSegments("/elsa", StringComparison.OrdinalIgnoreCase);

    private static RateLimitPartition<string> OfMachine(HttpContext http)
    {
        if (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method)
            || http.GetEndpoint() is not RouteEndpoint endpoint)
        {
            return RateLimitPartition.GetNoLimiter("");
        }

        var who = http.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? CallerAddress.Of(http);
        var most = http.RequestServices.GetRequiredService<MachineLimit>().PostsPerMinute;
        return Window(endpoint, $"{http.Request.Method} {who}", most);
    }

    private static RateLimitPartition<string> Window(RouteEndpoint endpoint, string who, int most) =>
        RateLimitPartition.GetSlidingWindowLimiter(
            $"{endpoint.RoutePattern.RawText} {who}",
            _ => new() { PermitLimit = most, Window = Minute, SegmentsPerWindow = 6 });

    private static RateLimitPartition<string> Of(HttpContext http)
    {
        if (http.GetEndpoint() is not RouteEndpoint endpoint
            || (!HttpMethods.IsPost(http.Request.Method) && endpoint.RoutePattern.RawText != Feed)
            || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null)
        {
            return RateLimitPartition.GetNoLimiter("");
        }

        var kind = endpoint.RoutePattern.RawText ?? "";
        var most = http.RequestServices.GetRequiredService<PublicDoorLimit>().PostsPerMinute
            * (OfManyPeople.Contains(kind, StringComparer.OrdinalIgnoreCase) ? Many : 1);
        return Window(endpoint, CallerAddress.Of(http), most);
    }

    private static ValueTask TellAsync(OnRejectedContext rejected)
    {
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : Minute;
        var http = rejected.HttpContext;
        http.Response.Headers.RetryAfter =
            Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return new(ErrorPages.ForPeople(http)
            ? ErrorPages.ShowAsync(http, StatusCodes.Status429TooManyRequests)
            // The designer shows the message.
            : http.Response.WriteAsJsonAsync(new { message = DeskTexts.Find("errors.429.text", DeskTexts.Language) }));
    }
}
