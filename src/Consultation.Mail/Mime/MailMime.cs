using System.Text;
using Consultation.Mail.Outgoing;
using MimeKit;
using MimeKit.Text;
using MimeKit.Utils;

namespace Consultation.Mail.Mime;

/// <summary>Writes a mail as a MIME message with the headers of mail rule 5, for every transport.</summary>
internal sealed class MailMime(MailOptions options, TimeProvider time)
{
    private readonly DkimKey? _key = DkimKey.Open(options.Dkim, time);

    /// <summary>
    /// The message, signed where there is a key; dispose of it after sending. Its date is the organisation's own clock.
    /// </summary>
    public MimeMessage Build(ReadyMail ready)
    {
        var mail = ready.Mail;
        var message = new MimeMessage
        {
            Subject = MailAddressRule.OneLine(mail.Subject),
            Date = TimeZoneInfo.ConvertTime(time.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(options.TimeZone)),
            Body = Body(ready),
        };
        message.From.Add(Address(options.FromName, options.From));
        message.To.Add(Address(mail.RecipientName, mail.RecipientAddress));
        if (ready.ReplyTo is { } replies) message.ReplyTo.Add(Address(options.FromName, replies));
        Thread(message, mail);
        Headers(message.Headers, ready);
        _key?.Sign(message);
        return message;
    }

    private static MailboxAddress Address(string name, string address) =>
        new(Encoding.UTF8, MailAddressRule.OneLine(name, 100), address);

    private static void Thread(MimeMessage message, OutgoingMail mail)
    {
        message.MessageId = MimeUtils.EnumerateReferences(mail.MessageId).Single();
        message.InReplyTo = MimeUtils.EnumerateReferences(mail.InReplyTo ?? "").FirstOrDefault();
        message.References.AddRange(MimeUtils.EnumerateReferences(mail.References ?? ""));
    }

    private void Headers(HeaderList headers, ReadyMail ready)
    {
        headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        headers.Add("X-Auto-Response-Suppress", "All");
        headers.Add(HeaderId.ListId, $"<{options.ListId}>");
        if (ready.Unsubscribe is { } address)
        {
            // A digest is a convenience one may leave; a task addressed to a duty holder is not.
            headers.Add(HeaderId.ListUnsubscribe, $"<{MailAddressRule.OneLine(address, 1000)}>");
            headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
    }

    private static MimeEntity Body(ReadyMail ready)
    {
        var words = new MultipartAlternative
        {
            Part(TextFormat.Plain, ready.TextBody),
            Part(TextFormat.Html, ready.HtmlBody),
        };
        words.Headers.Add(HeaderId.ContentLanguage, ready.Mail.Language == "en" ? "en, zh-CN" : "zh-CN, en");
        if (ready.Mail.Attachments.Count == 0) return words;
        var whole = new Multipart("mixed") { words };
        foreach (var attachment in ready.Mail.Attachments) whole.Add(Attach(attachment));
        return whole;
    }

    /// <summary>Base64, because Chinese text as quoted-printable is three times as long.</summary>
    private static TextPart Part(TextFormat format, string body)
    {
        var part = new TextPart(format) { ContentTransferEncoding = ContentEncoding.Base64 };
        part.SetText(Encoding.UTF8, body.ReplaceLineEndings("\r\n"));
        return part;
    }

    private static MimePart Attach(MailAttachment attachment)
    {
        var known = ContentType.TryParse(MailAddressRule.OneLine(attachment.ContentType), out ContentType? type);
        var part = new MimePart(known ? type! : new("application", "octet-stream"))
        {
            Content = new MimeContent(new MemoryStream(attachment.Content)),
            ContentDisposition = new(ContentDisposition.Attachment),
            ContentTransferEncoding = ContentEncoding.Base64,
            FileName = Path.GetFileName(MailAddressRule.OneLine(attachment.Name, 120)),
        };
        // Older Chinese mail programs look for the name here, in this encoding, and know no other.
        if (part.ContentType.Parameters.TryGetValue("name", out Parameter? name))
        {
            name.EncodingMethod = ParameterEncodingMethod.Rfc2047;
        }

        return part;
    }
}
