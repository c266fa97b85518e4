using System.Text.Json.Nodes;
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
                [endpoint, Activity("Elsa.WriteHttpResponse", "W", ("statusCode", Literal(201)), ("content", Js("getBody().name")))],
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
            Activity("Elsa.HttpEndpoint", "H", ("path", Literal("orders")), ("supportedMethods", Wrapped("Object", "[\"GET\",\"POST\"]"))),
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
        var send = Activity("Elsa.FlowSendHttpRequest", "H", ("url", Literal("http://example.invalid/")), ("parsedContent", To("Body")));
        var run = _world.Play(Definition(
            Flowchart(
                "F",
                [send, .. lines.Select(l => LineJs(l, $"'{l}:' + (getBody() ?? '')"))],
                [.. lines.Select(l => $"H:{l} -> {l}")]),
            [Variable("Body")]));
        var request = _world.Requests.OfType<StepRequest.SendHttp>().Single();
        request.Method.Should().Be("GET");

        _world.Resume(run, run.FindBookmark(request.BookmarkId)!, Consultation.Engine.Expressions.PlainData.FromJson(payload));

        _world.Lines.Should().Equal($"{outcome}:{content}");
    }

    [Fact]
    public void The_embedded_form_runs_the_activity_of_the_status_code()
    {
        var send = Activity(
            "Elsa.SendHttpRequest",
            "H",
            ("url", Literal("http://example.invalid/")),
            ("expectedStatusCodes", new JsonArray(new JsonObject { ["statusCode"] = 204, ["activity"] = Line("Empty") })),
            ("unmatchedStatusCode", Line("Other")));
        var run = _world.Play(Definition(send));

        run = _world.Resume(run, run.Bookmarks.Single(), new Dictionary<string, object?> { ["statusCode"] = 204L });

        _world.Lines.Should().Equal("Empty");
        run.SubStatus.Should().Be(RunSubStatus.Finished);
    }
}
