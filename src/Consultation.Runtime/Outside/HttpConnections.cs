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
    /// <param name="hosts">What is allowed.</param>
    /// <param name="lookUp">Looks a name up; null asks the system.</param>
    public static SocketsHttpHandler Handler(
        AllowedHosts hosts, Func<string, CancellationToken, Task<IPAddress[]>>? lookUp = null)
    {
        lookUp ??= LookUpAsync;
        return new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            MaxResponseHeadersLength = 64,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            ConnectCallback = (context, cancellationToken) => ConnectAsync(hosts, lookUp, context, cancellationToken),
        };
    }

    /// <summary>
    /// Judges a request that leaves by the operator's proxy, which looks names up and connects by itself: so before it
    /// leaves, and by what the name says here.
    /// </summary>
    /// <exception cref="HttpRefusedException">It leads inside the network.</exception>
    public static async Task CheckProxiedAsync(AllowedHosts hosts, Uri url, CancellationToken cancellationToken)
    {
        if (ProxyOf(url) is null || hosts.Names(url)) return;
        IPAddress[] addresses;
        try
        {
            addresses = await LookUpAsync(url.IdnHost, cancellationToken);
        }
        catch (SocketException)
        {
            // Only the proxy knows names of the outside.
            return;
        }

        if (Array.Exists(addresses, IsInside)) throw Refusal(url);
    }

    private static async ValueTask<Stream> ConnectAsync(
        AllowedHosts hosts, Func<string, CancellationToken, Task<IPAddress[]>> lookUp,
        SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var end = context.DnsEndPoint;
        var addresses = await lookUp(end.Host, cancellationToken);
        var asked = context.InitialRequestMessage.RequestUri!;
        if (!IsProxy(end, asked) && !hosts.Names(asked))
        {
            addresses = [.. addresses.Where(address => !IsInside(address))];
            if (addresses.Length == 0) throw Refusal(asked);
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

    // A number is no name; the system's look-up refuses 0.0.0.0 and :: with a message of its own.
    private static async Task<IPAddress[]> LookUpAsync(string host, CancellationToken cancellationToken) =>
        IPAddress.TryParse(host, out var address)
            ? [address]
            : await Dns.GetHostAddressesAsync(host, cancellationToken);

    private static bool IsInside(IPAddress address) =>
        InsideAddresses.Contain(address) || InsideAddresses.IsOwn(address);

    /// <summary>The proxy that the operator set for an address; null when the address is connected to itself.</summary>
    private static Uri? ProxyOf(Uri url)
    {
        var proxy = HttpClient.DefaultProxy;
        return proxy.IsBypassed(url) ? null : proxy.GetProxy(url);
    }

    private static bool IsProxy(DnsEndPoint end, Uri asked) => ProxyOf(asked) is { } proxy && proxy.Port == end.Port
        && Bare(proxy.IdnHost).Equals(Bare(end.Host), StringComparison.OrdinalIgnoreCase);

    private static string Bare(string host) => host.Trim('[', ']');

    private static HttpRefusedException Refusal(Uri asked) => new(
        $"{asked.Host} 指向内部网络的地址；若确需访问，请管理员在 Runtime:HttpHosts 中写明该主机（不用星号）后重试 / "
        + $"{asked.Host} leads to an address inside the network; if that is meant, retry when an administrator has "
        + "added the host itself (without a star) to Runtime:HttpHosts.");
}
