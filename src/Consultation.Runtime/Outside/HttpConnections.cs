using System.Net;
using System.Net.Sockets;

namespace Consultation.Runtime.Outside;

/// <summary>
/// Opens the connections of workflows' requests. The address is judged here, after the name was looked up and just
/// before it is used, so that a name that leads inside the network is not followed there, whatever it said a moment
/// before.
/// </summary>
internal static class HttpConnections
{
    /// <summary>
    /// Follows no redirection by itself, and keeps no cookies: runs of different organisations share it.
    /// </summary>
    public static SocketsHttpHandler Handler(AllowedHosts hosts) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        MaxResponseHeadersLength = 64,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        ConnectCallback = (context, cancellationToken) => ConnectAsync(hosts, context, cancellationToken),
    };

    private static async ValueTask<Stream> ConnectAsync(
        AllowedHosts hosts, SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var end = context.DnsEndPoint;
        var addresses = await Dns.GetHostAddressesAsync(end.Host, cancellationToken);

        // Another host than the request's is the proxy that the operator set; it looks names up itself.
        var asked = context.InitialRequestMessage.RequestUri!;
        if (asked.IdnHost.Equals(end.Host, StringComparison.OrdinalIgnoreCase) && !hosts.Names(asked))
        {
            addresses = [.. addresses.Where(address => !AllowedHosts.IsInside(address))];
            if (addresses.Length == 0)
            {
                throw new HttpRefusedException(
                    $"{asked.Host} 指向内部网络的地址；若确需访问，请管理员在 Runtime:HttpHosts 中写明该主机（不用星号）后重试 / "
                    + $"{asked.Host} leads to an address inside the network; if that is meant, retry when an "
                    + "administrator has added the host "
                    + "itself (without a star) to Runtime:HttpHosts.");
            }
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, end.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
