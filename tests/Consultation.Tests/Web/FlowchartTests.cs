using Consultation.Cases;
using Consultation.Engine.Definitions;
using Consultation.Storage.Reading.Flowcharts;
using Consultation.Storage.Reading.Plans;
using Consultation.Testing.Scenarios;
using Consultation.Tests.Architecture;
using Consultation.Web.Drawing;
using Consultation.Web.Texts;

namespace Consultation.Tests.Web;

public sealed class FlowchartTests
{
    private static readonly FlowchartWords Words =
        new() { Title = "流程图", Mark = mark => mark.ToString(), Port = edge => edge.Port == "Done" ? null : edge.Port };

    [Fact]
    public void Nodes_stand_where_the_designer_put_them()
    {
        var picture = Read("six-step-procedure");

        picture.Nodes.Should().Contain(
            node => node.Id == "StepTopic" && node.X == 620 && node.Y == 40 && node.Shape == NodeShape.Milestone);
        picture.Nodes.Single(node => node.Id == "Intake").Part.Should().Be("intake-and-eligibility");
        picture.Edges.Should().Contain(new FlowEdge("Start", "Done", "CaseNumber"));
    }

    [Fact]
    public void Every_way_out_of_the_products_workflows_is_named_in_the_readers_language()
    {
        var ports = Directory.EnumerateFiles(Path.Combine(Repository.Root, "workflows"), "*.json")
            .SelectMany(path => Read(Path.GetFileNameWithoutExtension(path)).Edges)
            .Where(edge => edge.Port is not ("Done" or "In")).Select(edge => (edge.Port, edge.Name)).Distinct()
            .ToList();

        ports.Select(port => port.Port).Distinct().Should().HaveCountGreaterThan(30);
        ports.Where(port => Called(port, "zh") is null || Called(port, "en")?.All(char.IsAscii) is not true).Should()
            .BeEmpty();

        static string? Called((string Port, LocalText? Name) port, string language) =>
            DeskTexts.Find($"port.{port.Port}", language) ?? port.Name?.For(language);
    }

    [Theory]
    [InlineData("zh")]
    [InlineData("en")]
    public void No_label_of_the_products_workflows_is_cut(string language)
    {
        foreach (var path in Directory.EnumerateFiles(Path.Combine(Repository.Root, "workflows"), "*.json"))
        {
            var picture = Read(Path.GetFileNameWithoutExtension(path));

            var drawn = FlowchartSvg.Draw(picture, new Dictionary<string, NodeMark>(), language, Words);

            drawn.Should().NotContain("…", path);
        }
    }

    [Fact]
    public void A_picture_with_links_is_a_group_so_that_they_can_be_reached()
    {
        var picture = Read("topic-gate");
        var none = new Dictionary<string, NodeMark>();

        FlowchartSvg.Draw(picture, none, "zh", Words).Should().Contain("role=\"img\"");
        FlowchartSvg.Draw(picture, none, "zh", Words with { Link = _ => "/x" }).Should()
            .Contain("role=\"group\"").And.NotContain("role=\"img\"");
    }

    [Fact]
    public void A_definition_without_positions_is_drawn_all_the_same()
    {
        var definition = WorkflowDefinition.Parse("""
            {"root":{"activities":[{"id":"A","type":"Elsa.Start"},{"id":"B","type":"Elsa.End"}],
             "connections":[{"source":{"activity":"A"},"target":{"activity":"B"}},
              {"source":{"activity":"A"},"target":{"activity":"gone"}}]}}
            """);

        var picture = FlowchartReader.Read(definition, Scenario.AnyCatalog);

        picture.Nodes.Select(node => (node.X, node.Y)).Should().OnlyHaveUniqueItems();
        picture.Edges.Should().ContainSingle("a connection to a node that does not exist is left out");
    }

    [Theory]
    [InlineData("six-step-procedure")]
    [InlineData("ten-week-plan")]
    [InlineData("tracked-item")]
    [InlineData("topic-gate")]
    public void Ways_go_round_nodes_wherever_they_can(string workflow)
    {
        var picture = Read(workflow);
        var router = new FlowRouter(picture.Nodes);
        var byId = picture.Nodes.ToDictionary(node => node.Id);

        var crossing = picture.Edges.Count(edge =>
            router.Crossings(router.Route(byId[edge.From], byId[edge.To]), byId[edge.From], byId[edge.To]) > 0);

        crossing.Should()
            .BeLessThanOrEqualTo(picture.Edges.Count / 20, "a line through a node cannot be followed by the eye");
    }

