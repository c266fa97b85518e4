using System.Globalization;
using Consultation.Cases;
using Consultation.Cases.People;
using Consultation.Storage.People;
using Consultation.Web.SignIn;
using Microsoft.AspNetCore.Http;

namespace Consultation.Web.Public;

/// <summary>
/// Slows down whoever guesses codes: at one number from wherever, and at all numbers from one address. A code has eight
/// characters of thirty-two, so that what gets through in a year finds nothing.
/// </summary>
internal sealed class FollowGate(GuessStore guesses, IHttpContextAccessor http, TimeProvider time)
{
    private static readonly GuessRule OneNumber = new(10, TimeSpan.FromMinutes(6));
    private static readonly GuessRule OneAddress = new(30, TimeSpan.FromMinutes(1));

    private string Address => $"follow {CallerAddress.Of(http.HttpContext!)}";

    /// <summary>Counts a guess and allows it; otherwise how long to wait.</summary>
    public async Task<TimeSpan> TakeAsync(
        OrganisationId organisation, string number, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var wait = await guesses.TakeAsync(Address, "", OneAddress, now, cancellationToken);
        if (wait > TimeSpan.Zero) return wait;
        return await guesses.TakeAsync(PlaceOf(organisation), number, OneNumber, now, cancellationToken);
    }

    /// <summary>The guess was right: it counts no more.</summary>
    public async Task RightAsync(OrganisationId organisation, string number, CancellationToken cancellationToken)
    {
        await guesses.TakeBackAsync(Address, "", OneAddress, cancellationToken);
        await guesses.TakeBackAsync(PlaceOf(organisation), number, OneNumber, cancellationToken);
    }

    /// <summary>Tells machines how long to wait.</summary>
    public void Tell(TimeSpan wait)
    {
        http.HttpContext!.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        http.HttpContext.Response.Headers.RetryAfter =
            Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
    }

    private static string PlaceOf(OrganisationId organisation) => $"follow {organisation.Value:N}";
}
