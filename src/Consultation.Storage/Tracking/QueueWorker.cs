using Microsoft.Extensions.Hosting;

namespace Consultation.Storage.Tracking;

/// <summary>
/// Works off a queue, one turn after the other, rests when it is empty, and outlives a turn that fails.
/// </summary>
public abstract class QueueWorker(TimeSpan pollEvery, TimeProvider clock) : BackgroundService
{
    /// <summary>Longest rest, and the rest after a turn that failed.</summary>
    protected TimeSpan PollEvery { get; } = pollEvery;

    /// <summary>The time by which it works.</summary>
    protected TimeProvider Clock { get; } = clock;

    /// <summary>Takes what is next; false when there was nothing to do.</summary>
    public abstract Task<bool> TurnAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Waits until there may be something to do, at most <see cref="PollEvery"/>; what is done now and then is done
    /// first.
    /// </summary>
    protected abstract Task RestAsync(CancellationToken cancellationToken);

    /// <summary>Notes a turn that failed.</summary>
    protected abstract void Failed(Exception failure);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!await TurnAsync(stoppingToken)) await RestAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // The loop outlives a database that is away for a while; the next look tries again.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                Failed(failure);
                await Task.Delay(PollEvery, Clock, stoppingToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
