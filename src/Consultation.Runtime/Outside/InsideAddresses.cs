using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Consultation.Runtime.Outside;

/// <summary>
/// Which addresses belong to no host of the public internet: this machine, the local net, a cloud's own services, and
/// whatever stands for one of them in another notation.
/// </summary>
internal static class InsideAddresses
{
    /// <summary>Azure serves its machines' settings at this public address.</summary>
    private static readonly IPAddress AzureWireServer = IPAddress.Parse("168.63.129.16");

    /// <summary>
    /// Whether an address is inside, by its number alone. Of IPv6 only what is given to the internet (2000::/3) is
    /// outside.
    /// </summary>
    public static bool Contain(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? IsInside6(bytes)
            : IsInside4(bytes) || address.Equals(AzureWireServer);
    }

    /// <summary>
    /// Whether it is one of this machine's own, its public ones included: what listens there may be shut to the
    /// outside.
    /// </summary>
    public static bool IsOwn(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        try
        {
            return NetworkInterface.GetAllNetworkInterfaces()
                .SelectMany(one => one.GetIPProperties().UnicastAddresses)
                .Any(one => one.Address.GetAddressBytes().AsSpan().SequenceEqual(address.GetAddressBytes()));
        }
        catch (NetworkInformationException)
        {
            return false;
        }
    }

    private static bool IsInside4(byte[] bytes) => bytes switch
    {
        [0 or 10 or 127, ..] => true,
        [100, >= 64 and <= 127, ..] => true,
        [169, 254, ..] => true,
        [172, >= 16 and <= 31, ..] => true,
        [192, 168, ..] or [192, 0, 0 or 2, _] or [192, 88, 99, _] => true,
        [198, 18 or 19, ..] or [198, 51, 100, _] or [203, 0, 113, _] => true,
        [>= 224, ..] => true,
        _ => false,
    };

    private static bool IsInside6(byte[] bytes) => bytes switch
    {
        // A translator to IPv4 and a tunnel over it: as the address that they stand for.
        [0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0, .. var last] => IsInside4(last),
        [0x20, 0x02, var a, var b, var c, var d, ..] => IsInside4([a, b, c, d]),
        [_, _, _, _, _, _, _, _, 0 or 2, 0, 0x5e, 0xfe, .. var last] when IsInside4(last) => true,
        // Teredo and other assignments of the protocol itself, examples of books.
        [0x20, 0x01, 0 or 1, ..] or [0x20, 0x01, 0x0d, 0xb8, ..] or [0x3f, 0xff, < 0x10, ..] => true,
        [var first, ..] => (first & 0xe0) != 0x20,
        _ => true,
    };
}
