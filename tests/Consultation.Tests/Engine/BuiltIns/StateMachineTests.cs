using System.Text.Json.Nodes;
using Consultation.Engine.Running;
using Consultation.Tests.Engine.Running;
using static Consultation.Tests.Engine.Running.WorkflowText;

namespace Consultation.Tests.Engine.BuiltIns;

/// <summary>Elsa's state machine: entry, triggers, conditions, actions, exit, in that order.</summary>
public sealed class StateMachineTests
{
    private readonly EngineWorld _world = new();

    [Fact]
    public void A_transition_acts_leaves_and_enters_and_its_rivals_are_cancelled()
    {
        var run = _world.Play(Definition(Machine(
            "open",
            [State("open", Line("open-in"), Line("open-out")), State("done", Line("done-in")),
                State("dropped", Line("dropped-in"))],
            [Transition("open", "done", Event("finish"), action: Line("finishing")),
                Transition("open", "dropped", Event("drop"))])));
        _world.Lines.Should().Equal("open-in");
        run.Bookmarks.Should().HaveCount(2);

        run = _world.Resume(
            run, run.Bookmarks.Single(bookmark => bookmark.NodeId.EndsWith(":finish", StringComparison.Ordinal)));

        _world.Lines.Should().Equal("open-in", "finishing", "open-out", "done-in");
        run.SubStatus.Should().Be(RunSubStatus.Finished, "no transition leads out of the last state");
        _world.Records.Values.Single(record => record.ActivityId == "drop").Status.Should().Be(ActivityStatus.Canceled);
    }

    [Fact]
    public void A_condition_that_does_not_hold_arms_its_trigger_again()
    {
        var run = _world.Play(Definition(
            Machine(
                "a",
                [State("a"), State("b", Line("b-in"))],
                [Transition("a", "b", Event("go"), condition: Js("getReady() === true")),
                    Transition("a", "a", Event("stay"), action: Line("staying"))]),
            [Variable("Ready")]));

        run = _world.Resume(
            run, run.Bookmarks.Single(bookmark => bookmark.NodeId.EndsWith(":go", StringComparison.Ordinal)));
        run.Bookmarks.Should().HaveCount(2, "both triggers wait on");
        _world.Lines.Should().BeEmpty();
        run = _world.Send(run, new Stimulus.SetVariables(new Dictionary<string, object?> { ["Ready"] = true }));
        run = _world.Resume(
            run, run.Bookmarks.Single(bookmark => bookmark.NodeId.EndsWith(":stay", StringComparison.Ordinal)));
        _world.Lines.Should().Equal("staying");
        run.Bookmarks.Should().HaveCount(2, "a state may be entered again");
        run = _world.Resume(
            run, run.Bookmarks.Single(bookmark => bookmark.NodeId.EndsWith(":go", StringComparison.Ordinal)));

        _world.Lines.Should().Equal("staying", "b-in");
        run.SubStatus.Should().Be(RunSubStatus.Finished);
    }

    [Fact]
    public void Triggers_that_fire_at_once_are_one_transition()
    {
        var run = _world.Play(Definition(Machine(
            "a",
            [State("a"), State("b", Line("b-in")), State("c", Line("c-in"))],
            [Transition("a", "b", Line("first")), Transition("a", "c", Line("second"))])));

        _world.Lines.Should().Equal("first", "b-in");
        run.SubStatus.Should().Be(RunSubStatus.Finished);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("nowhere")]
    public void Without_a_state_to_begin_in_it_completes(string? initial)
    {
        var run = _world.Play(Definition(Sequence(
            "S", Machine(initial, [State("a", Line("a-in"))], [Transition("a", "gone", Event("go"))]), Line("after"))));

        _world.Lines.Should().Equal("after");
        run.SubStatus.Should().Be(RunSubStatus.Finished);
    }

    [Fact]
    public void A_condition_that_fails_is_an_incident_that_can_be_retried()
    {
        var run = _world.Play(Definition(
            Machine("a", [State("a"), State("b", Line("b-in"))],
                [Transition("a", "b", Event("go"), condition: Js("getLimit().value > 1"))]),
            [Variable("Limit")]));
        run = _world.Resume(run, run.Bookmarks.Single());
        run.Incidents.Should().ContainSingle().Which.Message.Should().Contain("Condition[a → b]");

        run = _world.Send(
            run, new Stimulus.SetVariables(
                new Dictionary<string, object?> { ["Limit"] = new Dictionary<string, object?> { ["value"] = 2L } }));
        run = _world.Send(run, new Stimulus.Retry(null));

        _world.Lines.Should().Equal("b-in");
        run.SubStatus.Should().Be(RunSubStatus.Finished);
    }

    private static JsonObject Machine(string? initial, JsonObject[] states, JsonObject[] transitions) => Activity(
        "Elsa.StateMachine", "M", ("initialState", initial), ("states", new JsonArray([.. states])),
        ("transitions", new JsonArray([.. transitions])));

    private static JsonObject State(string name, JsonObject? entry = null, JsonObject? exit = null) =>
        new() { ["name"] = name, ["entry"] = entry, ["exit"] = exit };

    private static JsonObject Transition(
        string from, string to, JsonObject trigger, JsonObject? condition = null, JsonObject? action = null) => new()
        {
            ["from"] = from,
            ["to"] = to,
            ["trigger"] = trigger,
            ["condition"] = condition,
            ["action"] = action,
        };

    private static JsonObject Event(string id) => Activity("Elsa.Event", id, ("eventName", Literal(id)));
}