    [Fact]
    public void A_way_has_only_level_and_upright_pieces()
    {
        var a = Node("a", 0, 0);
        var b = Node("b", 600, 300);
        var between = Node("c", 300, 0);
        var router = new FlowRouter([a, b, between]);

        var way = router.Route(a, b);

        way.Zip(way.Skip(1)).Should()
            .OnlyContain(pair => pair.First.X == pair.Second.X || pair.First.Y == pair.Second.Y);
        router.Crossings(way, a, b).Should().Be(0);
    }

    [Fact]
    public void The_present_place_is_marked_and_leads_to_its_task()
    {
        var picture = Read("six-step-procedure");
        var marks = new Dictionary<string, NodeMark> { ["Start"] = NodeMark.Done, ["Research"] = NodeMark.Present };

        var svg = FlowchartSvg.Draw(
            picture, marks, "zh", Words with { Link = node => node.Id == "Research" ? "/tasks/1" : null });

        svg.Should().Contain("""id="node-Research" class="flow-node flow-step is-present"><a href="/tasks/1">""");
        svg.Should().Contain("""id="node-Start" class="flow-node flow-terminal is-done">""");
        svg.Should().NotContain("style=", "the pages' policy forbids inline styles");
    }

    [Fact]
    public void A_label_from_a_definition_cannot_add_markup()
    {
        var picture = new FlowchartPicture([Node("a", 0, 0) with { Label = new("<script>alert(1)</script>\"&") }], []);

        var svg = FlowchartSvg.Draw(picture, new Dictionary<string, NodeMark>(), "zh", Words);

        svg.Should().NotContain("<script").And.Contain("&lt;script");
    }

    [Fact]
    public void Nothing_is_drawn_for_a_root_that_is_no_flowchart()
    {
        var definition = WorkflowDefinition.Parse("""{"root":{"type":"Elsa.Sequence"}}""");

        var picture = FlowchartReader.Read(definition, Scenario.AnyCatalog);

        FlowchartSvg.Draw(picture, new Dictionary<string, NodeMark>(), "zh", Words).Should().BeEmpty();
    }

    [Fact]
    public void Long_labels_break_into_lines_and_end_with_an_ellipsis()
    {
        var lines = SvgText.Wrap("梳理亟待解决的问题并按三项标准逐项打分后汇总上报", 8, 2);

        lines.Should().HaveCount(2).And.OnlyContain(line => SvgText.Width(line) <= 8);
        lines[1].Should().EndWith("…");
    }

    [Fact]
    public void The_ten_week_plan_says_when_each_piece_of_work_is_due()
    {
        var definition = WorkflowDefinition.Parse(Repository.Read("workflows/ten-week-plan.json"));

        var outline = PlanOutlineReader.Read(definition, Scenario.AnyCatalog);

        outline.Phases.Select(phase => (phase.Key, phase.FromWeek, phase.ToWeek)).Should().Equal(
            ("weeks-1-2", 1, 2), ("weeks-3-4", 3, 4), ("weeks-5-8", 5, 8), ("weeks-9-10", 9, 10));
        outline.Phases.Last().Name.For("en").Should().Be("Evaluation");
        var planned = outline.Works;
        planned.Select(work => work.Phase).Distinct().Should()
            .Equal("weeks-1-2", "weeks-3-4", "weeks-5-8", "weeks-9-10");
        planned.Should().OnlyContain(work => work.Title.Zh.Length > 0);
        planned.Should()
            .Contain(work => work.ActivityId == "DraftPlan" && work.Phase == "weeks-5-8" && work.FromPlanStart
                && work.DueAfter != null);
        planned.Should().Contain(work => work.IsGate && work.Phase == "weeks-1-2");
    }

    [Fact]
    public void The_procedure_says_which_steps_it_leads_through()
    {
        var definition = WorkflowDefinition.Parse(Repository.Read("workflows/six-step-procedure.json"));

        var outline = PlanOutlineReader.Read(definition, Scenario.AnyCatalog);

        outline.Steps.Select(step => (step.Number, step.Name.Zh)).Should().Equal(
            (1, "确定议题"), (2, "充分调研"), (3, "明确主体"), (4, "开展协商"), (5, "情况报送"), (6, "督办落实"));
        outline.Phases.Should().BeEmpty("the procedure is not planned by weeks");
    }

    private static FlowchartPicture Read(string workflow)
    {
        var definition = WorkflowDefinition.Parse(Repository.Read($"workflows/{workflow}.json"));
        return FlowchartReader.Read(definition, Scenario.AnyCatalog);
    }

    private static FlowNode Node(string id, double x, double y) =>
        new(id, "Elsa.WriteLine", new LocalText(id), NodeShape.Step, x, y, 220, 60, []);
}
