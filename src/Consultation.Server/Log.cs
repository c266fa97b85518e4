namespace Consultation.Server;

/// <summary>What Server writes to the log: event ids 9000–9099.</summary>
internal static partial class Log
{
    [LoggerMessage(9001, LogLevel.Warning, "Workflow file {File} was left out: {Reason}")]
    public static partial void WorkflowFileBroken(this ILogger logger, string file, string reason);

    [LoggerMessage(9002, LogLevel.Warning, "The database cannot be used yet (attempt {Attempt}): {Reason}")]
    public static partial void WaitingForDatabase(this ILogger logger, int attempt, string reason);

    [LoggerMessage(9003, LogLevel.Warning, "The log-in {UserName} got a new password from the console")]
    public static partial void PasswordRenewed(this ILogger logger, string userName);

    [LoggerMessage(9004, LogLevel.Warning,
        "The sign-in keys lie unencrypted in the database; set Keys:CertificateFile to encrypt them")]
    public static partial void KeysArePlain(this ILogger logger);

    [LoggerMessage(9005, LogLevel.Warning, "The sample goes on without an answer that was not taken: {Answer}")]
    public static partial void SampleAnswerRefused(this ILogger logger, string answer);

    [LoggerMessage(9006, LogLevel.Warning, "The virus scanner did not answer; files are held and looked at again")]
    public static partial void ScanUnavailable(this ILogger logger, Exception cause);

    [LoggerMessage(9007, LogLevel.Warning, "{Program} cannot be started; documents get no preview")]
    public static partial void PreviewsOff(this ILogger logger, Exception cause, string program);

    [LoggerMessage(9008, LogLevel.Warning, "A preview took longer than {Limit} and was given up")]
    public static partial void PreviewTooSlow(this ILogger logger, TimeSpan limit);

    [LoggerMessage(9009, LogLevel.Error, "The rehearsal of {Definition} failed")]
    public static partial void RehearsalFailed(this ILogger logger, Exception cause, string definition);
}
