using Consultation.Mail.Outgoing;
using MimeKit;

namespace Consultation.Mail.Incoming;

/// <summary>
/// Reads what mail servers say about mails of ours: reports (RFC 3464), and the older kind that names failed addresses
/// in a header.
/// </summary>
internal static class DeliveryReports
{
    /// <summary>The report and its kind; null when the message is none.</summary>
    public static (IncomingKind Kind, DeliveryReport Report)? Find(MimeMessage message, List<MimeEntity> parts)
    {
        if (parts.OfType<MessageDeliveryStatus>().FirstOrDefault() is { } status) return Of(status, message, parts);
        if (parts.Exists(part => part is MessageDispositionNotification))
        {
            return (IncomingKind.Receipt, new(Originals(message, parts), "", ""));
        }

        var failed = message.Headers["X-Failed-Recipients"];
        return failed is { Length: > 0 and < 1000 }
            ? (IncomingKind.Bounce, new(Originals(message, parts), Address(failed), message.Subject ?? ""))
            : null;
    }

    private static (IncomingKind, DeliveryReport) Of(
        MessageDeliveryStatus status, MimeMessage message, List<MimeEntity> parts)
    {
        // The first group is about the message, the others each about a recipient; a mail of ours has one.
        var about = status.StatusGroups.Take(20).LastOrDefault(group => group["Action"] is not null);
        var kind = (about?["Action"] ?? "").Trim().ToLowerInvariant() switch
        {
            "failed" => IncomingKind.Bounce,
            "delayed" => IncomingKind.Delay,
            _ => IncomingKind.Receipt,
        };
        var address = Address(about?["Original-Recipient"] ?? about?["Final-Recipient"] ?? "");
        var words = about?["Diagnostic-Code"] ?? about?["Status"] ?? "";
        return (kind, new(Originals(message, parts), address, MailAddressRule.OneLine(words, 400)));
    }

    /// <summary>"rfc822; name@example.org" → the address.</summary>
    private static string Address(string field)
    {
        var value = field[(field.IndexOf(';', StringComparison.Ordinal) + 1)..].Split(',')[0].Trim(' ', '<', '>');
        return MailAddressRule.Check(value) is null ? value.ToLowerInvariant() : "";
    }

    private static List<string> Originals(MimeMessage message, List<MimeEntity> parts)
    {
        var found = new List<string?>();
        foreach (var part in parts)
        {
            if (part is MessagePart { Message: { } original }) found.Add(original.MessageId);
            else if (part is TextPart text && text.ContentType.IsMimeType("text", "rfc822-headers"))
            {
                found.Add(Id(text));
            }
            else if (part is MessageDispositionNotification read)
            {
                found.Add(read.Fields["Original-Message-ID"]?.Trim(' ', '<', '>'));
            }
        }

        found.AddRange(message.References);
        found.Add(message.InReplyTo);
        return [.. found.Where(id => id is { Length: > 0 and <= 250 }).Select(id => $"<{id}>").Distinct().Take(50)];
    }

    private static string? Id(TextPart headers)
    {
        using var bytes = new MemoryStream();
        headers.Content?.DecodeTo(bytes);
        bytes.Position = 0;
        return MimeKit.Utils.MimeUtils.EnumerateReferences(
            HeaderList.Load(bytes)[HeaderId.MessageId] ?? "").FirstOrDefault();
    }
}
