using System.Text.Json.Nodes;
using Consultation.Engine.Running;
using Consultation.Tests.Engine.Running;
using static Consultation.Tests.Engine.Flowcharts.CounterFlowTests;
using static Consultation.Tests.Engine.Running.WorkflowText;

namespace Consultation.Tests.Engine.BuiltIns;

public sealed class PrimitiveTests
{
    private readonly EngineWorld _world = new();

    [Fact]
    public void Set_variable_converts_to_the_type_of_the_variable()
    {
        var run = _world.Play(Definition(
            Sequence("S", Activity("Elsa.SetVariable", "V", ("variable", Variable("N")), ("value", Literal("42"))),
                Waiting("W", "e")),
            [Variable("N", "Int32", "0")]));

        run.ListVariables(_world.WorkflowOf(run)).Should()
            .ContainSingle(v => v.Name == "N").Which.Value.Should().Be(42L);
    }

    [Fact]
    public void Name_correlation_and_output_are_set()
    {
        var run = _world.Play(Definition(
            Sequence(
                "S",
                Activity("Elsa.SetName", "N", ("value", Literal("张三的事项"))),
                Activity("Elsa.Correlate", "C", ("correlationId", Js("'case-' + 7"))),
                Activity("Elsa.SetOutput", "O", ("outputName", Literal("Score")), ("outputValue", Literal("5")))),
            outputs: [new JsonObject { ["name"] = "Score", ["type"] = "Int32" }]));

        run.Name.Should().Be("张三的事项");
        run.CorrelationId.Should().Be("case-7");
        run.Output["Score"].Should().Be(5L);
    }

    [Fact]
    public void Finish_ends_the_run_from_deep_inside()
    {
        var inner =
            Flowchart("Inner", [Line("A"), Waiting("W", "e"), Activity("Elsa.Finish", "X")], "A -> W", "A -> X");

        var run = _world.Play(Definition(Sequence("S", inner, Line("Never"))));

        run.SubStatus.Should().Be(RunSubStatus.Finished);
        run.FinishedAt.Should().Be(_world.Now);
        _world.Lines.Should().Equal("A");
        _world.Records.Values.Single(r => r.ActivityId == "W").Status.Should().Be(ActivityStatus.Canceled);
        _world.Records.Values.Single(r => r.ActivityId == "X").Status.Should().Be(ActivityStatus.Completed);
    }

    [Fact]
    public void Complete_ends_the_workflow_it_stands_in()
    {
        var run = _world.Play(
            Definition(Sequence("S", Line("A"), Sequence("I", Activity("Elsa.Complete", "C"), Line("B")), Line("C2"))));

        _world.Lines.Should().Equal("A");
        run.SubStatus.Should().Be(RunSubStatus.Finished);
    }

    [Fact]
    public void Read_line_waits_and_hands_on_what_was_typed()
    {
        var run = _world.Play(Definition(
            Sequence("S", Activity("Elsa.ReadLine", "R", ("result", To("Who"))), LineJs("L", "`你好,${getWho()}`")),
            [Variable("Who", "String")]));
        run = _world.Resume(run, run.Bookmarks.Single(), "李四");

        _world.Lines.Should().Equal("你好,李四");
    }

    [Fact]
    public void Delay_waits_for_its_time_and_not_shorter()
    {
        var start = _world.Now;
        var run = _world.Play(
            Definition(Sequence("S", Activity("Elsa.Delay", "D", ("timeSpan", Literal("2.00:00:00"))), Line("After"))));
        run.NextDueAt.Should().Be(start.AddDays(2));
        run = _world.Wait(run, TimeSpan.FromDays(1.9));
        _world.Lines.Should().BeEmpty();

        run = _world.Wait(run, TimeSpan.FromDays(1));

        _world.Lines.Should().Equal("After");
        run.SubStatus.Should().Be(RunSubStatus.Finished);
    }

