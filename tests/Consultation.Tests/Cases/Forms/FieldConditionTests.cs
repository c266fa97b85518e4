using Consultation.Cases.Forms;

namespace Consultation.Tests.Cases.Forms;

public sealed class FieldConditionTests
{
    [Theory]
    [InlineData("x", false, "x", true)]
    [InlineData("x", false, "w,x", true)]
    [InlineData("x", false, "y", false)]
    [InlineData("x", false, "", false)]
    [InlineData("x", true, "y", true)]
    [InlineData("x", true, "x", false)]
    [InlineData("", false, "", true)]
    [InlineData("", false, "x", false)]
    [InlineData("yes", false, "是", true)]
    [InlineData("yes", false, "", false)]
    [InlineData("no", false, "false", true)]
    [InlineData("no", false, "", false)]
    [InlineData("no", false, "substitute", false)]
    public void It_holds_by_what_another_field_says(string wanted, bool negated, string value, bool expected) =>
        (FieldCondition.Is("a", wanted) with { Negated = negated })
            .Holds(new Dictionary<string, string> { ["a"] = value }).Should().Be(expected);

    [Fact]
    public void One_of_several_fields_is_enough()
    {
        var fields = new Dictionary<string, string> { ["a"] = "y" };

        FieldCondition.Any("y", "b", "a").Holds(fields).Should().BeTrue();
        FieldCondition.None("y", "b", "a").Holds(fields).Should().BeFalse();
    }

    [Fact]
    public void The_script_of_the_page_reads_it_as_JSON() =>
        FieldCondition.None("yes", "excl-2").ToJson().Should()
            .Be("""{"terms":[{"field":"excl-2","value":"yes"}],"negated":true}""");
}
