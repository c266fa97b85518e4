using System.Collections.Concurrent;
using Consultation.Cases.Deletions;
using Consultation.Engine.Definitions;
using Consultation.Runtime.Definitions;
using Consultation.Runtime.Runs;
using Consultation.Storage.Deletions;
using Consultation.Storage.Mapping;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Definitions;

/// <summary>Definitions in the database.</summary>
internal sealed class DefinitionStore(Database database, TimeProvider clock) : IDefinitionStore
{
    /// <summary>
    /// Which version is published is asked at every start of a run, so it is remembered for a moment: after a
    /// publication on another node, this one may start runs on the version before for so long.
    /// </summary>
    private static readonly TimeSpan RememberFor = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<string, (DefinitionVersionKey? Key, long ReadAt)> _published =
        new(StringComparer.Ordinal);

    public async Task<StoredDefinition?> FindAsync(
        string definitionId, VersionOptions versions, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        return Stored(await Meant(db, definitionId, versions).FirstOrDefaultAsync(cancellationToken));
    }

    public async Task<DefinitionVersionKey?> FindKeyAsync(
        string definitionId, VersionOptions versions, CancellationToken cancellationToken)
    {
        var remember = versions.Choice == VersionChoice.Published;
        if (remember && _published.TryGetValue(definitionId, out var known)
            && clock.GetElapsedTime(known.ReadAt) < RememberFor)
        {
            return known.Key;
        }

        await using var db = database.Open();
        var readAt = clock.GetTimestamp();
        var key = await KeyAsync(Meant(db, definitionId, versions), cancellationToken);
        if (remember && key is not null) _published[definitionId] = (key, readAt);
        return key;
    }

    public async Task<DefinitionVersionKey?> FindVersionKeyAsync(string versionId, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        return await KeyAsync(db.Definitions.Where(row => row.Id == versionId), cancellationToken);
    }

    public async Task<StoredDefinition?> FindVersionAsync(string versionId, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        return Stored(
            await db.Definitions.AsNoTracking().FirstOrDefaultAsync(row => row.Id == versionId, cancellationToken));
    }

    public async Task<IReadOnlyList<StoredDefinition>> FindVersionsAsync(
        IReadOnlyCollection<string> versionIds, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var rows = await db.Definitions.AsNoTracking().Where(row => versionIds.Contains(row.Id))
            .ToListAsync(cancellationToken);
        return rows.ConvertAll(row => Stored(row)!);
    }

    public async Task<(IReadOnlyList<DefinitionSummary> Items, int Total)> ListAsync(
        DefinitionFilter filter, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var rows = Choose(db.Definitions.AsNoTracking(), filter.Versions);
        if (filter.DefinitionIds.Count > 0) rows = rows.Where(row => filter.DefinitionIds.Contains(row.DefinitionId));
        if (filter.Ids.Count > 0) rows = rows.Where(row => filter.Ids.Contains(row.Id));
        if (filter.IsSystem is { } system) rows = rows.Where(row => row.IsSystem == system);
        if (!string.IsNullOrWhiteSpace(filter.Search))
        {
            var whole = filter.Search.Trim();
            var found = rows.Finding(whole);
            rows = rows.Where(row => row.Id == whole || found.Contains(row));
        }

        var total = await rows.CountAsync(cancellationToken);
        var page = Order(rows, filter).Skip(filter.Skip);
        if (filter.Take is { } take) page = page.Take(take);
        var items = await page.Select(row => new DefinitionSummary(
            row.Id, row.DefinitionId, row.Version, row.Name, row.Description, row.IsLatest, row.IsPublished,
            row.IsReadonly, row.IsSystem,
            row.UsableAsActivity, row.CreatedAt)).ToListAsync(cancellationToken);
        return (items, total);
    }

