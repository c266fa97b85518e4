using Consultation.Runtime.Loops;
using Consultation.Runtime.Runs;
using Consultation.Runtime.Stimuli;

namespace Consultation.Runtime;

/// <summary>The one door through which runs are started and woken. Thread-safe.</summary>
public sealed class StimulusSender(
    RunWorker worker, IRunStore store, TimeProvider clock, WakeUp wakeUp, RuntimeOptions options)
{
    /// <summary>
    /// Takes the step now and returns its committed answer. An operation id seen before returns the first answer. What
    /// nobody waits for yet is put into the inbox, when the message allows it.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The database cannot be used; nothing was stored.</exception>
    public Task<StimulusResult> SendAsync(StimulusMessage message, CancellationToken cancellationToken) =>
        worker.TakeAsync(message, cancellationToken);

    /// <summary>
    /// Writes the message into the inbox and returns; a worker takes it a moment later, exactly once in effect.
    /// </summary>
    /// <param name="message">What to do; a start without a run id gets one here.</param>
    /// <param name="availableAt">Not before this instant; null for at once.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The run that the message is for or will start; null for messages to everybody.</returns>
    public async Task<InstanceId?> EnqueueAsync(
        StimulusMessage message, DateTimeOffset? availableAt, CancellationToken cancellationToken)
    {
        var ready = message is StimulusMessage.StartRun { InstanceId: null } start ? start with
        {
            InstanceId = InstanceId.New(),
        } : message;
        for (var attempt = 0; ; attempt++)
        {
            await using var session = store.Begin();
            var now = clock.GetUtcNow();
            DateTimeOffset? expiresAt = ready is StimulusMessage.Publish or StimulusMessage.Resume { WaitIfEarly: true }
                ? now + options.KeepEarlyStimuliFor
                : null;
            session.Enqueue(InboxMessage.For(ready, availableAt ?? now, expiresAt));
            if (await session.SaveAsync(cancellationToken) == SaveResult.Saved) break;
            if (attempt >= options.ConflictRetries) throw new StoreUnavailableException(StoreUnavailableException.Busy);
        }

        wakeUp.Signal();
        return StimulusText.InstanceOf(ready);
    }
}
