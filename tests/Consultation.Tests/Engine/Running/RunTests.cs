using System.Text.Json.Nodes;
using Consultation.Engine.Running;
using static Consultation.Tests.Engine.Flowcharts.CounterFlowTests;
using static Consultation.Tests.Engine.Running.WorkflowText;

namespace Consultation.Tests.Engine.Running;

public sealed class RunTests
{
    private readonly EngineWorld _world = new();

    [Fact]
    public void A_second_answer_to_the_same_bookmark_changes_nothing()
    {
        var run = _world.Play(Definition(Sequence("S", Waiting("W", "e"), Waiting("W2", "e"))));
        var first = run.Bookmarks.Single();
        run = _world.Resume(run, first);
        var before = run.Serialize();

        run = _world.Resume(run, first);

        _world.Last!.Matched.Should().BeFalse();
        run.Serialize().Should().Equal(before);
    }

    [Fact]
    public void Cancelling_removes_every_bookmark_and_cancels_waiting_children()
    {
        _world.Import(Definition(Sequence("S", Waiting("W", "e")), id: "child"));
        var run = _world.Play(Definition(Sequence(
            "S", Activity("Elsa.ExecuteWorkflow", "X", ("workflowDefinitionId", Literal("child")),
                ("waitForCompletion", Literal(true))))));
        var child = _world.Requests.OfType<StepRequest.DispatchWorkflow>().Single().ChildInstanceId;

        run = _world.Send(run, new Stimulus.Cancel("不再需要"));

        run.SubStatus.Should().Be(RunSubStatus.Cancelled);
        run.CancelReason.Should().Be("不再需要");
        run.Bookmarks.Should().BeEmpty();
        _world.Run(child).SubStatus.Should().Be(RunSubStatus.Cancelled);
    }

    [Fact]
    public void A_parent_waits_for_its_child_and_takes_its_output()
    {
        _world.Import(Definition(
            Sequence("S", Waiting("W", "e"),
                Activity("Elsa.SetOutput", "O", ("outputName", Literal("Sum")), ("outputValue", Js("getA() + 1")))),
            inputs: [new JsonObject { ["name"] = "A", ["type"] = "Int32" }],
            outputs: [new JsonObject { ["name"] = "Sum", ["type"] = "Int32" }],
            id: "child"));
        var parent = _world.Play(Definition(
            Sequence(
                "S",
                Activity(
                    "Elsa.DispatchWorkflow",
                    "X",
                    ("workflowDefinitionId", Literal("child")),
                    ("input", Js("({ A: '41' })")),
                    ("waitForCompletion", Literal("True")),
                    ("result", To("R"))),
                LineJs("L", "getR().Sum")),
            [Variable("R")]));
        parent.SubStatus.Should().Be(RunSubStatus.Suspended);
        var child = _world.Run(_world.Requests.OfType<StepRequest.DispatchWorkflow>().Single().ChildInstanceId);

        _world.Resume(child, child.Bookmarks.Single());

        _world.Lines.Should().Equal("42");
        _world.Run(parent.InstanceId).SubStatus.Should().Be(RunSubStatus.Finished);
    }

    [Theory]
    [InlineData("bound", "part-v7")]
    [InlineData("latest", null)]
    public void A_step_starts_the_version_that_its_workflow_is_bound_to_unless_it_wants_the_latest(
        string choice, string? version)
    {
        _world.Import(Definition(Sequence("S", Line("L")), id: "part"));
        var whole = Sequence("S", Activity(
            "Elsa.DispatchWorkflow", "X", ("workflowDefinitionId", Literal("part")),
            ("childVersion", Literal(choice))));

        _world.Play(Definition(whole).Replace(
            "\"options\":",
            "\"customProperties\":{\"Consultation:BoundVersions\":"
                + "{\"part\":{\"versionId\":\"part-v7\",\"version\":7}}},\"options\":",
            StringComparison.Ordinal));

        _world.Requests.OfType<StepRequest.DispatchWorkflow>().Single().VersionId.Should().Be(version);
    }

    [Fact]
    public void Bulk_dispatch_starts_one_run_per_item_and_waits_for_all()
    {
        _world.Import(Definition(
            Sequence("S", LineJs("L", "'item ' + getItem()")), inputs: [new JsonObject { ["name"] = "Item" }],
            id: "child"));

        var run = _world.Play(Definition(Sequence(
            "S",
            Activity("Elsa.BulkDispatchWorkflows", "X", ("workflowDefinitionId", Literal("child")),
                ("items", Wrapped("Object", "[1,2,3]"))),
            Line("All back"))));

        _world.Lines.Should().Equal("item 1", "item 2", "item 3", "All back");
        run.SubStatus.Should().Be(RunSubStatus.Finished);
    }

