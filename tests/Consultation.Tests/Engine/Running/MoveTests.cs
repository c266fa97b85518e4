using System.Text.Json.Nodes;
using Consultation.Engine.Definitions;
using Consultation.Engine.Moves;
using Consultation.Engine.Running;
using static Consultation.Tests.Engine.Flowcharts.CounterFlowTests;
using static Consultation.Tests.Engine.Running.WorkflowText;

namespace Consultation.Tests.Engine.Running;

/// <summary>Runs that move to another version of their workflow in the middle of it.</summary>
public sealed class MoveTests
{
    private static readonly JsonObject Flow = Flowchart(
        "F", [Line("A"), Waiting("W", "e"), Line("B")], "A -> W", "W -> B");

    private EngineWorld _world = new();
    private CompiledWorkflow? _from;

    [Theory]
    [InlineData(null)]
    [InlineData("TokenBased")]
    public void A_node_inserted_before_the_wait_is_not_asked_and_one_after_it_is(string? mode)
    {
        _world = new() { FlowchartMode = mode };
        var move = Move(Flow, Flowchart(
            "F", [Line("A"), Line("New1"), Waiting("W", "e"), Line("New2"), Line("B")],
            "A -> New1", "New1 -> W", "W -> New2", "New2 -> B"));

        move.Lines.Should().Equal("A", "New2", "B");
        move.Run.SubStatus.Should().Be(RunSubStatus.Finished);
        if (mode is null) move.Plan.PassedOver.Select(text => text.En).Should().Equal("New1");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("TokenBased")]
    public void A_renamed_node_is_found_by_type_and_name_and_keeps_its_bookmark(string? mode)
    {
        _world = new() { FlowchartMode = mode };
        var renamed = Waiting("W9", "e");
        renamed["name"] = "W";
        var move = Move(Flow, Flowchart("F", [Line("A"), renamed, Line("B")], "A -> W9", "W9 -> B"));

        move.Plan.Places[^1].Pair.Match.Should().Be(NodeMatch.SameTypeAndName);
        move.Lines.Should().Equal("A", "B");
        _world.Journal.Should().ContainSingle(line => line.EventName == JournalEvents.Moved);
    }

    [Fact]
    public void A_wait_that_is_gone_keeps_the_run_where_it_is_unless_somebody_names_another()
    {
        var other = Flowchart("F", [Line("A"), Waiting("X", "e"), Line("B")], "A -> X", "X -> B");

        Look(Flow, other).Blocks.Should().ContainSingle().Which.Zh.Should().Contain("没有对应的步骤");
        _world = new();
        Move(Flow, other, new() { ["Workflow1:F:W"] = "Workflow1:F:X" }).Lines.Should().Equal("A", "B");
    }

