using Consultation.Cases;
using Consultation.Cases.Workflows;
using Consultation.Runtime;
using Consultation.Runtime.Runs;
using Consultation.Runtime.Stimuli;
using Consultation.Storage.Tracking;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Consultation.Storage.Moves;

/// <summary>
/// Works off moves of running instances, some instances a turn: claim, move one by one, next. Each instance is moved
/// by a step of its own, with an operation id of its own, so that a worker that dies in between, or two at once, move
/// none twice and leave none half moved. As many processes as wanted may run it on one database.
/// </summary>
public sealed class VersionMoveWorker : QueueWorker
{
    private const int RunsPerTurn = 25;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    private readonly Database _database;
    private readonly RunWorker _worker;
    private readonly MoveSignal _signal;
    private readonly ILogger<VersionMoveWorker> _log;

    internal VersionMoveWorker(
        Database database, RunWorker worker, MoveSignal signal, TimeProvider clock, ILogger<VersionMoveWorker> log)
        : base(TimeSpan.FromSeconds(5), clock) =>
        (_database, _worker, _signal, _log) = (database, worker, signal, log);

    /// <summary>Takes some instances of the oldest move that waits. False when there was nothing to do.</summary>
    public override async Task<bool> TurnAsync(CancellationToken cancellationToken)
    {
        if (await ClaimAsync(cancellationToken) is not { } move) return false;
        await TakeAsync(move, RunsPerTurn, cancellationToken);
        await GiveBackAsync(move, cancellationToken);
        return true;
    }

    /// <summary>
    /// Moves, or moves back, at most so many instances of a move, whoever holds it. For a worker that is killed in the
    /// middle, or two at once, it is the same.
    /// </summary>
    internal async Task TakeAsync(VersionMove move, int atMost, CancellationToken cancellationToken)
    {
        var isBack = move.State is VersionMoveState.UndoQueued or VersionMoveState.Undoing;
        var wanted = isBack ? MovedRunState.Moved : MovedRunState.Waiting;
        await using var db = _database.ForOrganisation(move.OrganisationId);
        var rows = await db.Set<MovedRun>().AsNoTracking()
            .Where(run => run.MoveId == move.Id && run.State == wanted)
            .OrderBy(run => run.Id).Take(atMost)
            .Select(run => new { run.Id, run.InstanceId, run.ParentInstanceId, run.ToVersionId })
            .ToListAsync(cancellationToken);
        foreach (var row in rows)
        {
            if (!isBack && await IsStoppedAsync(db, move, cancellationToken)) break;
            if (!isBack && row.ParentInstanceId is { } parent && await StaysAsync(db, move, parent, cancellationToken))
            {
                await EndAsync(db, row.Id, MovedRunState.Refused, [MovedRun.ParentStays], cancellationToken);
                continue;
            }

            var instance = new InstanceId(row.InstanceId);
            StimulusMessage message = isBack
                ? new StimulusMessage.MoveBack(instance, move.Id.ToString("N"))
                {
                    OperationId = $"move-back {move.Id:N} {row.InstanceId}",
                }
                : new StimulusMessage.Migrate(instance, row.ToVersionId)
                {
                    NodeMap = move.NodeMap,
                    MoveId = move.Id.ToString("N"),
                    OperationId = $"move {move.Id:N} {row.InstanceId}",
                };
            var refused = await _worker.TakeAsync(message, cancellationToken) switch
            {
                StimulusResult.Applied => null,
                StimulusResult.CannotMove cannot => cannot.Reasons.Select(text => text.Local()).ToList(),
                StimulusResult.Contended => [],
                StimulusResult.UnknownRun => [MovedRun.IsGone],
                StimulusResult.UnknownDefinition unknown => [unknown.Message.Local()],
                var other => [new(other.ToString())],
            };

            // What others change at this very moment is tried again in the next turn.
            if (refused is [_, ..])
            {
                await EndAsync(
                    db, row.Id, isBack ? MovedRunState.Kept : MovedRunState.Refused, refused, cancellationToken);
            }
        }
    }

