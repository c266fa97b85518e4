namespace Consultation.Runtime.Loops;

/// <summary>
/// Lets work that this process commits be noticed at once instead of at the next poll. Thread-safe; signals that nobody
/// waits for are kept, once.
/// </summary>
public sealed class WakeUp
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _signal = New();

    /// <summary>There is work.</summary>
    public void Signal()
    {
        lock (_gate) _signal.TrySetResult();
    }

    /// <summary>Waits for a signal or until the time is over. True when there was a signal.</summary>
    public async Task<bool> WaitAsync(TimeSpan atMost, TimeProvider clock, CancellationToken cancellationToken)
    {
        Task signal;
        lock (_gate) signal = _signal.Task;
        try
        {
            await signal.WaitAsync(atMost, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            return false;
        }

        lock (_gate)
        {
            if (_signal.Task.IsCompleted) _signal = New();
        }

        return true;
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
