using Consultation.Cases.Attachments;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Consultation.Storage.Attachments;

/// <summary>What the tables of files need beyond the conventions.</summary>
internal sealed class AttachmentMapping :
    IEntityTypeConfiguration<Attachment>, IEntityTypeConfiguration<AttachmentContent>,
    IEntityTypeConfiguration<AttachmentPart>
{
    public void Configure(EntityTypeBuilder<Attachment> file)
    {
        file.Property(row => row.Name).HasMaxLength(200);
        file.Property(row => row.Kind).HasMaxLength(10);
        file.Property(row => row.KeyHash).HasMaxLength(64);
        file.Property(row => row.Caption).HasMaxLength(200);
        file.Property(row => row.GivenBy).HasMaxLength(100);
        file.Property(row => row.Retention).HasMaxLength(20);
        file.Property(row => row.RemovedWhy).HasMaxLength(500);
        file.HasIndex(row => new { row.OrganisationId, row.MatterId });
        file.HasIndex(row => new { row.OrganisationId, row.MeetingId });
        // What is to be checked, what was never attached, what is due.
        file.HasIndex(row => new { row.State, row.StartedAt });
        file.HasIndex(row => new { row.OrganisationId, row.State, row.KeepUntil });
        file.HasIndex(row => new { row.OrganisationId, row.ContentId });
    }

    public void Configure(EntityTypeBuilder<AttachmentContent> content)
    {
        content.Property(row => row.Sha256).HasMaxLength(64);
        content.Property(row => row.MediaType).HasMaxLength(100);
        // One content, one row, whoever kept it at the same time.
        content.HasIndex(row => new { row.OrganisationId, row.Sha256 }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<AttachmentPart> part)
    {
        part.HasKey(row => new { row.OrganisationId, row.ContentId, row.Number });
        part.Property(row => row.ContentId).ValueGeneratedNever();
        part.Property(row => row.Number).ValueGeneratedNever();
    }
}