    /// <inheritdoc/>
    protected override Task RestAsync(CancellationToken cancellationToken) =>
        _signal.Asked.WaitAsync(PollEvery, Clock, cancellationToken);

    /// <inheritdoc/>
    protected override void Failed(Exception failure) => _log.MoveFailed(failure);

    private async Task<VersionMove?> ClaimAsync(CancellationToken cancellationToken)
    {
        var now = Clock.GetUtcNow();
        var until = now + Lease;
        await using var db = _database.Open();
        var waiting = db.Set<VersionMove>().Where(move =>
            (move.State == VersionMoveState.Queued || move.State == VersionMoveState.Running
                || move.State == VersionMoveState.UndoQueued || move.State == VersionMoveState.Undoing)
            && (move.LeasedUntil == null || move.LeasedUntil < now));
        if (await waiting.AsNoTracking().OrderBy(move => move.At).FirstOrDefaultAsync(cancellationToken) is not
            { } next)
        {
            return null;
        }

        next.State = next.State is VersionMoveState.UndoQueued or VersionMoveState.Undoing
            ? VersionMoveState.Undoing
            : VersionMoveState.Running;
        var state = next.State;
        var taken = await waiting.Where(move => move.Id == next.Id).ExecuteUpdateAsync(
            set => set.SetProperty(move => move.State, state)
                .SetProperty(move => move.LeasedUntil, (DateTimeOffset?)until),
            cancellationToken);
        return taken == 1 ? next : null;
    }

    /// <summary>Ends a move of which nothing is left, and lets the next turn go on with any other.</summary>
    private async Task GiveBackAsync(VersionMove move, CancellationToken cancellationToken)
    {
        var isBack = move.State == VersionMoveState.Undoing;
        var wanted = isBack ? MovedRunState.Moved : MovedRunState.Waiting;
        await using var db = _database.ForOrganisation(move.OrganisationId);
        var isStopped = !isBack && await IsStoppedAsync(db, move, cancellationToken);
        var isLeft = !isStopped && await db.Set<MovedRun>().AnyAsync(
            run => run.MoveId == move.Id && run.State == wanted, cancellationToken);
        var now = Clock.GetUtcNow();
        var state = isLeft ? move.State
            : isBack ? VersionMoveState.Undone
            : isStopped ? VersionMoveState.Stopped
            : VersionMoveState.Done;
        var ended = isLeft ? null : (DateTimeOffset?)now;
        await db.Set<VersionMove>().Where(one => one.Id == move.Id).ExecuteUpdateAsync(
            set => set.SetProperty(one => one.State, state).SetProperty(one => one.EndedAt, ended)
                .SetProperty(one => one.LeasedUntil, (DateTimeOffset?)null),
            cancellationToken);
    }

    private static Task<bool> IsStoppedAsync(
        ConsultationDb db, VersionMove move, CancellationToken cancellationToken) =>
        db.Set<VersionMove>().AnyAsync(one => one.Id == move.Id && one.IsStopAsked, cancellationToken);

    private static Task<bool> StaysAsync(
        ConsultationDb db, VersionMove move, string parent, CancellationToken cancellationToken) =>
        db.Set<MovedRun>().AnyAsync(
            run => run.MoveId == move.Id && run.InstanceId == parent && run.State == MovedRunState.Refused,
            cancellationToken);

    private static Task<int> EndAsync(
        ConsultationDb db, Guid row, MovedRunState state, List<LocalText> reasons,
        CancellationToken cancellationToken) =>
        db.Set<MovedRun>()
            .Where(run => run.Id == row
                && (run.State == MovedRunState.Waiting || run.State == MovedRunState.Moved))
            .ExecuteUpdateAsync(
                set => set.SetProperty(run => run.State, state).SetProperty(run => run.Reasons, reasons),
                cancellationToken);
}
