using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Consultation.Mail.Outgoing;

/// <summary>
/// What Mail tells whoever measures: attempts, what became of mails, and a span for each attempt that points to the
/// step which wrote the mail. The purpose and the mail's id only, never addresses or contents.
/// </summary>
public static class MailTelemetry
{
    /// <summary>Name of the meter and of the source of spans.</summary>
    public const string Name = "Consultation.Mail";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Attempts =
        Meter.CreateCounter<long>(
            "consultation.mail.attempts", "{attempt}", "Attempts to hand a mail over, by result.");

    private static readonly Counter<long> Sent =
        Meter.CreateCounter<long>(
            "consultation.mail.sent", "{mail}", "Mails that were taken by the server or the pickup folder.");

    private static readonly Counter<long> Failed =
        Meter.CreateCounter<long>(
            "consultation.mail.failed", "{mail}", "Mails that were refused for good or tried for too long.");

    /// <summary>The span under way, for a mail to remember who wrote it; null while nobody records.</summary>
    internal static string? Writer =>
        Activity.Current is { Recorded: true, IdFormat: ActivityIdFormat.W3C } span ? span.Id : null;

    /// <summary>A span for one attempt; null while nobody records.</summary>
    internal static Activity? Begin(OutgoingMail mail)
    {
        ActivityLink[] links = ActivityContext.TryParse(mail.WrittenIn, null, isRemote: true, out var writer)
            ? [new(writer)]
            : [];
        var span = Source.StartActivity("mail", ActivityKind.Producer, default(ActivityContext), links: links);
        return span?.SetTag("consultation.mail", mail.Id.Value.ToString("N"))
            .SetTag("consultation.mail.purpose", mail.Purpose).SetTag("consultation.mail.attempt", mail.Attempts);
    }

    internal static void Tried(Activity? span, TransportResult result)
    {
        var name = result.GetType().Name;
        Attempts.Add(1, KeyValuePair.Create<string, object?>("consultation.mail.result", name));
        span?.SetTag("consultation.mail.result", name);
        if (result is not TransportResult.Delivered) span?.SetStatus(ActivityStatusCode.Error);
    }

    internal static void CountSent() => Sent.Add(1);

    internal static void CountFailed() => Failed.Add(1);
}
