using System.Text.Json.Nodes;
using Consultation.Engine.BuiltIns;
using Consultation.Engine.Definitions;
using static Consultation.Tests.Engine.Flowcharts.CounterFlowTests;
using static Consultation.Tests.Engine.Running.WorkflowText;

namespace Consultation.Tests.Engine.Definitions;

public sealed class CompilerTests
{
    private static readonly ActivityCatalog Catalog = new(BuiltInActivities.Types);

    [Fact]
    public void A_sound_definition_has_no_findings() =>
        Compile(Flowchart("F", [Line("A"), Line("B")], "A -> B")).Findings.Should().BeEmpty();

    [Fact]
    public void A_connection_to_nowhere_is_an_error() =>
        Only("dangling-connection", Flowchart("F", [Line("A")], "A -> Gone")).Message.En.Should().Contain("Gone");

    [Fact]
    public void An_unknown_activity_is_an_error() =>
        Only("unknown-activity", Sequence("S", Activity("Acme.Rocket", "R"))).NodeId.Should().Be("Workflow1:S:R");

    [Fact]
    public void A_node_that_no_path_leads_to_is_an_error() =>
        Only("unreachable", Flowchart("F", [Activity("Elsa.Start", "A"), Line("B")])).Severity.Should()
            .Be(FindingSeverity.Error);

    [Fact]
    public void A_connection_from_an_outcome_that_does_not_exist_is_an_error() =>
        Compile(Flowchart("F", [Decision("Q", "true"), Line("B")], "Q:Maybe -> B")).Findings
            .Should().Contain(f => f.Code == "unknown-outcome" && f.Severity == FindingSeverity.Error
                && f.Mend.En.Contains("True, False"));

    [Fact]
    public void An_outcome_that_leads_nowhere_is_mentioned() =>
        Only("open-outcome", Flowchart("F", [Decision("Q", "true"), Line("B")], "Q:True -> B")).Message.En.Should()
            .Contain("False");

    [Fact]
    public void A_bad_expression_is_an_error_with_its_place()
    {
        var finding = Only("bad-expression", Sequence("S", LineJs("L", "1 +\n  * 2")));

        finding.ActivityId.Should().Be("L");
        finding.InputName.Should().Be("Text");
        finding.Line.Should().Be(2);
        finding.Column.Should().BeGreaterThan(0);
        finding.Mend.Zh.Should().NotBeEmpty();
    }

    [Fact]
    public void A_bad_cron_expression_is_an_error_even_in_the_middle() =>
        Only("bad-cron", Sequence("S", Activity("Elsa.Cron", "C", ("cronExpression", Literal("every day"))))).ActivityId
            .Should().Be("C");

    [Fact]
    public void A_value_of_the_wrong_kind_is_an_error() =>
        Only("bad-value", Sequence("S", Activity("Elsa.Delay", "D", ("timeSpan", Literal("soon"))))).InputName.Should()
            .Be("TimeSpan");

    [Fact]
    public void A_missing_variable_is_an_error() =>
        Only("unknown-variable", Sequence("S", Set("V", "1", "Gone"))).ActivityId.Should().Be("V");

    [Fact]
    public void The_same_id_twice_is_an_error() =>
        Only("duplicate-id", Sequence("S", Line("A"), Line("A"))).ActivityId.Should().Be("A");

    [Fact]
    public void An_expression_type_that_is_not_there_is_an_error() =>
        Only("unknown-expression-type",
            Sequence("S", Activity("Elsa.WriteLine", "L", ("text", Wrapped("CSharp", "1"))))).Message.En
            .Should().Contain("CSharp");

    [Fact]
    public void Nesting_without_end_is_refused_and_does_not_overflow()
    {
        var inner = Line("L");
        for (var i = 0; i < 80; i++) inner = Sequence($"S{i}", inner);

        Only("too-large", inner).Severity.Should().Be(FindingSeverity.Error);
    }

    [Fact]
    public void A_definition_that_uses_itself_is_refused()
    {
        var a = WorkflowDefinition.Parse(
            Definition(Sequence("S", Activity("B", "UseB", ("workflowDefinitionId", "b"))), id: "a"));
        var b = WorkflowDefinition.Parse(
            Definition(Sequence("S", Activity("A", "UseA", ("workflowDefinitionId", "a"))), id: "b"));

        WorkflowCompiler.Compile(a, Catalog, (id, _) => id == "a" ? a : b).Findings
            .Should().ContainSingle().Which.Code.Should().Be("definition-cycle");
    }

