using Consultation.Cases.Workflows;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Consultation.Storage.Moves;

/// <summary>The indexes by which moves are worked off and read.</summary>
internal sealed class MoveMapping : IEntityTypeConfiguration<VersionMove>, IEntityTypeConfiguration<MovedRun>
{
    public void Configure(EntityTypeBuilder<VersionMove> move)
    {
        move.Property(row => row.DefinitionId).HasMaxLength(200);
        move.HasIndex(row => new { row.OrganisationId, row.DefinitionId, row.At });
        move.HasIndex(row => row.State);
    }

    public void Configure(EntityTypeBuilder<MovedRun> run)
    {
        run.Property(row => row.InstanceId).HasMaxLength(64);
        run.HasIndex(row => new { row.OrganisationId, row.MoveId, row.State });
    }
}
