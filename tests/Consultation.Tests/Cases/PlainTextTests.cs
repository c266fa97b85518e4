using System.Globalization;
using System.Xml;
using Consultation.Cases;

namespace Consultation.Tests.Cases;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData("门口\uFFFF积水\uFFFE", "门口积水")]
    [InlineData("a\0b\u0001c\u000Bd\u001F", "abcd")]
    [InlineData("一\r\n二\r三\n四\t五", "一\n二\n三\n四\t五")]
    [InlineData("𬭎女士👩‍👧", "𬭎女士👩‍👧")]
    [InlineData("\r", "\n")]
    [InlineData("", "")]
    public void What_XML_cannot_carry_is_left_out_and_nothing_else(string text, string clean) =>
        PlainText.Clean(text).Should().Be(clean);

    [Fact]
    public void Halves_of_surrogate_pairs_are_left_out_wherever_they_stand()
    {
        var pair = "𬭎";

        PlainText.Clean($"{pair[0]}甲{pair[1]}{pair[0]}").Should().Be("甲");
        PlainText.Clean($"{pair[0]}{pair}{pair[1]}").Should().Be(pair);
    }

    [Fact]
    public void Every_text_that_was_cleaned_can_be_written_as_XML()
    {
        for (var one = 0; one <= char.MaxValue; one++)
        {
            var clean = PlainText.Clean($"甲{(char)one}乙");

            XmlConvert.VerifyXmlChars(clean).Should().BeSameAs(clean);
        }
    }

    [Fact]
    public void A_clean_text_is_the_same_text() =>
        PlainText.Clean("路灯坏了\n请修").Should().BeSameAs("路灯坏了\n请修");

    [Theory]
    [InlineData("路灯坏了", 4, "路灯坏了")]
    [InlineData("路灯坏了请修", 4, "路灯坏…")]
    [InlineData("甲𬭎女", 3, "甲…")]
    [InlineData("甲e\u0301乙丙", 4, "甲e\u0301…")]
    [InlineData("甲e\u0301乙丙", 3, "甲…")]
    [InlineData("👩‍👩‍👧‍👦甲", 13, "👩‍👩‍👧‍👦甲")]
    [InlineData("甲👩‍👩‍👧‍👦乙丙", 12, "甲…")]
    public void A_text_is_cut_between_what_people_see_as_characters(string text, int most, string cut) =>
        PlainText.Cut(text, most, "…").Should().Be(cut);

    [Fact]
    public void Nothing_is_cut_within_a_pair_at_any_length()
    {
        const string text = "𬭎a𠮷👩‍👩‍👧e\u0301\u0302甲";
        for (var most = 0; most <= text.Length; most++)
        {
            var cut = PlainText.Cut(text, most);

            cut.Length.Should().BeLessThanOrEqualTo(most);
            PlainText.Clean(cut).Should().Be(cut);
            text.Should().StartWith(cut);
        }

        PlainText.Cut("a" + new string('\u0301', 100), 10).Should().HaveLength(10, "a heap of accents is cut");
        StringInfo.GetNextTextElementLength(text).Should().Be(2);
    }
}