    [Fact]
    public void A_definition_used_as_an_activity_keeps_inputs_outputs_and_outcomes_to_itself()
    {
        _world.Import(Definition(
            Sequence(
                "S",
                Waiting("W", "e"),
                Activity("Elsa.SetOutput", "O", ("outputName", Literal("Out")),
                    ("outputValue", Js("getX() + getIn()"))),
                Activity("Elsa.Complete", "C", ("outcomes", Wrapped("Object", "[\"好\"]"))),
                Line("Never")),
            [Variable("X", "Object", "inner ")],
            [new JsonObject { ["name"] = "In", ["type"] = "String" }],
            [new JsonObject { ["name"] = "Out", ["type"] = "String" }],
            "part").Replace("\"options\":", "\"outcomes\":[\"好\",\"坏\"],\"options\":", StringComparison.Ordinal));
        var used = Activity("Part", "U", ("workflowDefinitionId", "part"), ("in", Js("getX()")), ("out", To("Y")));

        var run = _world.Play(Definition(
            Flowchart("F", [used, LineJs("Good", "getY()"), Line("Bad")], "U:好 -> Good", "U:坏 -> Bad"),
            [Variable("X", "Object", "outer"), Variable("Y")]));
        run = _world.Resume(run, run.Bookmarks.Single());

        _world.Lines.Should().Equal("inner outer");
        run.SubStatus.Should().Be(RunSubStatus.Finished);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("another")]
    public void A_definition_used_as_an_activity_is_found_by_its_type_name_before_its_id(string? id)
    {
        foreach (var one in new[] { "part", "another" })
        {
            _world.Import(Definition(Sequence("S", Line("Inside", one)), id: one));
        }

        _world.Play(Definition(Sequence("S", Activity("Part", "U", ("workflowDefinitionId", id)))));
        _world.Play(Definition(Sequence("S", Activity("Renamed", "U", ("workflowDefinitionId", "another")))));

        _world.Lines.Should().Equal("part", "another");
    }

    [Fact]
    public void Inputs_are_recorded_with_the_type_that_they_are_declared_with()
    {
        _world.Import(Definition(
            Sequence("S", Line("Inside", "x")), null, [new JsonObject { ["name"] = "N", ["type"] = "Int32" }],
            id: "typed"));
        _world.Play(Definition(Sequence(
            "S", Activity("Typed", "U", ("workflowDefinitionId", "typed"), ("n", Js("'7'"))),
            Activity("Elsa.ExecuteWorkflow", "E", ("workflowDefinitionId", Literal("typed")),
                ("waitForCompletion", Js("'true'"))))));

        Recorded("U", "N").Should().Be(7L);
        Recorded("E", "WaitForCompletion").Should().Be(true);

        object? Recorded(string activity, string input) =>
            _world.Records.Values.Single(one => one.ActivityId == activity).ActivityState![input];
    }

    [Fact]
    public void What_a_bookmark_waits_for_is_written_in_the_names_of_elsa()
    {
        var root = Sequence(
            "P", Waiting("W", "go"), Activity("Elsa.Delay", "D", ("timeSpan", Literal("00:01:00"))),
            Activity("Elsa.RunTask", "T", ("taskName", Literal("report"))),
            Activity("Elsa.HttpEndpoint", "H", ("path", Literal("/a")),
                ("supportedMethods", Wrapped("Object", "[\"GET\"]"))));
        root["type"] = "Elsa.Parallel";
        var run = _world.Play(Definition(root));

        var payloads = run.ToElsaState()["bookmarks"]!.AsArray()
            .ToDictionary(one => one!["activityId"]!.ToString(), one => one!["payload"]!.AsObject());
        payloads["W"].ToJsonString().Should().Be("""{"eventName":"go"}""");
        payloads["D"].Select(one => one.Key).Should().Equal("resumeAt");
        payloads["T"].Select(one => one.Key).Should().Equal("taskId", "taskName");
        payloads["H"].Select(one => one.Key).Should().Contain(["path", "method"]);
    }

    [Fact]
    public void Damaged_storage_is_refused_in_words()
    {
        var bytes = _world.Play(Definition(Sequence("S", Waiting("W", "e")))).Serialize();

        for (var cut = 0; cut < bytes.Length; cut += 3)
        {
            var damaged = bytes[..cut];
            FluentActions.Invoking(() => RunState.Deserialize(damaged)).Should().Throw<FormatException>();
        }
    }

    [Fact]
    public void The_journal_counts_on_and_tells_what_happened_in_order()
    {
        var run = _world.Play(Definition(Sequence("S", Waiting("W", "e"), Line("B"))));
        run = _world.Resume(run, run.Bookmarks.Single());

        _world.Journal.Select(l => l.Sequence).Should()
            .Equal(Enumerable.Range(1, _world.Journal.Count).Select(n => (long)n));
        _world.Journal.Where(l => l.ActivityId is "W" or "B").Select(l => l.ActivityId + " " + l.EventName)
            .Should().Equal(
            "W Started", "W Suspended", "W Resumed", "W Completed", "B Started", "B Completed");
        _world.Records.Values.Single(r => r.ActivityId == "B").ActivityState!["Text"].Should().Be("B");
        run.ToElsaState()["status"]!.GetValue<string>().Should().Be("Finished");
    }

    [Theory]
    [InlineData("name", "name", true)]
    [InlineData("name", "Name", false)]
    public void Equal_stimuli_have_equal_hashes_whatever_the_order_of_their_properties(
        string left, string right, bool equal)
    {
        var a = new Dictionary<string, object?> { ["x"] = 1L, [left] = "张三" };
        var b = new Dictionary<string, object?> { [right] = "张三", ["x"] = 1.0 };

        (BookmarkHash.Of("E", a) == BookmarkHash.Of("E", b)).Should().Be(equal);
    }
}
