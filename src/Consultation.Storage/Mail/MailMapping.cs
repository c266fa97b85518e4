using Consultation.Mail.ActionLinks;
using Consultation.Mail.Outgoing;
using Consultation.Mail.Templates;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Consultation.Storage.Mail;

/// <summary>What the tables of Mail need beyond the conventions: the sender's index, the look-up of a token, tokens against races.</summary>
internal sealed class MailMapping :
    IEntityTypeConfiguration<OutgoingMail>, IEntityTypeConfiguration<ActionLink>, IEntityTypeConfiguration<MailTemplate>
{
    public void Configure(EntityTypeBuilder<OutgoingMail> mail)
    {
        mail.Property(row => row.RecipientAddress).HasMaxLength(254);
        mail.Property(row => row.RecipientName).HasMaxLength(100);
        mail.Property(row => row.Purpose).HasMaxLength(60);
        mail.Property(row => row.Subject).HasMaxLength(200);
        mail.Property(row => row.Language).HasMaxLength(8);
        mail.Property(row => row.LeasedBy).HasMaxLength(200);
        // A step that cancels and a sender that has just sent: one of them looks again.
        mail.Property(row => row.State).IsConcurrencyToken();
        mail.HasIndex(row => row.Id).IsUnique();
        mail.HasIndex(row => new { row.State, row.NotBefore });
        mail.HasIndex(row => new { row.OrganisationId, row.CreatedAt });
        mail.HasIndex(row => row.LeasedBy);
    }

    public void Configure(EntityTypeBuilder<ActionLink> link)
    {
        link.Property(row => row.KeyId).HasMaxLength(40);
        link.Property(row => row.TokenHash).HasMaxLength(64);
        link.Property(row => row.UsedByOperation).HasMaxLength(100);
        link.HasIndex(row => row.TokenHash).IsUnique();
        link.HasIndex(row => row.Id).IsUnique();
    }

    public void Configure(EntityTypeBuilder<MailTemplate> template)
    {
        template.Property(row => row.Key).HasMaxLength(60);
        template.Property(row => row.Language).HasMaxLength(8);
    }
}
