using Consultation.Cases;
using Consultation.Cases.Publishing;

namespace Consultation.Tests.Cases.Publishing;

public sealed class OpinionRulesTests
{
    [Theory]
    [InlineData("<b>灯</b>太暗了，请加装")]
    [InlineData("[url=x]点这里看看吧[/url]")]
    [InlineData("详见 https://example.org 的介绍")]
    [InlineData("加我的网站 www.spam.example 领红包")]
    [InlineData("好消息尽在 spam。com 快来看")]
    [InlineData("有事打 13800138000 找我")]
    [InlineData("嗯")]
    [InlineData("！！！！！！！！")]
    [InlineData("啊啊啊啊啊啊啊啊啊啊")]
    public void Markup_links_personal_data_and_noise_are_refused_with_a_word(string text) =>
        OpinionRules.Check(text).Should().ContainSingle().Which.Message.Zh.Should().NotBeEmpty();

    [Fact]
    public void A_plain_opinion_is_taken() =>
        OpinionRules.Check("希望路灯装到桥头，晚上十一点以后调暗一些。").Should().BeEmpty();

    [Fact]
    public void Too_long_an_opinion_is_refused_with_its_length() =>
        OpinionRules.Check(new string('路', 1001) + "灯").Should().ContainSingle()
            .Which.Message.Zh.Should().Contain("1000");

    [Fact]
    public void Two_texts_say_the_same_whatever_signs_and_repeats_they_have()
    {
        OpinionRules.Fingerprint("路灯太暗！！！").Should().Be(OpinionRules.Fingerprint("路灯 太暗。"));
        OpinionRules.Fingerprint("路灯太暗暗暗").Should().Be(OpinionRules.Fingerprint("路灯太暗"));
        OpinionRules.Fingerprint("路灯太暗").Should().NotBe(OpinionRules.Fingerprint("路灯太亮"));
        OpinionRules.Fingerprint(string.Concat(Enumerable.Range(0, 500).Select(n => $"{n}路")))
            .Length.Should().BeLessThanOrEqualTo(64);
    }

    [Fact]
    public void A_visitor_is_another_one_in_each_topic()
    {
        var (one, other) = (PublicationId.New(), PublicationId.New());

        OpinionRules.VisitorIn("v", one).Should().Be(OpinionRules.VisitorIn("v", one));
        OpinionRules.VisitorIn("v", one).Should().NotBe(OpinionRules.VisitorIn("v", other));
        OpinionRules.AgreementOf("v", new OpinionId(one.Value)).Should()
            .NotBe(OpinionRules.AgreementOf("w", new OpinionId(one.Value)));
    }
}