    [Fact]
    public void A_node_of_another_type_is_no_counterpart_even_by_hand()
    {
        var other = Flowchart("F", [Line("A"), Line("W"), Line("B")], "A -> W", "W -> B");

        Look(Flow, other).Blocks.Should().NotBeEmpty();
        Look(Flow, other, new() { ["Workflow1:F:W"] = "Workflow1:F:B" }).Blocks.Should()
            .Contain(text => text.Zh.Contains("同一类型"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("TokenBased")]
    public void A_removed_node_that_is_done_stays_done(string? mode)
    {
        _world = new() { FlowchartMode = mode };
        var move = Move(Flow, Flowchart("F", [Waiting("W", "e"), Line("B")], "W -> B"));

        move.Lines.Should().Equal("A", "B");
    }

    [Fact]
    public void Parallel_waits_move_together_and_the_join_waits_for_both()
    {
        var before = Flowchart(
            "F", [Line("A"), Waiting("W1", "1"), Waiting("W2", "2"), Join("J", "WaitAll"), Line("B")],
            "A -> W1", "A -> W2", "W1 -> J", "W2 -> J", "J -> B");
        var after = Flowchart(
            "F",
            [
                Line("A"), Waiting("W1", "1"), Waiting("W2", "2"), Waiting("W3", "3"), Line("M"),
                Join("J", "WaitAll"), Line("B"),
            ],
            "A -> W1", "A -> W2", "A -> W3", "W1 -> M", "M -> J", "W2 -> J", "W3 -> J", "J -> B");
        var run = Play(before);
        run = _world.Resume(run, run.Bookmarks[0]);

        var move = Carry(run, after);

        // W1 is done and so is what was put behind it; the branch that was added is not asked any more.
        move.Plan.PassedOver.Select(text => text.En).Should().BeEquivalentTo("W3", "M");
        move.Lines.Should().Equal("A", "B");
        move.Run.SubStatus.Should().Be(RunSubStatus.Finished);
    }

    [Fact]
    public void A_branch_after_the_wait_runs()
    {
        var move = Move(Flow, Flowchart(
            "F", [Line("A"), Waiting("W", "e"), Line("B"), Line("C"), Join("J", "WaitAll"), Line("D")],
            "A -> W", "W -> B", "W -> C", "B -> J", "C -> J", "J -> D"));

        move.Lines.Should().Equal("A", "B", "C", "D");
    }

    [Fact]
    public void A_join_that_nothing_would_lead_to_any_more_keeps_the_run_where_it_is()
    {
        var before = Flowchart(
            "F", [Line("A"), Line("X"), Waiting("W", "e"), Join("J", "WaitAll"), Line("B")],
            "A -> X", "A -> W", "X -> J", "W -> J", "J -> B");
        var after = Flowchart(
            "F", [Line("A"), Line("X"), Waiting("W", "e"), Join("J", "WaitAll"), Line("B")],
            "A -> X", "A -> W", "X -> J", "J -> B");

        Look(before, after).Blocks.Should().ContainSingle().Which.Zh.Should().Contain("流程会停住");
    }

    [Fact]
    public void A_node_that_was_done_and_comes_again_is_named()
    {
        var plan = Look(Flow, Flowchart("F", [Line("A"), Waiting("W", "e"), Line("B")], "A -> W", "W -> A", "W -> B"));

        plan.AskedAgain.Select(text => text.En).Should().Equal("A");
    }

    [Fact]
    public void A_nested_flowchart_moves_with_what_is_inside_and_blocks_when_it_is_gone()
    {
        var inner = Flowchart("G", [Waiting("W", "e"), Line("In")], "W -> In");
        var before = Flowchart("F", [Line("A"), inner, Line("B")], "A -> G", "G -> B");
        var after = Flowchart(
            "F", [Line("A"), Flowchart("G", [Waiting("W", "e"), Line("In"), Line("More")], "W -> In", "In -> More"),
                Line("B")], "A -> G", "G -> B");

        Move(before, after).Lines.Should().Equal("A", "In", "More", "B");
        _world = new();
        Look(before, Flow).Blocks.Should().ContainSingle().Which.Zh.Should().Contain("没有这个容器");
    }

    [Fact]
    public void A_sequence_goes_on_behind_what_is_open()
    {
        var move = Move(
            Sequence("S", Line("A"), Waiting("W", "e"), Line("B")),
            Sequence("S", Line("Zero"), Line("A"), Waiting("W", "e"), Line("New"), Line("B")));

        move.Lines.Should().Equal("A", "New", "B");
        move.Plan.PassedOver.Select(text => text.En).Should().Equal("Zero");
    }

    [Fact]
    public void Changed_variables_keep_their_values_others_get_the_new_default_and_removed_ones_are_named()
    {
        var run = Play(Definition(
            Sequence("S", LineJs("A", "setN(5)"), Waiting("W", "e")),
            [Variable("N", "Int32", "1"), Variable("Old", "String", "x"), Variable("Span", "String", "3wd")]));
        var renamed = Variable("N", "Int32", "0");
        renamed["id"] = "other-id";
        var next = Compiled(Definition(
            Sequence(
                "S", LineJs("A", "setN(5)"), Waiting("W", "e"), LineJs("L", "getN() + ' ' + getM() + ' ' + getSpan()")),
            [Variable("M", "Int32", "7"), renamed, Variable("Span", "String", "9wd")]));

        var move = Carry(run, next);

        move.Plan.Lost.Select(text => text.En).Should().ContainSingle().Which.Should().Contain("Old");
        move.Plan.Gained.Select(text => text.En).Should().SatisfyRespectively(
            one => one.Should().Contain("M gets its default"),
            one => one.Should().Contain("Span was never changed"));
        move.Lines.Should().EndWith("5 7 9wd");
    }

    [Fact]
    public void A_run_with_an_open_incident_and_one_that_is_over_do_not_move()
    {
        var faulted = Play(Definition(Sequence("S", LineJs("L", "nothing.there"))));
        Plan(faulted, Compiled(Definition(Sequence("S", Line("L"))))).Blocks.Should()
            .Contain(text => text.Zh.Contains("故障"));
        var over = Play(Definition(Sequence("S", Line("L"))));
        Plan(over, Compiled(Definition(Sequence("S", Line("L"))))).Blocks.Should()
            .Contain(text => text.Zh.Contains("已经结束"));
    }

    [Fact]
    public void A_move_taken_back_leaves_the_run_as_it_was_but_for_its_journal()
    {
        var run = Play(Flow);
        var (from, before) = (_world.WorkflowOf(run), run.Serialize());
        var to = Compiled(Definition(Flowchart(
            "F", [Line("A"), Line("N"), Waiting("W9", "e"), Line("B")], "A -> N", "N -> W9", "W9 -> B")));
        var hand = new Dictionary<string, string> { ["Workflow1:F:W"] = "Workflow1:F:W9" };
        RunMove.Of(run, NodeMap.Between(from, to, hand), null, _world.Now).Carry(At());
        var moved = RunState.Deserialize(run.Serialize());

        var back = NodeMap.Between(to, from, hand.ToDictionary(pair => pair.Value, pair => pair.Key));
        var restored = RunMove.Undo(moved, before, back, At()).State;

        restored.DefinitionVersionId.Should().Be(from.Definition.Id);
        restored.Bookmarks.Single().NodeId.Should().Be("Workflow1:F:W");
        restored.JournalSequence.Should().Be(moved.JournalSequence + 1);
        restored.StepCount.Should().Be(moved.StepCount + 1);
    }

    /// <summary>
    /// Chains, forks and loops of waits, moved at every place of every run: what was done is never done again, what is
    /// still to come is done once, and every run comes to its end.
    /// </summary>
    [Theory]
    [InlineData(null)]
    [InlineData("TokenBased")]
    public void Generated_pairs_of_versions_run_to_their_end_from_wherever_they_were_moved(string? mode)
    {
        var random = new Random(20261201);
        var moved = 0;
        for (var round = 0; round < 150; round++)
        {
            _world = new() { FlowchartMode = mode };
            var (before, after, added) = Pair(random);
            var run = Play(before);
            var steps = random.Next(0, 4);
            for (var i = 0; i < steps && run.Bookmarks.Count > 0; i++)
            {
                run = _world.Resume(run, run.Bookmarks[random.Next(run.Bookmarks.Count)]);
            }

            if (run.IsOver) continue;
            var done = _world.Lines.ToList();
            var next = Compiled(Definition(after));
            Plan(run, next).Blocks.Should().BeEmpty("round {0}", round);
            var move = Carry(run, next);

            move.Run.SubStatus.Should().Be(RunSubStatus.Finished, "round {0}: {1}", round, after.ToJsonString());
            move.Lines.Where(line => !added.Contains(line)).Should().OnlyHaveUniqueItems("round {0}", round);
            move.Lines.Take(done.Count).Should().Equal(done);
            move.Lines.Should().Contain("End");
            moved++;
        }

        moved.Should().BeGreaterThan(80);
    }

    /// <summary>
    /// Two or three branches of waits and lines between a fork and a join, and the same with nodes put in and lines
    /// taken out.
    /// </summary>
    private static (JsonObject Before, JsonObject After, HashSet<string> Added) Pair(Random random)
    {
        var (nodes, ways, newNodes, newWays) = (new List<JsonObject> { Line("Begin") }, new List<string>(),
            new List<JsonObject> { Line("Begin") }, new List<string>());
        var added = new HashSet<string>();
        var branches = random.Next(1, 4);
        for (var branch = 0; branch < branches; branch++)
        {
            var (last, newLast) = ("Begin", "Begin");
            var length = random.Next(1, 4);
            for (var at = 0; at < length; at++)
            {
                Step(Waiting($"W{branch}{at}", $"e{branch}{at}"), isKept: true);
                Step(Line($"L{branch}{at}"), isKept: random.Next(4) > 0);
            }

            ways.Add($"{last} -> Join");
            newWays.Add($"{newLast} -> Join");

            void Step(JsonObject node, bool isKept)
            {
                var id = node["id"]!.ToString();
                ways.Add($"{last} -> {id}");
                nodes.Add((JsonObject)node.DeepClone());
                last = id;
                if (random.Next(3) == 0)
                {
                    var extra = $"N{id}";
                    added.Add(extra);
                    newNodes.Add(Line(extra));
                    newWays.Add($"{newLast} -> {extra}");
                    newLast = extra;
                }

                if (!isKept) return;
                newNodes.Add((JsonObject)node.DeepClone());
                newWays.Add($"{newLast} -> {id}");
                newLast = id;
            }
        }

        return (
            Flowchart("F", [.. nodes, Join("Join", "WaitAll"), Line("End")], [.. ways, "Join -> End"]),
            Flowchart("F", [.. newNodes, Join("Join", "WaitAll"), Line("End")], [.. newWays, "Join -> End"]),
            added);
    }

    private sealed record Moved(RunMove Plan, RunState Run, IReadOnlyList<string> Lines);

    private StepEnvironment At() => new() { Now = _world.Now, NewId = _world.NewId };

    private RunState Play(JsonObject root) => Play(Definition((JsonObject)root.DeepClone()));

    private RunState Play(string json)
    {
        var run = _world.Play(json);
        _from = _world.WorkflowOf(run);
        return run;
    }

    /// <summary>A later version beside the one that runs: the world keeps one for each definition id.</summary>
    private CompiledWorkflow Compiled(string json)
    {
        var text = JsonNode.Parse(json)!;
        (text["id"], text["version"]) = ("test-v2", 2);
        return _world.Import(text.ToJsonString()).Workflow!;
    }

    private RunMove Plan(RunState run, CompiledWorkflow to, Dictionary<string, string>? hand = null) =>
        RunMove.Of(run, NodeMap.Between(_from ?? throw new InvalidOperationException(), to, hand), null, _world.Now);

    private RunMove Look(JsonObject before, JsonObject after, Dictionary<string, string>? hand = null) =>
        Plan(Play(before), Compiled(Definition((JsonObject)after.DeepClone())), hand);

    private Moved Move(JsonObject before, JsonObject after, Dictionary<string, string>? hand = null) =>
        Carry(Play(before), (JsonObject)after.DeepClone(), hand);

    private Moved Carry(RunState run, JsonObject after, Dictionary<string, string>? hand = null) =>
        Carry(run, Compiled(Definition(after)), hand);

    private Moved Carry(RunState run, CompiledWorkflow to, Dictionary<string, string>? hand = null)
    {
        var plan = Plan(run, to, hand);
        _world.Journal.AddRange(plan.Carry(At()).JournalLines);
        _world.Keep(run);
        run = _world.Run(run.InstanceId);
        for (var most = 50; run.Bookmarks.Count > 0 && most > 0; most--) run = _world.Resume(run, run.Bookmarks[0]);
        return new(plan, run, [.. _world.Lines]);
    }
}
