using System.Text.Json.Nodes;
using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;
using static Consultation.Tests.Engine.Flowcharts.CounterFlowTests;
using static Consultation.Tests.Engine.Running.WorkflowText;

namespace Consultation.Tests.Engine.Running;

public sealed class IncidentTests
{
    private readonly EngineWorld _world = new();

    [Fact]
    public void A_failing_expression_names_activity_input_line_and_column()
    {
        var run = _world.Play(Definition(Sequence("S", Line("A"), LineJs("Bad", "1 +\n  nowhere.value"), Line("B"))));

        run.SubStatus.Should().Be(RunSubStatus.Faulted);
        var incident = run.Incidents.Should().ContainSingle().Subject;
        incident.ActivityId.Should().Be("Bad");
        incident.NodeId.Should().Be("Workflow1:S:Bad");
        incident.InputName.Should().Be("Text");
        incident.Line.Should().Be(2);
        incident.Column.Should().BeGreaterThan(0);
        _world.Lines.Should().Equal("A");
        _world.Journal.Should().ContainSingle(l => l.EventName == "Faulted" && l.NodeId == "Workflow1:S:Bad");
    }

    [Fact]
    public void Retry_executes_the_activity_again_and_the_run_goes_on()
    {
        var run = _world.Play(Definition(
            Sequence("S", LineJs("Bad", "getV().text"), Line("B")), [Variable("V")]));
        run.SubStatus.Should().Be(RunSubStatus.Faulted);
        var incident = run.Incidents.Single().Id;

        run = _world.Send(run, new Stimulus.Retry(incident));
        run.SubStatus.Should().Be(RunSubStatus.Faulted, "the cause is still there");
        run = _world.Send(run, new Stimulus.SetVariables(
            new Dictionary<string, object?> { ["V"] = new Dictionary<string, object?> { ["text"] = "mended" } }));
        run = _world.Send(run, new Stimulus.Retry());

        _world.Lines.Should().Equal("mended", "B");
        run.SubStatus.Should().Be(RunSubStatus.Finished);
        run.Incidents.Should().BeEmpty();
    }

    [Fact]
    public void A_retry_of_an_incident_that_is_gone_changes_nothing()
    {
        var run = _world.Play(Definition(Sequence("S", Waiting("W", "e"))));

        _world.Send(run, new Stimulus.Retry("nothing"));

        _world.Last!.Matched.Should().BeFalse();
    }

    [Fact]
    public void The_other_branch_of_a_faulted_run_can_still_be_answered()
    {
        var run = _world.Play(Definition(Flowchart(
            "F",
            [Line("A"), Activity("Elsa.Fault", "X", ("message", Literal("坏了"))), Waiting("W", "e"), Line("B")],
            "A -> X", "A -> W", "W -> B")));
        run.SubStatus.Should().Be(RunSubStatus.Faulted);
        run.Status.Should().Be(RunStatus.Finished, "Elsa counts a faulted run as finished");

        run = _world.Resume(run, run.Bookmarks.Single());

        _world.Lines.Should().Equal("A", "B");
        run.SubStatus.Should().Be(RunSubStatus.Faulted);
        run.Incidents.Should().ContainSingle().Which.Message.Should().Be("坏了");
    }

    [Theory]
    [InlineData("Elsa.RunJavaScript", "script", "Literal", "\nreturn amount;", "脚本出错：变量“amount”未定义",
        "（第 2 行第 8 列） / The script failed: ReferenceError: amount is not declared")]
    [InlineData("Elsa.WriteLine", "text", "JavaScript", "null.name", "“Text”的表达式出错：不能从 null 读取“name”",
        "（第 1 行第 6 列） / The expression of Text failed: TypeError: Cannot read")]
    [InlineData("Elsa.WriteLine", "text", "Liquid", "{{ 1 | divided_by: 0 }}", "“Text”的表达式出错：数字不能除以 0",
        " / The expression of Text failed: A number cannot be divided by 0")]
    public void A_script_that_fails_is_explained_in_chinese_and_then_in_its_own_words(
        string type, string input, string kind, string source, string zh, string en)
    {
        var run = _world.Play(Definition(Activity(type, "A", (input, Wrapped(kind, source)))));

        run.Incidents.Should().ContainSingle().Which.Message.Should().StartWith(zh).And.Contain(en);
    }

    [Fact]
    public void With_the_other_strategy_the_run_goes_on_with_its_incident()
    {
        var run = _world.Play(Definition(
            Flowchart("F", [Line("A"), Activity("Elsa.Fault", "X"), Waiting("W", "e")], "A -> X", "A -> W"),
            options: new JsonObject
            {
                ["incidentStrategyType"] =
                    "Elsa.Workflows.IncidentStrategies.ContinueWithIncidentsStrategy, Elsa.Workflows.Core",
            }));

        run.SubStatus.Should().Be(RunSubStatus.Suspended);
        run.Incidents.Should().ContainSingle();
    }

    [Fact]
    public void A_resumption_that_fails_keeps_its_payload_for_the_retry()
    {
        var world = new EngineWorld(Fussy.Type);
        var run = world.Play(
            Definition(Sequence("S", Activity("Test.Fussy", "X"), Line("B")), [Variable("Ready", "Boolean", "false")]));
        run = world.Resume(run, run.Bookmarks.Single(), "请同意");
        run.Incidents.Should().ContainSingle();
        run.Bookmarks.Should().BeEmpty("what the failed call created is taken back");

        run = world.Send(run, new Stimulus.SetVariables(new Dictionary<string, object?> { ["Ready"] = true }));
        run = world.Send(run, new Stimulus.Retry());

        world.Lines.Should().Equal("got 请同意", "B");
        run.SubStatus.Should().Be(RunSubStatus.Finished);
    }