    [Fact]
    public void Timer_cron_and_start_at_wait_in_the_middle_of_a_run()
    {
        var run = _world.Play(Definition(Sequence(
            "S",
            Activity("Elsa.Timer", "T", ("interval", Literal("00:10:00"))),
            Activity("Elsa.Cron", "C", ("cronExpression", Literal("0 0 3 * * *"))),
            Activity("Elsa.StartAt", "A", ("dateTime", Literal("2026-03-05T00:00:00+08:00"))),
            Line("After"))));

        run = _world.Wait(run, TimeSpan.FromDays(7));

        run.FinishedAt.Should().Be(new DateTimeOffset(2026, 3, 5, 0, 0, 0, TimeSpan.FromHours(8)));
        _world.Lines.Should().Equal("After");
    }

    [Fact]
    public void A_published_event_wakes_who_waits_for_it()
    {
        _world.Import(Definition(
            Sequence("S",
                Activity("Elsa.PublishEvent", "P", ("eventName", Literal("hello")), ("payload", Literal("world")))),
                id: "sender"));
        var run = _world.Play(Definition(
            Sequence("S", Activity("Elsa.Event", "E", ("eventName", Literal("hello")), ("result", To("Got"))),
                LineJs("L", "getGot()")),
            [Variable("Got")]));

        _world.Start("sender");

        _world.Lines.Should().Equal("world");
        _world.Run(run.InstanceId).SubStatus.Should().Be(RunSubStatus.Finished);
    }

    [Fact]
    public void Run_task_asks_and_takes_the_answer()
    {
        var run = _world.Play(Definition(
            Sequence(
                "S",
                Activity(
                    "Elsa.RunTask", "T", ("taskName", Literal("审核")),
                    ("payload", Wrapped("Object", "{\"n\":{\"type\":\"JavaScript\",\"value\":\"1+1\"}}")),
                    ("result", To("Answer"))),
                LineJs("L", "getAnswer().ok")),
            [Variable("Answer")]));
        var request = _world.Requests.OfType<StepRequest.RunTask>().Single();
        request.TaskName.Should().Be("审核");
        request.Payload["n"].Should().Be(2L);

        _world.Resume(run, run.FindBookmark(request.BookmarkId)!, new Dictionary<string, object?> { ["ok"] = true });

        _world.Lines.Should().Equal("true");
    }

    [Fact]
    public void Run_java_script_gives_a_result_and_chooses_its_outcome()
    {
        _world.Play(Definition(
            Flowchart(
                "F",
                [
                    Activity("Elsa.RunJavaScript", "J",
                        ("script", Literal("setOutcome('右'); setVariable('N', 3); return getN() * 2;")),
                        ("result", To("R")),
                        ("possibleOutcomes", Wrapped("Object", "[\"左\",\"右\"]"))),
                    Line("A"), LineJs("B", "getR()"),
                ],
                "J:左 -> A", "J:右 -> B"),
            [Variable("N", "Int32"), Variable("R")]));

        _world.Lines.Should().Equal("6");
    }

    [Fact]
    public void Expressions_of_every_type_are_evaluated()
    {
        _world.Play(
            Definition(
                Sequence(
                    "S",
                    Activity("Elsa.WriteLine", "L1", ("text", Wrapped("Variable", Variable("Name")))),
                    Activity("Elsa.WriteLine", "L2", ("text", Wrapped("Variable", "{\"id\":\"Name\"}"))),
                    Activity("Elsa.WriteLine", "L3", ("text", Wrapped("Input", "{\"name\":\"Who\"}"))),
                    Activity("Elsa.WriteLine", "L4", ("text", "bare"))),
                [Variable("Name", "String", "王五")],
                [new JsonObject { ["name"] = "Who", ["type"] = "String" }]),
            new Dictionary<string, object?> { ["who"] = "赵六" });

        _world.Lines.Should().Equal("王五", "王五", "赵六", "bare");
    }
}
