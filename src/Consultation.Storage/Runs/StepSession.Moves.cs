using Consultation.Cases;
using Consultation.Cases.History;
using Consultation.Cases.Workflows;
using Consultation.Engine.Running;
using Consultation.Runtime.Runs;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Runs;

/// <content>What is kept of a run that moves to another version, in the transaction of the move.</content>
internal sealed partial class StepSession
{
    public Task<KeptMove?> FindMoveAsync(InstanceId instance, string moveId, CancellationToken cancellationToken) =>
        Reach(async () =>
        {
            if (await MovedAsync(moveId, instance.Value, cancellationToken) is not
                { State: MovedRunState.Moved, Before: { } before } row)
            {
                return null;
            }
            var map = await db.Set<VersionMove>().AsNoTracking().Where(move => move.Id == row.MoveId)
                .Select(move => move.NodeMap).FirstAsync(cancellationToken);
            return new KeptMove(before, row.Steps, map);
        });

    private async Task<MovedRun?> MovedAsync(string moveId, string instance, CancellationToken cancellationToken) =>
        Guid.TryParse(moveId, out var move)
            ? await db.Set<MovedRun>().FirstOrDefaultAsync(
                row => row.MoveId == move && row.InstanceId == instance, cancellationToken)
            : null;

    private async Task KeepMoveAsync(
        RunMoved moved, RunState state, CaseFile? file, CancellationToken cancellationToken)
    {
        var places = state.Bookmarks.ToDictionary(bookmark => bookmark.Id, bookmark => bookmark.Node);
        foreach (var row in await db.Bookmarks.Where(row => row.InstanceId == state.InstanceId)
            .ToListAsync(cancellationToken))
        {
            if (places.GetValueOrDefault(row.Id) is { } node)
            {
                (row.NodeId, row.ActivityId) = (node.NodeId, node.ActivityId);
            }
        }

        var now = clock.GetUtcNow();
        var kept = moved.MoveId is { } id ? await MovedAsync(id, state.InstanceId, cancellationToken) : null;
        var move = kept is null
            ? null
            : await db.Set<VersionMove>().AsNoTracking().FirstOrDefaultAsync(
                one => one.Id == kept.MoveId, cancellationToken);
        if (file is not null)
        {
            db.Add(HistoryEntry.RunMoved(
                file.Case.OrganisationId, file.Case.Id,
                moved.Before is null ? move?.UndoneById : move?.ById, state.Name ?? state.DefinitionId,
                (moved.FromVersion, state.Version), now));
        }

        if (kept is null) return;
        kept.At = now;
        kept.State = moved.Before is null ? MovedRunState.Undone : MovedRunState.Moved;
        kept.Before = moved.Before;
        kept.Steps = state.StepCount;
        if (moved.Before is null) return;
        kept.FromVersion = moved.FromVersion;
        kept.Lost = [.. moved.Lost.Select(text => text.Local())];
        kept.AskedAgain = [.. moved.AskedAgain.Select(text => text.Local())];
    }
}
