namespace Consultation.Mail.Outgoing;

/// <summary>When to try again after a transient failure (mail rule 10). Every case is listed here.</summary>
public abstract record RetryDecision
{
    private RetryDecision() { }

    /// <summary>Try again at this instant.</summary>
    public sealed record Again(DateTimeOffset At) : RetryDecision;

    /// <summary>Tried for long enough: the mail has failed.</summary>
    public sealed record GiveUp : RetryDecision;
}

/// <summary>
/// The back-off: one minute, then longer and longer up to four hours, for as long as the settings say.
/// </summary>
public static class RetryPolicy
{
    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1),
        TimeSpan.FromHours(2), TimeSpan.FromHours(4),
    ];

    /// <summary>Decides after an attempt failed.</summary>
    /// <param name="attempts">Attempts so far, this one included; from 1.</param>
    /// <param name="dueSince">When the mail was first to be sent.</param>
    /// <param name="giveUpAfter">How long to go on.</param>
    /// <param name="now">When the attempt failed.</param>
    public static RetryDecision After(int attempts, DateTimeOffset dueSince, TimeSpan giveUpAfter, DateTimeOffset now)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attempts, 1);
        var next = now + Waits[Math.Min(attempts, Waits.Length) - 1];
        return next - dueSince > giveUpAfter ? new RetryDecision.GiveUp() : new RetryDecision.Again(next);
    }
}