    [Fact]
    public void A_reminder_that_fails_does_not_keep_the_answer_out()
    {
        var world = new EngineWorld(Asking.Type);
        var run = world.Play(Definition(Sequence("S", Activity("Test.Asking", "X"), Line("B"))));
        run = world.Send(run, new Stimulus.TimerDue(run.Bookmarks.Single(b => b.Tag == "remind").Id));
        run.SubStatus.Should().Be(RunSubStatus.Faulted);

        run = world.Resume(run, run.Bookmarks.Single(b => b.Tag == "answer"), "同意");

        world.Lines.Should().Equal("B");
        run.SubStatus.Should().Be(RunSubStatus.Finished);
        run.Incidents.Should().BeEmpty("the activity is over, there is nothing left to retry");
    }

    [Fact]
    public void A_container_that_fails_between_two_children_is_retried_from_there()
    {
        var run = _world.Play(Definition(
            Activity("Elsa.While", "L", ("condition", Js("getV() == null ? true : getV().again")),
                ("body", Set("Spoil", "({again: null})", "V"))),
            [Variable("V")]));
        run.SubStatus.Should().Be(RunSubStatus.Finished);

        var broken = _world.Play(Definition(
            Activity("Elsa.While", "L", ("condition", Js("getN() == 0 || getV().again")),
                ("body", Set("Count", "getN() + 1"))),
            [Variable("N", "Int32", "0"), Variable("V")],
            id: "second"));
        broken.Incidents.Should().ContainSingle().Which.ActivityId.Should().Be("L");
        broken = _world.Send(broken, new Stimulus.SetVariables(
            new Dictionary<string, object?> { ["V"] = new Dictionary<string, object?> { ["again"] = false } }));
        broken = _world.Send(broken, new Stimulus.Retry());

        broken.SubStatus.Should().Be(RunSubStatus.Finished);
    }

    [Fact]
    public void An_endless_loop_is_cut_into_steps_and_ends_as_an_incident()
    {
        var world = new EngineWorld { MaxActivities = 50, MaxActivitiesPerRun = 500 };

        var run = world.Play(
            Definition(Activity("Elsa.While", "L", ("condition", Js("true")), ("body", Line("B", ".")))));

        run.SubStatus.Should().Be(RunSubStatus.Faulted);
        run.Incidents.Should().ContainSingle().Which.Message.Should().Contain("loops for ever");
        run.StepCount.Should().BeGreaterThan(5);
    }

    [Fact]
    public void An_unknown_activity_is_an_incident_that_names_it()
    {
        var world = new EngineWorld();
        world.Import(Definition(Sequence("S", Activity("Acme.Rocket", "R")))).HasErrors.Should().BeTrue();

        var run = world.Start("test");

        run.Incidents.Should().ContainSingle().Which.Message.Should().Contain("Acme.Rocket");
    }

    [Fact]
    public void What_another_host_did_not_know_is_revived_where_it_is_known()
    {
        var original = Line("Other", "还在").ToJsonString();
        var world = new EngineWorld();

        world.Play(Definition(Sequence(
            "S", Activity("Elsa.NotFoundActivity", "Lost", ("missingTypeName", "Elsa.WriteLine"),
                ("originalActivityJson", original)))));

        world.Lines.Should().Equal("还在");
        world.Records.Values.Should().Contain(one => one.ActivityId == "Lost" && one.ActivityType == "Elsa.WriteLine");
    }

    [Fact]
    public void What_is_not_known_here_either_is_named_by_its_own_type()
    {
        var world = new EngineWorld();
        world.Import(Definition(Sequence(
            "S", Activity("Elsa.NotFoundActivity", "Lost", ("missingTypeName", "Acme.Rocket"),
                ("originalActivityJson", Activity("Acme.Rocket", "R").ToJsonString())))));

        world.Start("test").Incidents.Should().ContainSingle().Which.Message.Should().Contain("Acme.Rocket");
    }

    private sealed class Asking : Activity
    {
        public static ActivityType Type { get; } = new(
            ActivityDescriptorBuilder.Activity("Test.Asking", "询问", "Asking").Build(), _ => new Asking());

        public override void Execute(ActivityContext context)
        {
            context.CreateBookmark(new BookmarkRequest { Tag = "answer" });
            context.CreateTimer(context.Now.AddDays(1), tag: "remind");
        }

        public override void Resume(ActivityContext context, Bookmark bookmark, object? payload)
        {
            if (bookmark.Tag == "remind") throw new InvalidOperationException("no template");
            context.Complete();
        }
    }

    private sealed class Fussy : Activity
    {
        public static ActivityType Type { get; } = new(
            ActivityDescriptorBuilder.Activity("Test.Fussy", "挑剔", "Fussy").Build(), _ => new Fussy());

        public override void Execute(ActivityContext context) => context.CreateBookmark(new BookmarkRequest());

        public override void Resume(ActivityContext context, Bookmark bookmark, object? payload)
        {
            context.CreateTimer(context.Now.AddDays(1));
            context.Request(new StepRequest.WriteLine("got " + payload));
            if (context.GetVariable("Ready") is not true) throw new InvalidOperationException("not ready");
            context.Complete();
        }
    }
}
