using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using Consultation.Mail.Outgoing;

namespace Consultation.Mail.Smtp;

/// <summary>Builds the framework's mail message with the headers of mail rule 5.</summary>
internal static class MimeMessage
{
    /// <summary>The message; dispose of it after sending.</summary>
    public static MailMessage Build(ReadyMail ready, MailOptions options)
    {
        var mail = ready.Mail;
        var message = new MailMessage
        {
            From = new MailAddress(options.From, MailAddressRule.OneLine(options.FromName, 100), Encoding.UTF8),
            Subject = MailAddressRule.OneLine(mail.Subject),
            SubjectEncoding = Encoding.UTF8,
            HeadersEncoding = Encoding.UTF8,
        };
        message.To.Add(
            new MailAddress(mail.RecipientAddress, MailAddressRule.OneLine(mail.RecipientName, 100), Encoding.UTF8));
        Headers(message, ready, options);
        message.AlternateViews.Add(Part(ready.TextBody, MediaTypeNames.Text.Plain));
        message.AlternateViews.Add(Part(ready.HtmlBody, MediaTypeNames.Text.Html));
        foreach (var attachment in mail.Attachments)
        {
            message.Attachments.Add(Attach(attachment));
        }

        return message;
    }

    private static void Headers(MailMessage message, ReadyMail ready, MailOptions options)
    {
        var mail = ready.Mail;
        var headers = message.Headers;
        headers["Message-ID"] = mail.MessageId;
        headers["Auto-Submitted"] = "auto-generated";
        headers["X-Auto-Response-Suppress"] = "All";
        headers["List-Id"] = $"<{options.ListId}>";
        headers["Content-Language"] = mail.Language == "en" ? "en, zh-CN" : "zh-CN, en";
        if (mail.InReplyTo is { } inReplyTo)
        {
            headers["In-Reply-To"] = inReplyTo;
        }

        if (mail.References is { } references)
        {
            headers["References"] = references;
        }

        if (ready.Unsubscribe is { } address)
        {
            // A digest is a convenience one may leave; a task addressed to a duty holder is not.
            headers["List-Unsubscribe"] = $"<{address}>";
            headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click";
        }
    }

    /// <summary>Base64, because the framework's quoted-printable writes line ends as =0D=0A.</summary>
    private static AlternateView Part(string body, string mediaType) =>
        new(new MemoryStream(Encoding.UTF8.GetBytes(body.ReplaceLineEndings("\r\n"))),
            new ContentType(mediaType) { CharSet = "utf-8" })
        {
            TransferEncoding = TransferEncoding.Base64,
        };

    private static Attachment Attach(MailAttachment attachment)
    {
        var name = Path.GetFileName(MailAddressRule.OneLine(attachment.Name, 120));
        var part = new Attachment(
            new MemoryStream(attachment.Content), new ContentType(MailAddressRule.OneLine(attachment.ContentType)))
        {
            Name = name,
            NameEncoding = Encoding.UTF8,
            TransferEncoding = TransferEncoding.Base64,
        };
        part.ContentDisposition!.FileName = name;
        return part;
    }
}
