namespace Consultation.Engine.BuiltIns;

/// <summary>Arithmetic on instants that cannot overflow.</summary>
internal static class Instants
{
    /// <summary>The instant that much later; at the ends of the calendar the end itself.</summary>
    public static DateTimeOffset After(DateTimeOffset instant, TimeSpan span)
    {
        if (span >= DateTimeOffset.MaxValue - instant) return DateTimeOffset.MaxValue;
        return span <= DateTimeOffset.MinValue - instant ? DateTimeOffset.MinValue : instant + span;
    }
}
