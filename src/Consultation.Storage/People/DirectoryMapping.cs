using Consultation.Cases.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Consultation.Storage.People;

/// <summary>
/// Two edits of one organisation at the same time must not lead to the same version: snapshots would miss one of them.
/// </summary>
internal sealed class DirectoryMapping : IEntityTypeConfiguration<Organisation>
{
    public void Configure(EntityTypeBuilder<Organisation> organisation) =>
        organisation.Property(row => row.DirectoryVersion).IsConcurrencyToken();
}
