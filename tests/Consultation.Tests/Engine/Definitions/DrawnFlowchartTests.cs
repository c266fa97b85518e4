using Consultation.Engine.Definitions;

namespace Consultation.Tests.Engine.Definitions;

/// <summary>A flowchart is read as drawn, whether it could run or not.</summary>
public sealed class DrawnFlowchartTests
{
    [Fact]
    public void Activities_stand_with_their_words_and_places_and_lines_between_known_ones_are_kept_once()
    {
        var drawn = Read("""
            {"root":{"type":"Elsa.Flowchart","activities":[
              {"id":"A","type":"Elsa.Start",
               "metadata":{"displayText":"开始","designer":{"position":{"x":1,"y":2},"size":{"width":3}}}},
              {"id":"B","type":"X","version":1,"customProperties":{"rows":["Q1","P2"]},
               "title":{"expression":{"type":"Literal","value":"标题"}},
               "due":{"expression":{"type":"Variable","value":{"id":"v","value":"5wd"}}},
               "number":{"expression":{"type":"JavaScript","value":"7"}}},
              {"type":"NoId"}, "broken"],
              "connections":[
                {"source":{"activity":"A","port":"Done"},"target":{"activity":"B"}},
                {"source":"A","target":"B"},
                {"source":{"activity":"A"},"target":{"activity":"gone"}}, 5]}}
            """);

        drawn.Activities.Select(one => one.Id).Should().Equal("A", "B");
        drawn.Connections.Should().Equal(new DrawnConnection("A", "Done", "B"));
        var (first, second) = (drawn.Activities[0], drawn.Activities[1]);
        (first.DisplayText, first.Place).Should().Be(("开始", (1, 2, 3, null)));
        second.Rows.Should().Equal("Q1", "P2");
        (second.Literal("title"), second.Value("number"), second.Literal("number")).Should().Be(("标题", "7", null));
        (second.LiteralOrDefault("due"), second.LiteralOrDefault("title"), second.LiteralOrDefault("none")).Should()
            .Be(("5wd", "标题", null));
    }

    [Theory]
    [InlineData("""{"root":{"type":"Elsa.Sequence"}}""")]
    [InlineData("""{"root":{"activities":{}}}""")]
    [InlineData("{}")]
    public void A_root_that_is_no_flowchart_draws_nothing(string json) =>
        Read(json).Should().BeSameAs(DrawnFlowchart.Empty);

    [Fact]
    public void Every_activity_is_found_however_deep_it_lies() =>
        DrawnFlowchart.Everywhere(WorkflowDefinition.Parse("""
            {"root":{"id":"R","type":"Elsa.If","version":1,"then":{"id":"T","type":"Elsa.Sequence","version":1,
              "activities":[{"id":"W","type":"Elsa.WriteLine","version":1}]}}}
            """)).Select(one => one.Id).Should().BeEquivalentTo("R", "T", "W");

    private static DrawnFlowchart Read(string json) => DrawnFlowchart.Of(WorkflowDefinition.Parse(json));
}
