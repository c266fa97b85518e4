using System.Text.Json.Nodes;
using Consultation.Engine.Running;
using Consultation.Tests.Engine.Running;
using static Consultation.Tests.Engine.Flowcharts.CounterFlowTests;
using static Consultation.Tests.Engine.Running.WorkflowText;

namespace Consultation.Tests.Engine.BuiltIns;

public sealed class ContainerTests
{
    private readonly EngineWorld _world = new();

    [Fact]
    public void Sequence_runs_its_activities_in_order_and_survives_a_wait()
    {
        var run = _world.Play(Definition(Sequence("S", Line("A"), Waiting("W", "e"), Line("B"))));
        run = _world.Resume(run, run.Bookmarks.Single());

        _world.Lines.Should().Equal("A", "B");
        run.SubStatus.Should().Be(RunSubStatus.Finished);
    }

    [Theory]
    [InlineData("true", "yes")]
    [InlineData("false", "no")]
    public void If_runs_one_of_its_branches(string condition, string line)
    {
        _world.Play(Definition(Activity(
            "Elsa.If", "I", ("condition", Js(condition)), ("then", Line("T", "yes")), ("else", Line("E", "no")))));

        _world.Lines.Should().Equal(line);
    }

    [Fact]
    public void While_repeats_and_break_leaves_it()
    {
        var body = Sequence(
            "Body",
            Set("Inc", "getN() + 1"),
            LineJs("Say", "getN()"),
            Activity("Elsa.If", "I", ("condition", Js("getN() == 3")), ("then", Activity("Elsa.Break", "B"))),
            Line("Rest", "."));

        var run = _world.Play(Definition(
            Sequence("S", Activity("Elsa.While", "L", ("condition", Js("true")), ("body", body)), Line("After")),
            [Variable("N", "Int32", "0")]));

        _world.Lines.Should().Equal("1", ".", "2", ".", "3", "After");
        run.SubStatus.Should().Be(RunSubStatus.Finished);
    }

    [Theory]
    [InlineData(1, 3, 1, true, "1 2 3")]
    [InlineData(1, 3, 1, false, "1 2")]
    [InlineData(3, 1, -1, true, "3 2 1")]
    [InlineData(0, 10, 5, true, "0 5 10")]
    [InlineData(2, 1, 1, true, "")]
    public void For_counts_as_it_is_told(int start, int end, int step, bool inclusive, string expected)
    {
        _world.Play(Definition(Activity(
            "Elsa.For",
            "L",
            ("start", Literal(start)),
            ("end", Literal(end)),
            ("step", Literal(step)),
            ("outerBoundInclusive", Literal(inclusive)),
            ("body", LineJs("Say", "getVariable('CurrentValue')")))));

        string.Join(' ', _world.Lines).Should().Be(expected);
    }

    [Fact]
    public void For_with_step_zero_is_an_incident() =>
        _world.Play(
            Definition(Activity("Elsa.For", "L", ("end", Literal(3)), ("step", Literal(0)), ("body", Line("B")))))
            .Incidents.Should().ContainSingle().Which.Message.Should().Contain("must not be 0");

    [Fact]
    public void For_each_gives_each_item_to_its_body_and_to_its_output()
    {
        var run = _world.Play(Definition(
            Activity(
                "Elsa.ForEach",
                "L",
                ("items", Wrapped("Object", "[\"甲\",\"乙\"]")),
                ("currentValue", To("Now")),
                ("body", Sequence("B", Waiting("W", "e"),
                    LineJs("Say", "getNow() + getVariable('CurrentIndex') + getVariable('CurrentValue')")))),
            [Variable("Now")]));
        run = _world.Resume(run, run.Bookmarks.Single());
        run = _world.Resume(run, run.Bookmarks.Single());

        _world.Lines.Should().Equal("甲0甲", "乙1乙");
        run.SubStatus.Should().Be(RunSubStatus.Finished);
    }

    [Fact]
    public void Parallel_for_each_waits_for_all_of_its_items()
    {
        var run = _world.Play(Definition(Activity(
            "Elsa.ParallelForEach",
            "L",
            ("items", Wrapped("Object", "[1,2,3]")),
            ("body", Sequence("B", Waiting("W", "e"), LineJs("Say", "getVariable('CurrentValue')"))))));
        run.Bookmarks.Should().HaveCount(3);

        run = _world.Resume(run, run.Bookmarks[1]);
        run = _world.Resume(run, run.Bookmarks[1]);
        run.SubStatus.Should().Be(RunSubStatus.Suspended);
        run = _world.Resume(run, run.Bookmarks[0]);

        _world.Lines.Should().Equal("2", "3", "1");
        run.SubStatus.Should().Be(RunSubStatus.Finished);
    }

