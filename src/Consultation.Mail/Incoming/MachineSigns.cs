using MimeKit;

namespace Consultation.Mail.Incoming;

/// <summary>
/// By what a mail shows that no person wrote it for us now: such a mail decides nothing and is never answered, so that
/// two machines never write to each other.
/// </summary>
internal static class MachineSigns
{
    private static readonly string[] Autoreplies =
        ["x-autoreply", "x-autorespond", "x-auto-response-suppress", "x-ms-exchange-generated-message-source", "x-loop",
            "x-autoreply-from", "x-mail-autoreply", "x-cron-env"];

    private static readonly string[] Lists =
        ["list-id", "list-post", "list-unsubscribe", "list-help", "mailing-list", "x-mailing-list", "x-beenthere"];

    private static readonly string[] Subjects =
        ["自动回复", "自动答复", "系统退信", "automatic reply", "auto reply", "autoreply", "auto:", "out of office",
            "undeliverable", "undelivered mail", "delivery status notification", "mail delivery failed", "休假自动"];

    private static readonly string[] Machines = ["mailer-daemon", "postmaster", "noreply", "no-reply", "do-not-reply"];

    /// <summary>The sign; null for a mail that a person may have written.</summary>
    public static IncomingReason? Of(MimeMessage message, MailOptions options)
    {
        if (IsOwn(message, options)) return IncomingReason.Own;
        var isList = false;
        foreach (var header in message.Headers)
        {
            var name = header.Field.ToLowerInvariant();
            if (Autoreplies.Contains(name)) return IncomingReason.Automatic;
            switch (name)
            {
                case "auto-submitted" when !Begins(header.Value, "no"):
                case "return-path" when header.Value.Trim() is "<>" or "":
                case "precedence" when Begins(header.Value, "auto_reply"):
                    return IncomingReason.Automatic;
                case "precedence" when header.Value.Trim().ToLowerInvariant() is "bulk" or "junk" or "list":
                    isList = true;
                    break;
                default:
                    isList |= Lists.Contains(name);
                    break;
            }
        }

        if (isList) return IncomingReason.List;
        if (message.Body is MultipartReport) return IncomingReason.Automatic;
        var subject = (message.Subject ?? "").TrimStart();
        var local = (message.From.Mailboxes.FirstOrDefault()?.Address ?? "").Split('@')[0];
        return Subjects.Any(one => Begins(subject, one)) || Machines.Contains(local.ToLowerInvariant())
            ? IncomingReason.Automatic : null;
    }

    /// <summary>A mail that we sent, and that came back to us.</summary>
    private static bool IsOwn(MimeMessage message, MailOptions options) =>
        message.From.Mailboxes.Any(one => string.Equals(one.Address, options.From, Plain))
        || message.Headers[HeaderId.ListId] is { } list && list.Contains($"<{options.ListId}>", Plain);

    private const StringComparison Plain = StringComparison.OrdinalIgnoreCase;

    private static bool Begins(string value, string with) => value.TrimStart().StartsWith(with, Plain);
}
