using Consultation.Engine.Definitions;

namespace Consultation.Tests.Engine.Definitions;

public sealed class DefinitionComparisonTests
{
    private const string First = """
        { "name": "甲", "definitionId": "d", "id": "v1", "version": 1, "options": { "usableAsActivity": null },
          "variables": [ { "id": "a", "name": "Old", "typeName": "String" } ],
          "root": { "id": "F", "type": "Elsa.Flowchart", "version": 1,
            "activities": [
              { "id": "L1", "name": "Line1", "type": "Elsa.WriteLine", "version": 1,
                "metadata": { "designer": { "position": { "x": 1, "y": 1 } } },
                "text": { "typeName": "String", "expression": { "type": "Literal", "value": "早" } } },
              { "id": "I1", "name": "If1", "type": "Elsa.If", "version": 1,
                "then": { "id": "L2", "name": "Line2", "type": "Elsa.WriteLine", "version": 1 } } ],
            "connections": [
              { "source": { "activity": "L1", "port": "Done" }, "target": { "activity": "I1", "port": "In" } } ] } }
        """;

    [Fact]
    public void Where_a_box_stands_and_what_is_empty_make_no_difference()
    {
        var moved = First.Replace("\"x\": 1", "\"x\": 500", StringComparison.Ordinal)
            .Replace("\"usableAsActivity\": null", "\"usableAsActivity\": false", StringComparison.Ordinal)
            .Replace("\"id\": \"v1\", \"version\": 1", "\"id\": \"v2\", \"version\": 2", StringComparison.Ordinal);

        Compare(moved).Should().BeEmpty();
    }

    [Fact]
    public void An_input_a_variable_an_inner_activity_and_a_line_are_named_with_before_and_after()
    {
        var changed = First.Replace("早", "晚", StringComparison.Ordinal)
            .Replace("\"Old\"", "\"New\"", StringComparison.Ordinal)
            .Replace("\"L2\", \"name\": \"Line2\"", "\"L3\", \"name\": \"Line3\"", StringComparison.Ordinal)
            .Replace("\"port\": \"Done\"", "\"port\": \"Other\"", StringComparison.Ordinal);

        Compare(changed).Should().BeEquivalentTo(new DefinitionDifference[]
        {
            new(DifferencePart.Variable, "Old", null, "String", null),
            new(DifferencePart.Variable, "New", null, null, "String"),
            new(DifferencePart.Activity, "Line1", "text", "早", "晚") { ActivityId = "L1",
                ActivityType = "Elsa.WriteLine" },
            new(DifferencePart.Activity, "If1", "then", "Line2", "Line3") { ActivityId = "I1",
                ActivityType = "Elsa.If" },
            new(DifferencePart.Activity, "Line2", null, "Elsa.WriteLine", null) { ActivityId = "L2",
                ActivityType = "Elsa.WriteLine" },
            new(DifferencePart.Activity, "Line3", null, null, "Elsa.WriteLine") { ActivityId = "L3",
                ActivityType = "Elsa.WriteLine" },
            new(DifferencePart.Connection, "Line1", "Done", "If1", null) { ActivityId = "L1",
                ActivityType = "Elsa.WriteLine", FormerTargetId = "I1" },
            new(DifferencePart.Connection, "Line1", "Other", null, "If1") { ActivityId = "L1",
                ActivityType = "Elsa.WriteLine", TargetId = "I1" },
        });
    }

    [Fact]
    public void A_line_that_leads_elsewhere_is_one_difference()
    {
        var led = First.Replace(
            "\"target\": { \"activity\": \"I1\"", "\"target\": { \"activity\": \"L1\"", StringComparison.Ordinal);

        Compare(led).Should().BeEquivalentTo(new DefinitionDifference[]
        {
            new(DifferencePart.Connection, "Line1", "Done", "If1", "Line1")
            {
                ActivityId = "L1", ActivityType = "Elsa.WriteLine", TargetId = "L1", FormerTargetId = "I1",
            },
        });
    }

    private static IReadOnlyList<DefinitionDifference> Compare(string later) =>
        DefinitionComparison.Compare(WorkflowDefinition.Parse(First), WorkflowDefinition.Parse(later));
}