    [Fact]
    public void Parallel_for_each_without_items_completes_at_once() =>
        _world.Play(
            Definition(Activity("Elsa.ParallelForEach", "L", ("items", Wrapped("Object", "[]")), ("body", Line("B")))))
            .SubStatus.Should().Be(RunSubStatus.Finished);

    [Theory]
    [InlineData("WaitAny", RunSubStatus.Finished)]
    [InlineData("WaitAll", RunSubStatus.Suspended)]
    public void Fork_completes_with_the_first_or_the_last_branch(string mode, RunSubStatus expected)
    {
        var run = _world.Play(Definition(Activity(
            "Elsa.Fork", "F", ("joinMode", mode), ("branches", new JsonArray(Line("A"), Waiting("W", "e"))))));

        run.SubStatus.Should().Be(expected);
    }

    [Fact]
    public void Parallel_completes_with_its_last_activity()
    {
        var run = _world.Play(Definition(Activity(
            "Elsa.Parallel", "P", ("activities", new JsonArray(Waiting("W1", "a"), Waiting("W2", "b"))))));

        run = _world.Resume(run, run.Bookmarks[0]);
        run.SubStatus.Should().Be(RunSubStatus.Suspended);
        _world.Resume(run, run.Bookmarks[0]).SubStatus.Should().Be(RunSubStatus.Finished);
    }

    [Theory]
    [InlineData("MatchFirst", "one")]
    [InlineData("MatchAny", "one two")]
    public void Switch_runs_the_matching_cases(string mode, string expected)
    {
        _world.Play(Definition(Activity(
            "Elsa.Switch",
            "S",
            ("cases", new JsonArray(
                Case("1", "true", Line("A", "one")), Case("2", "true", Line("B", "two")),
                Case("3", "false", Line("C", "three")))),
            ("mode", Literal(mode)),
            ("default", Line("D", "none")))));

        string.Join(' ', _world.Lines).Should().Be(expected);
    }

    [Fact]
    public void Switch_without_match_runs_its_default()
    {
        _world.Play(Definition(Activity(
            "Elsa.Switch", "S", ("cases", new JsonArray(Case("1", "false", Line("A")))),
            ("default", Line("D", "none")))));

        _world.Lines.Should().Equal("none");
    }

    [Theory]
    [InlineData("2", "two")]
    [InlineData("9", "other")]
    public void Flow_switch_goes_on_at_the_port_of_its_case(string value, string expected)
    {
        _world.Play(Definition(Flowchart(
            "F",
            [
                Activity("Elsa.FlowSwitch", "S",
                    ("cases", new JsonArray(Case("One", $"{value} == 1"), Case("Two", $"{value} == 2")))),
                Line("A", "one"), Line("B", "two"), Line("C", "other"),
            ],
            "S:One -> A", "S:Two -> B", "S:Default -> C")));

        _world.Lines.Should().Equal(expected);
    }

    [Fact]
    public void Flow_fork_goes_on_at_all_of_its_branches()
    {
        _world.Play(Definition(Flowchart(
            "F",
            [Activity("Elsa.FlowFork", "S", ("branches", Wrapped("Object", "[\"左\",\"右\"]"))), Line("A"), Line("B")],
            "S:左 -> A", "S:右 -> B")));

        _world.Lines.Should().Equal("A", "B");
    }

    [Fact]
    public void A_container_of_one_is_done_with_it()
    {
        var container = Activity("Elsa.FlowNode", "C");
        container["body"] = Sequence("S", Line("A"), Line("B"));
        _world.Play(Definition(Flowchart("F", [container, Activity("Elsa.FlowNode", "Empty"), Line("C2")],
            "C -> Empty", "Empty -> C2")));

        _world.Lines.Should().Equal("A", "B", "C2");
    }

    private static JsonObject Case(string label, string condition, JsonObject? activity = null)
    {
        var json = new JsonObject
        {
            ["label"] = label,
            ["condition"] = new JsonObject { ["type"] = "JavaScript", ["value"] = condition },
        };
        if (activity is not null) json["activity"] = activity;
        return json;
    }
}
