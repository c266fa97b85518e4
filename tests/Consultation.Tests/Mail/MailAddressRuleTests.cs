using Consultation.Mail.Outgoing;

namespace Consultation.Tests.Mail;

public sealed class MailAddressRuleTests
{
    [Theory]
    [InlineData("li.min@example.gov.cn")]
    [InlineData("a@b.cn")]
    [InlineData("li+task@mail.example.com")]
    [InlineData("o'brien@example.org")]
    [InlineData("consultation@localhost")]
    [InlineData("li@xn--zfr164b.xn--fiqs8s")]
    public void Ordinary_addresses_are_taken(string address) => MailAddressRule.Check(address).Should().BeNull();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("li.min")]
    [InlineData("li min@example.cn")]
    [InlineData("li.min@example")]
    [InlineData("li..min@example.cn")]
    [InlineData(".li@example.cn")]
    [InlineData("li.@example.cn")]
    [InlineData("-f@example.cn")]
    [InlineData("a@b.cn,c@d.cn")]
    [InlineData("a@b.cn;c@d.cn")]
    [InlineData("a@b.cn\r\nBcc: x@y.cn")]
    [InlineData("a@b.cn\n")]
    [InlineData("\"a b\"@example.cn")]
    [InlineData("<a@b.cn>")]
    [InlineData("a@[127.0.0.1]")]
    [InlineData("a@b@c.cn")]
    [InlineData("li\uFF20example.cn")]
    [InlineData("a%0d%0aBcc@exa mple.cn")]
    public void Everything_else_is_refused_in_both_languages(string? address)
    {
        var problem = MailAddressRule.Check(address);

        problem.Should().NotBeNull();
        problem!.Zh.Should().NotBeEmpty();
        problem.En.Should().NotBeEmpty().And.NotBe(problem.Zh);
    }

    [Theory]
    [InlineData("王\r\nBcc: x@y.cn", "王 Bcc: x@y.cn")]
    [InlineData("王\u2028芳", "王 芳")]
    [InlineData("\u202Enimda", "nimda")]
    [InlineData("  李敏\t ", "李敏")]
    [InlineData(null, "")]
    public void A_header_text_is_one_line(string? typed, string line) =>
        MailAddressRule.OneLine(typed).Should().Be(line);

    [Fact]
    public void A_long_header_text_is_cut_between_characters()
    {
        var line = MailAddressRule.OneLine(new string('协', 8) + "😀😀", 10);

        line.Should().Be(new string('协', 8) + "…");
    }
}
