using Consultation.Cases;

namespace Consultation.Tests.Cases;

/// <summary>What a search shows of a text: the words as they were written, with what stands around them.</summary>
public sealed class FoundPassageTests
{
    [Theory]
    [InlineData("小区停车难", "停车", "小区[停车]难")]
    [InlineData("ＡＢＣ 小区", "abc", "[ＡＢＣ] 小区")]
    [InlineData("Parking, parking", "PARKING", "[Parking], [parking]")]
    [InlineData("停车停车场", "停车 停车场", "[停车][停车场]")]
    [InlineData("没有它", "停车", "没有它")]
    [InlineData("㎡计算", "m2", "[㎡]计算")]
    [InlineData("🅰𠮷停", "停", "🅰𠮷[停]")]
    public void Words_are_marked_as_they_were_written(string text, string search, string marked) =>
        Show(FoundPassage.Marked(text, TypedText.Words(search))).Should().Be(marked);

    [Fact]
    public void A_long_text_is_shown_around_its_first_hit()
    {
        var text = new string('前', 500) + "停车位" + new string('后', 500);

        var shown = Show(FoundPassage.Of(text, TypedText.Words("停车位"), 40));

        shown.Should().StartWith("…前").And.Contain("[停车位]").And.EndWith("后…");
        shown.Length.Should().BeLessThanOrEqualTo(44);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(160)]
    public void The_parts_are_the_text_wherever_the_hit_stands(int length)
    {
        for (var at = 0; at <= length; at++)
        {
            var text = new string('字', at) + "停车" + new string('字', length - at);
            var parts = FoundPassage.Of(text, TypedText.Words("停车"), 20);

            string.Concat(parts.Select(part => part.Text)).Trim('…').Should().Match(kept => text.Contains(kept));
            parts.Should().ContainSingle(part => part.IsHit).Which.Text.Should().Be("停车");
        }
    }

    [Fact]
    public void Nothing_is_shown_of_an_empty_text() =>
        FoundPassage.Of(" \u200b ", TypedText.Words("停车"), 40).Should().BeEmpty();

    private static string Show(IReadOnlyList<FoundPart> parts) =>
        string.Concat(parts.Select(part => part.IsHit ? $"[{part.Text}]" : part.Text));
}
