using Consultation.Runtime.Definitions;

namespace Consultation.Tests.Runtime;

public sealed class VersionOptionsTests
{
    [Theory]
    [InlineData("latest", VersionChoice.Latest, 0)]
    [InlineData("LatestOrPublished", VersionChoice.LatestOrPublished, 0)]
    [InlineData("", VersionChoice.Published, 0)]
    [InlineData(null, VersionChoice.Published, 0)]
    [InlineData("7", VersionChoice.Number, 7)]
    public void Elsas_words_are_read_in_any_case(string? text, VersionChoice choice, int version) =>
        VersionOptions.Parse(text, VersionOptions.Published).Should().Be(new VersionOptions(choice, version));

    [Fact]
    public void Other_words_are_refused() =>
        FluentActions.Invoking(() => VersionOptions.Parse("newest", VersionOptions.Published))
            .Should().Throw<FormatException>();

    [Fact]
    public void A_draft_is_the_newest_version_that_is_not_published()
    {
        var draft = new VersionOptions(VersionChoice.Draft);

        draft.Includes(2, isLatest: true, isPublished: false).Should().BeTrue();
        draft.Includes(2, isLatest: true, isPublished: true).Should().BeFalse();
        draft.Includes(1, isLatest: false, isPublished: false).Should().BeFalse();
    }
}
