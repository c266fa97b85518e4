using System.Net.Sockets;
using Consultation.Mail;
using Consultation.Server.FirstStart;
using Consultation.Storage;
using Consultation.Storage.Reading.Health;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Consultation.Server.Health;

/// <summary>
/// What a check found, in both languages: data "zh" and "en", read by the status page and shown as JSON by
/// /health/ready.
/// </summary>
internal static class Finding
{
    public static HealthCheckResult Of(HealthStatus status, string zh, string en) => Of(status, [zh], [en]);

    /// <summary>Line by line, for pages.</summary>
    public static HealthCheckResult Of(HealthStatus status, IReadOnlyList<string> zh, IReadOnlyList<string> en) =>
        new(status, string.Join('\n', en), data: new Dictionary<string, object> { ["zh"] = zh, ["en"] = en });

    /// <summary>Two findings of one check: the worse state, and what both say.</summary>
    public static HealthCheckResult Both(HealthCheckResult one, HealthCheckResult other) =>
        Of(one.Status < other.Status ? one.Status : other.Status,
            [.. Lines(one, "zh"), .. Lines(other, "zh")], [.. Lines(one, "en"), .. Lines(other, "en")]);

    private static IEnumerable<string> Lines(HealthCheckResult result, string language) =>
        (IReadOnlyList<string>)result.Data[language];
}

/// <summary>The database can be used and its schema is that of this program.</summary>
internal sealed class DatabaseCheck(Database database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (await database.FindTroubleAsync(cancellationToken) is not { } trouble)
        {
            return Finding.Of(
                HealthStatus.Healthy, $"{database.Provider}，结构为最新。", $"{database.Provider}, schema up to date.");
        }

        return Finding.Of(HealthStatus.Unhealthy, trouble.Zh, trouble.En);
    }
}

/// <summary>
/// No timer is overdue for long: the worker is alive. Elsewhere overdue timers stayed stuck for days unseen.
/// </summary>
internal sealed class TimerCheck(LoadReader loads, Database database, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan TooLate = TimeSpan.FromMinutes(15);

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (await database.FindTroubleAsync(cancellationToken) is not null)
        {
            return Finding.Of(HealthStatus.Degraded, "数据库无法使用，没有检查。", "Not checked: the database cannot be used.");
        }

        var now = time.GetUtcNow();
        var load = await loads.ReadAsync(now, cancellationToken);
        var age = now - (load.OldestDue ?? now);
        var status = age > TooLate ? HealthStatus.Unhealthy : age > Late ? HealthStatus.Degraded : HealthStatus.Healthy;
        return status == HealthStatus.Healthy
            ? Finding.Of(status, "没有积压。", "Nothing is behind.")
            : Finding.Of(status, $"最早的定时任务已过期 {age.TotalMinutes:0} 分钟还没有处理。",
                $"The oldest due timer has waited for {age.TotalMinutes:0} minutes.");
    }
}

/// <summary>
/// The pickup folder can be written to, or the mail server answers; and no mail is tried again and again.
/// </summary>
internal sealed class MailCheck(MailOptions options, LoadReader loads, Database database, TimeProvider time)
    : IHealthCheck
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(3);

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var way = await WayAsync(cancellationToken);
        if (await database.FindTroubleAsync(cancellationToken) is not null) return way;
        var load = await loads.ReadAsync(time.GetUtcNow(), cancellationToken);
        return load.RepeatedMails == 0
            ? way
            : Finding.Both(way, Finding.Of(
                HealthStatus.Degraded,
                $"{load.RepeatedMails} 封邮件试了 {LoadReader.ManyAttempts} 次以上还没有发出，最多的试了 {load.MostAttempts} 次；"
                    + "原因见“发件箱”里每封邮件的说明。",
                $"{load.RepeatedMails} mails have not left after {LoadReader.ManyAttempts} attempts or more; one was "
                    + $"tried {load.MostAttempts} times. Why stands with each mail in the outbox."));
    }

    private async Task<HealthCheckResult> WayAsync(CancellationToken cancellationToken)
    {
        try
        {
            return options.Transport == MailTransportKind.Smtp ? await SmtpAsync(cancellationToken) : Folder();
        }
        catch (Exception failure) when (
            failure is IOException or UnauthorizedAccessException or SocketException or OperationCanceledException)
        {
            return options.Transport == MailTransportKind.Smtp
                ? Finding.Of(HealthStatus.Degraded, $"连接不上邮件服务器 {options.Smtp.Host}:{options.Smtp.Port}，邮件会稍后再发。",
                    $"The mail server {options.Smtp.Host}:{options.Smtp.Port} does not answer; mails are sent later.")
                : Finding.Of(HealthStatus.Unhealthy, $"邮件文件夹 {options.PickupFolder} 不能写入：{failure.Message}",
                    $"The mail folder {options.PickupFolder} cannot be written to: {failure.Message}");
        }
    }

    private HealthCheckResult Folder()
    {
        Directory.CreateDirectory(options.PickupFolder);
        var probe = Path.Combine(options.PickupFolder, $".probe-{Guid.NewGuid():N}");
        File.WriteAllText(probe, "");
        File.Delete(probe);
        return Finding.Of(
            HealthStatus.Healthy,
            $"没有配置邮件服务器，邮件保存在文件夹 {options.PickupFolder}。",
            $"No mail server is set; mails are kept in the folder {options.PickupFolder}.");
    }

    private async Task<HealthCheckResult> SmtpAsync(CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(Within, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        using var client = new TcpClient();
        await client.ConnectAsync(options.Smtp.Host, options.Smtp.Port, both.Token);
        return Finding.Of(
            HealthStatus.Healthy, $"邮件服务器 {options.Smtp.Host} 可以连接。", $"The mail server {options.Smtp.Host} answers.");
    }
}

/// <summary>Every workflow file was read.</summary>
internal sealed class WorkflowCheck(WorkflowFolder folder) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        FileNote[] notes = [.. folder.Broken, .. folder.Kept];
        return Task.FromResult(Finding.Of(
            folder.Broken.Count == 0 ? HealthStatus.Healthy : HealthStatus.Degraded,
            [.. notes.Select(file => $"{file.Name}：{file.Zh}").Prepend($"{folder.Read} 个文件没有问题。")],
            [.. notes.Select(file => $"{file.Name}: {file.En}").Prepend($"{folder.Read} files are in order.")]));
    }
}
