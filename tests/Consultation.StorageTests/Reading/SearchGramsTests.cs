using Consultation.Storage.Mapping;

namespace Consultation.StorageTests.Reading;

/// <summary>What an index is asked for is part of what it was given, for every part of a word.</summary>
public sealed class SearchGramsTests
{
    [Theory]
    [InlineData("小区停车难 sx2026-000001 路灯abc坏了 𠮷野家")]
    [InlineData("13800000000\nliu@example.cn 100%_")]
    public void Every_part_of_a_word_asks_for_grams_of_the_text(string text)
    {
        var given = SearchGrams.Of(text);
        foreach (var word in text.Split(' ', '\n'))
        {
            var runes = word.EnumerateRunes().ToArray();
            for (var from = 0; from < runes.Length; from++)
            {
                for (var to = from + 1; to <= runes.Length; to++)
                {
                    var asked = SearchGrams.Asked([string.Concat(runes[from..to])]);

                    asked.Should().NotBeEmpty();
                    given.IsSupersetOf(asked).Should().BeTrue(string.Join(' ', asked));
                }
            }
        }
    }

    [Fact]
    public void A_number_is_asked_for_by_what_few_rows_have() =>
        SearchGrams.Asked(["sx2026-000001号"]).Should().Equal(
            "sx202", "x2026", "2026-", "026-0", "26-00", "6-000", "-0000", "00000", "00001", "1号");

    [Fact]
    public void A_token_has_nothing_but_letters_and_digits() =>
        SearchGrams.Of("停车,a-b'c\"d").Select(SearchGrams.Token)
            .Should().OnlyContain(token => token.All(char.IsAsciiLetterOrDigit));
}
