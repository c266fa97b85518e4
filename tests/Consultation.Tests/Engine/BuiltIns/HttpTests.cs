using System.Text.Json.Nodes;
using Consultation.Engine.BuiltIns;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;
using Consultation.Tests.Engine.Running;
using static Consultation.Tests.Engine.Running.WorkflowText;

namespace Consultation.Tests.Engine.BuiltIns;

public sealed class HttpTests
{
    private readonly EngineWorld _world = new();

    [Fact]
    public void A_request_that_starts_a_run_is_answered_by_the_same_step()
    {
        var endpoint = Activity("Elsa.HttpEndpoint", "H", ("path", Literal("orders")), ("parsedContent", To("Body")));
        endpoint["customProperties"]!["canStartWorkflow"] = true;
        _world.Import(Definition(
            Flowchart(
                "F",
                [endpoint, Activity(
                    "Elsa.WriteHttpResponse", "W", ("statusCode", Literal(201)), ("content", Js("getBody().name")))],
                "H -> W"),
            [Variable("Body")])).HasErrors.Should().BeFalse();

        _world.Start("test", trigger: "H", payload: new Dictionary<string, object?>
        {
            ["content"] = new Dictionary<string, object?> { ["name"] = "张三" },
        });

        var answer = _world.Last!.Answer.Should().BeOfType<Dictionary<string, object?>>().Subject;
        answer["statusCode"].Should().Be(201L);
        answer["content"].Should().Be("张三");
        answer["contentType"].Should().Be("text/plain");
    }

    [Fact]
    public void An_endpoint_in_the_middle_waits_with_one_bookmark_per_method_and_takes_the_first()
    {
        var run = _world.Play(Definition(Sequence(
            "S",
            Activity("Elsa.HttpEndpoint", "H", ("path", Literal("orders")),
                ("supportedMethods", Wrapped("Object", "[\"GET\",\"POST\"]"))),
            Line("After"))));
        run.Bookmarks.Should().HaveCount(2);

        run = _world.Resume(run, run.Bookmarks[1]);

        run.SubStatus.Should().Be(RunSubStatus.Finished);
        _world.Lines.Should().Equal("After");
    }

    [Theory]
    [InlineData("{\"statusCode\":200,\"content\":\"ok\"}", "200", "ok")]
    [InlineData("{\"statusCode\":404}", "Unmatched status code", "")]
    [InlineData("{\"timeout\":true}", "Timeout", "")]
    [InlineData("{\"error\":\"no route\"}", "Failed to connect", "")]
    public void The_answer_to_a_request_chooses_the_outcome(string payload, string outcome, string content)
    {
        var lines = new[] { "200", "Unmatched status code", "Failed to connect", "Timeout" };
        var send = Activity("Elsa.FlowSendHttpRequest", "H", ("url", Literal("http://example.invalid/")),
            ("parsedContent", To("Body")));
        var run = _world.Play(Definition(
            Flowchart(
                "F",
                [send, .. lines.Select(l => LineJs(l, $"'{l}:' + (getBody() ?? '')"))],
                [.. lines.Select(l => $"H:{l} -> {l}")]),
            [Variable("Body")]));
        var request = _world.Requests.OfType<StepRequest.SendHttp>().Single();
        request.Method.Should().Be("GET");

        _world.Resume(
            run, run.FindBookmark(request.BookmarkId)!, Consultation.Engine.Expressions.PlainData.FromJson(payload));

        _world.Lines.Should().Equal($"{outcome}:{content}");
    }

    [Fact]
    public void The_embedded_form_runs_the_activity_of_the_status_code()
    {
        var send = Activity(
            "Elsa.SendHttpRequest",
            "H",
            ("url", Literal("http://example.invalid/")),
            ("expectedStatusCodes",
                new JsonArray(new JsonObject { ["statusCode"] = 204, ["activity"] = Line("Empty") })),
            ("unmatchedStatusCode", Line("Other")));
        var run = _world.Play(Definition(send));

        run = _world.Resume(run, run.Bookmarks.Single(), new Dictionary<string, object?> { ["statusCode"] = 204L });

        _world.Lines.Should().Equal("Empty");
        run.SubStatus.Should().Be(RunSubStatus.Finished);
    }

    [Fact]
    public void The_older_switch_of_elsa_sends_again_eight_times()
    {
        var send = Activity("Elsa.FlowSendHttpRequest", "H", ("url", Literal("http://example.invalid/")),
            ("enableResiliency", Literal(true)));
        var run = _world.Play(Definition(send));
        var began = _world.Now;
        for (var answers = 0; answers < 9; answers++)
        {
            run.SubStatus.Should().Be(RunSubStatus.Suspended);
            run = _world.Resume(
                run, run.FindBookmark(_world.Requests.OfType<StepRequest.SendHttp>().Last().BookmarkId)!,
                new Dictionary<string, object?> { ["statusCode"] = 503L });
            run = _world.Wait(run, TimeSpan.FromMinutes(5));
        }

        _world.Requests.OfType<StepRequest.SendHttp>().Should().HaveCount(9);
        run.SubStatus.Should().Be(RunSubStatus.Finished);
        (_world.Now - began).Should().BeGreaterThan(TimeSpan.FromSeconds(255), "the pauses double from one second");
    }

    [Theory]
    [InlineData(RetryBackoff.Constant, false, 3, 0, 10)]
    [InlineData(RetryBackoff.Linear, false, 3, 0, 40)]
    [InlineData(RetryBackoff.Exponential, false, 3, 0, 80)]
    [InlineData(RetryBackoff.Constant, true, 0, 0, 7.5)]
    [InlineData(RetryBackoff.Constant, true, 0, 0.5, 10)]
    [InlineData(RetryBackoff.Exponential, false, 90, 0, 86400)]
    public void The_pause_grows_as_the_strategy_says(
        RetryBackoff backoff, bool jitter, int retry, double random, double seconds) =>
        new RetryStrategy
        {
            Id = "s",
            DisplayName = BilingualText.Empty,
            Delay = TimeSpan.FromSeconds(10),
            BackoffType = backoff,
            UseJitter = jitter,
        }
            .PauseBefore(retry, random).Should().Be(TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData("120", 120)]
    [InlineData("Mon, 02 Mar 2026 01:02:00 GMT", 120)]
    [InlineData("Mon, 02 Mar 2026 00:00:00 GMT", 0)]
    [InlineData("soon", 0)]
    [InlineData("99999999999999999", 86400000)]
    public void The_server_says_when_to_ask_again(string header, double seconds) =>
        new HttpAnswer(new Dictionary<string, object?>
        {
            ["statusCode"] = 429L,
            ["headers"] = new Dictionary<string,
            object?>
            { ["retry-after"] = header },
        })
            .RetryAfter(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8))).Should()
            .Be(TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData("{ $type: 'CircuitBreaker' }", "CircuitBreaker")]
    [InlineData("{ maxRetryAttempts: 1000 }", "0–100")]
    [InlineData("{ backoffType: 'Sideways' }", "Exponential")]
    public void A_strategy_that_makes_no_sense_is_an_incident(string strategy, string part)
    {
        var send = Activity("Elsa.FlowSendHttpRequest", "H", ("url", Literal("http://example.invalid/")));
        send["customProperties"]!["resilienceStrategy"] =
            new JsonObject { ["mode"] = "Expression", ["expression"] = Js($"({strategy})")["expression"]!.DeepClone() };

        var run = _world.Play(Definition(send));

        run.Incidents.Should().ContainSingle().Which.Message.Should().Contain(part);
        _world.Requests.Should().BeEmpty();
    }
}
