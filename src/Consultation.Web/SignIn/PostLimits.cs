using System.Globalization;
using System.Threading.RateLimiting;
using Consultation.Web.Errors;
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

/// <summary>
/// Limits posts to pages that ask for no sign-in, each kind (route) and address by itself, so that one is not held up
/// by another. Everything else is free. Whoever posts too much gets the typed text back, and is told when to try again.
/// </summary>
internal static class PostLimits
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>
    /// What a whole office does at the same time behind one address, in the morning or in a meeting: ten times as many.
    /// Wrong passwords are slowed down by themselves (<see cref="GuessGate"/>), and a link's token cannot be guessed.
    /// </summary>
    private static readonly string[] OfManyPeople = ["/sign-in", "/t/{Token}", "/link/{Token}", "/mail/post"];

    private const int Many = 10;

    public static void AddPostLimits(this IServiceCollection services) => services.AddRateLimiter(limits =>
    {
        limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limits.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(Of);
        limits.OnRejected = (rejected, _) => TellAsync(rejected);
    });

    private static RateLimitPartition<string> Of(HttpContext http)
    {
        if (!HttpMethods.IsPost(http.Request.Method)
            || http.GetEndpoint() is not RouteEndpoint endpoint
            || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null)
        {
            return RateLimitPartition.GetNoLimiter("");
        }

        var kind = endpoint.RoutePattern.RawText ?? "";
        var most = http.RequestServices.GetRequiredService<PublicDoorLimit>().PostsPerMinute
            * (OfManyPeople.Contains(kind, StringComparer.OrdinalIgnoreCase) ? Many : 1);
        return RateLimitPartition.GetSlidingWindowLimiter(
            $"{kind} {CallerAddress.Of(http)}",
            _ => new() { PermitLimit = most, Window = Window, SegmentsPerWindow = 6 });
    }

    private static ValueTask TellAsync(OnRejectedContext rejected)
    {
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : Window;
        var http = rejected.HttpContext;
        http.Response.Headers.RetryAfter =
            Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return ErrorPages.ForPeople(http)
            ? new(ErrorPages.ShowAsync(http, StatusCodes.Status429TooManyRequests))
            : ValueTask.CompletedTask;
    }
}
