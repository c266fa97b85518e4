namespace Consultation.Runtime.Loops;

/// <summary>
/// Does pieces of work beside everything else, so many at once; the rest waits for a place. Thread-safe.
/// </summary>
internal sealed class OutsideLanes(int atOnce)
{
    private readonly Lock _gate = new();
    private readonly Queue<Func<Task>> _waiting = new();
    private TaskCompletionSource? _busy;
    private int _going;

    /// <summary>Sets work going, or lets it wait for its turn; it must not fail.</summary>
    public void Start(Func<Task> work)
    {
        lock (_gate)
        {
            if (_going == atOnce)
            {
                _waiting.Enqueue(work);
                return;
            }

            _going++;
            _busy ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        _ = Task.Run(() => GoAsync(work));
    }

    /// <summary>Waits until nothing is going on.</summary>
    public Task FinishAsync()
    {
        lock (_gate) return _busy?.Task ?? Task.CompletedTask;
    }

    private async Task GoAsync(Func<Task> work)
    {
        for (var next = work; next is not null; next = Next()) await next();
    }

    private Func<Task>? Next()
    {
        lock (_gate)
        {
            if (_waiting.TryDequeue(out var next)) return next;
            if (--_going > 0) return null;
            _busy!.SetResult();
            _busy = null;
            return null;
        }
    }
}
