using Consultation.Cases.People;
using Consultation.Storage;
using Consultation.Storage.Cases;
using Consultation.Web.SignIn;

namespace Consultation.Web.People;

/// <summary>The viewer's organisation: people, calendar and policies, read once per request.</summary>
public sealed class DeskDirectory(Viewer viewer, Database database, DirectoryCache cache)
{
    private OrganisationSnapshot? _snapshot;

    /// <summary>People, units, roles and delegations of the viewer's organisation.</summary>
    public async Task<OrganisationDirectory> LoadAsync(CancellationToken cancellationToken) =>
        (await SnapshotAsync(cancellationToken)).Directory;

    /// <summary>The same with calendar and policies.</summary>
    public async Task<OrganisationSnapshot> SnapshotAsync(CancellationToken cancellationToken)
    {
        if (_snapshot is null)
        {
            await using var db = database.ForOrganisation(viewer.OrganisationId);
            _snapshot = await cache.FindAsync(db, viewer.OrganisationId, cancellationToken)
                ?? throw new InvalidOperationException(
                    $"Organisation {viewer.OrganisationId.Value:N} does not exist any more.");
        }

        return _snapshot;
    }

    /// <summary>The same, as it is now, after this request has changed it.</summary>
    public Task<OrganisationDirectory> ReloadAsync(CancellationToken cancellationToken)
    {
        _snapshot = null;
        return LoadAsync(cancellationToken);
    }
}