    public async Task<bool> WriteAsync(
        IReadOnlyList<DefinitionWrite> writes, string by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var ids = writes.SelectMany(write => write.Versions).Select(version => version.Id).ToList();
        var known = await db.Definitions.Where(row => ids.Contains(row.Id))
            .ToDictionaryAsync(row => row.Id, cancellationToken);
        foreach (var write in writes)
        {
            if (write.ExpectedStamp is { } stamp
                && (known.GetValueOrDefault(write.Versions[0].Id)?.Stamp ?? 0) != stamp)
            {
                return false;
            }
        }

        foreach (var version in writes.SelectMany(write => write.Versions))
        {
            if (!known.TryGetValue(version.Id, out var row))
            {
                row = new DefinitionRow
                {
                    Id = version.Id,
                    DefinitionId = version.DefinitionId,
                    Version = version.Version,
                    CreatedAt = version.CreatedAt ?? now,
                };
                db.Add(row);
            }

            Fill(row, version, now);
            row.UpdatedBy = by;
        }

        return await SaveAsync(db, cancellationToken);
    }

    public async Task SetPublishedAsync(
        string definitionId, string? versionId, IReadOnlyList<TriggerEntry> triggers,
        IReadOnlyCollection<BoundVersion> bound, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Publishing by two people at once: the later one sees the other's rows and decides anew.
        for (var attempt = 0; attempt < 10; attempt++)
        {
            await using var db = database.Open();
            var rows = await db.Definitions.Where(
                row => row.DefinitionId == definitionId && (row.IsPublished || row.Id == versionId))
                .ToListAsync(cancellationToken);
            foreach (var row in rows)
            {
                var publish = row.Id == versionId;
                if (row.IsPublished != publish)
                {
                    var changed = WorkflowDefinition.Parse(row.Json).With(isPublished: publish);
                    Fill(row, publish ? changed.WithBound(bound) : changed, now);
                }
            }

            db.Triggers.RemoveRange(await db.Triggers.Where(trigger => trigger.DefinitionId == definitionId)
                .ToListAsync(cancellationToken));
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            if (!await SaveAsync(db, cancellationToken)) continue;
            foreach (var trigger in triggers)
            {
                db.Triggers.Add(new Runs.TriggerRow
                {
                    Id = $"{versionId}:{trigger.NodeId}:{trigger.Hash}",
                    DefinitionId = definitionId,
                    VersionId = versionId!,
                    ActivityId = trigger.ActivityId,
                    NodeId = trigger.NodeId,
                    Name = trigger.Name,
                    Hash = trigger.Hash,
                    DueAt = trigger.DueAt,
                    DueZone = trigger.Zone,
                });
            }

            if (!await SaveAsync(db, cancellationToken)) continue;
            await transaction.CommitAsync(cancellationToken);
            _published.Clear();
            return;
        }

        throw new StoreUnavailableException(StoreTrouble.DefinitionContended);
    }

    public async Task<int> DeleteAsync(
        IReadOnlyCollection<string> versionIds, string by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var rows = await db.Definitions.Where(row => versionIds.Contains(row.Id)).ToListAsync(cancellationToken);
        var inUse = await db.Runs.IgnoreQueryFilters().Where(run => versionIds.Contains(run.DefinitionVersionId))
            .Select(run => run.DefinitionVersionId).Distinct().ToListAsync(cancellationToken);
        var gone = rows.ConvertAll(row => row.Id);
        db.Triggers.RemoveRange(
            await db.Triggers.Where(trigger => gone.Contains(trigger.VersionId)).ToListAsync(cancellationToken));
        await ThrowAwayAsync(db, rows, by, now, cancellationToken);
        foreach (var row in rows)
        {
            if (inUse.Contains(row.Id))
            {
                Fill(row, WorkflowDefinition.Parse(row.Json).With(isLatest: false, isPublished: false), now);
            }
            else db.Remove(row);
        }

        await PromoteAsync(db, rows, gone, now, cancellationToken);
        return await SaveAsync(db, cancellationToken) ? rows.Count : 0;
    }

    /// <summary>Puts the versions of each definition into the bin, as they are before they go.</summary>
    private static async Task ThrowAwayAsync(
        ConsultationDb db, List<DefinitionRow> rows, string by, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        foreach (var definition in rows.GroupBy(row => row.DefinitionId))
        {
            var ids = definition.Select(row => row.Id).ToList();
            var name = definition.MaxBy(row => row.Version)!.Name ?? definition.Key;
            var runs = await db.Runs.IgnoreQueryFilters()
                .CountAsync(run => ids.Contains(run.DefinitionVersionId), cancellationToken);
            db.Add(BinRow.Of(
                BinKind.Definition, null, (definition.Key, name), definition.ToList(), by, now, ids.Count, runs));
        }
    }

