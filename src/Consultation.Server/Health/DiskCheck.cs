using Consultation.Mail;
using Consultation.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Consultation.Server.Health;

/// <summary>The folders that this host keeps its data in can be written to, and have room left.</summary>
internal sealed class DiskCheck(Database database, MailOptions mail) : IHealthCheck
{
    /// <summary>Less free space than this is said in advance.</summary>
    private const long Little = 200L * 1024 * 1024;

    /// <summary>
    /// As much as a few steps and their log need; what cannot be written here cannot be written there either.
    /// </summary>
    private static readonly byte[] Probe = new byte[256 * 1024];

    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        string[] folders =
        [
            .. new[] { database.Folder, Path.GetDirectoryName(Path.GetFullPath(mail.LinkKeyFile)) }.OfType<string>()
                .Select(folder => Existing(Path.GetFullPath(folder))).Distinct(StringComparer.Ordinal),
        ];
        foreach (var folder in folders)
        {
            if (Trouble(folder) is { } trouble)
            {
                return Task.FromResult(Finding.Of(
                    HealthStatus.Unhealthy,
                    $"文件夹 {folder} 不能写入，请检查权限和磁盘空间：{trouble}",
                    $"The folder {folder} cannot be written to; check its permissions and the free space: {trouble}"));
            }
        }

        var (least, free) = folders.Select(folder => (folder, new DriveInfo(folder).AvailableFreeSpace))
            .MinBy(one => one.AvailableFreeSpace);
        var megabytes = free / 1024 / 1024;
        return Task.FromResult(free < Little
            ? Finding.Of(
                HealthStatus.Degraded, $"文件夹 {least} 所在的磁盘只剩 {megabytes} MB，请腾出空间。",
                $"Only {megabytes} MB are left where the folder {least} is; free some space.")
            : Finding.Of(
                HealthStatus.Healthy, $"可以写入，剩余 {megabytes} MB。", $"Can be written to; {megabytes} MB are free."));
    }

    // A folder that is made when it is first needed is made in the one that is there.
    private static string Existing(string folder)
    {
        while (!Directory.Exists(folder)) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }

    private static string? Trouble(string folder)
    {
        var probe = Path.Combine(folder, $".probe-{Guid.NewGuid():N}");
        try
        {
            File.WriteAllBytes(probe, Probe);
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return failure.Message;
        }
        finally
        {
            File.Delete(probe);
        }
    }
}
