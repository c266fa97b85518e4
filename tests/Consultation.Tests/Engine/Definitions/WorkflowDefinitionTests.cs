using System.Text.Json.Nodes;
using Consultation.Engine.BuiltIns;
using Consultation.Engine.Definitions;
using Consultation.Tests.Engine.Running;
using static Consultation.Tests.Engine.Running.WorkflowText;

namespace Consultation.Tests.Engine.Definitions;

public sealed class WorkflowDefinitionTests
{
    private static readonly ActivityCatalog Catalog = new(BuiltInActivities.Types);

    [SkippableFact]
    public void Every_definition_of_the_corpus_survives_a_round_trip()
    {
        Skip.If(Corpus.Folder is null, Corpus.WhyNot);

        foreach (var file in Corpus.Files)
        {
            var text = File.ReadAllText(file);
            var once = WorkflowDefinition.Parse(text);

            JsonNode.DeepEquals(JsonNode.Parse(text), JsonNode.Parse(once.ToJson())).Should().BeTrue(file);
            JsonNode.DeepEquals(once.Json, WorkflowDefinition.Parse(once.ToJson(indented: true)).Json).Should()
                .BeTrue(file);
        }
    }

    [Fact]
    public void What_is_not_known_survives_changes_of_identity_and_version()
    {
        var json = JsonNode.Parse(
            Definition(Sequence("S", Activity("Acme.Rocket", "R", ("fuel", new JsonObject { ["kg"] = 7.50 })))))!
                .AsObject();
        json["acme"] = new JsonArray(1, "两", null);

        var changed = WorkflowDefinition.FromJson(json).With(id: "new", version: 9, isPublished: false)
            .AssignNodeIds(Catalog);

        changed.Id.Should().Be("new");
        changed.Version.Should().Be(9);
        changed.IsPublished.Should().BeFalse();
        changed.Json["acme"]!.ToJsonString().Should().Be(json["acme"]!.ToJsonString());
        changed.Root!["activities"]![0]!["fuel"]!["kg"]!.GetValue<double>().Should().Be(7.5);
        changed.Root!["activities"]![0]!["nodeId"]!.GetValue<string>().Should().Be("Workflow1:S:R");
    }

    [Fact]
    public void A_fresh_definition_from_the_designer_is_completed()
    {
        const string Fresh = """
            { "definitionId": "d", "name": "n", "variables": null, "inputs": null, "outputs": null, "outcomes": null,
              "customProperties": null, "options": null,
              "root": { "id": "F1", "type": "Elsa.Flowchart", "version": 1, "name": "Flowchart1",
                "activities": [ { "id": "A", "type": "Elsa.If", "version": 1,
                  "condition": { "typeName": null, "expression": { "type": "Literal", "value": true },
                    "memoryReference": null },
                  "then": { "id": "B", "type": "Elsa.WriteLine", "version": 1 } } ] } }
            """;

        var complete = WorkflowDefinition.Parse(Fresh).AssignNodeIds(Catalog).Json;

        foreach (var list in new[] { "variables", "inputs", "outputs", "outcomes" })
        {
            complete[list].Should().BeOfType<JsonArray>();
        }
        var activity = complete["root"]!["activities"]![0]!;
        activity["nodeId"]!.GetValue<string>().Should().Be("Workflow1:F1:A");
        activity["condition"]!["typeName"]!.GetValue<string>().Should().Be("Boolean");
        activity["then"]!["nodeId"]!.GetValue<string>().Should().Be("Workflow1:F1:A:B");
        activity["customProperties"]!["canStartWorkflow"]!.GetValue<bool>().Should().BeFalse();
        complete["root"]!["connections"].Should().BeOfType<JsonArray>();
    }

    [Theory]
    [InlineData("{ \"id\": }")]
    [InlineData("{ \"id\": \"a\", \"id\": \"b\" }")]
    [InlineData("[]")]
    [InlineData("")]
    public void A_file_that_is_no_definition_is_refused_in_both_languages(string text)
    {
        var refusal = FluentActions.Invoking(() => WorkflowDefinition.Parse(text))
            .Should().Throw<DefinitionFormatException>().Which;

        refusal.What.Zh.Should().NotBeEmpty();
        refusal.Mend.En.Should().NotBeEmpty();
    }

    [Fact]
    public void A_syntax_error_is_named_with_its_line()
    {
        var refusal = FluentActions.Invoking(() => WorkflowDefinition.Parse("{\n  \"id\": \"a\",\n  oops\n}"))
            .Should().Throw<DefinitionFormatException>().Which;

        refusal.Line.Should().Be(3);
        refusal.Position.Should().BeGreaterThan(0);
    }

    [Fact]
    public void An_exported_file_starts_with_the_schema_and_leaves_links_out()
    {
        var json = JsonNode.Parse(Definition(Sequence("S")))!.AsObject();
        json["links"] = new JsonArray();

        var file = WorkflowDefinition.FromJson(json).ToFile();

        file.Should().StartWith("{\n  \"$schema\": \"" + WorkflowDefinition.Schema).And.NotContain("links");
    }
}