    [Fact]
    public void A_used_definition_is_compiled_in_even_when_the_toolbox_lists_it()
    {
        var part = WorkflowDefinition.Parse(Definition(Sequence("S", Line("Inside")), id: "part"));
        var whole = WorkflowDefinition.Parse(
            Definition(Sequence("S", Activity("Part", "U", ("workflowDefinitionId", "part")))));
        var catalog = new ActivityCatalog([.. BuiltInActivities.Types, UsedDefinition.TypeFor(part)]);

        var workflow = WorkflowCompiler.Compile(whole, catalog, (_, _) => part).Workflow!;

        workflow.FindNode("Workflow1:S:U:S:Inside").Should().NotBeNull();
        workflow.UsedDefinitions.Should().ContainSingle().Which.DefinitionId.Should().Be("part");
    }

    [Fact]
    public void A_definition_without_root_is_refused_in_words() =>
        WorkflowCompiler.Compile(WorkflowDefinition.Parse("{ \"definitionId\": \"x\" }"), Catalog).Findings
            .Should().ContainSingle().Which.Code.Should().Be("no-root");

    [Fact]
    public void Nodes_know_where_they_are_drawn_and_who_holds_them()
    {
        var line = Line("L");
        line["metadata"] = new JsonObject
        {
            ["displayText"] = "第一步",
            ["designer"] = new JsonObject
            {
                ["position"] = new JsonObject { ["x"] = 40, ["y"] = 120.5 },
                ["size"] = new JsonObject { ["width"] = 200, ["height"] = 60 },
            },
        };
        var workflow = Compile(Flowchart("F", [line, Line("M")], "L -> M")).Workflow!;

        var node = workflow.FindActivity("L")!;
        node.DisplayText.Should().Be("第一步");
        node.Place.Should().Be(new NodePlace(40, 120.5, 200, 60));
        node.Parent!.Type.Should().Be("Elsa.Flowchart");
        node.Parent.Connections.Should().ContainSingle(c => c.Source == node && c.Target.ActivityId == "M");
        node.ConnectedOutcomes.Should().Equal("Done");
        workflow.FindNode(node.NodeId).Should().BeSameAs(node);
    }

    [Fact]
    public void Triggers_are_listed_with_their_next_time()
    {
        var start = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
        var workflow = Compile(Flowchart(
            "F",
            [
                Starting("Elsa.Event", "E", ("eventName", Literal("order"))),
                Starting("Elsa.Timer", "T", ("interval", Literal("00:05:00"))),
                Starting("Elsa.Cron", "C", ("cronExpression", Literal("0 0 3 * * *"))),
                Starting("Elsa.StartAt", "S", ("dateTime", Literal("2026-01-01T00:00:00Z"))),
                Starting("Elsa.HttpEndpoint", "H", ("path", Literal("/Orders/")),
                    ("supportedMethods", Wrapped("Object", "[\"GET\",\"POST\"]"))),
                Line("L"),
            ])).Workflow!;

        var triggers = workflow.Triggers.ToLookup(t => t.Node.ActivityId);
        triggers["E"].Single().Hash.Should().Be(Event.HashOf("order"));
        triggers["T"].Single().Description.NextDue!(start, TimeZoneInfo.Utc).Should().Be(start.AddMinutes(5));
        triggers["C"].Single().Description.NextDue!(start, TimeZoneInfo.Utc).Should()
            .Be(start.Date.AddDays(1).AddHours(3));
        triggers["S"].Single().Description.NextDue!(start, TimeZoneInfo.Utc).Should().BeNull();
        triggers["H"].Should().HaveCount(2);
        triggers["H"].First().Stimulus.Should().BeEquivalentTo(HttpEndpoint.StimulusOf("orders", "GET"));
    }

    private static JsonObject Starting(string type, string id, params (string Name, JsonNode? Value)[] properties)
    {
        var json = Activity(type, id, properties);
        json["customProperties"]!["canStartWorkflow"] = true;
        return json;
    }

    private static CompileResult Compile(JsonObject root) =>
        WorkflowCompiler.Compile(WorkflowDefinition.Parse(Definition(root)), Catalog);

    private static DefinitionFinding Only(string code, JsonObject root)
    {
        var findings = Compile(root).Findings;
        findings.Should().ContainSingle().Which.Code.Should().Be(code);
        return findings[0];
    }
}
