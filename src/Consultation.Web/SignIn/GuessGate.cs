using Consultation.Cases;
using Consultation.Cases.People;
using Consultation.Storage.People;
using Consultation.Web.Texts;
using Microsoft.AspNetCore.Http;

namespace Consultation.Web.SignIn;

/// <summary>
/// Slows down whoever guesses passwords, known and unknown names alike: by name and address (or known browser), and
/// from an unknown browser by the address alone.
/// </summary>
internal sealed class GuessGate(GuessStore guesses, KnownBrowser browser, IHttpContextAccessor http, TimeProvider time)
{
    private HttpContext Http => http.HttpContext!;

    /// <summary>Counts a guess and allows it; otherwise how long to wait.</summary>
    public async Task<TimeSpan> TakeAsync(string name, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (place, address) = Places(name);
        var wait = await guesses.TakeAsync(place, name, GuessRule.OneName, now, cancellationToken);
        if (wait > TimeSpan.Zero || address is null) return wait;
        wait = await guesses.TakeAsync(address, "", GuessRule.AllNames, now, cancellationToken);
        if (wait > TimeSpan.Zero)
        {
            await guesses.TakeBackAsync(place, name, GuessRule.OneName, cancellationToken);
        }

        return wait;
    }

    /// <summary>The guess was right: it counts no more, and the browser is known from now on.</summary>
    public async Task SucceededAsync(string name, CancellationToken cancellationToken)
    {
        var (place, address) = Places(name);
        await guesses.ForgetAsync(place, name, cancellationToken);
        if (address is not null)
        {
            await guesses.TakeBackAsync(address, "", GuessRule.AllNames, cancellationToken);
        }

        browser.Remember(Http, name);
    }

    /// <summary>Forgets all guesses at a name.</summary>
    public Task ForgetAsync(string name, CancellationToken cancellationToken) =>
        guesses.ForgetAsync(name, cancellationToken);

    /// <summary>
    /// Says in words how long to wait, and to machines in the status and <c>Retry-After</c> of the answer.
    /// </summary>
    public static LocalText Tell(HttpContext http, DeskTexts texts, TimeSpan wait)
    {
        var seconds = (int)Math.Ceiling(wait.TotalSeconds);
        http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        http.Response.Headers.RetryAfter = $"{seconds}";
        return seconds <= 90
            ? texts.Both("sign-in.wait-seconds", seconds)
            : texts.Both("sign-in.wait-minutes", (seconds + 59) / 60);
    }

    private (string Place, string? Address) Places(string name)
    {
        if (browser.IdFor(Http, name) is { } id) return ($"browser {id}", null);
        var address = $"address {CallerAddress.Of(Http)}";
        return (address, address);
    }
}
