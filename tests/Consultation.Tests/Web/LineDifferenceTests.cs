using Consultation.Web.Definitions;

namespace Consultation.Tests.Web;

public sealed class LineDifferenceTests
{
    [Fact]
    public void Changed_lines_stand_side_by_side_and_equal_ones_beside_themselves()
    {
        LineDifference.Compare("const a = 1;\r\nconst b = 2;\nreturn a;",
            "const a = 1;\nconst b = 3;\nconst c = 4;\nreturn a;").Should().Equal(
            new LinePair("const a = 1;", "const a = 1;"),
            new LinePair("const b = 2;", "const b = 3;"),
            new LinePair(null, "const c = 4;"),
            new LinePair("return a;", "return a;"));
    }

    [Fact]
    public void Long_stretches_without_a_change_are_left_out()
    {
        var lines = Enumerable.Range(1, 40).Select(number => $"line {number}").ToList();
        var before = string.Join('\n', lines);
        lines[19] = "another";

        var shown = LineDifference.Compare(before, string.Join('\n', lines));

        shown.Should().HaveCount(9).And.Contain(new LinePair("line 20", "another"));
        shown[0].Should().Be(LinePair.LeftOut);
        shown[^1].Should().Be(LinePair.LeftOut);
        shown.Where(pair => pair != LinePair.LeftOut).Select(pair => pair.Before)
            .Should().Equal(Enumerable.Range(17, 7).Select(number => $"line {number}"));
    }

    [Fact]
    public void Both_texts_are_whole_however_long_they_are()
    {
        var (before, after) =
            (string.Join('\n', Enumerable.Repeat("a", 2_000)), string.Join('\n', Enumerable.Repeat("b", 1_000)));

        var shown = LineDifference.Compare(before, after);

        shown.Should().HaveCount(2_000);
        shown.Count(pair => pair.After is not null).Should().Be(1_000);
    }

    [Theory]
    [InlineData("早", "晚", false)]
    [InlineData("", "a long text that came new, far longer than sixty characters, which has nothing beside it", false)]
    [InlineData("one\ntwo", "one", true)]
    public void Short_texts_and_those_without_a_counterpart_are_not_put_side_by_side(
        string before, string after, bool isLong) =>
        LineDifference.IsLong(before, after).Should().Be(isLong);
}
