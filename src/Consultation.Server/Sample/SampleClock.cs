namespace Consultation.Server.Sample;

/// <summary>The time in which the sample lives its past: it stands until it is moved.</summary>
internal sealed class SampleClock(DateTimeOffset start) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = start;

    public override DateTimeOffset GetUtcNow() => Now;
}
