using System.Text.Json.Nodes;
using Consultation.Cases.History;
using Consultation.Tests.Architecture;

namespace Consultation.Tests.Cases.History;

public sealed class SourceRowsTests
{
    [Fact]
    public void Rows_are_shown_as_the_headings_under_which_they_stand()
    {
        var text = SourceRows.Describe(["Q85", "Q84", "P22"]);

        text.Zh.Should().Be("实施方案 七1 确定议题；工作计划 三（一）1 确定议题");
        text.En.Should().Be("implementing plan, step 1, topic; work plan, choosing the topic");
    }

    [Theory]
    [InlineData("Z99")]
    [InlineData("O16")]
    [InlineData("Q")]
    [InlineData("")]
    public void What_is_no_row_has_no_heading(string row) => SourceRows.Describe([row]).Zh.Should().BeEmpty();

    [Fact]
    public void Every_row_that_a_shipped_workflow_cites_has_a_heading()
    {
        var cited = Repository.Files("workflows", ".json")
            .SelectMany(path => Rows(JsonNode.Parse(Repository.Read(path)))).Distinct().ToList();

        cited.Should().HaveCountGreaterThan(100);
        cited.Should().OnlyContain(row => SourceRows.Describe(new[] { row }).Zh.Length > 0);
    }

    private static IEnumerable<string> Rows(JsonNode? node) => node switch
    {
        JsonObject map => (map["customProperties"]?["rows"] as JsonArray ?? []).Select(row => row!.ToString())
            .Concat(map.SelectMany(property => Rows(property.Value))),
        JsonArray list => list.SelectMany(Rows),
        _ => [],
    };
}
