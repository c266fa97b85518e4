using System.Text.Json.Nodes;
using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;
using Consultation.Tests.Engine.Running;
using static Consultation.Tests.Engine.Running.WorkflowText;

namespace Consultation.Tests.Engine.Flowcharts;

public sealed class CounterFlowTests
{
    [Fact]
    public void Several_branches_meet_in_one_node_that_runs_once()
    {
        var world = new EngineWorld();

        var run = world.Play(Definition(Flowchart(
            "F", [Line("A"), Line("B"), Line("C"), Line("D")], "A -> B", "A -> C", "B -> D", "C -> D")));

        world.Lines.Should().Equal("A", "B", "C", "D");
        run.SubStatus.Should().Be(RunSubStatus.Finished);
    }

    [Fact]
    public void A_branch_not_taken_does_not_hold_up_a_join()
    {
        var world = new EngineWorld();

        var run = world.Play(Definition(Flowchart(
            "F",
            [Line("A"), Decision("Q", "false"), Line("B"), Line("C"), Line("D")],
            "A -> Q", "A -> C", "Q:True -> B", "B -> D", "C -> D")));

        world.Lines.Should().Equal("A", "C", "D");
        run.SubStatus.Should().Be(RunSubStatus.Finished);
    }

    [Fact]
    public void An_outcome_without_connection_ends_the_branch_and_with_it_the_flowchart()
    {
        var world = new EngineWorld();

        var run = world.Play(Definition(Flowchart("F", [Decision("Q", "false"), Line("B")], "Q:True -> B")));

        world.Lines.Should().BeEmpty();
        run.SubStatus.Should().Be(RunSubStatus.Finished);
    }

    [Fact]
    public void A_loop_runs_until_its_condition_is_met()
    {
        var world = new EngineWorld();

        var run = world.Play(Definition(
            Flowchart(
                "F",
                [Set("Count", "getN() + 1"), LineJs("Say", "'turn ' + getN()"), Decision("Q", "getN() >= 3"),
                    Line("After")],
                "Count -> Say", "Say -> Q", "Q:False -> Count", "Q:True -> After"),
            [Variable("N", "Int32", "0")]));

        world.Lines.Should().Equal("turn 1", "turn 2", "turn 3", "After");
        run.SubStatus.Should().Be(RunSubStatus.Finished);
    }

    [Fact]
    public void A_loop_with_branches_inside_joins_them_anew_in_every_turn()
    {
        var world = new EngineWorld();

        world.Play(Definition(
            Flowchart(
                "F",
                [Set("Count", "getN() + 1"), Line("B"), Line("C"), Join("J", "WaitAll"), Decision("Q", "getN() >= 2"),
                    Line("End")],
                "Count -> B", "Count -> C", "B -> J", "C -> J", "J -> Q", "Q:False -> Count", "Q:True -> End"),
            [Variable("N", "Int32", "0")]));

        world.Lines.Should().Equal("B", "C", "B", "C", "End");
    }

    [Fact]
    public void Wait_all_does_not_go_on_when_one_branch_was_not_taken()
    {
        var world = new EngineWorld();

        var run = world.Play(Definition(Flowchart(
            "F",
            [Line("A"), Decision("Q", "false"), Line("B"), Join("J", "WaitAll"), Line("After")],
            "A -> Q", "A -> B", "Q:True -> J", "B -> J", "J -> After")));

        world.Lines.Should().Equal("A", "B");
        run.SubStatus.Should().Be(RunSubStatus.Finished);
    }

    [Fact]
    public void Wait_all_active_goes_on_with_the_branches_that_were_taken()
    {
        var world = new EngineWorld();

        world.Play(Definition(Flowchart(
            "F",
            [Line("A"), Decision("Q", "false"), Line("B"), Join("J", "WaitAllActive"), Line("After")],
            "A -> Q", "A -> B", "Q:True -> J", "B -> J", "J -> After")));

        world.Lines.Should().Equal("A", "B", "After");
    }

