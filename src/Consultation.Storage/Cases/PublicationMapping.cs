using Consultation.Cases.Publishing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Consultation.Storage.Cases;

/// <summary>What the tables of publishing need beyond the conventions: indexes of lists, unique numbers.</summary>
internal sealed class PublicationMapping :
    IEntityTypeConfiguration<Publication>, IEntityTypeConfiguration<PublicationVersion>,
    IEntityTypeConfiguration<Opinion>, IEntityTypeConfiguration<SignUp>, IEntityTypeConfiguration<Agreement>
{
    public void Configure(EntityTypeBuilder<Publication> publication)
    {
        // The public lists: one kind, what can be read, newest first.
        publication.HasIndex(row => new { row.OrganisationId, row.Kind, row.State, row.PublishedAt, row.Id });
        publication.HasIndex(row => new { row.OrganisationId, row.ChangedAt });
    }

    public void Configure(EntityTypeBuilder<PublicationVersion> version) =>
        version.HasIndex(row => new { row.OrganisationId, row.PublicationId, row.Version });

    public void Configure(EntityTypeBuilder<Opinion> opinion)
    {
        opinion.Property(row => row.Number).HasMaxLength(40);
        opinion.Property(row => row.Fingerprint).HasMaxLength(64);
        opinion.Property(row => row.Visitor).HasMaxLength(64);
        opinion.HasIndex(row => new { row.OrganisationId, row.Number }).IsUnique();
        opinion.HasIndex(row => new { row.OrganisationId, row.PublicationId, row.State, row.WrittenAt });
        opinion.HasIndex(row => new { row.OrganisationId, row.PublicationId, row.Fingerprint });
        opinion.HasIndex(row => new { row.OrganisationId, row.PublicationId, row.Visitor });
    }

    public void Configure(EntityTypeBuilder<SignUp> one)
    {
        one.Property(row => row.Number).HasMaxLength(40);
        one.HasIndex(row => new { row.OrganisationId, row.Number }).IsUnique();
        one.HasIndex(row => new { row.OrganisationId, row.PublicationId, row.At });
    }

    public void Configure(EntityTypeBuilder<Agreement> agreement) =>
        agreement.HasIndex(row => new { row.OrganisationId, row.OpinionId });
}
