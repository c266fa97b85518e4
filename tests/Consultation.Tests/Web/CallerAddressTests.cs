using System.Net;
using Consultation.Web.SignIn;

namespace Consultation.Tests.Web;

/// <summary>By what callers are counted.</summary>
public sealed class CallerAddressTests
{
    [Theory]
    [InlineData("203.0.113.7", "::ffff:203.0.113.7", true)]
    [InlineData("203.0.113.7", "203.0.113.8", false)]
    [InlineData("2400:3200:1:2::1", "2400:3200:1:2:ffff:ffff:ffff:ffff", true)]
    [InlineData("2400:3200:1:2::1", "2400:3200:1:3::1", false)]
    public void Whoever_has_one_address_of_a_network_has_them_all(string one, string other, bool same) =>
        (CallerAddress.Of(IPAddress.Parse(one)) == CallerAddress.Of(IPAddress.Parse(other))).Should().Be(same);

    [Fact]
    public void A_caller_without_an_address_is_counted_too() => CallerAddress.Of((IPAddress?)null).Should().BeEmpty();
}
