using Consultation.Mail.Incoming;
using Consultation.Testing.Mail;

namespace Consultation.Tests.Mail.Incoming;

/// <summary>Only what our own relay says of just this sender counts.</summary>
public sealed class SenderCheckTests
{
    private const string Own = Letter.Relay;

    [Theory]
    [InlineData("dmarc=pass header.from=tonghe.example")]
    [InlineData("spf=fail smtp.mailfrom=elsewhere.example; dkim=none; dmarc=pass (p=none) header.from=Tonghe.Example")]
    [InlineData("dkim=pass header.d=tonghe.example header.s=k1")]
    [InlineData("dkim=fail header.d=tonghe.example; dkim=pass header.d=tonghe.example")]
    [InlineData("spf=pass smtp.mailfrom=bounces@tonghe.example")]
    [InlineData("spf=pass smtp.mailfrom=tonghe.example")]
    [InlineData("auth=pass smtp.auth=li.min@tonghe.example")]
    public void The_relay_vouches_for_the_sender_or_the_domain(string results) =>
        Vouches(new() { Results = results }).Should().BeTrue();

    [Theory]
    [InlineData(null)]
    [InlineData("none")]
    [InlineData("dmarc=none header.from=tonghe.example")]
    [InlineData("dmarc=fail header.from=tonghe.example; dkim=pass header.d=tonghe.example")]
    [InlineData("dmarc=pass header.from=elsewhere.example")]
    [InlineData("dkim=pass header.d=elsewhere.example")]
    [InlineData("dkim=pass header.d=example")]
    [InlineData("dkim=pass header.d=mail.tonghe.example")]
    [InlineData("dkim=pass header.i=@tonghe.example")]
    [InlineData("spf=pass smtp.mailfrom=elsewhere.example")]
    [InlineData("spf=pass smtp.helo=tonghe.example")]
    [InlineData("spf=softfail smtp.mailfrom=tonghe.example")]
    [InlineData("auth=pass smtp.auth=wang.fang@tonghe.example")]
    [InlineData("x-tonghe=pass header.from=tonghe.example")]
    [InlineData("dmarc=pass (header.from=tonghe.example)")]
    [InlineData("dmarc=\"pass header.from=tonghe.example")]
    public void Nothing_less_does(string? results) => Vouches(new() { Results = results }).Should().BeFalse();

    [Theory]
    [InlineData("mx.elsewhere.example")]
    [InlineData("mx.example.gov.cn.elsewhere.example")]
    [InlineData("xmx.example.gov.cn")]
    [InlineData("")]
    public void What_another_server_says_does_not_count(string authServId) =>
        Vouches(new() { AuthServId = authServId }).Should().BeFalse();

    [Fact]
    public void What_the_sender_himself_wrote_in_our_relay_s_name_does_not_count()
    {
        string[] forged = [$"Authentication-Results: {Own}; dmarc=pass header.from=tonghe.example"];

        Vouches(new() { Results = null, More = forged }).Should().BeFalse("it stands below our relay's Received");
        Vouches(new() { Results = "dmarc=fail header.from=tonghe.example", More = forged }).Should().BeFalse();
        Vouches(new() { Results = null, More = ["Received: from a by b; Thu, 5 Mar 2026 04:00:00 +0000", .. forged] })
            .Should().BeFalse();
    }

    [Fact]
    public void A_second_server_of_our_own_may_stand_above_the_relay()
    {
        var letter = new Letter { More = [] }.Write(Replying.Now);
        var store = $"Received: from {Own} by store.example.gov.cn with LMTP; Thu, 5 Mar 2026 04:00:00 +0000";
        var behind = $"{store}\r\n{letter}";
        var bytes = System.Text.Encoding.UTF8.GetBytes(behind);

        new MessageReader(Replying.Options(ownReceived: 2), new MailClock(Replying.Now)).Read(bytes).IsAuthenticated
            .Should().BeTrue();
        Replying.Reader.Read(bytes).IsAuthenticated.Should().BeFalse("the settings name one server");
    }

    [Fact]
    public void A_mail_with_fewer_Received_lines_than_we_have_servers_was_not_received_by_them() =>
        new MessageReader(Replying.Options(ownReceived: 2), new MailClock(Replying.Now))
            .Read(new Letter().Bytes(Replying.Now)).IsAuthenticated.Should().BeFalse();

    [Theory]
    [InlineData("li.min@tonghe.example, wang.fang@tonghe.example")]
    [InlineData("li.min@tonghe.example <wang.fang@elsewhere.example>")]
    [InlineData("undisclosed:;")]
    [InlineData("")]
    public void Two_senders_or_none_are_nobody(string from) =>
        Vouches(new() { From = from }).Should().BeFalse();

    private static bool Vouches(Letter letter) => Replying.Reader.Read(letter.Bytes(Replying.Now)).IsAuthenticated;
}
