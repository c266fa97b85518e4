namespace Consultation.Runtime.Runs;

/// <summary>
/// Tells those who watch, in this process, which runs were committed. Best effort: whoever needs certainty reads the
/// store.
/// </summary>
public sealed class RunFeed
{
    /// <summary>A run was committed. Handlers must be quick and must not throw.</summary>
    public event Action<InstanceId>? Committed;

    internal void Tell(InstanceId instance) => Committed?.Invoke(instance);
}
