using Consultation.Engine.Moves;
using Consultation.Engine.Running;
using Consultation.Runtime.Loops;
using Consultation.Runtime.Runs;
using Consultation.Runtime.Stimuli;
using Microsoft.Extensions.Logging;

namespace Consultation.Runtime;

/// <summary>
/// Takes a message, steps its run and commits. A lost race throws everything away and tries again with fresh data, so
/// no lock is needed, on one node or on many. Thread-safe.
/// </summary>
public sealed class RunWorker
{
    private static readonly TimeSpan FirstLookAgain = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly IRunStore _store;
    private readonly StepTaker _steps;
    private readonly StepRequests _requests;
    private readonly TimeProvider _clock;
    private readonly WakeUp _wakeUp;
    private readonly RunFeed _feed;
    private readonly RuntimeOptions _options;
    private readonly ILogger<RunWorker> _log;
    private volatile bool _somebodyIsEarly;

    internal RunWorker(
        IRunStore store, StepTaker steps, StepRequests requests, TimeProvider clock, WakeUp wakeUp, RunFeed feed,
        RuntimeOptions options,
        ILogger<RunWorker> log)
    {
        _store = store;
        _steps = steps;
        _requests = requests;
        _clock = clock;
        _wakeUp = wakeUp;
        _feed = feed;
        _options = options;
        _log = log;
    }

    /// <summary>Takes one message now, in a transaction of its own, and returns the committed answer.</summary>
    public async Task<StimulusResult> TakeAsync(StimulusMessage message, CancellationToken cancellationToken)
    {
        using var measured = RunTelemetry.Measure(_clock, RunTelemetry.KindOf(message));
        for (var attempt = 0; ; attempt++)
        {
            var (outcome, taken) = await TakeCleanlyAsync(
                (session, failing) => _steps.TakeAsync(session, message, failing, cancellationToken));
            await using var session = taken;
            if (outcome.Result is StimulusResult.Waiting) Park(session, message);
            else if (!outcome.Changed) return outcome.Result;

            if (await session.SaveAsync(cancellationToken) == SaveResult.Saved)
            {
                await AfterAsync(outcome, cancellationToken);
                return outcome.Result;
            }

            if (attempt >= _options.ConflictRetries) return new StimulusResult.Contended();
            await PauseAsync(message, attempt, cancellationToken);
        }
    }

    /// <summary>
    /// What moving a run would do, by the very rules of the move; nothing is stored. Null when there is no such run or
    /// version.
    /// </summary>
    public async Task<RunMove?> PreviewAsync(StimulusMessage.Migrate migrate, CancellationToken cancellationToken)
    {
        await using var session = _store.Begin();
        return await _steps.PreviewAsync(session, migrate, cancellationToken);
    }

    /// <summary>
    /// Deals with claimed rows: as many in one transaction as can share it, and when that fails each on its own. A row
    /// that cannot be dealt with now is given back and waits, longer each time; no row is ever dropped because of a
    /// failure.
    /// </summary>
    public async Task TakeGroupAsync(IReadOnlyList<DueWork> group, CancellationToken cancellationToken)
    {
        var rest = group;
        while (rest.Count > 1)
        {
            var together = await TryTogetherAsync(rest, cancellationToken);
            if (together == 0) break;
            rest = [.. rest.Skip(together)];
        }

        foreach (var work in rest) await TakeDueAsync(work, cancellationToken);
    }

