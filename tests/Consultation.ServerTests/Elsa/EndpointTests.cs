using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Consultation.ServerTests.Elsa;

/// <summary>
/// <c>Elsa.HttpEndpoint</c> over real requests: path, methods, route values, sign-in, answers, limits.
/// </summary>
public sealed class EndpointTests(ElsaHost host) : IClassFixture<ElsaHost>
{
    [Fact]
    public async Task A_request_starts_the_workflow_and_gets_its_answer()
    {
        await PublishAsync("orders/{id:int}/{kind}", ["POST"],
            Answer("({ id: getRoute().id, kind: getRoute().kind, q: getQuery().page, name: getBody().name, secret: "
                + "getHead()['Cookie'] ?? 'none' })", 201));
        using var nobody = host.Nobody();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/endpoints/Orders/42/加急?page=3")
        {
            Content = JsonContent.Create(new { name = "张三" }),
        };
        request.Headers.Add("Cookie", "session=abc");

        using var answer = await nobody.SendAsync(request);

        answer.StatusCode.Should().Be(HttpStatusCode.Created);
        answer.Content.Headers.ContentType!.ToString().Should().Be("application/json; charset=utf-8");
        var json = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        (json["id"]!.ToString(), json["kind"]!.ToString(), json["q"]!.ToString(), json["name"]!.ToString(),
            json["secret"]!.ToString())
            .Should().Be(("42", "加急", "3", "张三", "none"));
    }

    [Theory]
    [InlineData("GET", "/endpoints/methods/7", HttpStatusCode.NotFound)]
    [InlineData("POST", "/endpoints/methods/seven", HttpStatusCode.NotFound)]
    [InlineData("POST", "/endpoints/methods", HttpStatusCode.NotFound)]
    [InlineData("POST", "/endpoints/methods/7/8", HttpStatusCode.NotFound)]
    [InlineData("POST", "/endpoints/methods/{id}", HttpStatusCode.NotFound)]
    [InlineData("POST", "/endpoints/a/b/c/d/e/f/g/h/i/j", HttpStatusCode.NotFound)]
    [InlineData("POST", "/endpoints/methods/7", HttpStatusCode.OK)]
    public async Task Only_its_path_and_its_methods_reach_the_workflow(
        string method, string path, HttpStatusCode expected)
    {
        await PublishAsync("methods/{id:int}", ["POST"], Answer("'here'"));
        using var nobody = host.Nobody();

        using var answer = await nobody.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        answer.StatusCode.Should().Be(expected);
    }

    [Fact]
    public async Task A_written_path_goes_before_a_parameter_and_a_parameter_before_the_rest_of_the_path()
    {
        await PublishAsync("rank/{*rest}", ["GET"], Answer("'rest ' + getRoute().rest"));
        await PublishAsync("rank/{name}", ["GET"], Answer("'name ' + getRoute().name"));
        await PublishAsync("rank/first", ["GET"], Answer("'first'"));
        using var nobody = host.Nobody();

        (await nobody.GetStringAsync("/endpoints/rank/first")).Should().Be("first");
        (await nobody.GetStringAsync("/endpoints/rank/other")).Should().Be("name other");
        (await nobody.GetStringAsync("/endpoints/rank/a/b")).Should().Be("rest a/b");
    }

    [Fact]
    public async Task Two_workflows_at_one_address_are_named_and_neither_runs()
    {
        await PublishAsync("twice", ["GET"], Answer("'one'"));
        await PublishAsync("twice", ["GET"], Answer("'two'"));
        using var nobody = host.Nobody();

        using var answer = await nobody.GetAsync("/endpoints/twice");

        answer.StatusCode.Should().Be(HttpStatusCode.InternalServerError);
        JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["workflows"]!.AsArray().Should().HaveCount(2);
    }

    [Fact]
    public async Task A_run_waits_for_a_request_in_its_middle_once()
    {
        var client = await host.AdministratorAsync();
        var saved = await client.SaveAsync(
            "等待回调", [Endpoint("callback/{id}", ["PUT"], starts: false), Answer("'thanks ' + getRoute().id")],
            Line("Http1", "Answer1"));
        using var run = await client.SendAsync(
            "POST", $"/workflow-definitions/{saved["definitionId"]}/execute", new { versionOptions = "Latest" });
        using var nobody = host.Nobody();

        using var first = await nobody.PutAsync("/endpoints/callback/9", new StringContent("ok"));
        using var second = await nobody.PutAsync("/endpoints/callback/9", new StringContent("ok"));

        (await first.Content.ReadAsStringAsync()).Should().Be("thanks 9");
        second.StatusCode.Should().Be(HttpStatusCode.NotFound);
        var id = run.Headers.GetValues("x-elsa-workflow-instance-id").Single();
        (await client.JsonAsync("GET", $"/workflow-instances/{id}/execution-state"))["subStatus"]!.ToString().Should()
            .Be("Finished");
    }

