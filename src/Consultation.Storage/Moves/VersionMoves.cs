using Consultation.Cases;
using Consultation.Cases.Workflows;
using Consultation.Engine.Definitions;
using Consultation.Engine.Moves;
using Consultation.Runtime;
using Consultation.Runtime.Definitions;
using Consultation.Runtime.Runs;
using Consultation.Runtime.Stimuli;
using Consultation.Storage.Reading.Runs;
using Consultation.Storage.Runs;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Moves;

/// <summary>
/// The desk's side of moving running instances: what runs where, what a move would do, and the row that a
/// <see cref="VersionMoveWorker"/> works off.
/// </summary>
internal sealed class VersionMoves(
    Database database, IDefinitionStore definitions, WorkflowCache cache, RunWorker worker, RunReader runs,
    MoveSignal signal, TimeProvider clock) : IVersionMoves
{
    /// <summary>Moves write a row for each instance; more than that begin in several moves.</summary>
    private const int MostRuns = 20_000;

    public async Task<IReadOnlyList<VersionStanding>> StandingAsync(
        OrganisationId organisation, PersonId viewer, string definitionId, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var seen = (await runs.SeenAsync(db, ViewerOf(organisation, viewer), cancellationToken))
            .Where(run => run.DefinitionId == definitionId && run.FinishedAt == null);
        var counts = await seen.GroupBy(run => run.DefinitionVersionId)
            .Select(group => new
            {
                group.Key,
                Count = group.Count(),
                Faulted = group.Count(run => run.IncidentCount > 0),
            })
            .ToDictionaryAsync(group => group.Key, cancellationToken);
        var places = (await (from run in seen
                             join bookmark in db.Bookmarks on run.Id equals bookmark.InstanceId
                             select new { run.DefinitionVersionId, bookmark.NodeId, run.Id })
            .Distinct().GroupBy(row => new { row.DefinitionVersionId, row.NodeId })
            .Select(group => new { group.Key.DefinitionVersionId, group.Key.NodeId, Count = group.Count() })
            .ToListAsync(cancellationToken)).ToLookup(row => row.DefinitionVersionId);
        var (versions, _) = await definitions.ListAsync(
            new DefinitionFilter { DefinitionIds = [definitionId], OrderBy = "Version" }, cancellationToken);
        var standing = new List<VersionStanding>();
        foreach (var version in versions.Where(version => version.IsPublished || counts.ContainsKey(version.Id)))
        {
            var workflow = await CompiledAsync(version.Id, cancellationToken);
            var (count, faulted) = counts.GetValueOrDefault(version.Id) is { } found
                ? (found.Count, found.Faulted)
                : (0, 0);
            standing.Add(new(
                version.Version, version.Id, version.IsPublished, count, faulted,
                [.. places[version.Id].OrderByDescending(place => place.Count).Select(place => new StandingPlace(
                    place.NodeId,
                    workflow?.FindNode(place.NodeId) is { } node ? NameOf(node) : new(place.NodeId),
                    place.Count))]));
        }

        return standing;
    }

    public async Task<MovePreview?> PreviewAsync(
        OrganisationId organisation, PersonId viewer, MoveWish wish, int atMost, CancellationToken cancellationToken)
    {
        if (await TargetAsync(wish, cancellationToken) is not { } target) return null;
        await using var db = database.Open();
        var seen = Meant(
            db, await runs.SeenAsync(db, ViewerOf(organisation, viewer), cancellationToken), wish, target);
        var all = Meant(
            db, db.Runs.AsNoTracking().Where(run => run.OrganisationId == organisation || run.OrganisationId == null),
            wish, target);
        var total = await seen.CountAsync(cancellationToken);
        var family = new MoveFamily(db, definitions);
        var shown = new List<RunPreview>();
        foreach (var run in await InOrder(seen).Take(atMost).ToListAsync(cancellationToken))
        {
            shown.Add(await LookAsync(run, target, null, wish.NodeMap, cancellationToken));
            if (!wish.WithChildren) continue;
            foreach (var member in await family.OfAsync(run.Id, target, cancellationToken))
            {
                shown.Add(await LookAsync(
                    member.Run, member.To, member.Run.ParentInstanceId, wish.NodeMap, cancellationToken));
            }
        }

        return new(
            total, await all.CountAsync(cancellationToken) - total, shown,
            await OpenAsync(db, seen, wish, target, cancellationToken));
    }

    public async Task<Guid?> BeginAsync(
        OrganisationId organisation, PersonId actor, MoveWish wish, string operation,
        CancellationToken cancellationToken)
    {
        var id = HashedGuid.Of($"{organisation.Value:N} {operation}");
        if (await TargetAsync(wish, cancellationToken) is not { } target) return null;
        await using var db = database.Open();
        if (await db.Set<VersionMove>().AnyAsync(move => move.Id == id, cancellationToken)) return id;
        var now = clock.GetUtcNow();
        var meant = await InOrder(Meant(
            db, await runs.SeenAsync(db, ViewerOf(organisation, actor), cancellationToken), wish, target))
            .Take(MostRuns).ToListAsync(cancellationToken);
        if (meant.Count == 0) return null;
        db.Add(new VersionMove
        {
            OrganisationId = organisation,
            Id = id,
            DefinitionId = target.DefinitionId,
            Name = target.Name ?? target.DefinitionId,
            ToVersionId = target.Id,
            ToVersion = target.Version,
            NodeMap = wish.NodeMap.ToDictionary(),
            WithChildren = wish.WithChildren,
            ById = actor,
            At = now,
        });
        var family = new MoveFamily(db, definitions);
        foreach (var run in meant)
        {
            Add(run, target, null);
            if (!wish.WithChildren) continue;
            foreach (var member in await family.OfAsync(run.Id, target, cancellationToken))
            {
                Add(member.Run, member.To, member.Run.ParentInstanceId);
            }
        }

        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException failure) when (db.Judge(failure).Kind == FailureKind.Conflict)
        {
            // The same post, sent twice: the other one began it.
            return id;
        }

        signal.Asked.Signal();
        return id;

        void Add(RunRow run, WorkflowDefinition to, string? parent) => db.Add(new MovedRun
        {
            OrganisationId = organisation,
            Id = OrderedGuid.New(now),
            MoveId = id,
            InstanceId = run.Id,
            Name = run.Name,
            CaseId = CaseOf(run),
            ParentInstanceId = parent,
            ToVersionId = to.Id,
            FromVersion = run.DefinitionVersion,
        });
    }

    public async Task<MoveProgress?> FindAsync(
        OrganisationId organisation, Guid move, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        if (await db.Set<VersionMove>().AsNoTracking().FirstOrDefaultAsync(one => one.Id == move, cancellationToken)
            is not { } found)
        {
            return null;
        }
        var counts = await db.Set<MovedRun>().Where(run => run.MoveId == move).GroupBy(run => run.State)
            .Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
        return new(found, counts);
    }

    public async Task<IReadOnlyList<MovedRun>> RunsAsync(
        OrganisationId organisation, PersonId viewer, Guid move, int atMost, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var seen = (await runs.SeenAsync(db, ViewerOf(organisation, viewer), cancellationToken)).Select(run => run.Id);
        var rows = await db.Set<MovedRun>().AsNoTracking()
            .Where(run => run.OrganisationId == organisation && run.MoveId == move && seen.Contains(run.InstanceId))
            .OrderBy(run => run.State == MovedRunState.Refused || run.State == MovedRunState.Kept ? 0 : 1)
            .ThenBy(run => run.Id).Take(atMost)
            .Select(run => new MovedRun
            {
                OrganisationId = run.OrganisationId,
                Id = run.Id,
                MoveId = run.MoveId,
                InstanceId = run.InstanceId,
                Name = run.Name,
                CaseId = run.CaseId,
                ParentInstanceId = run.ParentInstanceId,
                ToVersionId = run.ToVersionId,
                FromVersion = run.FromVersion,
                State = run.State,
                Reasons = run.Reasons,
                Lost = run.Lost,
                AskedAgain = run.AskedAgain,
                At = run.At,
            }).ToListAsync(cancellationToken);
        return rows;
    }

    public async Task<IReadOnlyList<VersionMove>> RecentAsync(
        OrganisationId organisation, string definitionId, int atMost, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        return await db.Set<VersionMove>().AsNoTracking().Where(move => move.DefinitionId == definitionId)
            .OrderByDescending(move => move.At).Take(atMost).ToListAsync(cancellationToken);
    }

    public async Task<bool> StopAsync(OrganisationId organisation, Guid move, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        return await db.Set<VersionMove>()
            .Where(one => one.Id == move
                && (one.State == VersionMoveState.Queued || one.State == VersionMoveState.Running))
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.IsStopAsked, true), cancellationToken) == 1;
    }

    public async Task<LocalText?> UndoAsync(
        OrganisationId organisation, Guid move, PersonId actor, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        var since = clock.GetUtcNow() - VersionMove.UndoFor;
        var asked = await db.Set<VersionMove>()
            .Where(one => one.Id == move && one.At >= since
                && (one.State == VersionMoveState.Done || one.State == VersionMoveState.Stopped))
            .ExecuteUpdateAsync(
                set => set.SetProperty(one => one.State, VersionMoveState.UndoQueued)
                    .SetProperty(one => one.UndoneById, (PersonId?)actor)
                    .SetProperty(one => one.LeasedUntil, (DateTimeOffset?)null),
                cancellationToken);
        if (asked == 0) return VersionMove.TooLate;
        signal.Asked.Signal();
        return null;
    }

    private static RunViewer ViewerOf(OrganisationId organisation, PersonId viewer) =>
        new(organisation.Value, viewer.Value);

    private static CaseId? CaseOf(RunRow run) =>
        Guid.TryParseExact(run.CorrelationId, "N", out var id) ? new CaseId(id) : null;

    private static LocalText NameOf(ActivityNode node) => new(node.DisplayText, node.DisplayTextEn);

    private static IQueryable<RunRow> InOrder(IQueryable<RunRow> rows) =>
        rows.OrderBy(run => run.CreatedAt).ThenBy(run => run.Id);

    /// <summary>
    /// The version that is moved to: not a draft, which changes under the same id while it is worked on.
    /// </summary>
    private async Task<WorkflowDefinition?> TargetAsync(MoveWish wish, CancellationToken cancellationToken) =>
        await definitions.FindAsync(
            wish.DefinitionId, new VersionOptions(VersionChoice.Number, wish.ToVersion), cancellationToken) is
        { Definition: var found } && (found.IsPublished || !found.IsLatest) ? found : null;

    /// <summary>What moves by itself: not what a running instance has started.</summary>
    private static IQueryable<RunRow> Meant(
        ConsultationDb db, IQueryable<RunRow> seen, MoveWish wish, WorkflowDefinition target)
    {
        var meant = seen.Where(run => run.DefinitionId == target.DefinitionId && run.FinishedAt == null
            && run.DefinitionVersionId != target.Id
            && !db.Runs.Any(parent => parent.Id == run.ParentInstanceId && parent.FinishedAt == null));
        if (wish.FromVersion is { } from) meant = meant.Where(run => run.DefinitionVersion == from);
        if (wish.Instances.Count > 0) meant = meant.Where(run => wish.Instances.Contains(run.Id));
        return meant;
    }

    private async Task<CompiledWorkflow?> CompiledAsync(string versionId, CancellationToken cancellationToken) =>
        await definitions.FindVersionKeyAsync(versionId, cancellationToken) is { } key
        && await cache.FindAsync(key, cancellationToken) is { Workflow: { } workflow }
            ? workflow
            : null;

    private async Task<RunPreview> LookAsync(
        RunRow run, WorkflowDefinition to, string? parent, IReadOnlyDictionary<string, string> byHand,
        CancellationToken cancellationToken)
    {
        var preview = new RunPreview
        {
            InstanceId = run.Id,
            Name = run.Name,
            CaseId = CaseOf(run),
            ParentInstanceId = parent,
            FromVersion = run.DefinitionVersion,
            ToVersion = to.Version,
        };
        return await worker.PreviewAsync(
            new StimulusMessage.Migrate(new InstanceId(run.Id), to.Id) { NodeMap = byHand }, cancellationToken) is
        { } move
            ? preview with
            {
                Places = [.. move.Places.Where(place => place.Waits).Select(Place)],
                Blocks = [.. move.Blocks.Select(text => text.Local())],
                AskedAgain = [.. move.AskedAgain.Select(text => text.Local())],
                PassedOver = [.. move.PassedOver.Select(text => text.Local())],
                Lost = [.. move.Lost.Select(text => text.Local())],
                Gained = [.. move.Gained.Select(text => text.Local())],
            }
            : preview with
            {
                Blocks = [MovedRun.Unusable],
            };
    }

    private static PlacePreview Place(MovedPlace place) => new(
        NameOf(place.From), place.Pair.To is { } to ? NameOf(to) : null, place.Pair.Match switch
        {
            NodeMatch.SameId => NodeMatching.SameId,
            NodeMatch.SameTypeAndName => NodeMatching.SameTypeAndName,
            NodeMatch.ByHand => NodeMatching.ByHand,
            _ => NodeMatching.None,
        });

    /// <summary>Nodes where instances stand that have no counterpart of themselves.</summary>
    private async Task<IReadOnlyList<OpenNode>> OpenAsync(
        ConsultationDb db, IQueryable<RunRow> seen, MoveWish wish, WorkflowDefinition target,
        CancellationToken cancellationToken)
    {
        if (await CompiledAsync(target.Id, cancellationToken) is not { } to) return [];
        var standing = await (from run in seen
                              join bookmark in db.Bookmarks on run.Id equals bookmark.InstanceId
                              select new { run.DefinitionVersionId, run.DefinitionVersion, bookmark.NodeId })
            .Distinct().ToListAsync(cancellationToken);
        var open = new List<OpenNode>();
        foreach (var version in standing.GroupBy(row => (row.DefinitionVersionId, row.DefinitionVersion)))
        {
            if (await CompiledAsync(version.Key.DefinitionVersionId, cancellationToken) is not { } from) continue;
            var map = NodeMap.Between(from, to);
            foreach (var node in version.Select(row => from.FindNode(row.NodeId)).OfType<ActivityNode>())
            {
                if (map.Find(node) is not null) continue;
                open.Add(new(
                    node.NodeId, NameOf(node), version.Key.DefinitionVersion,
                    [.. map.Candidates(node).Select(one => (one.NodeId, NameOf(one)))],
                    wish.NodeMap.GetValueOrDefault(node.NodeId)));
            }
        }

        return [.. open.DistinctBy(one => one.NodeId)];
    }
}
