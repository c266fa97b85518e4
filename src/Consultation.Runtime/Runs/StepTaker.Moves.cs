using Consultation.Engine.Describing;
using Consultation.Engine.Moves;
using Consultation.Engine.Running;
using Consultation.Runtime.Stimuli;

namespace Consultation.Runtime.Runs;

/// <content>Steps that move a run to another version of its definition, and back.</content>
internal sealed partial class StepTaker
{
    /// <summary>
    /// What moving a run would do, by the very rules of the move; nothing is stored. Null when there is no such run or
    /// version.
    /// </summary>
    public async Task<RunMove?> PreviewAsync(
        IStepSession session, StimulusMessage.Migrate migrate, CancellationToken cancellationToken)
    {
        if (await session.LoadAsync(migrate.InstanceId, cancellationToken) is not { } loaded
            || await MapAsync(loaded, migrate.VersionId, migrate.NodeMap, cancellationToken) is not { } map)
        {
            return null;
        }
        return RunMove.Of(loaded.State, map, loaded.Host, clock.GetUtcNow());
    }

    private async Task<StepOutcome> MoveAsync(
        IStepSession session, StimulusMessage.Migrate migrate, CancellationToken cancellationToken)
    {
        if (await session.LoadAsync(migrate.InstanceId, cancellationToken) is not { } loaded)
            return StepOutcome.Unchanged(new StimulusResult.UnknownRun(migrate.InstanceId));
        // The same move may have been carried out while the run was waited for.
        if (await RepeatedAsync(session, migrate, cancellationToken) is { } repeated) return repeated;
        if (await MapAsync(loaded, migrate.VersionId, migrate.NodeMap, cancellationToken) is not { } map)
        {
            return Unknown(migrate.VersionId);
        }

        if (map.To.Definition.DefinitionId != map.From.Definition.DefinitionId) return Unknown(migrate.VersionId);
        if (map.To.Definition.Id == map.From.Definition.Id)
        {
            return Refused(new BilingualText("已在这个版本上。", "It is on that version already."));
        }

        var now = clock.GetUtcNow();
        var move = RunMove.Of(loaded.State, map, loaded.Host, now);
        if (move.Blocks.Count > 0) return Refused([.. move.Blocks]);
        var moved = new RunMoved(
            migrate.MoveId, loaded.State.Version, loaded.State.DefinitionVersionId, loaded.State.Serialize(),
            move.Lost, move.AskedAgain);
        return Commit(session, move.Carry(Environment(loaded, now)), migrate, now, moved);
    }

    private async Task<StepOutcome> MoveBackAsync(
        IStepSession session, StimulusMessage.MoveBack back, CancellationToken cancellationToken)
    {
        if (await session.LoadAsync(back.InstanceId, cancellationToken) is not { } loaded)
            return StepOutcome.Unchanged(new StimulusResult.UnknownRun(back.InstanceId));
        if (await RepeatedAsync(session, back, cancellationToken) is { } repeated) return repeated;
        if (await session.FindMoveAsync(back.InstanceId, back.MoveId, cancellationToken) is not { } kept)
        {
            return Refused(new BilingualText("没有可撤销的移动。", "There is no move to take back."));
        }

        if (loaded.State.StepCount != kept.Steps)
        {
            return Refused(new BilingualText(
                "移动之后已经继续办理，不能撤销。", "It has gone on since it was moved; the move stays."));
        }

        var former = RunState.Deserialize(kept.Before).DefinitionVersionId;
        var reversed = kept.NodeMap.ToDictionary(pair => pair.Value, pair => pair.Key);
        if (await MapAsync(loaded, former, reversed, cancellationToken) is not { } map) return Unknown(former);
        var now = clock.GetUtcNow();
        var moved = new RunMoved(
            back.MoveId, loaded.State.Version, loaded.State.DefinitionVersionId, null, [], []);
        var result = RunMove.Undo(loaded.State, kept.Before, map, Environment(loaded, now));
        return Commit(session, result, back, now, moved);
    }

    private async Task<NodeMap?> MapAsync(
        LoadedRun loaded, string versionId, IReadOnlyDictionary<string, string> byHand,
        CancellationToken cancellationToken)
    {
        if (await cache.FindAsync(loaded.DefinitionVersion, cancellationToken) is not { Workflow: { } from }
            || await definitions.FindVersionKeyAsync(versionId, cancellationToken) is not { } key
            || await cache.FindAsync(key, cancellationToken) is not { Workflow: { } to })
        {
            return null;
        }

        return NodeMap.Between(from, to, byHand);
    }

    private static StepEnvironment Environment(LoadedRun loaded, DateTimeOffset now) => new()
    {
        Now = now,
        NewId = InstanceId.NewHex,
        Host = loaded.Host,
    };

    private static StepOutcome Refused(params BilingualText[] reasons) =>
        StepOutcome.Unchanged(new StimulusResult.CannotMove(reasons));
}
