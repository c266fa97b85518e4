using System.Diagnostics;
using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;
using Consultation.Runtime.Definitions;
using Consultation.Runtime.Incidents;
using Consultation.Runtime.Stimuli;

namespace Consultation.Runtime.Runs;

/// <summary>Takes the step that a message asks for, inside a session that somebody else saves.</summary>
internal sealed partial class StepTaker(
    IDefinitionStore definitions, WorkflowCache cache, TimeProvider clock, StepRequests requests,
    RuntimeOptions options, ResilienceOptions resilience)
{
    private readonly IReadOnlyList<RetryStrategy> _retries = resilience.All();
    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(options.TimeZone);

    /// <param name="session">Where the run is loaded and its changes are put.</param>
    /// <param name="message">What the run is told.</param>
    /// <param name="failing">Calls that spoilt earlier attempts at this step.</param>
    /// <param name="cancellationToken">Stops the loading.</param>
    public async Task<StepOutcome> TakeAsync(
        IStepSession session, StimulusMessage message, IReadOnlyList<FailedCall> failing,
        CancellationToken cancellationToken)
    {
        if (await RepeatedAsync(session, message, cancellationToken) is { } repeated) return repeated;
        return message switch
        {
            StimulusMessage.StartRun start => await StartAsync(session, start, failing, cancellationToken),
            StimulusMessage.Publish publish => await PublishAsync(session, publish, cancellationToken),
            StimulusMessage.Migrate migrate => await MoveAsync(session, migrate, cancellationToken),
            StimulusMessage.MoveBack back => await MoveBackAsync(session, back, cancellationToken),
            StimulusMessage.Outside =>
                throw new UnreachableException("Work outside is done before its answer is stepped."),
            _ => await StepAsync(session, message, failing, cancellationToken),
        };
    }

    /// <summary>The first answer to an operation that was carried out before; null when it is new.</summary>
    private static async Task<StepOutcome?> RepeatedAsync(
        IStepSession session, StimulusMessage message, CancellationToken cancellationToken) =>
        message.OperationId is { } operation
        && await session.FindOperationAsync(operation, cancellationToken) is { } first
            ? StepOutcome.Unchanged(first with { IsRepeated = true })
            : null;

    /// <summary>
    /// When a trigger of time starts the next run, or null. Counted from now: what was missed while nobody was running
    /// fires once.
    /// </summary>
    public async Task<DateTimeOffset?> NextDueAsync(DueWork.TriggerTimer trigger, CancellationToken cancellationToken)
    {
        if (await definitions.FindVersionKeyAsync(trigger.VersionId, cancellationToken) is not { } key
            || await cache.FindAsync(key, cancellationToken) is not { Workflow: { } workflow }) return null;
        var now = clock.GetUtcNow();
        return workflow.Triggers.FirstOrDefault(
            one => one.Node.ActivityId == trigger.ActivityId)?.Description.NextDue?.Invoke(now, _zone);
    }

    private async Task<StepOutcome> StartAsync(
        IStepSession session, StimulusMessage.StartRun start, IReadOnlyList<FailedCall> failing,
        CancellationToken cancellationToken)
    {
        if (start.InstanceId is { } wanted && await session.LoadAsync(wanted, cancellationToken) is { } there)
            return StepOutcome.Unchanged(
                new StimulusResult.Applied(wanted, null, there.State.SubStatus, [], IsRepeated: true));

        var key = await FindKeyAsync(start.DefinitionId, start.VersionId, start.VersionOptions, cancellationToken);
        if (key is null || await cache.FindAsync(key.Value, cancellationToken) is not { } compiled)
        {
            return Unknown(start.DefinitionId);
        }
        if (compiled.Workflow is not { } workflow) return Unknown(start.DefinitionId, compiled.Findings);
        if (!start.IgnoreActivationStrategy
            && !await MayStartAsync(session, workflow.Definition, start.CorrelationId, cancellationToken))
            // A parent that waits for it waits for its turn too.
            return StepOutcome.Unchanged(start.ParentBookmarkId is null
                ? new StimulusResult.CannotStart(start.DefinitionId)
                : new StimulusResult.Waiting());

        var instance = start.InstanceId ?? InstanceId.New();
        var state = RunState.New(
            instance.Value, workflow.Definition, clock.GetUtcNow(), start.CorrelationId, start.Name,
            start.ParentInstanceId, start.ParentBookmarkId);
        var loaded = await session.AddAsync(state, start.MakeEntities?.Invoke() ?? [], cancellationToken);
        return await StepAsync(session, loaded, workflow,
            new Stimulus.Start(start.Input, start.TriggerActivityId, start.TriggerPayload), start, failing,
            cancellationToken);
    }

    private static async Task<bool> MayStartAsync(
        IStepSession session, WorkflowDefinition definition, string? correlationId, CancellationToken cancellationToken)
    {
        var strategy = definition.Options.ActivationStrategyType?.Split(',')[0];
        if (strategy is null) return true;
        if (strategy.EndsWith(".CorrelatedSingletonStrategy", StringComparison.Ordinal))
            return !await session.AnyRunningAsync(definition.DefinitionId, correlationId ?? "", cancellationToken);
        if (strategy.EndsWith(".SingletonStrategy", StringComparison.Ordinal))
            return !await session.AnyRunningAsync(definition.DefinitionId, null, cancellationToken);
        if (strategy.EndsWith(".CorrelationStrategy", StringComparison.Ordinal))
            return !await session.AnyRunningAsync(null, correlationId ?? "", cancellationToken);
        return true;
    }

    private async Task<StepOutcome> StepAsync(
        IStepSession session, StimulusMessage message, IReadOnlyList<FailedCall> failing,
        CancellationToken cancellationToken)
    {
        var instance = StimulusText.InstanceOf(message)!.Value;
        var mayWait = message is StimulusMessage.Resume { WaitIfEarly: true };
        if (await session.LoadAsync(instance, cancellationToken) is not { } loaded)
            return StepOutcome.Unchanged(
                mayWait ? new StimulusResult.Waiting() : new StimulusResult.UnknownRun(instance));
        // The same operation may have been carried out while the run was waited for: then what it did is what the run
        // would refuse now.
        if (await RepeatedAsync(session, message, cancellationToken) is { } repeated) return repeated;
        if (await cache.FindAsync(loaded.DefinitionVersion, cancellationToken) is not { Workflow: { } workflow })
            return Unknown(loaded.State.DefinitionId);

        Stimulus stimulus = message switch
        {
            StimulusMessage.Resume resume => new Stimulus.Resume(resume.BookmarkId, resume.Payload),
            StimulusMessage.TimerDue due => new Stimulus.TimerDue(due.BookmarkId),
            StimulusMessage.Retry retry => new Stimulus.Retry(retry.IncidentId),
            StimulusMessage.Cancel cancel => new Stimulus.Cancel(cancel.Reason),
            StimulusMessage.Continue => new Stimulus.Continue(),
            StimulusMessage.SetVariables set => new Stimulus.SetVariables(set.Values),
            _ => throw new UnreachableException(),
        };
        var outcome = await StepAsync(
            session, loaded, workflow, stimulus, message, failing, cancellationToken);
        return mayWait && outcome.Result is StimulusResult.NotWaiting && !loaded.State.IsOver
            ? StepOutcome.Unchanged(new StimulusResult.Waiting())
            : outcome;
    }

    private async Task<StepOutcome> StepAsync(
        IStepSession session, LoadedRun loaded, CompiledWorkflow workflow, Stimulus stimulus, StimulusMessage message,
        IReadOnlyList<FailedCall> failing, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var result = Stepper.Run(workflow, loaded.State, stimulus, new StepEnvironment
        {
            Now = now,
            NewId = InstanceId.NewHex,
            NextRandom = Random.Shared.NextDouble,
            Host = loaded.Host,
            HostValues = loaded.HostValues,
            Zone = loaded.Zone ?? _zone,
            MaxActivities = options.MaxActivitiesPerStep,
            Failing = failing,
            RetryStrategies = _retries,
        });
        if (result.SpoiltBy is { } spoilt) return StepOutcome.Spoilt(spoilt);
        if (!result.Matched) return StepOutcome.Unchanged(new StimulusResult.NotWaiting());
        if (await MissingAsync(result, workflow.Definition, cancellationToken) is { } missing)
        {
            return StepOutcome.Spoilt(missing);
        }

        return Commit(session, result, message, now);
    }

    /// <summary>
    /// The first call that asks for a workflow that cannot be started: unknown, deleted or taken back. Asked before
    /// the commit, because a child that never starts would be waited for in vain.
    /// </summary>
    private async Task<FailedCall?> MissingAsync(
        StepResult result, WorkflowDefinition own, CancellationToken cancellationToken)
    {
        // A step may start thousands of the same.
        var asked = result.Requests.OfType<StepRequest.DispatchWorkflow>()
            .DistinctBy(one => (one.DefinitionId, one.VersionId, one.VersionOptions));
        foreach (var request in asked)
        {
            // A draft that is tried starts itself again although nothing of it is published.
            var isOwn = request.VersionId is { } version && version == own.Id;
            if (!isOwn && await definitions.FindKeyAsync(
                request.DefinitionId, VersionOptions.Published, cancellationToken) is null)
            {
                return request.Refused(NotThere(request.DefinitionId));
            }

            var key = await FindKeyAsync(
                request.DefinitionId, request.VersionId, request.VersionOptions, cancellationToken);
            if (key is null || await cache.FindAsync(key.Value, cancellationToken) is not { Workflow: not null })
            {
                return request.Refused(NotThere(request.DefinitionId));
            }
        }

        return null;
    }

    /// <summary>The version that is meant: the one of that id, else what the words say.</summary>
    private Task<DefinitionVersionKey?> FindKeyAsync(
        string definitionId, string? versionId, string words, CancellationToken cancellationToken) =>
        versionId is not null
            ? definitions.FindVersionKeyAsync(versionId, cancellationToken)
            : definitions.FindKeyAsync(
                definitionId, VersionOptions.Parse(words, VersionOptions.Published), cancellationToken);

    private static ActivityFaultException NotThere(string definitionId) => new(
        $"流程“{definitionId}”不存在或没有已发布的版本，请先发布再重试 / "
            + $"There is no published workflow {definitionId}: publish it, then retry.",
        code: "unknown-workflow")
    {
        InputName = "WorkflowDefinitionId",
    };

    private StepOutcome Commit(
        IStepSession session, StepResult result, StimulusMessage message, DateTimeOffset now, RunMoved? moved = null)
    {
        var state = result.State;
        var instance = new InstanceId(state.InstanceId);
        var answer = new StimulusResult.Applied(
            instance, result.Answer, state.SubStatus,
            result.NewIncidents.Count == 0 ? [] : [.. result.NewIncidents.Select(incident => incident.Id)]);
        session.Apply(new RunCommit(result, message) { Answer = answer, Now = now, Moved = moved });

        var hasNewWork = false;
        foreach (var follow in requests.MessagesOf(result))
        {
            // An event that nobody comes to wait for is not looked at for ever.
            session.Enqueue(InboxMessage.For(
                follow, now, follow is StimulusMessage.Publish ? now + options.KeepEarlyStimuliFor : null));
            hasNewWork = true;
        }

        if (result.HasMoreWork)
        {
            session.Enqueue(InboxMessage.For(new StimulusMessage.Continue(instance), now));
            hasNewWork = true;
        }

        var isTriedAgain = false;
        var attempts = message is StimulusMessage.Retry retry ? retry.Attempt : 0;
        foreach (var incident in result.NewIncidents)
        {
            if (IncidentPolicy.Decide(
                incident, attempts, options.IncidentRetries, now) is not IncidentDecision.RetryAt again)
            {
                continue;
            }
            session.Enqueue(
                InboxMessage.For(
                    new StimulusMessage.Retry(instance, incident.Id) { Attempt = again.Attempt }, again.At));
            isTriedAgain = true;
        }

        if (state is { SubStatus: RunSubStatus.Faulted, ParentInstanceId: { } parent, ParentBookmarkId: { } waits }
            && result.NewIncidents.Count > 0 && !isTriedAgain)
        {
            session.Enqueue(InboxMessage.For(
                new StimulusMessage.Resume(new InstanceId(parent), waits, state.ToParent()), now));
            hasNewWork = true;
        }

        return new StepOutcome(answer, true) { Step = result, HasNewWork = hasNewWork };
    }

    private async Task<StepOutcome> PublishAsync(
        IStepSession session, StimulusMessage.Publish publish, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var hash = BookmarkHash.Of(publish.Name, publish.Stimulus);
        var receivers = 0;
        foreach (var waiting in await session.FindWaitingAsync(publish, cancellationToken))
        {
            session.Enqueue(
                InboxMessage.For(
                    new StimulusMessage.Resume(waiting.InstanceId, waiting.BookmarkId, publish.Payload), now));
            receivers++;
        }

        if (publish is { StartsRuns: true, InstanceId: null })
        {
            foreach (var trigger in await session.FindTriggersAsync(publish.Name, hash, cancellationToken))
            {
                session.Enqueue(InboxMessage.For(
                    new StimulusMessage.StartRun(trigger.DefinitionId)
                    {
                        VersionId = trigger.VersionId,
                        InstanceId = InstanceId.New(),
                        CorrelationId = publish.CorrelationId,
                        TriggerActivityId = trigger.ActivityId,
                        TriggerPayload = publish.Payload,
                    },
                    now));
                receivers++;
            }
        }

        if (receivers > 0) return new StepOutcome(new StimulusResult.Published(receivers), true) { HasNewWork = true };
        return StepOutcome.Unchanged(publish.InstanceId is null && publish.CorrelationId is null
            ? new StimulusResult.Published(0)
            : new StimulusResult.Waiting());
    }

    private static StepOutcome Unknown(string definition, IReadOnlyList<DefinitionFinding>? findings = null)
    {
        var why = findings is { Count: > 0 }
            ? findings[0].Message
            : new BilingualText("没有这样的流程版本", "No version of that kind is stored");
        return StepOutcome.Unchanged(new StimulusResult.UnknownDefinition(
            definition, new($"{definition}：{why.Zh}。", $"{definition}: {why.En}.")));
    }
}