    /// <summary>Deals with one claimed row.</summary>
    public async Task TakeDueAsync(DueWork work, CancellationToken cancellationToken)
    {
        using var measured = RunTelemetry.Measure(_clock, RunTelemetry.KindOf(work));
        try
        {
            if (!await HoldAsync(work, cancellationToken)) return;
            var answered = await AnswerOutsideAsync(work, cancellationToken);
            for (var attempt = 0; attempt <= _options.ConflictRetries; attempt++)
            {
                var (outcome, taken) = await TakeCleanlyAsync(
                    (session, failing) => TakeInAsync(session, work, answered, failing, cancellationToken));
                await using var session = taken;
                if (outcome.Result is StimulusResult.Waiting)
                {
                    await WaitOnAsync(work, cancellationToken);
                    return;
                }

                if (await session.SaveAsync(cancellationToken) == SaveResult.Saved)
                {
                    await AfterAsync(outcome, cancellationToken);
                    return;
                }

                // Nothing but the row itself was to be written: somebody else has dealt with it.
                if (!outcome.Changed) return;
                await PauseAsync(null, attempt, cancellationToken);
            }

            // Still contended: the lease runs out and the row is taken again. If somebody else dealt with it, it is
            // gone.
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or StoreUnavailableException))
        {
            var again = _clock.GetUtcNow() + PauseAfter(work.Attempts);
            RunTelemetry.TriedAgain(work);
            _log.WorkFailed(failure, Describe(work), work.Attempts, again);
            await _store.ReleaseAsync(work, again, failure.Message, cancellationToken);
        }
    }

    /// <summary>
    /// Takes a step in a session of its own. A call that failed in the middle of changing the case spoils it: then the
    /// session is thrown away and the step is taken again from fresh data, with that call failing before it does
    /// anything. So the incident is kept, and all that came before it, and nothing that the failing call did.
    /// </summary>
    private async Task<(StepOutcome Outcome, IStepSession Session)> TakeCleanlyAsync(
        Func<IStepSession, IReadOnlyList<FailedCall>, Task<StepOutcome>> take)
    {
        var failing = new List<FailedCall>();
        while (true)
        {
            var session = _store.Begin();
            var keeps = false;
            try
            {
                var outcome = await take(session, failing);
                keeps = outcome.SpoiltBy is null;
                if (keeps) return (outcome, session);
                failing.Add(outcome.SpoiltBy!);
            }
            finally
            {
                if (!keeps) await session.DisposeAsync();
            }
        }
    }

    /// <summary>How many of the rows, from the first on, were dealt with in one transaction; 0 when none was.</summary>
    private async Task<int> TryTogetherAsync(IReadOnlyList<DueWork> group, CancellationToken cancellationToken)
    {
        using var measured = RunTelemetry.Measure(_clock, "Group");
        try
        {
            await using var session = _store.Begin();
            var outcomes = new List<StepOutcome>(group.Count);
            var waiting = new List<DueWork>();
            foreach (var work in group)
            {
                if (await TryInAsync(session, work, cancellationToken) is not { } outcome) break;
                if (outcome.SpoiltBy is not null) return 0;
                if (outcome.Result is StimulusResult.Waiting) waiting.Add(work);
                else outcomes.Add(outcome);
            }

            if (outcomes.Count > 0 && await session.SaveAsync(cancellationToken) != SaveResult.Saved) return 0;
            foreach (var outcome in outcomes) await AfterAsync(outcome, cancellationToken);
            foreach (var work in waiting) await WaitOnAsync(work, cancellationToken);
            return outcomes.Count + waiting.Count;
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or StoreUnavailableException))
        {
            // One of them fails: each on its own, so that the others do not suffer and the failure gets its own name.
            return 0;
        }
    }

    /// <summary>Takes a row into a session that holds others; null when it needs a session of its own.</summary>
    private async Task<StepOutcome?> TryInAsync(IStepSession session, DueWork work, CancellationToken cancellationToken)
    {
        try
        {
            return await TakeInAsync(session, work, null, [], cancellationToken);
        }
        catch (SeparateStepsException)
        {
            return null;
        }
    }

    private async Task<StepOutcome> TakeInAsync(
        IStepSession session, DueWork work, StimulusMessage? answered, IReadOnlyList<FailedCall> failing,
        CancellationToken cancellationToken)
    {
        var message = answered ?? MessageOf(work);
        var outcome = message is null
            ? StepOutcome.Unchanged(new StimulusResult.NotWaiting())
            : await _steps.TakeAsync(session, message, failing, cancellationToken);
        if (outcome.SpoiltBy is not null || outcome.Result is StimulusResult.Waiting) return outcome;
        if (work is DueWork.TriggerTimer trigger)
        {
            if (outcome.Result is not StimulusResult.Applied)
            {
                _log.TriggerDidNotStart(trigger.TriggerId, trigger.DefinitionId, outcome.Result.ToString());
            }
            session.MoveTrigger(trigger, await _steps.NextDueAsync(trigger, cancellationToken));
        }
        else
        {
            session.Consume(work);
        }

        return outcome;
    }

    private static StimulusMessage? MessageOf(DueWork work) => work switch
    {
        DueWork.BookmarkTimer timer => new StimulusMessage.TimerDue(timer.InstanceId, timer.BookmarkId),
        DueWork.TriggerTimer trigger => new StimulusMessage.StartRun(trigger.DefinitionId)
        {
            VersionId = trigger.VersionId,
            InstanceId = InstanceId.For($"{trigger.TriggerId}@{trigger.DueAt.UtcTicks}"),
            TriggerActivityId = trigger.ActivityId,
        },
        DueWork.Inbox inbox => work.Outside is null ? inbox.Message.Message : null,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>
    /// Does the work outside that a row asks for, before any session is opened; its answer is what is stepped.
    /// </summary>
    private async Task<StimulusMessage?> AnswerOutsideAsync(DueWork work, CancellationToken cancellationToken)
    {
        if (work.Outside is not { } outside) return null;
        if (_requests.FindHandler(outside.Kind) is not { } handler)
        {
            _log.NoHandler(outside.InstanceId.Value, outside.Kind);
            return null;
        }

        var answer = await handler.DoAsync(outside, cancellationToken);
        return answer.Resumes && outside.BookmarkId is { } bookmark
            ? new StimulusMessage.Resume(outside.InstanceId, bookmark, answer.Payload)
            : null;
    }

    /// <summary>
    /// Keeps a row with work outside for as long as that may take. False when its lease ran out before its turn and
    /// somebody else has it now.
    /// </summary>
    private async Task<bool> HoldAsync(DueWork work, CancellationToken cancellationToken)
    {
        if (work is not DueWork.Inbox inbox || work.Outside is not { } outside) return true;
        var longest = _requests.FindHandler(outside.Kind)?.LongestFor(outside) ?? TimeSpan.Zero;
        return await _store.HoldAsync(inbox, _clock.GetUtcNow() + longest + _options.Lease, cancellationToken);
    }

    private async Task WaitOnAsync(DueWork work, CancellationToken cancellationToken)
    {
        _somebodyIsEarly = true;
        await _store.ReleaseAsync(work, _clock.GetUtcNow() + PauseAfter(work.Attempts), null, cancellationToken);
    }

    private void Park(IStepSession session, StimulusMessage message)
    {
        var now = _clock.GetUtcNow();
        _somebodyIsEarly = true;
        session.Enqueue(InboxMessage.For(message, now + FirstLookAgain, now + _options.KeepEarlyStimuliFor));
    }

    private async Task AfterAsync(StepOutcome outcome, CancellationToken cancellationToken)
    {
        RunTelemetry.Committed(outcome);
        if (outcome.Step is { } step)
        {
            _requests.Report(step);
            var instance = new InstanceId(step.State.InstanceId);
            if (_somebodyIsEarly && step.CreatedBookmarks.Count > 0)
            {
                await HastenAsync(instance, step, cancellationToken);
            }
            if (step.CreatedBookmarks.Exists(bookmark => bookmark.DueAt is not null)) _wakeUp.Signal();
            _feed.Tell(instance);
        }

        if (outcome.HasNewWork) _wakeUp.Signal();
    }

    private async Task HastenAsync(InstanceId instance, StepResult step, CancellationToken cancellationToken)
    {
        var hashes = step.CreatedBookmarks.ConvertAll(bookmark => bookmark.Hash);
        if (await _store.HastenAsync(instance, hashes, _clock.GetUtcNow(), cancellationToken) > 0) _wakeUp.Signal();
    }

    private async Task PauseAsync(StimulusMessage? message, int attempt, CancellationToken cancellationToken)
    {
        RunTelemetry.LostRace();
        if (message is not null) _log.RaceLost(StimulusText.InstanceOf(message)?.Value, attempt + 1);
        if (attempt == 0) return;
        var share = Random.Shared.NextDouble() * Math.Min(1, attempt / 8.0);
        await Task.Delay(_options.ConflictPause * share, _clock, cancellationToken);
    }

    private static TimeSpan PauseAfter(int attempts)
    {
        var pause = FirstLookAgain * Math.Pow(2, Math.Clamp(attempts - 1, 0, 10));
        return pause < LongestWait ? pause : LongestWait;
    }

    private static string Describe(DueWork work) => work switch
    {
        DueWork.BookmarkTimer timer => $"timer of run {timer.InstanceId}",
        DueWork.TriggerTimer trigger => $"trigger {trigger.TriggerId}",
        DueWork.Inbox inbox =>
            $"{StimulusText.KindOf(inbox.Message.Message)} message for run "
                + $"{StimulusText.InstanceOf(inbox.Message.Message)?.Value ?? "(new)"}",
        _ => "row",
    };
}
