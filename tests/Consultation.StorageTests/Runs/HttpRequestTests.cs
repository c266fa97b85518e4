using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Consultation.Engine.Running;
using Consultation.Runtime;
using Consultation.Runtime.Stimuli;
using Consultation.Storage;
using Consultation.Testing;
using Consultation.Testing.Runs;
using Microsoft.AspNetCore.Http;

namespace Consultation.StorageTests.Runs;

/// <summary>
/// What workflows send, against a real server on this machine: time limit, allowed hosts, redirections, size, retries.
/// </summary>
public sealed class HttpRequestTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("consultation-http-");
    private readonly FakeClock _clock = new();
    private readonly LocalServer _server = new();

    public Task InitializeAsync() => _server.StartAsync();

    public async Task DisposeAsync()
    {
        await _server.StopAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_request_is_sent_as_it_is_drawn_and_its_answer_goes_on()
    {
        await using var host = await HostAsync();
        _server.Answer = http =>
        {
            http.Response.StatusCode = 201;
            http.Response.ContentType = "application/json";
            return http.Response.WriteAsync("""{"number":"协商-12"}""");
        };

        var run = await RunAsync(host, Send(
            "/cases?a=1", ("method", "String", "POST"), ("content", "Object", "{\"name\":\"张三\"}"),
            ("contentType", "String", "application/json"),
            ("authorization", "String", "Bearer abc"), ("expectedStatusCodes", "Object", "[201]")));

        var (outcomes, outputs, _) = await ResultAsync(host, run);
        outcomes.Should().Equal("201", "Done");
        outputs["StatusCode"].Should().Be(201L);
        outputs["ParsedContent"].Should().BeEquivalentTo(new Dictionary<string, object?> { ["number"] = "协商-12" });
        var call = _server.Calls.Should().ContainSingle().Subject;
        (call.Method, call.Path, call.Body, call.Headers["Authorization"]).Should()
            .Be(("POST", "/cases", "{\"name\":\"张三\"}", "Bearer abc"));
        call.Headers["Content-Type"].Should().Be("application/json");
    }

    [Fact]
    public async Task An_answer_in_a_chinese_character_set_is_read_as_such()
    {
        await using var host = await HostAsync();
        _server.Answer = http =>
        {
            http.Response.ContentType = "text/plain; charset=gbk";
            return http.Response.Body.WriteAsync(
                CodePagesEncodingProvider.Instance.GetEncoding("gbk")!.GetBytes("已受理")).AsTask();
        };

        var run = await RunAsync(host, Send("/"));

        (await ResultAsync(host, run)).Outputs["ParsedContent"].Should().Be("已受理");
    }

    [Theory]
    [InlineData("attachment; filename*=UTF-8''%E6%9D%90%E6%96%99.pdf", "材料.pdf")]
    [InlineData(null, "报告.bin")]
    public async Task A_file_is_downloaded_with_its_name_type_and_bytes(string? disposition, string name)
    {
        byte[] bytes = [0, 255, 128, 10, 13, 0];
        await using var host = await HostAsync();
        _server.Answer = http =>
        {
            http.Response.ContentType = "application/pdf";
            http.Response.Headers.ETag = "\"v7\"";
            http.Response.Headers.ContentDisposition = disposition;
            return http.Response.Body.WriteAsync(bytes).AsTask();
        };
        var download = Send("/files/报告.bin");
        download["type"] = "Elsa.DownloadHttpFile";

        var run = await RunAsync(host, download);

        var (outcomes, outputs, _) = await ResultAsync(host, run);
        outcomes.Should().Equal("200", "Done");
        outputs.Should().NotContainKey("ResponseContentBytes", "nobody wants it");
        outputs["Result"].Should().BeEquivalentTo(new Dictionary<string, object?>
        {
            ["Filename"] = name,
            ["ContentType"] = "application/pdf",
            ["ETag"] = "\"v7\"",
            ["Length"] = 6L,
            ["Content"] = Convert.ToBase64String(bytes),
        });
    }

    [Fact]
    public async Task A_form_is_sent_as_pairs()
    {
        await using var host = await HostAsync();
        var send = Send(
            "/", ("method", "String", "POST"), ("contentType", "String", "application/x-www-form-urlencoded"));
        send["content"] = Flows.Input("Object", "JavaScript", "({ name: '张 三', tag: ['a', 'b&c'] })");

        await RunAsync(host, send);

        _server.Calls.Single().Body.Should().Be("name=%E5%BC%A0%20%E4%B8%89&tag=a&tag=b%26c");
    }

    [Fact]
    public async Task What_fails_in_passing_is_sent_again_until_it_succeeds_even_by_another_process()
    {
        var answers = new Queue<int>([503, 502, 200]);
        _server.Answer = http =>
        {
            http.Response.StatusCode = answers.Dequeue();
            return http.Response.WriteAsync("later");
        };
        var first = await HostAsync();
        var run = await RunAsync(
            first, Retrying(Send("/", ("method", "String", "POST"), ("content", "Object", "x")), "constant", 5));
        _server.Calls.Should().ContainSingle("the pause is not over");
        await first.DisposeAsync();

        await using var second = await HostAsync();
        for (var turn = 0; turn < 5; turn++)
        {
            _clock.Advance(TimeSpan.FromSeconds(10));
            await second.Loop.DrainAsync(default);
        }

        _server.Calls.Select(call => call.Body).Should().Equal("x", "x", "x");
        _server.Calls.Select(call => call.Headers["Idempotency-Key"]).Distinct().Should()
            .ContainSingle("the receiver can tell that it is the same request");
        var (outcomes, _, execution) = await ResultAsync(second, run);
        outcomes.Should().Equal("200", "Done");
        var attempts =
            ((IEnumerable<object?>)execution.Properties!["RetryAttempts"]!).Cast<IReadOnlyDictionary<string, object?>>()
                .ToList();
        attempts.Select(attempt => attempt["attemptNumber"]).Should().Equal(0L, 1L);
        attempts.Select(attempt => attempt["retryDelay"]).Should().Equal("00:00:10", "00:00:10");
        attempts.Select(attempt => ((IReadOnlyDictionary<string, object?>)attempt["details"]!)["StatusCode"]).Should()
            .Equal("503", "502");
        (await LinesAsync(second, run, "Retrying")).Should()
            .HaveCount(2).And.Contain(line => line.Contains("HTTP 503", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_request_that_changes_something_has_a_key_of_its_own_unless_the_workflow_names_one()
    {
        await using var host = await HostAsync();
        var named = Send("/4", ("method", "String", "POST"));
        named["requestHeaders"] = Flows.Input("Object", "JavaScript", "({ 'idempotency-key': 'order-7' })");
        JsonObject[] each =
            [Send("/1", ("method", "String", "POST")), Send("/2", ("method", "String", "put")), Send("/3"), named];
        for (var place = 0; place < each.Length; place++) each[place]["id"] = $"send-{place}";
        var id = $"flow-{Guid.NewGuid():N}";
        await host.PublishAsync(Flows.Sequence(id, each));

        for (var run = 0; run < 2; run++)
        {
            await host.ApplyAsync(new StimulusMessage.StartRun(id));
            await host.Loop.DrainAsync(default);
        }

        var keys = _server.Calls.Select(
            call => (call.Path, Key: call.Headers.FirstOrDefault(
                one => one.Key.Equals("Idempotency-Key", StringComparison.OrdinalIgnoreCase)).Value)).ToList();
        keys.Should().HaveCount(8);
        keys.Where(call => call.Path is "/1" or "/2").Select(call => call.Key).Should()
            .OnlyHaveUniqueItems().And.OnlyContain(key => key!.StartsWith('"') && key.EndsWith('"'));
        keys.Where(call => call.Path == "/3").Should()
            .OnlyContain(call => call.Key == null, "asking twice does no harm");
        keys.Where(call => call.Path == "/4").Should().OnlyContain(call => call.Key == "order-7");
    }

    [Fact]
    public async Task A_server_that_names_a_time_is_not_asked_before_it()
    {
        var answers = new Queue<int>([429, 200]);
        _server.Answer = http =>
        {
            http.Response.StatusCode = answers.Dequeue();
            if (http.Response.StatusCode == 429) http.Response.Headers.RetryAfter = "120";
            return Task.CompletedTask;
        };
        await using var host = await HostAsync();
        await RunAsync(host, Retrying(Send("/"), "http-brief"));

        _clock.Advance(TimeSpan.FromSeconds(119));
        await host.Loop.DrainAsync(default);
        _server.Calls.Should().ContainSingle();
        _clock.Advance(TimeSpan.FromSeconds(1));
        await host.Loop.DrainAsync(default);

        _server.Calls.Should().HaveCount(2);
    }

    [Fact]
    public async Task After_the_last_retry_the_answer_stands()
    {
        _server.Answer = LocalServer.UnavailableAsync;
        await using var host = await HostAsync();
        var run = await RunAsync(host, Retrying(Send("/"), "constant", 2));

        await PassAsync(host, TimeSpan.FromMinutes(5));

        _server.Calls.Should().HaveCount(3);
        (await ResultAsync(host, run)).Outcomes.Should().Equal("Unmatched status code", "Done");
    }

    [Fact]
    public async Task A_host_that_is_not_there_is_tried_again_and_then_said_to_be_away()
    {
        using var taken = new TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;
        taken.Stop();
        await using var host = await HostAsync();
        var run = await RunAsync(host, Retrying(Send($"http://127.0.0.1:{port}/"), "constant", 2));

        await PassAsync(host, TimeSpan.FromMinutes(5));

        (await ResultAsync(host, run)).Outcomes.Should().Equal("Failed to connect");
        (await LinesAsync(host, run, "Error")).Should().ContainSingle().Which.Should()
            .Contain("重试 2 次后仍然失败").And.Contain("Failed after 2 retries");
    }

    [Fact]
    public async Task Without_a_strategy_nothing_is_sent_twice()
    {
        _server.Answer = LocalServer.UnavailableAsync;
        await using var host = await HostAsync();
        var plain = await RunAsync(host, Send("/"));
        var unknown = await RunAsync(host, Retrying(Send("/"), "no-such-strategy"));

        await PassAsync(host, TimeSpan.FromDays(2));

        _server.Calls.Should().HaveCount(2);
        (await ResultAsync(host, plain)).Outcomes.Should().Equal("Unmatched status code", "Done");
        (await LinesAsync(host, unknown, "Warning")).Should().ContainSingle().Which.Should()
            .Contain("no-such-strategy");
    }

    [Fact]
    public async Task An_answer_that_does_not_come_in_time_is_a_timeout()
    {
        _server.Answer = async http =>
        {
            _clock.Advance(TimeSpan.FromSeconds(6));
            await LocalServer.AbortedAsync(http);
        };
        await using var host = await HostAsync();

        var run = await RunAsync(host, Send("/", ("requestTimeout", "TimeSpan", "00:00:05")));

        (await ResultAsync(host, run)).Outcomes.Should().Equal("Timeout");
        (await LinesAsync(host, run, "Error")).Should().ContainSingle().Which.Should().Contain("00:00:05");
    }

    [Fact]
    public async Task A_request_that_takes_longer_than_a_lease_is_not_sent_by_another_process_too()
    {
        await using var other = await HostAsync();
        _server.Answer = async http =>
        {
            _clock.Advance(TimeSpan.FromSeconds(50));
            await other.Loop.DrainAsync(default);
            await http.Response.WriteAsync("slow");
        };
        await using var host = await HostAsync();

        var run = await RunAsync(host, Send("/", ("requestTimeout", "TimeSpan", "00:01:00")));

        _server.Calls.Should().ContainSingle();
        (await ResultAsync(host, run)).Outputs["ParsedContent"].Should().Be("slow");
    }

    [Fact]
    public async Task A_slow_answer_holds_up_nobody()
    {
        var (arrived, slow, quick) =
            (new TaskCompletionSource(), new TaskCompletionSource(), new TaskCompletionSource());
        _server.Answer = async http =>
        {
            (http.Request.Path == "/slow" ? arrived : quick).TrySetResult();
            if (http.Request.Path == "/slow") await slow.Task;
        };
        await using var host = await HostAsync();
        await host.Loop.StartAsync(default);
        await StartAsync(host, Send("/slow"));
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(30));

        await StartAsync(host, Send("/quick"));

        await quick.Task.WaitAsync(TimeSpan.FromSeconds(30));
        slow.SetResult();
        await host.Loop.StopAsync(default);
    }

    [Fact]
    public async Task A_request_under_way_when_the_process_stops_is_taken_up_by_the_next_one_at_once()
    {
        var arrived = new TaskCompletionSource();
        _server.Answer = http =>
        {
            arrived.TrySetResult();
            return _server.Calls.Count == 1 ? LocalServer.AbortedAsync(http) : Task.CompletedTask;
        };
        var stopping = await HostAsync();
        await stopping.Loop.StartAsync(default);
        var run = await StartAsync(stopping, Send("/", ("method", "String", "POST")));
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await stopping.Loop.StopAsync(default);
        await stopping.DisposeAsync();

        await using var next = await HostAsync();
        await next.Loop.DrainAsync(default);

        _server.Calls.Should().HaveCount(2);
        _server.Calls.Select(call => call.Headers["Idempotency-Key"]).Distinct().Should().ContainSingle();
        (await ResultAsync(next, run)).Outcomes.Should().Equal("200", "Done");
    }

    [Fact]
    public async Task A_host_that_is_not_allowed_is_an_incident_that_says_so_and_is_retried_once_it_is()
    {
        var strict = await HostAsync("api.example.org");
        var run = await RunAsync(strict, Retrying(Send("/"), "constant", 5));
        await PassAsync(strict, TimeSpan.FromMinutes(5));
        _server.Calls.Should().BeEmpty();
        var (_, _, execution) = await ResultAsync(strict, run);
        execution.Status.Should().Be(ActivityStatus.Faulted);
        execution.FaultMessage.Should()
            .Contain("127.0.0.1").And.Contain("Runtime:HttpHosts").And.Contain("未允许访问").And.Contain("not allowed");
        await strict.DisposeAsync();

        await using var open = await HostAsync($"127.0.0.1:{_server.Port}");
        await open.ApplyAsync(new StimulusMessage.Retry(run));
        await open.Loop.DrainAsync(default);

        _server.Calls.Should().ContainSingle();
        (await ResultAsync(open, run)).Outcomes.Should().Equal("200", "Done");
    }

    [Fact]
    public async Task A_redirection_to_a_host_that_is_not_allowed_is_not_followed()
    {
        _server.Answer = http =>
        {
            http.Response.Redirect($"http://localhost:{_server.Port}/inside");
            return Task.CompletedTask;
        };
        await using var host = await HostAsync();

        var run = await RunAsync(host, Send("/"));

        _server.Calls.Should().ContainSingle();
        (await ResultAsync(host, run)).Execution.FaultMessage.Should()
            .Contain("localhost").And.Contain("重定向").And.Contain("redirection");
    }

    [Fact]
    public async Task A_redirection_to_another_allowed_host_takes_no_keys_along()
    {
        _server.Answer = http =>
        {
            if (http.Request.Path != "/there") http.Response.Redirect($"http://localhost:{_server.Port}/there");
            return Task.CompletedTask;
        };
        await using var host = await HostAsync("127.0.0.1", "localhost");
        var send = Send("/", ("method", "String", "POST"), ("content", "Object", "secret"),
            ("authorization", "String", "Bearer abc"));
        send["requestHeaders"] =
            Flows.Input("Object", "JavaScript", "({ 'X-Api-Key': 'k', 'Accept': 'text/plain', 'Host': 'elsewhere' })");

        var run = await RunAsync(host, send);

        (await ResultAsync(host, run)).Outcomes.Should().Equal("200", "Done");
        var (here, there) = (_server.Calls.First(), _server.Calls.Last());
        here.Headers.Should().Contain("X-Api-Key", "k").And.Contain("Host", $"127.0.0.1:{_server.Port}");
        there.Method.Should().Be("GET");
        there.Body.Should().BeEmpty();
        there.Headers.Should().NotContainKeys("X-Api-Key", "Authorization").And.Contain("Accept", "text/plain");
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    public async Task A_star_does_not_open_what_lies_inside_the_network(string name)
    {
        await using var host = await HostAsync("*");

        var run = await RunAsync(host, Send($"http://{name}:{_server.Port}/"));

        _server.Calls.Should().BeEmpty();
        (await ResultAsync(host, run)).Execution.FaultMessage.Should()
            .Contain("内部网络").And.Contain("inside the network");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_answer_that_is_too_large_is_not_taken(bool saysItsLength)
    {
        _server.Answer = async http =>
        {
            if (saysItsLength) http.Response.ContentLength = 3000;
            for (var part = 0; part < 3; part++) await http.Response.WriteAsync(new string('x', 1000));
        };
        await using var host = await HostAsync(options => options.HttpMostBytes = 2048, "127.0.0.1");

        var run = await RunAsync(host, Send("/"));

        (await ResultAsync(host, run)).Execution.FaultMessage.Should()
            .Contain("2048").And.Contain("Runtime:HttpMostBytes");
    }

    [Theory]
    [InlineData("ftp://127.0.0.1/", "http://")]
    [InlineData("cases/12", "http://")]
    public async Task What_is_no_web_address_is_an_incident(string address, string part)
    {
        await using var host = await HostAsync();
        var send = Send("/");
        send["url"] = Flows.Input("String", "Literal", address);

        var run = await RunAsync(host, send);

        (await ResultAsync(host, run)).Execution.FaultMessage.Should().Contain(address).And.Contain(part);
    }

    [Fact]
    public async Task A_header_cannot_carry_a_second_one()
    {
        await using var host = await HostAsync();
        var send = Send("/");
        send["requestHeaders"] = Flows.Input("Object", "JavaScript", "({ 'X-Name': 'a\\r\\nX-Other: b' })");

        var run = await RunAsync(host, send);

        _server.Calls.Should().BeEmpty();
        (await ResultAsync(host, run)).Execution.FaultMessage.Should().Contain("X-Name");
    }

    private Task<RunHost> HostAsync(params string[] allowed) =>
        HostAsync(null, allowed.Length == 0 ? ["127.0.0.1"] : allowed);

    private async Task<RunHost> HostAsync(Action<RuntimeOptions>? configure, params string[] allowed)
    {
        var storage = new StorageOptions
        {
            ConnectionString = $"Data Source={Path.Combine(_folder.FullName, "test.db")};Pooling=False",
        };
        var host = new RunHost(storage, _clock, configure: options =>
        {
            options.HttpHosts = allowed;
            configure?.Invoke(options);
        });
        await host.Database.MigrateAsync(default);
        return host;
    }

    private JsonObject Send(string path, params (string Name, string Type, object Value)[] inputs) => Flows.Activity(
        "send", "Elsa.FlowSendHttpRequest",
        [("url", "String", path.StartsWith('/') ? _server.Address + path : path), .. inputs]);

    /// <summary>
    /// The activity with one of the host's strategies, or with one of its own: so many retries, 10 s apart.
    /// </summary>
    private static JsonObject Retrying(JsonObject send, string strategy, int? retries = null)
    {
        send["customProperties"] = new JsonObject
        {
            ["resilienceStrategy"] = retries is null
                ? new JsonObject { ["mode"] = "Identifier", ["strategyId"] = strategy }
                : new JsonObject
                {
                    ["mode"] = "Expression",
                    ["expression"] = new JsonObject
                    {
                        ["type"] = "JavaScript",
                        ["value"] =
                            $"({{ $type: 'HttpResilienceStrategy', maxRetryAttempts: {retries}, delay: '00:00:10', "
                                + $"backoffType: '{strategy}' }})",
                    },
                },
        };
        return send;
    }

    private static async Task<Consultation.Runtime.Runs.InstanceId> StartAsync(RunHost host, JsonObject send)
    {
        var id = $"flow-{Guid.NewGuid():N}";
        await host.PublishAsync(Flows.Sequence(id, send));
        return (await host.ApplyAsync(new StimulusMessage.StartRun(id))).InstanceId;
    }

    private static async Task<Consultation.Runtime.Runs.InstanceId> RunAsync(RunHost host, JsonObject send)
    {
        var run = await StartAsync(host, send);
        await host.Loop.DrainAsync(default);
        return run;
    }

    /// <summary>Lets time go by, so that whatever is due in it is done.</summary>
    private async Task PassAsync(RunHost host, TimeSpan span)
    {
        for (var turn = 0; turn < 10; turn++)
        {
            _clock.Advance(span / 10);
            await host.Loop.DrainAsync(default);
        }
    }

    private static async Task<(IReadOnlyList<string> Outcomes, IReadOnlyDictionary<string, object?> Outputs,
        ActivityExecutionRecord Execution)> ResultAsync(
        RunHost host, Consultation.Runtime.Runs.InstanceId run)
    {
        var execution = (await host.Journal.ExecutionsAsync(run.Value, default))
            .Single(one => one.ActivityId == "send");
        return (execution.Outcomes ?? [], execution.Outputs ?? new Dictionary<string, object?>(), execution);
    }

    private static async Task<IReadOnlyList<string>> LinesAsync(
        RunHost host, Consultation.Runtime.Runs.InstanceId run, string eventName) =>
        [.. (await host.Journal.LinesAsync(run.Value, line => line.EventName == eventName, 0, null, default)).Lines
            .Select(line => line.Message ?? "")];
}