    [Fact]
    public void Wait_any_goes_on_with_the_first_branch_and_cancels_the_others()
    {
        var world = new EngineWorld();

        var run = world.Play(Definition(Flowchart(
            "F",
            [Line("A"), Waiting("Slow", "e1"), Line("Fast"), Join("J", "WaitAny"), Line("After")],
            "A -> Slow", "A -> Fast", "Slow -> J", "Fast -> J", "J -> After")));

        world.Lines.Should().Equal("A", "Fast", "After");
        run.SubStatus.Should().Be(RunSubStatus.Finished);
        run.Bookmarks.Should().BeEmpty();
        world.Records.Values.Single(r => r.ActivityId == "Slow").Status.Should().Be(ActivityStatus.Canceled);
    }

    [Fact]
    public void A_join_waits_for_bookmarks_of_both_branches_in_any_order()
    {
        var world = new EngineWorld();
        var run = world.Play(Definition(Flowchart(
            "F",
            [Line("A"), Waiting("W1", "e1"), Waiting("W2", "e2"), Join("J", "WaitAll"), Line("After")],
            "A -> W1", "A -> W2", "W1 -> J", "W2 -> J", "J -> After")));
        run.SubStatus.Should().Be(RunSubStatus.Suspended);

        run = world.Resume(run, run.Bookmarks.Single(b => b.Node.ActivityId == "W2"));
        world.Lines.Should().Equal("A");
        run = world.Resume(run, run.Bookmarks.Single());

        world.Lines.Should().Equal("A", "After");
        run.SubStatus.Should().Be(RunSubStatus.Finished);
    }

    [Fact]
    public void End_finishes_the_flowchart_and_cancels_what_still_waits()
    {
        var world = new EngineWorld();

        var run = world.Play(Definition(Flowchart(
            "F", [Line("A"), Waiting("W", "e1"), Activity("Elsa.End", "E")], "A -> W", "A -> E")));

        run.SubStatus.Should().Be(RunSubStatus.Finished);
        world.Records.Values.Single(r => r.ActivityId == "W").Status.Should().Be(ActivityStatus.Canceled);
    }

    [Fact]
    public void A_connection_back_to_a_node_that_can_be_passed_by_is_an_incident()
    {
        var world = new EngineWorld();

        var run = world.Play(Definition(Flowchart(
            "F",
            [Line("A"), Line("B"), Line("C"), Decision("Q", "false")],
            "A -> B", "A -> C", "B -> Q", "C -> Q", "Q:False -> B")));

        run.SubStatus.Should().Be(RunSubStatus.Faulted);
        run.Incidents.Should().ContainSingle().Which.Message.Should().Contain("must pass");
    }

    [Fact]
    public void A_nested_flowchart_ends_by_itself_and_the_outer_one_goes_on()
    {
        var world = new EngineWorld();
        var inner = Flowchart("Inner", [Line("I1"), Waiting("W", "e"), Line("I2")], "I1 -> W", "W -> I2");

        var run = world.Play(Definition(Flowchart("F", [Line("A"), inner, Line("Z")], "A -> Inner", "Inner -> Z")));
        run = world.Resume(run, run.Bookmarks.Single());

        world.Lines.Should().Equal("A", "I1", "I2", "Z");
        run.SubStatus.Should().Be(RunSubStatus.Finished);
    }

