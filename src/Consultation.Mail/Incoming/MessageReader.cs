using System.Security.Cryptography;
using System.Text;
using Consultation.Mail.Outgoing;
using MimeKit;

namespace Consultation.Mail.Incoming;

/// <summary>
/// Reads a message within bounds that are checked before anything is built of it: size, length of the headers, number
/// of parts, depth, time. Never throws for what somebody wrote.
/// </summary>
public sealed class MessageReader(MailOptions options, TimeProvider time)
{
    /// <summary>Most characters of a text that are kept.</summary>
    public const int LongestText = 20_000;

    private const int MostDepth = 12, MostAddresses = 200, MostReferences = 50, LongestCalendar = 64 * 1024;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private static readonly ParserOptions Bounded = new()
    {
        MaxMimeDepth = MostDepth,
        MaxAddressGroupDepth = 2,
        CharsetEncoding = Encoding.UTF8,
    };

    /// <summary>Reads it.</summary>
    public ReadMail Read(ReadOnlyMemory<byte> raw)
    {
        if (raw.Length > options.Incoming.MostBytes) return Head(raw, IncomingReason.TooBig);
        if (!MessageBounds.Hold(raw.Span)) return Head(raw, IncomingReason.TooTangled);
        try
        {
            using var limit = new CancellationTokenSource(Longest, time);
            using var message = MimeMessage.Load(Bounded, Stream(raw), limit.Token);
            return Of(message, raw);
        }
        catch (OperationCanceledException)
        {
            return Head(raw, IncomingReason.TooTangled);
        }
#pragma warning disable CA1031 // Whatever a broken message does to the library: it decides nothing; the next is read.
        catch (Exception)
#pragma warning restore CA1031
        {
            return Head(raw, IncomingReason.Unreadable);
        }
    }

    /// <summary>What can be said of a message of which only the beginning is looked at.</summary>
    public static ReadMail Head(ReadOnlyMemory<byte> raw, IncomingReason why)
    {
        var start = raw[..Math.Min(raw.Length, MessageBounds.LongestHead)];
        var mail = new ReadMail
        {
            Key = KeyOf("", "", Convert.ToHexString(SHA256.HashData(raw.Span))),
            Kind = IncomingKind.Unreadable,
            Closed = why
        };
        try
        {
            var headers = HeaderList.Load(Bounded, Stream(start));
            var from = headers[HeaderId.From] is { } value
                && InternetAddressList.TryParse(Bounded, value[..Math.Min(value.Length, 1000)], out var list)
                ? list.Mailboxes.ToList() : [];
            var subject = headers[HeaderId.Subject] ?? "";
            return mail with
            {
                FromAddress = from is [{ } one] ? AddressOf(one) : "",
                FromName = from is [{ Name: { } name }] ? MailAddressRule.OneLine(name, 100) : "",
                Subject = MailAddressRule.OneLine(subject[..Math.Min(subject.Length, 1000)]),
            };
        }
#pragma warning disable CA1031 // As above.
        catch (Exception)
#pragma warning restore CA1031
        {
            return mail;
        }
    }

    private ReadMail Of(MimeMessage message, ReadOnlyMemory<byte> raw)
    {
        var mailboxes = message.From.Mailboxes.Take(2).ToList();
        var from = mailboxes is [{ } only] && message.From.Count == 1 ? AddressOf(only) : "";
        var parts = message.BodyParts.Take(MessageBounds.MostParts).ToList();
        var report = DeliveryReports.Find(message, parts);
        var (text, isHtml) = MailText.Of(message);
        var calendar = CalendarOf(parts);
        var id = MailAddressRule.OneLine(message.MessageId, 250);
        return new ReadMail
        {
            Key = KeyOf(id, from, id.Length == 0 ? Convert.ToHexString(SHA256.HashData(raw.Span)) : text + calendar),
            MessageId = id,
            Kind = report?.Kind ?? (calendar is not null ? IncomingKind.Calendar
                : MachineSigns.Of(message, options) is IncomingReason.Automatic ? IncomingKind.Automatic
                : IncomingKind.Reply),
            Closed = report is not null ? null : ClosedOf(message, calendar is not null),
            FromAddress = from,
            FromName = MailAddressRule.OneLine(mailboxes.FirstOrDefault()?.Name, 100),
            Subject = MailAddressRule.OneLine(message.Subject),
            SentAt = message.Headers.Contains(HeaderId.Date) && message.Date.Year > 1970
                ? message.Date.ToUniversalTime() : null,
            IsAuthenticated = from.Length > 0 && SenderCheck.Vouches(
                message.Headers, from, options.Incoming.AuthServId, options.Incoming.OwnReceived),
            Tokens = ReplyTokens.In(Recipients(message), options.Incoming.ReplyAddress),
            Answers = Bracketed(message.References.Append(message.InReplyTo)),
            Text = text,
            Words = OwnWords.Of(isHtml ? "" : text),
            IsHtmlOnly = isHtml,
            Files =
            [
                .. parts.OfType<MimePart>().Where(part => part.IsAttachment && !IsCalendar(part)).Take(20)
                    .Select(part => MailAddressRule.OneLine(part.FileName ?? part.ContentType.MimeType, 120)),
            ],
            Calendar = calendar,
            Report = report?.Report,
        };
    }

    private IncomingReason? ClosedOf(MimeMessage message, bool isCalendar)
    {
        var sign = MachineSigns.Of(message, options);
        // Calendar programs answer by themselves when somebody presses a button; that is no machine's own word.
        if (sign is { } reason && !(isCalendar && reason == IncomingReason.Automatic)) return reason;
        var sent = message.Headers.Contains(HeaderId.Date) ? message.Date : DateTimeOffset.MinValue;
        var now = time.GetUtcNow();
        return sent < now - options.Incoming.OldAfter || sent > now.AddDays(1) ? IncomingReason.Old : null;
    }

    /// <summary>To whom it went, by its own word and by that of the servers that delivered it.</summary>
    private static IEnumerable<string> Recipients(MimeMessage message) =>
        message.To.Mailboxes.Concat(message.Cc.Mailboxes).Take(MostAddresses).Select(AddressOf)
            .Concat(message.Headers.Where(header => header.Field.ToLowerInvariant()
                    is "delivered-to" or "x-original-to" or "envelope-to" or "x-envelope-to")
                .Take(20).Select(header => header.Value.Trim(' ', '<', '>')))
            .Where(address => address.Length <= 254);

    private static string? CalendarOf(IEnumerable<MimeEntity> parts)
    {
        var file = parts.OfType<TextPart>().FirstOrDefault(IsCalendar);
        if (file is null) return null;
        var text = MailText.Decode(file);
        return text.Length <= LongestCalendar ? text : "";
    }

    private static bool IsCalendar(MimePart part) => part.ContentType.IsMimeType("text", "calendar");

    private static List<string> Bracketed(IEnumerable<string?> ids) =>
        [.. ids.Where(id => id is { Length: > 0 and <= 250 }).TakeLast(MostReferences).Select(id => $"<{id}>")
            .Distinct()];

    internal static string AddressOf(MailboxAddress mailbox) =>
        mailbox.Address is { Length: <= 254 } address && MailAddressRule.Check(address) is null
            ? address.ToLowerInvariant() : "";

    private static string KeyOf(string id, string from, string content) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{id}\n{from}\n{content}")));

    private static MemoryStream Stream(ReadOnlyMemory<byte> raw) =>
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(raw, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(raw.ToArray(), writable: false);
}
