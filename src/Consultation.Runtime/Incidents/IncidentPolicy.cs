using Consultation.Engine.Running;

namespace Consultation.Runtime.Incidents;

/// <summary>What happens to a failure: a decision, carried out elsewhere.</summary>
public abstract record IncidentDecision
{
    private IncidentDecision()
    {
    }

    /// <summary>Tried again by itself.</summary>
    public sealed record RetryAt(DateTimeOffset At, int Attempt) : IncidentDecision;

    /// <summary>Stays until somebody retries it or cancels the run.</summary>
    public sealed record LeaveToPeople : IncidentDecision;
}

/// <summary>Which failures are worth another try without anybody doing something. Pure.</summary>
public static class IncidentPolicy
{
    /// <summary>
    /// Failures that the same data always meets again: an expression that is wrong, a value that does not fit, a fault
    /// the workflow raised.
    /// </summary>
    private static readonly HashSet<string> Lasting = new(StringComparer.Ordinal)
    {
        nameof(ActivityFaultException), "ExpressionException", nameof(FormatException), nameof(ArgumentException),
        nameof(ArgumentOutOfRangeException), nameof(InvalidCastException), nameof(OverflowException),
        nameof(DivideByZeroException),
    };

    /// <summary>Decides about one incident.</summary>
    /// <param name="incident">What failed.</param>
    /// <param name="attempts">Automatic retries so far.</param>
    /// <param name="pauses">Pause before each automatic retry.</param>
    /// <param name="now">The time of the failure.</param>
    public static IncidentDecision Decide(
        Incident incident, int attempts, IReadOnlyList<TimeSpan> pauses, DateTimeOffset now)
    {
        var lasts = incident.Line > 0 || Lasting.Contains(incident.CauseType) || incident.CauseMessage is null;
        return lasts || attempts >= pauses.Count
            ? new IncidentDecision.LeaveToPeople()
            : new IncidentDecision.RetryAt(now + pauses[attempts], attempts + 1);
    }
}
