using Consultation.Cases;

namespace Consultation.Tests.Cases;

/// <summary>What people type, paste and import is kept without what nobody sees, and compared in one form.</summary>
public sealed class TypedTextTests
{
    [Theory]
    [InlineData("  小区停车难 ", "小区停车难")]
    [InlineData("第一段\r\n　　第二段", "第一段\n　　第二段")]
    [InlineData("门口\uffff积水\ufffe", "门口积水")]
    [InlineData("停\u200b车\ufeff难\u00ad", "停车难")]
    [InlineData("\u202e反的\u202c", "反的")]
    [InlineData("a\u00a0b\u2003c", "a b c")]
    [InlineData("一行\u2028二行", "一行\n二行")]
    [InlineData("响铃\u0007和\0空", "响铃和空")]
    [InlineData("👨‍👩‍👧 一家", "👨‍👩‍👧 一家")]
    [InlineData("葛\U000e0101城", "葛\U000e0101城")]
    [InlineData("Ⅻ（１）㎡", "Ⅻ（１）㎡")]
    public void Prose_keeps_what_was_written_and_drops_what_nobody_sees(string typed, string kept) =>
        TypedText.Prose(typed).Should().Be(kept);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \u3000\t\n")]
    [InlineData("\u200b\u200d\ufeff")]
    [InlineData("\u3164\u2800\uffa0")]
    [InlineData("\u115f\u1160\u034f")]
    [InlineData("\u202a\u2066\u2069\u061c")]
    [InlineData("\ufe0f\U000e0100")]
    public void A_text_of_nothing_visible_is_empty(string? typed)
    {
        TypedText.Prose(typed).Should().BeEmpty();
        TypedText.Line(typed).Should().BeEmpty();
        TypedText.Code(typed).Should().BeEmpty();
        TypedText.Words(typed).Should().BeEmpty();
    }

    [Theory]
    [InlineData("１３８００００００００", "13800000000")]
    [InlineData("\u202d13800000000\u202c", "13800000000")]
    [InlineData("138\u00a00000\u00a0\u00a00000", "138 0000 0000")]
    [InlineData("010—65550000", "010-65550000")]
    [InlineData("（010）6555－0000", "(010)6555-0000")]
    [InlineData("−５", "-5")]
    [InlineData("２０２６－０３－０１", "2026-03-01")]
    [InlineData("ＳＸ２０２６－００００１２", "SX2026-000012")]
    public void A_code_has_plain_letters_digits_and_signs(string typed, string kept) =>
        TypedText.Code(typed).Should().Be(kept);

    [Theory]
    [InlineData("ｌｉ＠ｅｘａｍｐｌｅ．ｃｎ", "li@example.cn")]
    [InlineData("li@example。cn", "li@example.cn")]
    [InlineData(" li@example.cn\u200b", "li@example.cn")]
    [InlineData("li@政务.中国", "li@xn--zfr164b.xn--fiqs8s")]
    [InlineData("王强@某处", "王强@某处")]
    public void A_mail_address_is_written_as_mail_servers_write_it(string typed, string kept) =>
        TypedText.Address(typed).Should().Be(kept);

    [Theory]
    [InlineData("ＡＢＣ小区", "abc小区")]
    [InlineData("Straße ＰＡＲＫ", "straße park")]
    [InlineData("ｶﾀｶﾅ", "カタカナ")]
    [InlineData("Ünlü", "ÜNLÜ")]
    public void A_search_ignores_case_and_width(string one, string other) =>
        TypedText.Fold(one).Should().Be(TypedText.Fold(other));

    [Fact]
    public void Half_a_character_is_none()
    {
        TypedText.Prose("半个\ud83d字\udc00").Should().Be("半个字");
        TypedText.Code("\ud800").Should().BeEmpty();
    }

    [Fact]
    public void The_words_of_a_search_are_folded_and_each_once() =>
        TypedText.Words("　ＡＢ\u200bＣ  abc\n停车 ").Should().Equal("abc", "停车");

    [Fact]
    public void A_phone_number_is_found_with_and_without_its_signs()
    {
        TypedText.Searched("王某", "010—6555 0000").Should().Be("王某\n010-6555 0000\n01065550000");
        TypedText.PhoneDigits("010-65550000").Should().Be("01065550000");
        TypedText.PhoneDigits("SX2026-000012").Should().BeNull();
        TypedText.PhoneDigits("13800000000").Should().BeNull();
    }

    [Fact]
    public void Whatever_is_typed_is_cleaned_once_and_for_all()
    {
        var random = new Random(19);
        for (var round = 0; round < 20_000; round++)
        {
            var typed = new string([.. Enumerable.Range(0, random.Next(12)).Select(_ => (char)random.Next(0x10000))]);
            var (prose, code, folded) = (TypedText.Prose(typed), TypedText.Code(typed), TypedText.Fold(typed));
            TypedText.Prose(prose).Should().Be(prose);
            TypedText.Code(code).Should().Be(code);
            TypedText.Fold(folded).Should().Be(folded);
            prose.Any(char.IsControl).Should().Be(prose.Contains('\n') || prose.Contains('\t'));
        }
    }
}
