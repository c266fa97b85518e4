using Consultation.Cases.Matters;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Consultation.Storage.Matters;

/// <summary>Indexes by which histories are read, and by which the list counts what somebody has to look at.</summary>
internal sealed class MatterMapping : IEntityTypeConfiguration<MatterTurn>, IEntityTypeConfiguration<Matter>
{
    public void Configure(EntityTypeBuilder<MatterTurn> turn) =>
        turn.HasIndex(row => new { row.OrganisationId, row.MatterId, row.At });

    public void Configure(EntityTypeBuilder<Matter> matter)
    {
        matter.HasIndex(row => new { row.OrganisationId, row.PassedToId });
        matter.HasIndex(row => new { row.OrganisationId, row.RepliedAt });
        matter.HasIndex(row => new { row.OrganisationId, row.DueAt });
    }
}
