using System.Text.Json.Nodes;
using Consultation.Engine.Expressions;

namespace Consultation.Tests.Engine.Expressions;

public sealed class PlainDataTests
{
    [Theory]
    [InlineData("{\"a\":[1,2.5,true,null,\"中\"],\"b\":{\"c\":\"x\"}}")]
    [InlineData("[]")]
    [InlineData("-9007199254740993")]
    [InlineData("\"\"")]
    public void Json_comes_back_as_it_went_in(string json)
    {
        PlainData.ToJson(PlainData.FromJson(json)).Should().Be(json);
        PlainData.DeepEquals(PlainData.FromNode(JsonNode.Parse(json)), PlainData.FromJson(json)).Should().BeTrue();
        PlainData.DeepEquals(PlainData.FromNode(PlainData.ToNode(PlainData.FromJson(json))), PlainData.FromJson(json))
            .Should().BeTrue();
    }

    [Theory]
    [InlineData("5", "Int32", 5L)]
    [InlineData(" 5 ", "Int64", 5L)]
    [InlineData(5.6, "Int32", 6L)]
    [InlineData("1.5", "Double", 1.5)]
    [InlineData("true", "Boolean", true)]
    [InlineData("False", "Boolean", false)]
    [InlineData(0L, "Boolean", false)]
    [InlineData(5L, "String", "5")]
    [InlineData(true, "String", "true")]
    [InlineData("x", "Object", "x")]
    [InlineData("x", "SomethingElse", "x")]
    [InlineData("x", null, "x")]
    [InlineData(null, "Int32", null)]
    public void A_value_becomes_the_type_that_the_alias_names(object? value, string? alias, object? expected)
    {
        PlainData.ConvertTo(value, alias).Should().Be(expected);
    }

    [Fact]
    public void Times_spans_lists_and_objects_are_read_from_text()
    {
        PlainData.ConvertTo("2026-03-01T09:30:00+08:00", "DateTimeOffset")
            .Should().Be(new DateTimeOffset(2026, 3, 1, 9, 30, 0, TimeSpan.FromHours(8)));
        PlainData.ConvertTo("2026-03-01", "DateTime").Should()
            .Be(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
        PlainData.ConvertTo("3.04:30:00", "TimeSpan").Should().Be(new TimeSpan(3, 4, 30, 0));
        PlainData.ConvertTo("P1DT2H", "TimeSpan").Should().Be(TimeSpan.FromHours(26));
        PlainData.ConvertTo(1500L, "TimeSpan").Should().Be(TimeSpan.FromSeconds(1.5));
        PlainData.ConvertTo("[\"1\",2]", "Int32[]").Should().BeEquivalentTo(new List<object?> { 1L, 2L });
        PlainData.ConvertTo("{\"a\":1}", "ObjectDictionary").Should()
            .BeEquivalentTo(new Dictionary<string, object?> { ["a"] = 1L });
        PlainData.ConvertTo("one", "List<String>").Should().BeEquivalentTo(new List<object?> { "one" });
    }

    [Theory]
    [InlineData("abc", "Int32", "abc")]
    [InlineData(3000000000L, "Int32", "2147483647")]
    [InlineData("soon", "DateTimeOffset", "soon")]
    [InlineData("soon", "TimeSpan", "soon")]
    [InlineData("x", "ObjectDictionary", "named values")]
    [InlineData("1e300", "Int64", "whole number")]
    public void What_does_not_fit_is_refused_by_name(object value, string alias, string part)
    {
        var convert = () => PlainData.ConvertTo(value, alias);

        convert.Should().Throw<FormatException>().WithMessage($"*{part}*");
    }

    [Fact]
    public void Data_that_contains_itself_is_refused()
    {
        var list = new List<object?>();
        list.Add(list);

        var write = () => PlainData.ToJson(list);
        var copy = () => PlainData.Normalise(list);

        write.Should().Throw<ArgumentException>();
        copy.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Other_values_become_plain_ones()
    {
        var id = Guid.Parse("6f9619ff-8b86-d011-b42d-00cf4fc964ff");

        PlainData.ToJson(PlainData.Normalise(new object?[] { 1, 2.5m, (byte)3, id, DayOfWeek.Monday, new[] { "a" } }))
            .Should().Be("[1,2.5,3,\"6f9619ff-8b86-d011-b42d-00cf4fc964ff\",\"Monday\",[\"a\"]]");
    }

    [Theory]
    [InlineData("visitorName", "VisitorName")]
    [InlineData("visitor_name", "VisitorName")]
    [InlineData("visitor name-2", "VisitorName-2")]
    [InlineData("人数", "人数")]
    [InlineData("ABC", "ABC")]
    [InlineData("", "")]
    public void Names_are_pascal_cased_as_elsa_does(string name, string expected)
    {
        PascalName.Of(name).Should().Be(expected);
    }
}
