namespace Consultation.Server.Staging;

/// <summary>The time on a stage: it stands until it is moved.</summary>
internal sealed class StageClock(DateTimeOffset start) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = start;

    public override DateTimeOffset GetUtcNow() => Now;
}
