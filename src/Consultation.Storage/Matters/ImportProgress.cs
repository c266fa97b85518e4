using System.Collections.Concurrent;
using Consultation.Runtime.Loops;

namespace Consultation.Storage.Matters;

/// <summary>
/// Imports that this process is writing: how far they are, and whether somebody stops them. Beside the row, because
/// SQLite takes no other write while an import's transaction is open. Also rings when one was confirmed. Thread-safe.
/// </summary>
internal sealed class ImportProgress
{
    private static readonly SemaphoreSlim Reading = new(1);
    private readonly ConcurrentDictionary<Guid, Standing> _running = new();

    /// <summary>
    /// Lets this process's worker notice a confirmed import at once; others find it at their next look.
    /// </summary>
    public WakeUp Confirmed { get; } = new();

    /// <summary>Reads a file while this process reads no other: two large ones would take twice the memory.</summary>
    public static async Task<T> ReadAsync<T>(Func<T> read, CancellationToken cancellationToken)
    {
        await Reading.WaitAsync(cancellationToken);
        try
        {
            return read();
        }
        finally
        {
            Reading.Release();
        }
    }

    /// <summary>Dispose it when the import is over.</summary>
    public Standing Begin(Guid job)
    {
        var standing = new Standing(this, job);
        _running[job] = standing;
        return standing;
    }

    /// <summary>The standing of an import that this process is writing, or null.</summary>
    public Standing? Find(Guid job) => _running.GetValueOrDefault(job);

    /// <summary>One import that is being written.</summary>
    internal sealed class Standing(ImportProgress owner, Guid job) : IDisposable
    {
        private volatile bool _isCancelAsked;
        private volatile int _processed;

        public bool IsCancelAsked
        {
            get => _isCancelAsked;
            set => _isCancelAsked = value;
        }

        public int Processed
        {
            get => _processed;
            set => _processed = value;
        }

        public void Dispose() => owner._running.TryRemove(new(job, this));
    }
}
