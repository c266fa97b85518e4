using System.Text.Json.Nodes;
using Consultation.Activities;
using Consultation.Cases.Numbers;
using Consultation.Engine.Definitions;
using Consultation.Testing.Scenarios;

namespace Consultation.ServerTests.Workflows;

public sealed class WorkflowFileTests
{
    public static TheoryData<string> FileNames => [.. WorkflowFolder.Files.Select(file => file.FileName)];

    [Theory]
    [MemberData(nameof(FileNames))]
    public void Shipped_file_compiles_without_findings(string fileName)
    {
        var file = WorkflowFolder.Files.Single(one => one.FileName == fileName);

        file.Findings.Select(finding => $"{finding.ActivityId}: {finding.Code} {finding.Message} ({finding.Mend})")
            .Should().BeEmpty();
        file.Definition.Should().NotBeNull();
    }

    [Theory]
    [MemberData(nameof(FileNames))]
    public void Shipped_file_survives_a_round_trip(string fileName)
    {
        var text = File.ReadAllText(Path.Combine(WorkflowFolder.Path, fileName));

        var again = WorkflowDefinition.Parse(text).ToFile();

        JsonNode.DeepEquals(JsonNode.Parse(again), JsonNode.Parse(text)).Should().BeTrue();
        text.Should().StartWith("{\n  \"$schema\"");
    }

