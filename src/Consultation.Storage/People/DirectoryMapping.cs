using Consultation.Cases.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Consultation.Storage.People;

/// <summary>
/// Two edits of one organisation at the same time must not lead to the same version: snapshots would miss one of them.
/// </summary>
internal sealed class DirectoryMapping : IEntityTypeConfiguration<Organisation>, IEntityTypeConfiguration<Person>
{
    /// <summary>A private calendar address is looked up by what its token hashes to.</summary>
    public void Configure(EntityTypeBuilder<Person> person)
    {
        person.Property(row => row.ChannelAddress).HasMaxLength(100);
        person.Property(row => row.FeedHash).HasMaxLength(64);
        person.Property(row => row.FeedKeyId).HasMaxLength(40);
        person.HasIndex(row => row.FeedHash);
    }

    public void Configure(EntityTypeBuilder<Organisation> organisation) =>
        organisation.Property(row => row.DirectoryVersion).IsConcurrencyToken();
}
