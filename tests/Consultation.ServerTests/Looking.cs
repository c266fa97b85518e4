namespace Consultation.ServerTests;

/// <summary>Waiting for what the host's own loops do.</summary>
internal static class Looking
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// After a look that found nothing: leaves the processor to the host that is waited for, and to the tests beside
    /// this one.
    /// </summary>
    public static Task AgainAsync() => Task.Delay(Pause, TimeProvider.System);
}
