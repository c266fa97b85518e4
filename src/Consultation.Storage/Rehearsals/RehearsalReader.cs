using Consultation.Cases;
using Consultation.Storage.Definitions;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Rehearsals;

/// <summary>Finds what is to be rehearsed, and for whom.</summary>
public sealed class RehearsalReader(Database database)
{
    /// <summary>A version by its number, or the newest; null when there is none.</summary>
    public async Task<DefinitionRow?> FindAsync(
        string definitionId, int? version, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        return await db.Definitions.AsNoTracking()
            .Where(row => row.DefinitionId == definitionId
                && (version == null ? row.IsLatest : row.Version == version))
            .OrderByDescending(row => row.Version).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>The organisation that was made first; null when there is none.</summary>
    public async Task<OrganisationId?> FirstOrganisationAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        return await db.Organisations.OrderBy(row => row.CreatedAt).Select(row => (OrganisationId?)row.Id)
            .FirstOrDefaultAsync(cancellationToken);
    }
}