    [Fact]
    public async Task A_guarded_address_asks_for_sign_in_rule_and_token()
    {
        await PublishAsync("guarded", ["GET", "POST"], Answer("'inside'"), ("authorize", Literal(true)),
            ("policy", Literal("office")));
        await PublishAsync("guarded/nonsense", ["GET"], Answer("'inside'"), ("authorize", Literal(true)),
            ("policy", Literal("no-such-rule")));
        using var nobody = host.Nobody();
        var secretary = await host.ClientAsync("secretary");
        var designer = await host.ClientAsync("designer");

        (await nobody.GetAsync("/endpoints/guarded")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await designer.Http.GetAsync("/endpoints/guarded")).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await secretary.Http.GetAsync("/endpoints/guarded/nonsense")).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await secretary.Http.GetStringAsync("/endpoints/guarded")).Should().Be("inside");
        (await secretary.Http.PostAsync("/endpoints/guarded", null)).StatusCode
            .Should().Be(HttpStatusCode.BadRequest, "another site's form carries no token");
    }

    [Fact]
    public async Task An_answer_cannot_act_as_the_desk()
    {
        await PublishAsync("page", ["GET"], Answer(
            "'<script>alert(1)</script>'", 200, ("contentType", Literal("text/html")),
            ("responseHeaders",
                ElsaClient.JavaScript(
                    "({ 'Set-Cookie': 'consultation=x', 'Content-Security-Policy': 'none', 'X-Own': 'yes', 'X-Bad': "
                        + "'a\\nb' })"))));
        using var nobody = host.Nobody();

        using var answer = await nobody.GetAsync("/endpoints/page");

        answer.Headers.GetValues("Content-Security-Policy").Should().Equal("sandbox; default-src 'none'");
        answer.Headers.Contains("Set-Cookie").Should().BeFalse();
        answer.Headers.Contains("X-Bad").Should().BeFalse();
        answer.Headers.GetValues("X-Own").Should().Equal("yes");
    }

    [Fact]
    public async Task What_is_too_large_or_not_readable_is_refused_or_goes_its_own_way()
    {
        await PublishAsync("small", ["POST"], Answer("'ok'"), ("requestSizeLimit", Literal(10)));
        var endpoint = Endpoint("small/exposed", ["POST"], starts: true, ("requestSizeLimit", Literal(10)));
        endpoint["exposeRequestTooLargeOutcome"] = true;
        var client = await host.AdministratorAsync();
        await client.SaveAsync(
            "另走出口", [endpoint, Answer("'too large'")], Line("Http1", "Answer1", "Request too large"), publish: true);
        using var nobody = host.Nobody();
        StringContent Large() => new(new string('x', 11), Encoding.UTF8, "text/plain");

        (await nobody.PostAsync("/endpoints/small", Large())).StatusCode.Should()
            .Be(HttpStatusCode.RequestEntityTooLarge);
        (await nobody.PostAsync(
            "/endpoints/small", new StringContent("{\"a\":", Encoding.UTF8, "application/json"))).StatusCode
            .Should().Be(HttpStatusCode.BadRequest);
        (await (await nobody.PostAsync("/endpoints/small/exposed", Large())).Content.ReadAsStringAsync()).Should()
            .Be("too large");
    }

    [Fact]
    public async Task A_workflow_that_fails_answers_500_and_one_that_is_retracted_404()
    {
        var id = await PublishAsync("fails", ["GET"], Answer("nowhere.at.all"));
        using var nobody = host.Nobody();

        (await nobody.GetAsync("/endpoints/fails")).StatusCode.Should().Be(HttpStatusCode.InternalServerError);
        await (await host.AdministratorAsync()).JsonAsync("POST", $"/workflow-definitions/{id}/retract", new { });
        (await nobody.GetAsync("/endpoints/fails")).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    private async Task<string> PublishAsync(
        string path, string[] methods, JsonObject answer, params (string Name, JsonNode Value)[] inputs)
    {
        var client = await host.AdministratorAsync();
        var id = $"endpoint-{(uint)HashCode.Combine(path, answer.ToJsonString())}";
        await client.SaveAsync(
            path, [Endpoint(path, methods, starts: true, inputs), answer], Line("Http1", "Answer1"), publish: true, id);
        return id;
    }

    /// <summary>
    /// The outputs go into variables of the same definition, which the model of these tests does not declare: scripts
    /// read them from the activity.
    /// </summary>
    internal static JsonObject Endpoint(
        string path, string[] methods, bool starts, params (string Name, JsonNode Value)[] inputs)
    {
        var endpoint = ElsaClient.Activity("Http1", "Elsa.HttpEndpoint", ("path", Literal(path)));
        endpoint["supportedMethods"] =
            Wrapped("Object", new JsonArray([.. methods.Select(method => (JsonNode)method)]).ToJsonString());
        endpoint["customProperties"] = new JsonObject { ["canStartWorkflow"] = starts };
        foreach (var (name, value) in inputs)
        {
            endpoint[name] = new JsonObject { ["typeName"] = "Object", ["expression"] = value.DeepClone() };
        }
        return endpoint;
    }

    internal static JsonObject Answer(string script, int status = 200, params (string Name, JsonNode Value)[] inputs)
    {
        const string Reads = """
            const getRoute = () => getOutputFrom('Http1', 'RouteData');
            const getQuery = () => getOutputFrom('Http1', 'QueryStringData');
            const getBody = () => getOutputFrom('Http1', 'ParsedContent');
            const getHead = () => getOutputFrom('Http1', 'Headers');
            return 
            """;
        var answer = ElsaClient.Activity(
            "Answer1", "Elsa.WriteHttpResponse", ("content", ElsaClient.JavaScript(Reads + script)));
        answer["statusCode"] = Wrapped("Literal", status);
        foreach (var (name, value) in inputs)
        {
            answer[name] = new JsonObject { ["typeName"] = "Object", ["expression"] = value.DeepClone() };
        }
        return answer;
    }

    internal static JsonArray Line(string from, string to, string port = "Done") => new(new JsonObject
    {
        ["source"] = new JsonObject { ["activity"] = from, ["port"] = port },
        ["target"] = new JsonObject { ["activity"] = to, ["port"] = "In" },
    });

    internal static JsonObject Literal(JsonNode value) => new() { ["type"] = "Literal", ["value"] = value };

    internal static JsonObject Wrapped(string type, JsonNode value) =>
        new() { ["typeName"] = "Object", ["expression"] = new JsonObject { ["type"] = type, ["value"] = value } };
}
