using Microsoft.Extensions.Hosting;

namespace Consultation.Storage.Tracking;

/// <summary>Looks for work again and again, and outlives a look that fails.</summary>
public abstract class TurnWorker(TimeSpan every, TimeProvider clock) : BackgroundService
{
    /// <summary>The time by which it looks.</summary>
    protected TimeProvider Clock { get; } = clock;

    /// <summary>One look; answers how much it did.</summary>
    public abstract Task<int> TurnAsync(CancellationToken cancellationToken);

    /// <summary>Notes a look that failed.</summary>
    protected abstract void Failed(Exception failure);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await TurnAsync(stoppingToken);
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
            }

            await Task.Delay(every, Clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