    /// <summary>
    /// Where the newest version of a definition went, the next older one that is left becomes the newest.
    /// </summary>
    private static async Task PromoteAsync(
        ConsultationDb db, List<DefinitionRow> deleted, List<string> gone, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        foreach (var definitionId in deleted.Select(row => row.DefinitionId).Distinct())
        {
            var left = await db.Definitions.Where(row => row.DefinitionId == definitionId && !gone.Contains(row.Id))
                .OrderByDescending(row => row.Version).ToListAsync(cancellationToken);
            if (left.Count > 0 && !left.Exists(row => row.IsLatest))
            {
                Fill(left[0], WorkflowDefinition.Parse(left[0].Json).With(isLatest: true), now);
            }
        }
    }

    internal static void Fill(DefinitionRow row, WorkflowDefinition version, DateTimeOffset now)
    {
        row.Version = version.Version;
        row.Name = version.Name;
        row.Description = version.Description;
        row.IsLatest = version.IsLatest;
        row.IsPublished = version.IsPublished;
        row.IsReadonly = version.IsReadonly;
        row.IsSystem = version.IsSystem;
        row.UsableAsActivity = version.Options.UsableAsActivity;
        row.UpdatedAt = now;
        row.Json = version.ToJson();
        row.Stamp++;
    }

    private async Task<bool> SaveAsync(ConsultationDb db, CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            _published.Clear();
            return true;
        }
        catch (DbUpdateException failure) when (db.Judge(failure).Kind == FailureKind.Conflict)
        {
            return false;
        }
    }

    private static async Task<DefinitionVersionKey?> KeyAsync(
        IQueryable<DefinitionRow> rows, CancellationToken cancellationToken) =>
        await rows.Select(row => new { row.Id, row.Stamp }).FirstOrDefaultAsync(cancellationToken) is { } found
            ? new DefinitionVersionKey(found.Id, found.Stamp)
            : null;

    private static IQueryable<DefinitionRow> Meant(ConsultationDb db, string definitionId, VersionOptions versions) =>
        Choose(db.Definitions.AsNoTracking().Where(row => row.DefinitionId == definitionId), versions)
            .OrderByDescending(row => row.Version);

    private static IQueryable<DefinitionRow> Choose(IQueryable<DefinitionRow> rows, VersionOptions versions) =>
        versions.Choice switch
        {
            VersionChoice.Latest => rows.Where(row => row.IsLatest),
            VersionChoice.Published => rows.Where(row => row.IsPublished),
            VersionChoice.LatestOrPublished or VersionChoice.LatestAndPublished =>
                rows.Where(row => row.IsLatest || row.IsPublished),
            VersionChoice.Draft => rows.Where(row => row.IsLatest && !row.IsPublished),
            VersionChoice.Number => rows.Where(row => row.Version == versions.Version),
            _ => rows,
        };

    private static IQueryable<DefinitionRow> Order(IQueryable<DefinitionRow> rows, DefinitionFilter filter) =>
        (filter.OrderBy, filter.Descending) switch
        {
            ("Name", false) => rows.OrderBy(row => row.Name).ThenBy(row => row.Id),
            ("Name", true) => rows.OrderByDescending(row => row.Name).ThenBy(row => row.Id),
            ("Version", false) => rows.OrderBy(row => row.Version).ThenBy(row => row.Id),
            ("Version", true) => rows.OrderByDescending(row => row.Version).ThenBy(row => row.Id),
            (_, false) => rows.OrderBy(row => row.CreatedAt).ThenBy(row => row.Id),
            _ => rows.OrderByDescending(row => row.CreatedAt).ThenBy(row => row.Id),
        };

    private static StoredDefinition? Stored(DefinitionRow? row) =>
        row is null
            ? null
            : new StoredDefinition(WorkflowDefinition.Parse(row.Json), row.Stamp, row.UpdatedAt, row.UpdatedBy);
}
