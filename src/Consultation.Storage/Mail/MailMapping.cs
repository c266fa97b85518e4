using System.Text;
using Consultation.Mail.ActionLinks;
using Consultation.Mail.Incoming;
using Consultation.Mail.Outgoing;
using Consultation.Mail.Templates;
using Consultation.Storage.Mapping;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Consultation.Storage.Mail;

/// <summary>
/// What the tables of Mail need beyond the conventions: the sender's index, the look-up of a token, tokens against
/// races, and packed bodies, which would be half of the database otherwise.
/// </summary>
internal sealed class MailMapping :
    IEntityTypeConfiguration<OutgoingMail>, IEntityTypeConfiguration<ActionLink>,
    IEntityTypeConfiguration<MailTemplate>, IEntityTypeConfiguration<IncomingMail>
{
    private static readonly TextPacker Packer = new(1, "Mail.MailSample.txt");

    public void Configure(EntityTypeBuilder<OutgoingMail> mail)
    {
        mail.Property(row => row.TextBody).HasConversion(body => Pack(body), bytes => Unpack(bytes));
        mail.Property(row => row.HtmlBody).HasConversion(body => Pack(body), bytes => Unpack(bytes));
        mail.Property(row => row.RecipientAddress).HasMaxLength(254);
        mail.Property(row => row.RecipientName).HasMaxLength(100);
        mail.Property(row => row.Purpose).HasMaxLength(60);
        mail.Property(row => row.Subject).HasMaxLength(200);
        mail.Property(row => row.Language).HasMaxLength(8);
        mail.Property(row => row.ShortText).HasMaxLength(4000);
        mail.Property(row => row.TaskNumber).HasMaxLength(60);
        mail.Property(row => row.MailInstead).HasMaxLength(254);
        mail.Property(row => row.LeasedBy).HasMaxLength(200);
        mail.Property(row => row.WrittenIn).HasMaxLength(55);
        // A step that cancels and a sender that has just sent: one of them looks again.
        mail.Property(row => row.State).IsConcurrencyToken();
        mail.HasIndex(row => row.Id).IsUnique();
        mail.HasIndex(row => new { row.State, row.Way, row.NotBefore });
        mail.HasIndex(row => new { row.OrganisationId, row.CreatedAt });
        mail.HasIndex(row => row.LeasedBy);
        // Replies and reports name it.
        mail.Property(row => row.MessageId).HasMaxLength(250);
        mail.HasIndex(row => row.MessageId);
    }

    public void Configure(EntityTypeBuilder<ActionLink> link)
    {
        link.Property(row => row.KeyId).HasMaxLength(40);
        link.Property(row => row.TokenHash).HasMaxLength(64);
        link.Property(row => row.UsedByOperation).HasMaxLength(100);
        link.Property(row => row.ReplyHash).HasMaxLength(64);
        link.HasIndex(row => row.TokenHash).IsUnique();
        link.HasIndex(row => row.ReplyHash).IsUnique();
        link.HasIndex(row => row.Id).IsUnique();
    }

    public void Configure(EntityTypeBuilder<IncomingMail> mail)
    {
        mail.Property(row => row.Key).HasMaxLength(64);
        mail.Property(row => row.MessageId).HasMaxLength(250);
        mail.Property(row => row.FromAddress).HasMaxLength(254);
        mail.Property(row => row.FromName).HasMaxLength(100);
        mail.Property(row => row.Subject).HasMaxLength(200);
        mail.Property(row => row.FailedAddress).HasMaxLength(254);
        // A step that takes the answer and a person who looks: one of them looks again.
        mail.Property(row => row.State).IsConcurrencyToken();
        mail.HasIndex(row => row.Id).IsUnique();
        mail.HasIndex(row => row.Key).IsUnique();
        mail.HasIndex(row => row.State);
        mail.HasIndex(row => row.TaskId);
        mail.HasIndex(row => new { row.OrganisationId, row.ReceivedAt });
        mail.HasIndex(row => new { row.OrganisationId, row.CaseId });
        mail.HasIndex(row => new { row.OrganisationId, row.FailedAddress });
    }

    public void Configure(EntityTypeBuilder<MailTemplate> template)
    {
        template.Property(row => row.Key).HasMaxLength(60);
        template.Property(row => row.Language).HasMaxLength(8);
        template.Property(row => row.ShortText).HasMaxLength(1000);
    }

    private static byte[] Pack(string body) => Packer.Pack(Encoding.UTF8.GetBytes(body));

    private static string Unpack(byte[] bytes) => Encoding.UTF8.GetString(Packer.Unpack(bytes));
}
