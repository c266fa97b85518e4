using System.Text.Json.Nodes;
using Consultation.Activities.Designer;
using Consultation.Engine.Definitions;
using Consultation.Testing.Scenarios;
using Consultation.Tests.Architecture;
using static Consultation.Tests.Engine.Running.WorkflowText;

namespace Consultation.Tests.Activities.Designer;

/// <summary>What is told before publishing: each rule by a workflow that offends and its mended twin.</summary>
public sealed class LintTests
{
    private static readonly DefinitionLint Lint = new();

    [Fact]
    public void A_wait_without_a_due_time_is_told_and_mended()
    {
        var offending = Flow([Work("W", due: null), End("E")], "W -> E");

        var finding = Look(offending).Should().ContainSingle().Subject;
        finding.Code.Should().Be(DefinitionLint.NoDue);
        (finding.Message.Zh, finding.Message.En).Should().NotBe(("", ""));

        Look(Mended(offending)).Should().BeEmpty();
        Look(Flow([Work("W"), End("E")], "W -> E")).Should().BeEmpty();
    }

    [Fact]
    public void A_wait_that_nobody_answers_for_is_told()
    {
        var wait = Activity("Elsa.Event", "Come", ("eventName", Literal("come")));

        Codes(Flow([Work("W"), wait, End("E")], "W -> Come", "Come -> E")).Should().Equal(DefinitionLint.NoOwner);
        Codes(Flow([Work("W"), End("E")], "W -> E")).Should().BeEmpty();
    }

    [Fact]
    public void A_gate_without_a_way_back_is_told_and_mended()
    {
        var offending = Flow(
            [Work("W"), Gate("G", "[\"Confirm\",\"Reject\"]"), End("E"), End("R")],
            "W -> G", "G:Confirm -> E", "G:Reject -> R");

        Codes(offending).Should().Equal(DefinitionLint.NoWayBack);
        var mended = Mended(offending);
        mended.Connections().Should().Contain("G:Return -> W");
        Look(mended).Should().BeEmpty();
    }

    [Fact]
    public void A_dead_end_is_told_and_a_branch_beside_the_main_way_is_not()
    {
        Codes(Flow(
            [Work("W"), Gate("G"), End("E"), Work("Lost")],
            "W -> G", "G:Confirm -> E", "G:Return -> W", "G:Reject -> Lost"))
            .Should().Equal(DefinitionLint.DeadEnd);
        Codes(Flow([Work("W"), Work("Beside"), End("E")], "W -> Beside", "W -> E")).Should().BeEmpty();
        Codes(Flow([Work("W"), Work("Late"), End("E")], "W:Overdue -> Late", "W -> E")).Should().BeEmpty();
    }

    [Theory]
    [InlineData("1wd", "meeting", true)]
    [InlineData("5wd", "meeting", false)]
    [InlineData("1wd", "standard", false)]
    public void Reminders_that_are_longer_than_the_time_are_told_and_shortened(string due, string key, bool told)
    {
        var flow = Flow([Work("W", due, ("reminders", Literal(key))), End("E")], "W -> E");

        Codes(flow).Should().Equal(told ? [DefinitionLint.LongReminder] : []);
        if (told) Look(Mended(flow)).Should().BeEmpty();
    }

    [Fact]
    public void A_due_time_that_a_variable_or_a_rule_of_the_house_gives_counts_too()
    {
        var variable = Variable("Days", "String", "1wd");
        var flow = Flow(
            [
                Work("W", due: null, ("due", Wrapped("Variable", variable.DeepClone())),
                    ("reminders", Literal("meeting"))),
                End("E"),
            ],
            [variable], "W -> E");

        Codes(flow).Should().Equal(DefinitionLint.LongReminder);
    }

    [Fact]
    public void Two_mails_to_the_same_people_at_once_are_told()
    {
        Codes(Flow([Work("A"), Work("B"), Work("C"), End("E")], "A -> B", "A -> C", "B -> E", "C -> E"))
            .Should().Equal(DefinitionLint.SamePeople);
        Codes(Flow([Work("A"), Notice("N"), Work("B"), End("E")], "A -> N", "N -> B", "B -> E"))
            .Should().Equal(DefinitionLint.SamePeople);
        Codes(Flow([Work("A"), Notice("N", "proposers"), Work("B"), End("E")], "A -> N", "N -> B", "B -> E"))
            .Should().BeEmpty();
    }

