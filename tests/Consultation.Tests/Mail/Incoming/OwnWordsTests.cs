using Consultation.Mail.Incoming;

namespace Consultation.Tests.Mail.Incoming;

/// <summary>What somebody wrote is told from what mail programs put below it.</summary>
public sealed class OwnWordsTests
{
    [Theory]
    [InlineData("同意\n\n> 请您审批\n> 退回", "同意", "")]
    [InlineData("\n\n  退回  \n请补充预算。\n谢谢。\n\n发件人: 协商议事平台\n同意", "退回", "请补充预算。\n谢谢。")]
    [InlineData("同意\n-- \n李敏\n城建委", "同意", "")]
    [InlineData("同意\n------------------ 原始邮件 ------------------\n发件人: x", "同意", "")]
    [InlineData("同意\n-----Original Message-----\nFrom: x", "同意", "")]
    [InlineData("Agree\nOn Thu, 5 Mar 2026 at 12:00, Consultation <x@example.org> wrote:\n> return", "Agree", "")]
    [InlineData("同意\n在 2026-03-05 12:00:00，\"协商议事平台\" <x@example.org> 写道：\n退回", "同意", "")]
    [InlineData("同意\n发自我的iPhone", "同意", "")]
    [InlineData("同意\n________________________________\nFrom: x", "同意", "")]
    [InlineData("> 同意\n我再看看", "", "")]
    [InlineData("-- \n同意", "", "")]
    [InlineData("我再看看\n\n> 同意", "我再看看", "")]
    [InlineData("", "", "")]
    public void The_first_line_and_what_stands_below_it(string text, string first, string below) =>
        OwnWords.Of(text).Should().Be(new OwnWords(first, below));

    [Fact]
    public void A_text_of_one_line_without_end_takes_no_time()
    {
        var text = string.Concat(Enumerable.Repeat("在 写道 wrote On From 发件人", 50_000));

        OwnWords.Of(text).FirstLine.Should().Be(text);
    }
}
