using Consultation.Cases.Forms;

namespace Consultation.Tests.Cases.Forms;

public sealed class FieldConditionTests
{
    [Theory]
    [InlineData("a=x", "x", true)]
    [InlineData("a=x", "w,x", true)]
    [InlineData("a=x", "y", false)]
    [InlineData("a=x", "", false)]
    [InlineData("!a=x", "y", true)]
    [InlineData("!a=x", "x", false)]
    [InlineData("a=", "", true)]
    [InlineData("a=", "x", false)]
    [InlineData("a=yes", "是", true)]
    [InlineData("a=yes", "", false)]
    [InlineData("a=no", "false", true)]
    [InlineData("a=no", "", false)]
    [InlineData("a=no", "substitute", false)]
    [InlineData("b=x,a=y", "y", true)]
    public void It_holds_by_what_another_field_says(string condition, string value, bool expected) =>
        FieldCondition.Parse(condition).Holds(new Dictionary<string, string> { ["a"] = value }).Should().Be(expected);

    [Fact]
    public void It_is_written_as_it_is_read() => FieldCondition.Parse("!a=x,b=").ToString().Should().Be("!a=x,b=");

    [Fact]
    public void A_term_without_value_is_refused() =>
        FluentActions.Invoking(() => FieldCondition.Parse("a")).Should().Throw<FormatException>();
}
