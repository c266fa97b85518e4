using System.Net.Sockets;
using Consultation.Mail;
using Consultation.Mail.Channel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Consultation.Server.Health;

/// <summary>The gateway of the second channel can be reached, and there is a key to sign with.</summary>
internal sealed class ChannelCheck(MailOptions options, ChannelTransport transport, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(3);

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (options.Channel.Url is not { } url)
        {
            return Finding.Of(HealthStatus.Healthy, "没有开通。", "There is none.");
        }

        if (await transport.KeyTroubleAsync(cancellationToken) is { } trouble)
        {
            return Finding.Of(HealthStatus.Degraded, $"不能签名：{trouble}", $"Nothing can be signed: {trouble}");
        }

        try
        {
            using var late = new CancellationTokenSource(Within, time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
            using var client = new TcpClient();
            await client.ConnectAsync(url.Host, url.Port, both.Token);
            return Finding.Of(
                HealthStatus.Healthy, $"通道网关 {url.Host} 可以连接。", $"The gateway {url.Host} answers.");
        }
        catch (Exception failure) when (failure is SocketException or OperationCanceledException)
        {
            return Finding.Of(
                HealthStatus.Degraded,
                $"连接不上通道网关 {url.Host}:{url.Port}，消息会稍后再发，超过 {options.Channel.GiveUpAfter.TotalHours:0.#} 小时改发邮件。",
                $"The gateway {url.Host}:{url.Port} does not answer; messages are sent later, and by mail after "
                    + $"{options.Channel.GiveUpAfter.TotalHours:0.#} hours.");
        }
    }
}
