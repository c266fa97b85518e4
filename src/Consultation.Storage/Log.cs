using Microsoft.Extensions.Logging;

namespace Consultation.Storage;

/// <summary>What Storage writes to the log: event ids 3000–3099; ids and names, never contents.</summary>
internal static partial class Log
{
    [LoggerMessage(3001, LogLevel.Error,
        "Import {Job} failed at attempt {Attempt}; nothing of it was stored, and it is begun anew in a minute")]
    public static partial void ImportFailed(this ILogger logger, Exception cause, Guid job, int attempt);

    [LoggerMessage(3002, LogLevel.Warning, "Looking for confirmed imports failed; the next look tries again")]
    public static partial void ImportLookFailed(this ILogger logger, Exception cause);

    [LoggerMessage(3003, LogLevel.Debug,
        "The write-ahead log was not carried over into the database file; the next look tries again")]
    public static partial void CheckpointFailed(this ILogger logger, Exception cause);

    [LoggerMessage(3004, LogLevel.Warning, "Looking for due weekly summaries failed; the next look tries again")]
    public static partial void SummaryFailed(this ILogger logger, Exception cause);

    [LoggerMessage(3005, LogLevel.Warning, "Looking for cases whose rest is over failed; the next look tries again")]
    public static partial void RestEndFailed(this ILogger logger, Exception cause);

    [LoggerMessage(3006, LogLevel.Warning, "Looking through the file {File} failed; it is tried again")]
    public static partial void FileCheckFailed(this ILogger logger, Exception cause, Guid file);

    [LoggerMessage(3007, LogLevel.Warning, "Looking for files that have arrived failed; the next look tries again")]
    public static partial void FileLookFailed(this ILogger logger, Exception cause);

    [LoggerMessage(3008, LogLevel.Warning, "Looking through sign-ups for meetings failed; the next look tries again")]
    public static partial void SignUpsFailed(this ILogger logger, Exception cause);

    [LoggerMessage(3009, LogLevel.Warning, "Moving running instances failed; the next look goes on with them")]
    public static partial void MoveFailed(this ILogger logger, Exception cause);

    [LoggerMessage(3010, LogLevel.Warning, "Emptying the bin failed; the next look tries again")]
    public static partial void BinFailed(this ILogger logger, Exception cause);

    [LoggerMessage(3011, LogLevel.Warning, "Looking through surveys failed; the next look tries again")]
    public static partial void SurveysFailed(this ILogger logger, Exception cause);
}
