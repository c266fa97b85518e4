using System.ComponentModel.DataAnnotations;
using Consultation.Activities.Others;
using Consultation.Runtime.Runs;
using Microsoft.Extensions.Options;

namespace Consultation.Server.FirstStart;

/// <summary>Says in words why the host could not start; what it does not know stays an exception.</summary>
internal static class StartFailure
{
    /// <summary>The explanation, or null when the failure is a mistake of the program.</summary>
    public static string? Explain(Exception failure) => failure switch
    {
        OptionsValidationException wrong => $"设置有误 / wrong settings:\n  {string.Join("\n  ", wrong.Failures)}",
        ValidationException wrong => $"设置有误 / wrong settings:\n  {wrong.Message}",
        ActivityFolderException wrong =>
            "活动文件夹有误，主机没有启动 / the activities folder cannot be used; the host did not start:\n  "
            + string.Join("\n  ", wrong.Problems),
        StoreUnavailableException away => $"数据库无法使用 / the database cannot be used:\n  {away.Message}",
        IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException } =>
            "端口已被占用，请用 --urls 换一个 / the port is in use; choose another with --urls",
        InvalidDataException wrong => $"文件内容有误 / a file is not what it should be:\n  {wrong.Message}",
        IOException or UnauthorizedAccessException =>
            "文件或文件夹无法读写，请检查路径、权限和磁盘空间 / a file or folder cannot be used; check its path, its permissions and the free "
                + "space:\n  "
            + failure.Message,
        AggregateException { InnerExceptions: [var only] } => Explain(only),
        _ => null,
    };
}
