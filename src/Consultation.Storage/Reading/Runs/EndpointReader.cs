using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Reading.Runs;

/// <summary>A place where a published definition starts at a request, or where a run waits for one.</summary>
/// <param name="Hash">Hash of the template and the method.</param>
/// <param name="DefinitionId">The definition.</param>
/// <param name="VersionId">The version that starts, or on which the run stands.</param>
/// <param name="NodeId">The node that takes the request.</param>
/// <param name="ActivityId">Its activity.</param>
/// <param name="InstanceId">The run that waits; null for a start.</param>
/// <param name="BookmarkId">Its bookmark; null for a start.</param>
public sealed record EndpointPlace(
    string Hash, string DefinitionId, string VersionId, string NodeId, string ActivityId, string? InstanceId,
    string? BookmarkId);

/// <summary>Finds who takes an HTTP request, over all organisations: the caller is not known yet.</summary>
public sealed class EndpointReader(Database database)
{
    /// <summary>The starts with one of these hashes; where there are none, the runs that wait.</summary>
    public async Task<IReadOnlyList<EndpointPlace>> FindAsync(
        IReadOnlyCollection<string> hashes, string? correlationId, string? instanceId,
        CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var starts = await db.Triggers.AsNoTracking().Where(row => hashes.Contains(row.Hash))
            .Select(row =>
                new EndpointPlace(row.Hash, row.DefinitionId, row.VersionId, row.NodeId, row.ActivityId, null, null))
            .ToListAsync(cancellationToken);
        if (starts.Count > 0 && instanceId is null) return starts;

        var waiting = from bookmark in db.Bookmarks.AsNoTracking()
                      join run in db.Runs.IgnoreQueryFilters() on bookmark.InstanceId equals run.Id
                      where hashes.Contains(bookmark.Hash)
                          && (correlationId == null || run.CorrelationId == correlationId)
                          && (instanceId == null || run.Id == instanceId)
                      select new EndpointPlace(
                          bookmark.Hash, run.DefinitionId, run.DefinitionVersionId, bookmark.NodeId,
                          bookmark.ActivityId, run.Id, bookmark.Id);
        return await waiting.ToListAsync(cancellationToken);
    }
}
