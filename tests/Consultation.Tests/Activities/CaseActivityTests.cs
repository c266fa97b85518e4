using Consultation.Testing.Scenarios;
using Consultation.Tests.Engine.Running;

namespace Consultation.Tests.Activities;

/// <summary>What holds for every step of the product.</summary>
public sealed class CaseActivityTests
{
    public static TheoryData<string> Steps =>
        [.. Scenario.AnyCatalog.Types.Select(type => type.TypeName)
            .Where(name => name.StartsWith("Consultation.", StringComparison.Ordinal))];

    /// <summary>What one or the other step needs to be published.</summary>
    private static readonly string Required = string.Join(
        ',',
        new[] { "approvers", "assignees", "screeners", "reporters", "recipients", "tellers",
            "reviewers", "publishers" }
            .Select(input => Literal(input, "role:Secretary"))
            .Append(Literal("template", "notice")));

    [Theory]
    [MemberData(nameof(Steps))]
    public void A_step_without_a_case_says_where_to_start_the_workflow(string type)
    {
        var world = new EngineWorld([.. Scenario.AnyCatalog.Types.Where(one => one.TypeName == type)]);

        var run = world.Play($$$"""
            {"definitionId":"no-case","root":{"id":"Flow","type":"Elsa.Sequence","version":1,
             "activities":[{"id":"Step","type":"{{{type}}}","version":1,{{{Required}}}}]}}
            """);

        run.Incidents.Should().ContainSingle().Which.Message.Should().Contain("从工作台登记协商事项")
            .And.Contain("start the workflow from the desk");
    }

    [Fact]
    public void A_line_of_history_cites_the_rows_of_the_source_that_the_node_names()
    {
        var world = new StepWorld("GiveNumber", ("Target", "case")).Run();

        var line = world.Scenario.History.Should().ContainSingle().Subject;

        line.Rows.Should().Equal("Q85", "P22");
        (line.CaseId, line.At).Should().Be((world.Case.Id, StepWorld.Monday));
        line.ActorId.Should().BeNull("the workflow itself did it");
    }

    [Fact]
    public void A_line_from_the_run_of_an_item_is_about_the_item()
    {
        var world = new StepWorld("SetItem", ("State", "Done"));

        var item = world.RunForItem();

        world.Scenario.History.Should().ContainSingle(line => line.Verb == "item.state").Which.TrackedItemId.Should()
            .Be(item.Id);
    }

    private static string Literal(string input, string value) =>
        $$"""
        "{{input}}":{"typeName":"String","expression":{"type":"Literal","value":"{{value}}"} }
        """;
}