    [Fact]
    public void A_meeting_without_time_for_its_notice_is_told_and_mended()
    {
        var offending = Flow(
            [
                Activity("Consultation.PlanMeeting", "P", ("assignees", Literal("role:Secretary")),
                    ("due", Literal("3wd")), ("leadTime", Literal("0wd"))),
                End("E"),
            ], "P -> E");

        Codes(offending).Should().Equal(DefinitionLint.NoNotice);
        Look(Mended(offending)).Should().BeEmpty();
    }

    [Fact]
    public void A_statement_that_the_version_in_force_covers_is_not_lost_unnoticed()
    {
        var work = Work("W");
        work["customProperties"] = new JsonObject { ["rows"] = new JsonArray("Q85") };
        var published = Flow([work, End("E")], "W -> E");
        var draft = Flow([Work("W"), End("E")], "W -> E");

        var finding = Lint.Look(draft, published.Definition).Should().ContainSingle().Subject;
        finding.Code.Should().Be(DefinitionLint.Uncovered);
        finding.Message.Zh.Should().Contain("Q85").And.Contain("七1 确定议题");
        Lint.Look(published, published.Definition).Should().BeEmpty();
    }

    [Fact]
    public void What_an_author_has_looked_at_and_means_is_not_told_again()
    {
        var work = Work("W", due: null);
        work["customProperties"] = new JsonObject
        {
            [DefinitionLint.Accepted] = new JsonArray(DefinitionLint.NoDue),
        };

        Look(Flow([work, End("E")], "W -> E")).Should().BeEmpty();
    }

    [Fact]
    public void Workflows_of_the_product_are_as_they_should_be()
    {
        var files = Directory.GetFiles(Path.Combine(Repository.Root, "workflows"), "*.json");
        var all = files.Select(file => WorkflowDefinition.Parse(File.ReadAllText(file))).ToList();

        var found = all.Select(one => Compiled(one, all)).SelectMany(workflow => Lint.Look(workflow, null)
            .Select(finding => $"{workflow.Definition.DefinitionId} {finding.ActivityId} {finding.Code}: "
                + finding.Message.Zh));

        files.Should().NotBeEmpty();
        found.Should().BeEmpty();
    }

    private static CompiledWorkflow Compiled(WorkflowDefinition definition, List<WorkflowDefinition> all) =>
        WorkflowCompiler.Compile(
            definition, Scenario.AnyCatalog, (id, _) => all.Find(one => one.DefinitionId == id)).Workflow!;

    private static CompiledWorkflow Flow(IEnumerable<JsonObject> nodes, params string[] ways) => Flow(nodes, [], ways);

    private static CompiledWorkflow Flow(IEnumerable<JsonObject> nodes, JsonArray variables, params string[] ways) =>
        Compiled(WorkflowDefinition.Parse(Definition(Flowchart("F", nodes, ways), variables)), []);

    private static JsonObject Work(string id, string? due = "5wd", params (string Name, JsonNode? Value)[] more)
    {
        var node = Activity("Consultation.RequestWork", id, [("assignees", Literal("role:Secretary")), .. more]);
        if (due is not null) node["due"] = Literal(due);
        return node;
    }

    private static JsonObject Gate(string id, string outcomes = "[\"Confirm\",\"Return\",\"Reject\"]") => Activity(
        "Consultation.RequestApproval", id, ("approvers", Literal("role:CommitteeDirector@case.committee")),
        ("due", Literal("5wd")), ("outcomes", Wrapped("Object", outcomes)));

    private static JsonObject Notice(string id, string who = "role:Secretary") => Activity(
        "Consultation.Notify", id, ("recipients", Literal(who)), ("template", Literal("notice")));

    private static JsonObject End(string id) => Activity("Elsa.End", id);

    private static IReadOnlyList<DefinitionFinding> Look(CompiledWorkflow workflow) => Lint.Look(workflow, null);

    private static IEnumerable<string> Codes(CompiledWorkflow workflow) => Look(workflow).Select(one => one.Code);

    private static CompiledWorkflow Mended(CompiledWorkflow workflow) =>
        Compiled(Lint.Mend(workflow, Look(workflow)[0])!, []);
}

/// <summary>Reads a compiled flowchart as the tests write it.</summary>
internal static class ConnectionText
{
    public static IEnumerable<string> Connections(this CompiledWorkflow workflow) => workflow.Nodes
        .SelectMany(node => node.Connections)
        .Select(way => $"{way.Source.ActivityId}:{way.SourcePort} -> {way.Target.ActivityId}");
}
