using Consultation.Mail.Incoming;

namespace Consultation.Tests.Mail.Incoming;

/// <summary>Which first lines are an answer: those of a closed list, alone.</summary>
public sealed class ReplyWordsTests
{
    [Theory]
    [InlineData("同意", ReplyWord.Agree)]
    [InlineData("  同意。 ", ReplyWord.Agree)]
    [InlineData("同意！", ReplyWord.Agree)]
    [InlineData("AGREE", ReplyWord.Agree)]
    [InlineData("Ｉ Ａｇｒｅｅ．", ReplyWord.Agree)]
    [InlineData("退回", ReplyWord.Return)]
    [InlineData("return", ReplyWord.Return)]
    [InlineData("不同意", ReplyWord.Reject)]
    [InlineData("Reject.", ReplyWord.Reject)]
    [InlineData("已收到", ReplyWord.Noted)]
    [InlineData("Noted", ReplyWord.Noted)]
    [InlineData("参加", ReplyWord.Comes)]
    [InlineData("不参加", ReplyWord.Declines)]
    [InlineData("cannot attend", ReplyWord.Declines)]
    [InlineData("无异议", ReplyWord.NoObjection)]
    [InlineData("有异议", ReplyWord.Objection)]
    public void A_word_of_the_list_alone_is_an_answer(string line, ReplyWord word) =>
        ReplyWords.Read(line).Should().Be(word);

    [Theory]
    [InlineData("")]
    [InlineData("同意吗？")]
    [InlineData("同意?")]
    [InlineData("同意，但请补充预算")]
    [InlineData("不太同意")]
    [InlineData("我同意退回")]
    [InlineData("同意同意")]
    [InlineData("同意..")]
    [InlineData("同意。。")]
    [InlineData("> 同意")]
    [InlineData("同\u200B意")]
    [InlineData("\u202E意同")]
    [InlineData("+VAxhDw-")]
    [InlineData("agree to disagree")]
    [InlineData("I agree, but")]
    [InlineData("\uD800同意")]
    [InlineData("Agree Agree Agree Agree Agree Agree Agree Agree")]
    public void Anything_more_or_other_is_none(string line) => ReplyWords.Read(line).Should().BeNull();

    [Fact]
    public void Each_answer_has_a_word_in_both_languages_that_reads_back_as_itself()
    {
        foreach (var word in Enum.GetValues<ReplyWord>())
        {
            ReplyWords.Read(ReplyWords.Suggested(word, "zh")).Should().Be(word);
            ReplyWords.Read(ReplyWords.Suggested(word, "en")).Should().Be(word);
        }
    }
}