    /// <summary>
    /// Both waiting nodes are the second of their flowcharts: had the outer one heard of the inner's, it would have
    /// counted its own as passed by.
    /// </summary>
    [Fact]
    public void A_cancelled_node_of_a_nested_flowchart_is_none_of_the_outer_ones_business()
    {
        var world = new EngineWorld();
        var inner = Flowchart(
            "Inner", [Line("I1"), Waiting("Slow", "e1"), Line("Fast"), Join("J1", "WaitAny"), Waiting("Hold", "e2")],
            "I1 -> Slow", "I1 -> Fast", "Slow -> J1", "Fast -> J1", "J1 -> Hold");

        var run = world.Play(Definition(Flowchart(
            "F",
            [Line("A"), Waiting("W", "e3"), inner, Join("J", "WaitAll"), Line("After")],
            "A -> W", "A -> Inner", "W -> J", "Inner -> J", "J -> After")));
        world.Records.Values.Single(record => record.ActivityId == "Slow").Status.Should().Be(ActivityStatus.Canceled);
        run = world.Resume(run, run.Bookmarks.Single(bookmark => bookmark.Node.ActivityId == "Hold"));
        world.Lines.Should().Equal(["A", "I1", "Fast"], "the outer branch still waits, so the outer join does too");
        run = world.Resume(run, run.Bookmarks.Single());

        world.Lines.Should().Equal("A", "I1", "Fast", "After");
        run.SubStatus.Should().Be(RunSubStatus.Finished);
    }

    [Fact]
    public void The_trigger_that_started_the_run_is_where_the_flowchart_starts()
    {
        var world = new EngineWorld();
        var trigger = Waiting("T", "order");
        trigger["customProperties"]!["canStartWorkflow"] = true;
        trigger["result"] = To("Got");
        var definition = Definition(
            Flowchart("F", [Line("A"), trigger, LineJs("B", "'got ' + getGot()")], "A -> B", "T -> B"),
            [Variable("Got")]);
        var compiled = world.Import(definition).Workflow!;

        var run = world.Start("test", trigger: compiled.Triggers.Single().Node.ActivityId, payload: "12345");

        world.Lines.Should().Equal("got 12345");
        run.SubStatus.Should().Be(RunSubStatus.Finished);
    }

    [Theory]
    [InlineData("T:Overdue -> Remind", "T:Approved -> Next", "Remind -> Next")]
    [InlineData("T:Approved -> Next", "T:Overdue -> Remind", "Remind -> Next")]
    public void An_outcome_followed_early_does_not_hide_the_final_one(params string[] connections)
    {
        var world = new EngineWorld(Patient.Type);
        var run = world.Play(
            Definition(Flowchart(
                "F", [WorkflowText.Activity("Test.Patient", "T"), Line("Remind"), Line("Next")], connections)));

        run = world.Resume(run, run.Bookmarks.Single(), "Overdue");
        run = world.Resume(run, run.Bookmarks.Single(), "Overdue");
        world.Lines.Should().Equal("Remind", "Remind");
        run = world.Resume(run, run.Bookmarks.Single(), "Approved");

        world.Lines.Should().Equal("Remind", "Remind", "Next");
        run.SubStatus.Should().Be(RunSubStatus.Finished);
    }

    private sealed class Patient : Consultation.Engine.Running.Activity
    {
        public static ActivityType Type { get; } = new(
            ActivityDescriptorBuilder.Activity("Test.Patient", "等待", "Patient")
                .Outcome("Approved", "同意", "Approved").Outcome("Overdue", "逾期", "Overdue").Build(),
            _ => new Patient());

        public override void Execute(ActivityContext context) =>
            context.CreateBookmark(new BookmarkRequest { AutoBurn = false });

        public override void Resume(ActivityContext context, Bookmark bookmark, object? payload)
        {
            if (payload is "Overdue") context.FollowOutcomes("Overdue");
            else context.CompleteWithOutcome((string)payload!);
        }
    }

    internal static JsonObject Decision(string id, string script) =>
        Activity("Elsa.FlowDecision", id, ("condition", Js(script)));

    internal static JsonObject Set(string id, string script, string variable = "N") =>
        Activity("Elsa.SetVariable", id, ("variable", Variable(variable)), ("value", Js(script)));

    internal static JsonObject Join(string id, string mode) => Activity("Elsa.FlowJoin", id, ("mode", Literal(mode)));

    internal static JsonObject Waiting(string id, string eventName) =>
        Activity("Elsa.Event", id, ("eventName", Literal(eventName)));
}
