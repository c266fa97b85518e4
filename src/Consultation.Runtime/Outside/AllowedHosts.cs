using System.Net;
using System.Net.Sockets;

namespace Consultation.Runtime.Outside;

/// <summary>
/// Which hosts workflows may send requests to. An entry is a host (<c>api.example.org</c>), a host with its port
/// (<c>10.0.0.5:8080</c>), all below a domain (<c>*.example.org</c>) or everything (<c>*</c>). An address inside the
/// network (this machine, the local net, a cloud's own services) is reached only by an entry without a star: who draws
/// workflows must not reach what only the host can reach. Immutable, thread-safe.
/// </summary>
internal sealed class AllowedHosts(IReadOnlyList<string> entries)
{
    /// <summary>Whether a request may be sent there at all.</summary>
    public bool Allow(Uri url) => Names(url) || entries.Any(entry => entry == "*"
        || (entry.StartsWith("*.", StringComparison.Ordinal)
            && NamesOf(url).Any(name => name.EndsWith(entry[1..], StringComparison.OrdinalIgnoreCase))));

    /// <summary>
    /// Whether the operator named this very host, so that an address inside the network is meant too.
    /// </summary>
    public bool Names(Uri url) => NamesOf(url).Any(name => entries.Any(entry =>
        entry.Equals(name, StringComparison.OrdinalIgnoreCase)
            || entry.Equals($"{name}:{url.Port}", StringComparison.OrdinalIgnoreCase)));

    /// <summary>Whether an address belongs to no host of the public internet.</summary>
    public static bool IsInside(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (IPAddress.IsLoopback(address)) return true;
        var bytes = address.GetAddressBytes();
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            return address.IsIPv6LinkLocal || address.IsIPv6SiteLocal || address.IsIPv6UniqueLocal
                || address.IsIPv6Multicast
                || address.Equals(IPAddress.IPv6Any)
                || IsTranslated(bytes);
        }

        return bytes switch
        {
            [0 or 10 or 127, ..] => true,
            [100, >= 64 and <= 127, ..] => true,
            [169, 254, ..] => true,
            [172, >= 16 and <= 31, ..] => true,
            [192, 168, ..] or [192, 0, 0, _] => true,
            [198, 18 or 19, ..] => true,
            [>= 224, ..] => true,
            _ => false,
        };
    }

    /// <summary>
    /// An IPv4 address behind a translator (64:ff9b::/96) or a tunnel (2002::/16) counts as what it stands for.
    /// </summary>
    private static bool IsTranslated(byte[] bytes) => bytes switch
    {
        [0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0, ..] => IsInside(new IPAddress(bytes.AsSpan(12, 4))),
        [0x20, 0x02, ..] => IsInside(new IPAddress(bytes.AsSpan(2, 4))),
        _ => false,
    };

    private static string[] NamesOf(Uri url) => [url.Host.TrimEnd('.'), url.IdnHost.TrimEnd('.')];
}
