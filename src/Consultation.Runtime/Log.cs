using Microsoft.Extensions.Logging;

namespace Consultation.Runtime;

/// <summary>What Runtime writes to the log: event ids 2000–2099; ids and names, never payloads.</summary>
internal static partial class Log
{
    [LoggerMessage(2001, LogLevel.Information, "{Instance} writes: {Text}")]
    public static partial void LineWritten(this ILogger logger, string instance, string text);

    [LoggerMessage(2002, LogLevel.Warning, "Run {Instance} met incident {Incident} at {Node}: {Message}")]
    public static partial void IncidentMet(
        this ILogger logger, string instance, string incident, string node, string message);

    [LoggerMessage(2003, LogLevel.Debug, "Run {Instance} lost a race for the {Attempt}. time and tries again")]
    public static partial void RaceLost(this ILogger logger, string? instance, int attempt);

    [LoggerMessage(2004, LogLevel.Warning, "Due work {Work} failed at attempt {Attempt} and is tried again at {At:O}")]
    public static partial void WorkFailed(
        this ILogger logger, Exception cause, string work, int attempt, DateTimeOffset at);

    [LoggerMessage(
        2005, LogLevel.Warning, "A {Kind} message for {Instance} found nobody waiting in time and was dropped")]
    public static partial void StimulusExpired(this ILogger logger, string kind, string? instance);

    [LoggerMessage(2006, LogLevel.Warning, "The database cannot be used; looking again in {Pause}. {Message}")]
    public static partial void StoreAway(this ILogger logger, TimeSpan pause, string message);

    [LoggerMessage(2007, LogLevel.Error, "The work loop failed and goes on in {Pause}")]
    public static partial void LoopFailed(this ILogger logger, Exception cause, TimeSpan pause);

    [LoggerMessage(2008, LogLevel.Information, "The database can be used again")]
    public static partial void StoreBack(this ILogger logger);

    [LoggerMessage(2009, LogLevel.Warning, "Run {Instance} asked for {Kind}, which nobody here does")]
    public static partial void NoHandler(this ILogger logger, string instance, string kind);

    [LoggerMessage(2010, LogLevel.Warning, "Trigger {Trigger} of {Definition} could not start a run: {Reason}")]
    public static partial void TriggerDidNotStart(
        this ILogger logger, string trigger, string definition, string reason);
}
