using System.Net;
using Consultation.Runtime.Outside;

namespace Consultation.StorageTests.Runs;

/// <summary>Which hosts and addresses a workflow's request may reach.</summary>
public sealed class AllowedHostsTests
{
    [Theory]
    [InlineData("http://api.example.org/", true)]
    [InlineData("https://API.example.org:8443/x", true)]
    [InlineData("http://api.example.org./", true)]
    [InlineData("http://api.example.org.evil.net/", false)]
    [InlineData("http://evil.net/?api.example.org", false)]
    [InlineData("http://api.example.org@evil.net/", false)]
    [InlineData("http://a.partner.cn/", true)]
    [InlineData("http://partner.cn/", false)]
    [InlineData("http://evilpartner.cn/", false)]
    [InlineData("http://10.0.0.5:8080/", true)]
    [InlineData("http://10.0.0.5/", false)]
    public void A_host_is_allowed_by_its_entry(string url, bool expected) =>
        new AllowedHosts(["api.example.org", "*.partner.cn", "10.0.0.5:8080"]).Allow(new Uri(url)).Should()
            .Be(expected);

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("10.1.2.3", true)]
    [InlineData("172.31.0.1", true)]
    [InlineData("172.32.0.1", false)]
    [InlineData("192.168.1.1", true)]
    [InlineData("169.254.169.254", true)]
    [InlineData("100.64.0.1", true)]
    [InlineData("0.0.0.0", true)]
    [InlineData("255.255.255.255", true)]
    [InlineData("8.8.8.8", false)]
    [InlineData("::1", true)]
    [InlineData("::", true)]
    [InlineData("::ffff:10.0.0.1", true)]
    [InlineData("64:ff9b::a00:1", true)]
    [InlineData("2002:a00:1::1", true)]
    [InlineData("fd00::1", true)]
    [InlineData("fe80::1", true)]
    [InlineData("2400:3200::1", false)]
    [InlineData("2001:4860:4860::8888", false)]
    [InlineData("64:ff9b::808:808", false)]
    [InlineData("2002:808:808::1", false)]
    [InlineData("::ffff:8.8.8.8", false)]
    [InlineData("192.88.99.1", true)]
    [InlineData("203.0.113.7", true)]
    [InlineData("168.63.129.16", true)]
    [InlineData("100.100.100.200", true)]
    [InlineData("::127.0.0.1", true)]
    [InlineData("::ffff:0:127.0.0.1", true)]
    [InlineData("64:ff9b::7f00:1", true)]
    [InlineData("64:ff9b:1::7f00:1", true)]
    [InlineData("2002:7f00:1::", true)]
    [InlineData("2400:3200::5efe:10.0.0.1", true)]
    [InlineData("2001:0:7f00:1::", true)]
    [InlineData("2001:db8::1", true)]
    [InlineData("3fff::1", true)]
    [InlineData("fec0::1", true)]
    [InlineData("ff02::1", true)]
    [InlineData("100::1", true)]
    public void Addresses_inside_the_network_are_known(string address, bool expected) =>
        InsideAddresses.Contain(IPAddress.Parse(address)).Should().Be(expected);
}