    [Theory]
    [MemberData(nameof(FileNames))]
    public void Shipped_file_is_drawn_without_overlaps(string fileName)
    {
        var workflow = Compiled(fileName);
        var places =
            workflow.Root.Children[0].Children.Select(node => (node.ActivityId, Place: node.Place!.Value)).ToList();

        var overlaps = places.SelectMany((one, index) => places.Skip(index + 1)
            .Where(other => one.Place.X < other.Place.X + other.Place.Width
                && other.Place.X < one.Place.X + one.Place.Width
                && one.Place.Y < other.Place.Y + other.Place.Height && other.Place.Y < one.Place.Y + one.Place.Height)
            .Select(other => $"{one.ActivityId} over {other.ActivityId}"));

        overlaps.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(FileNames))]
    public void Shipped_steps_have_chinese_names_and_cite_rows(string fileName)
    {
        var nodes = Compiled(fileName).Root.Children[0].Children;

        nodes.Where(node => !node.DisplayText.Any(letter => letter > 0x3000)).Select(node => node.ActivityId)
            .Should().BeEmpty();
        nodes.Where(node => node.Type.StartsWith("Consultation.", StringComparison.Ordinal)
            && node.CustomProperties["rows"] is not JsonArray { Count: > 0 })
            .Select(node => node.ActivityId).Should().BeEmpty();
    }

    [Theory]
    [InlineData("ten-week-plan", "Plan", "case.workgroup(planning)|")]
    [InlineData("ten-week-plan", "PlanAgain", "case.workgroup(planning)|")]
    [InlineData("ten-week-plan", "Venue", "case.workgroup(planning)|")]
    [InlineData("ten-week-plan", "Meeting", "case.workgroup(documents)|")]
    [InlineData("ten-week-plan", "Mend1", "case.workgroup(planning)|")]
    [InlineData("ten-week-plan", "Mend2", "case.workgroup(documents)|")]
    [InlineData("ten-week-plan", "Mend3", "case.workgroup(liaison)|")]
    [InlineData("meeting-notice", "Brief", "case.workgroup(documents)|")]
    [InlineData("meeting-minutes", "Minutes", "meeting.recorder|case.workgroup(documents)|")]
    [InlineData("meeting-minutes", "Revise", "meeting.recorder|case.workgroup(documents)|")]
    [InlineData("seat-replacement", "Replace", "meeting.organiser|case.workgroup(liaison)|")]
    public void Work_around_a_meeting_is_asked_of_the_duty_it_belongs_to(string workflow, string node, string who) =>
        WorkflowFolder.All.Single(one => one.DefinitionId == workflow).With(json =>
            json.Activity(node)["assignees"]!["expression"]!["value"]!.ToString().Should().StartWith(who));

    [Fact]
    public void All_shipped_workflows_are_there() =>
        WorkflowFolder.All.Select(definition => definition.DefinitionId).Should().BeEquivalentTo(
        "six-step-procedure", "ten-week-plan", "intake-and-eligibility", "topic-gate", "meeting-notice",
        "seat-replacement", "meeting-vote", "meeting-minutes", "tracked-item", "periodic-report", "exclusion-review",
        "matter-routing");

    [Fact]
    public void Broken_file_is_refused_with_what_to_mend_and_the_others_are_read()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        File.Copy(Path.Combine(WorkflowFolder.Path, "topic-gate.json"), Path.Combine(folder, "topic-gate.json"));
        File.WriteAllText(Path.Combine(folder, "broken.json"), "{ \"definitionId\": ");
        var gateWithoutApprover = WorkflowFolder.All.Single(one => one.DefinitionId == "topic-gate")
            .With(json => { json["definitionId"] = "nobody"; json.Activity("CommitteeGate").Remove("approvers"); });
        File.WriteAllText(Path.Combine(folder, "nobody.json"), gateWithoutApprover.ToFile());

        var files = WorkflowFiles.LoadAll(folder, Scenario.AnyCatalog);

        files.Should().HaveCount(3);
        files.Single(file => file.FileName == "topic-gate.json").Definition.Should().NotBeNull();
        files.Single(file => file.FileName == "broken.json").Findings[0].Message.Zh.Should().Contain("第 1 行");
        var nobody = files.Single(file => file.FileName == "nobody.json");
        nobody.Definition.Should().BeNull();
        nobody.Findings.Should()
            .Contain(finding => finding.Code == "no-assignee" && finding.ActivityId == "CommitteeGate"
                && finding.Mend.Zh.Length > 0);
    }

    [Theory]
    [InlineData("approvers", "role:Nobody@case.committee", "bad-assignee")]
    [InlineData("form", "no-such-form", "unknown-form")]
    [InlineData("mode", "Dice", "unknown-choice")]
    public void Wrong_value_on_a_gate_is_found_with_what_to_mend(string input, string value, string code)
    {
        var definition = WorkflowFolder.All.Single(one => one.DefinitionId == "topic-gate").With(json =>
            json.Activity("CommitteeGate")[input] = new JsonObject
            {
                ["typeName"] = "String",
                ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = value },
            });

        var findings = WorkflowCompiler.Compile(definition, Scenario.AnyCatalog).Findings;

        findings.Should().Contain(
            finding => finding.Code == code && finding.Severity == FindingSeverity.Error && finding.Mend.En.Length > 0);
    }

    [Theory]
    [InlineData("Object", "[\"topic\"]", null)]
    [InlineData("Object", "[\"topic\", \"well-survey\"]", "unknown-material")]
    [InlineData("Literal", "[\"topic\"]", "hidden-list")]
    public void A_list_of_material_that_the_designer_does_not_see_or_know_is_pointed_out(
        string kind, string value, string? code)
    {
        var definition = WorkflowFolder.All.Single(one => one.DefinitionId == "topic-gate").With(json =>
            json.Activity("CommitteeGate")["shows"] = new JsonObject
            {
                ["typeName"] = "Object",
                ["expression"] = new JsonObject { ["type"] = kind, ["value"] = value },
            });

        var findings = WorkflowCompiler.Compile(definition, Scenario.AnyCatalog).Findings.Where(
            finding => finding.ActivityId == "CommitteeGate").ToList();

        findings.Select(finding => finding.Code).Should().Equal(code is null ? [] : [code]);
        findings.Where(finding => finding.Severity != FindingSeverity.Warning || finding.Mend.Zh.Length == 0)
            .Should().BeEmpty();
    }

    [Fact]
    public void Outcome_that_leads_nowhere_is_found()
    {
        var definition = WorkflowFolder.All.Single(one => one.DefinitionId == "topic-gate")
            .With(json => json.Disconnect("CommitteeGate", "Reject"));

        var findings = WorkflowCompiler.Compile(definition, Scenario.AnyCatalog).Findings;

        findings.Should()
            .Contain(finding => finding.Code == "outcome-unhandled" && finding.Message.Zh.Contains("不予通过"));
    }

    private static CompiledWorkflow Compiled(string fileName) => WorkflowCompiler.Compile(
        WorkflowFolder.Files.Single(file => file.FileName == fileName).Definition!, Scenario.AnyCatalog).Workflow!;

    [Fact]
    public void No_two_kinds_of_numbers_share_a_series()
    {
        var given = WorkflowFolder.All.SelectMany(definition => Nodes(definition.Root))
            .Where(node => node["type"]?.ToString() == "Consultation.GiveNumber")
            .Select(node => (Series: Literal(node, "series"), Pattern: Literal(node, "pattern"))).ToList();

        given.Should().HaveCountGreaterThanOrEqualTo(3);
        given.Distinct().GroupBy(one => one.Series).Where(series => series.Count() > 1).Should()
            .BeEmpty("of 1, 2, 3 one kind would get 1 and 3, and people look for its 2");
        given.Select(one => one.Series).Should()
            .NotIntersectWith([SeriesKeys.Matter, SeriesKeys.Task, SeriesKeys.AnnexRow]);
    }

    private static IEnumerable<JsonObject> Nodes(JsonNode? node) => node switch
    {
        JsonObject map => map.Select(pair => pair.Value).SelectMany(Nodes).Prepend(map),
        JsonArray list => list.SelectMany(Nodes),
        _ => [],
    };

    private static string Literal(JsonObject node, string input) => node[input]!["expression"]!["value"]!.ToString();
}
