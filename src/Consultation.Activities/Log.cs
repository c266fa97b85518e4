using Microsoft.Extensions.Logging;

namespace Consultation.Activities;

/// <summary>What this floor writes to the log; ids 5001–5999.</summary>
internal static partial class Log
{
    [LoggerMessage(5001, LogLevel.Information, "Took in {Activities} from {File}")]
    public static partial void TookIn(this ILogger logger, string file, string activities);
}
