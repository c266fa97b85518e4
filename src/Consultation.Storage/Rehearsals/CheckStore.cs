using Consultation.Cases;
using Consultation.Cases.Deletions;
using Consultation.Cases.Rehearsals;
using Consultation.Storage.Deletions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Consultation.Storage.Rehearsals;

/// <summary>Rehearsals that are kept as checks of workflows.</summary>
public sealed class CheckStore(Database database, TimeProvider clock)
{
    /// <summary>Most checks of one workflow in one organisation: all of them run before a publication.</summary>
    public const int MostOfOne = 10;

    /// <summary>The checks of an organisation, those of one workflow or all, the oldest first.</summary>
    public async Task<IReadOnlyList<RehearsalCheck>> ListAsync(
        OrganisationId organisation, string? definitionId, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        return await db.Set<RehearsalCheck>().AsNoTracking()
            .Where(row => definitionId == null || row.DefinitionId == definitionId)
            .OrderBy(row => row.At).ToListAsync(cancellationToken);
    }

    /// <summary>The checks of a workflow in every organisation: a publication is for all.</summary>
    public async Task<IReadOnlyList<RehearsalCheck>> OfDefinitionAsync(
        string definitionId, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        return await db.Set<RehearsalCheck>().AsNoTracking().Where(row => row.DefinitionId == definitionId)
            .OrderBy(row => row.At).ToListAsync(cancellationToken);
    }

    /// <summary>Keeps a check. False when the workflow has as many as it may.</summary>
    public async Task<bool> KeepAsync(RehearsalCheck check, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(check.OrganisationId);
        var there = await db.Set<RehearsalCheck>()
            .CountAsync(row => row.DefinitionId == check.DefinitionId, cancellationToken);
        if (there >= MostOfOne) return false;
        db.Add(check);
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }

    /// <summary>Puts a check into the bin; nothing happens when it is gone already.</summary>
    public async Task DropAsync(
        OrganisationId organisation, Guid id, string by, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        if (await db.Set<RehearsalCheck>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken) is not
            { } check)
        {
            return;
        }
        db.Remove(check);
        db.Add(BinRow.Of(
            BinKind.Check, organisation, (check.DefinitionId, check.Name), check, by, clock.GetUtcNow()));
        await db.SaveChangesAsync(cancellationToken);
    }
}

/// <summary>Maps checks.</summary>
internal sealed class CheckMapping : IEntityTypeConfiguration<RehearsalCheck>
{
    public void Configure(EntityTypeBuilder<RehearsalCheck> check)
    {
        check.Property(row => row.DefinitionId).HasMaxLength(200);
        check.Property(row => row.Name).HasMaxLength(RehearsalCheck.LongestName);
    }
}
