using System.Text.Json.Nodes;
using Consultation.Engine.Running;
using Consultation.Tests.Engine.Running;
using static Consultation.Tests.Engine.Flowcharts.CounterFlowTests;
using static Consultation.Tests.Engine.Running.WorkflowText;

namespace Consultation.Tests.Engine.Flowcharts;

public sealed class TokenFlowTests
{
    private readonly EngineWorld _world = new() { FlowchartMode = "TokenBased" };

    [Fact]
    public void Merge_waits_for_all_forward_connections()
    {
        var run = TwoBranches("Merge");

        run = _world.Resume(run, Waiting(run, "W1"));
        _world.Lines.Should().Equal("A");
        run = _world.Resume(run, Waiting(run, "W2"));

        _world.Lines.Should().Equal("A", "Target");
        run.SubStatus.Should().Be(RunSubStatus.Finished);
    }

    [Fact]
    public void Converge_waits_for_all_connections()
    {
        var run = TwoBranches("Converge");

        run = _world.Resume(run, Waiting(run, "W2"));
        run = _world.Resume(run, Waiting(run, "W1"));

        _world.Lines.Should().Equal("A", "Target");
        run.SubStatus.Should().Be(RunSubStatus.Finished);
    }

    [Fact]
    public void Cascade_goes_on_with_the_first_and_swallows_the_second()
    {
        var run = TwoBranches("Cascade");

        run = _world.Resume(run, Waiting(run, "W2"));
        _world.Lines.Should().Equal("A", "Target");
        run.SubStatus.Should().Be(RunSubStatus.Suspended);
        run = _world.Resume(run, Waiting(run, "W1"));

        _world.Lines.Should().Equal("A", "Target");
    }

    [Fact]
    public void Race_goes_on_with_the_first_and_cancels_the_second()
    {
        var run = TwoBranches("Race");

        run = _world.Resume(run, Waiting(run, "W1"));

        _world.Lines.Should().Equal("A", "Target");
        run.SubStatus.Should().Be(RunSubStatus.Finished);
        _world.Records.Values.Single(r => r.ActivityId == "W2").Status.Should().Be(ActivityStatus.Canceled);
    }

    [Fact]
    public void Stream_goes_on_once_no_branch_before_it_is_on_its_way()
    {
        var run = TwoBranches("Stream");

        run = _world.Resume(run, Waiting(run, "W1"));
        _world.Lines.Should().Equal("A");
        run = _world.Resume(run, Waiting(run, "W2"));

        _world.Lines.Should().Equal("A", "Target");
        run.SubStatus.Should().Be(RunSubStatus.Finished);
    }

    [Fact]
    public void Stream_ignores_a_branch_that_was_not_taken()
    {
        var run = _world.Play(Definition(Flowchart(
            "F",
            [Line("A"), Decision("Q", "false"), Line("B"), Line("Target").WithMerge("Stream")],
            "A -> Q", "A -> B", "Q:True -> Target", "B -> Target")));

        _world.Lines.Should().Equal("A", "B", "Target");
        run.SubStatus.Should().Be(RunSubStatus.Finished);
    }

    [Fact]
    public void Merge_stays_blocked_by_a_branch_that_was_not_taken()
    {
        var run = _world.Play(Definition(Flowchart(
            "F",
            [Line("A"), Decision("Q", "false"), Line("B"), Line("Target").WithMerge("Merge")],
            "A -> Q", "A -> B", "Q:True -> Target", "B -> Target")));

        _world.Lines.Should().Equal("A", "B");
        run.SubStatus.Should().Be(RunSubStatus.Suspended);
    }

    [Fact]
    public void An_explicit_join_waits_for_all_or_races()
    {
        var run = _world.Play(Definition(Flowchart(
            "F",
            [Line("A"), CounterFlowTests.Waiting("W1", "e1"), Line("B"), Join("J", "WaitAny"), Line("After")],
            "A -> W1", "A -> B", "W1 -> J", "B -> J", "J -> After")));

        _world.Lines.Should().Equal("A", "B", "After");
        run.SubStatus.Should().Be(RunSubStatus.Finished);
    }

    [Fact]
    public void A_loop_runs_until_its_condition_is_met()
    {
        var run = _world.Play(Definition(
            Flowchart(
                "F",
                [Set("Count", "getN() + 1"), Decision("Q", "getN() >= 3"), Line("After")],
                "Count -> Q", "Q:False -> Count", "Q:True -> After"),
            [Variable("N", "Int32", "0")]));

        _world.Lines.Should().Equal("After");
        run.SubStatus.Should().Be(RunSubStatus.Finished);
    }

    [Fact]
    public void A_definition_may_choose_the_mode_itself()
    {
        var world = new EngineWorld();
        var json = JsonNode.Parse(Definition(Flowchart(
            "F",
            [Line("A"), Decision("Q", "false"), Line("B"), Line("Target").WithMerge("Merge")],
            "A -> Q", "A -> B", "Q:True -> Target", "B -> Target")))!;
        json["customProperties"] = new JsonObject { ["Flowchart:ExecutionMode"] = "TokenBased" };

        var run = world.Play(json.ToJsonString());

        run.SubStatus.Should().Be(RunSubStatus.Suspended);
    }

    private static Bookmark Waiting(RunState run, string activity) =>
        run.Bookmarks.Single(b => b.Node.ActivityId == activity);

    private RunState TwoBranches(string mode) => _world.Play(Definition(Flowchart(
        "F",
        [Line("A"), CounterFlowTests.Waiting("W1", "e1"), CounterFlowTests.Waiting("W2", "e2"), Line("Target")
            .WithMerge(mode)],
        "A -> W1", "A -> W2", "W1 -> Target", "W2 -> Target")));
}
