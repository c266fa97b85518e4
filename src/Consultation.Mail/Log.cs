using Consultation.Mail.Incoming;
using Microsoft.Extensions.Logging;

namespace Consultation.Mail;

/// <summary>What Mail logs: ids and purposes, never bodies, addresses or tokens. Event ids 4000–4099.</summary>
internal static partial class Log
{
    [LoggerMessage(4001, LogLevel.Information, "Mail {Mail} ({Purpose}) handed over at attempt {Attempt}")]
    public static partial void MailSent(this ILogger logger, Guid mail, string purpose, int attempt);

    [LoggerMessage(
        4002, LogLevel.Warning, "Mail {Mail} was not taken at attempt {Attempt}; next attempt at {NextAttemptAt}")]
    public static partial void MailDelayed(this ILogger logger, Guid mail, int attempt, DateTimeOffset nextAttemptAt);

    [LoggerMessage(4003, LogLevel.Error, "Mail {Mail} ({Purpose}) cannot be delivered; its organiser is told")]
    public static partial void MailFailed(this ILogger logger, Guid mail, string purpose);

    [LoggerMessage(4004, LogLevel.Error, "Looking for due mail failed; the next look tries again")]
    public static partial void LookFailed(this ILogger logger, Exception exception);

    [LoggerMessage(4005, LogLevel.Information, "Mail taken in: {Kind} ({Closed})")]
    public static partial void MailTaken(this ILogger logger, IncomingKind kind, IncomingReason? closed);

    [LoggerMessage(4006, LogLevel.Error, "A mail could not be taken in; the next look tries again")]
    public static partial void MailNotTaken(this ILogger logger, Exception exception);

    [LoggerMessage(4007, LogLevel.Error, "Reading mail failed; the next look tries again")]
    public static partial void ReadingFailed(this ILogger logger, Exception exception);
}
