using Consultation.Cases;
using Consultation.Cases.People;
using Consultation.Storage;
using Consultation.Storage.Cases;

namespace Consultation.Web.Links;

/// <summary>The organisation that a link names; the link's token is the only key to it.</summary>
public sealed class LinkDirectory(Database database, DirectoryCache cache)
{
    /// <summary>The organisation as of now, or null when it does not exist any more.</summary>
    public async Task<OrganisationDirectory?> FindAsync(OrganisationId organisation, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        return (await cache.FindAsync(db, organisation, cancellationToken))?.Directory;
    }
}
