using Consultation.Runtime.Runs;

namespace Consultation.Tests.Runtime;

/// <summary>Storage says which trouble it has; these are the words for it.</summary>
public sealed class StoreTroubleTests
{
    [Fact]
    public void Every_trouble_is_said_in_words_of_its_own_in_both_languages()
    {
        var words = Enum.GetValues<StoreTrouble>().Select(trouble => StoreTroubles.Words(trouble, "X1")).ToList();

        words.Select(text => text.Zh).Should()
            .OnlyHaveUniqueItems().And.OnlyContain(text => text.Any(letter => letter > '\u4e00'));
        words.Select(text => text.En).Should().OnlyHaveUniqueItems().And.OnlyContain(text => text.All(char.IsAscii));
    }

    [Theory]
    [InlineData(StoreTrouble.ServerUnreachable)]
    [InlineData(StoreTrouble.SchemaNewer)]
    [InlineData(StoreTrouble.SchemaForeign)]
    public void What_the_trouble_is_about_is_named(StoreTrouble trouble) =>
        new StoreUnavailableException(trouble, "X1").Message.Split(" / ").Should()
            .HaveCount(2).And.OnlyContain(half => half.Contains("X1"));
}
