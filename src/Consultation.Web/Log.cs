using Microsoft.Extensions.Logging;

namespace Consultation.Web;

/// <summary>What Web writes to the log: event ids 7000–7099; never names or addresses of people.</summary>
internal static partial class Log
{
    [LoggerMessage(
        7001, LogLevel.Warning, "Somebody came back from the OpenID Connect provider and was not let in: {Problem}")]
    public static partial void OpenIdRefused(this ILogger logger, string problem);

    [LoggerMessage(7002, LogLevel.Warning, "A sign-in or sign-out by OpenID Connect failed")]
    public static partial void OpenIdFailed(this ILogger logger, Exception? cause);
}
