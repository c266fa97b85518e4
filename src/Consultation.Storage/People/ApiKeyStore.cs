using Consultation.Cases;
using Consultation.Cases.People;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.People;

/// <summary>
/// The keys of Elsa's API: asked at every request that comes with one, so that a revoked one opens nothing.
/// </summary>
public sealed class ApiKeyStore(Database database)
{
    /// <summary>How often it is noted that a key is in use.</summary>
    public static readonly TimeSpan NotedEvery = TimeSpan.FromMinutes(1);

    /// <summary>The key, or null when there is none.</summary>
    public async Task<ApiKey?> FindAsync(
        OrganisationId organisation, ApiKeyId id, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        return await db.Set<ApiKey>().AsNoTracking()
            .FirstOrDefaultAsync(key => key.OrganisationId == organisation && key.Id == id, cancellationToken);
    }

    /// <summary>All keys of an organisation, the newest first; those that open nothing any more too.</summary>
    public async Task<IReadOnlyList<ApiKey>> ListAsync(
        OrganisationId organisation, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        return await db.Set<ApiKey>().AsNoTracking().Where(key => key.OrganisationId == organisation)
            .OrderByDescending(key => key.MadeAt).ToListAsync(cancellationToken);
    }

    /// <summary>Notes that a key is in use.</summary>
    public async Task UseAsync(ApiKey key, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(key.OrganisationId);
        await db.Set<ApiKey>().Where(row => row.OrganisationId == key.OrganisationId && row.Id == key.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.UsedAt, now), cancellationToken);
    }
}
