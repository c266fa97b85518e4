using System.Net.Sockets;
using System.Text.Json.Nodes;
using Consultation.Runtime.Stimuli;
using Consultation.Testing.Runs;
using Microsoft.AspNetCore.Http;

namespace Consultation.StorageTests.Runs;

/// <summary>
/// What workflows send again, and what never twice: failures in passing, other processes, keys by which the receiver
/// recognises a repetition.
/// </summary>
public sealed class HttpRetryTests : HttpRequestWorld
{
    [Fact]
    public async Task What_fails_in_passing_is_sent_again_until_it_succeeds_even_by_another_process()
    {
        var answers = new Queue<int>([503, 502, 200]);
        Server.Answer = http =>
        {
            http.Response.StatusCode = answers.Dequeue();
            return http.Response.WriteAsync("later");
        };
        var first = await HostAsync();
        var run = await RunAsync(
            first, Retrying(Send("/", ("method", "String", "POST"), ("content", "Object", "x")), "constant", 5));
        Server.Calls.Should().ContainSingle("the pause is not over");
        await first.DisposeAsync();

        await using var second = await HostAsync();
        for (var turn = 0; turn < 5; turn++)
        {
            Clock.Advance(TimeSpan.FromSeconds(10));
            await second.Loop.DrainAsync(default);
        }

        Server.Calls.Select(call => call.Body).Should().Equal("x", "x", "x");
        Server.Calls.Select(call => call.Headers["Idempotency-Key"]).Distinct().Should()
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

        var keys = Server.Calls.Select(
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
        Server.Answer = http =>
        {
            http.Response.StatusCode = answers.Dequeue();
            if (http.Response.StatusCode == 429) http.Response.Headers.RetryAfter = "120";
            return Task.CompletedTask;
        };
        await using var host = await HostAsync();
        await RunAsync(host, Retrying(Send("/"), "http-brief"));

        Clock.Advance(TimeSpan.FromSeconds(119));
        await host.Loop.DrainAsync(default);
        Server.Calls.Should().ContainSingle();
        Clock.Advance(TimeSpan.FromSeconds(1));
        await host.Loop.DrainAsync(default);

        Server.Calls.Should().HaveCount(2);
    }

    [Fact]
    public async Task After_the_last_retry_the_answer_stands()
    {
        Server.Answer = LocalServer.UnavailableAsync;
        await using var host = await HostAsync();
        var run = await RunAsync(host, Retrying(Send("/"), "constant", 2));

        await PassAsync(host, TimeSpan.FromMinutes(5));

        Server.Calls.Should().HaveCount(3);
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
        Server.Answer = LocalServer.UnavailableAsync;
        await using var host = await HostAsync();
        var plain = await RunAsync(host, Send("/"));
        var unknown = await RunAsync(host, Retrying(Send("/"), "no-such-strategy"));

        await PassAsync(host, TimeSpan.FromDays(2));

        Server.Calls.Should().HaveCount(2);
        (await ResultAsync(host, plain)).Outcomes.Should().Equal("Unmatched status code", "Done");
        (await LinesAsync(host, unknown, "Warning")).Should().ContainSingle().Which.Should()
            .Contain("no-such-strategy");
    }

    [Fact]
    public async Task A_request_that_takes_longer_than_a_lease_is_not_sent_by_another_process_too()
    {
        await using var other = await HostAsync();
        Server.Answer = async http =>
        {
            Clock.Advance(TimeSpan.FromSeconds(50));
            await other.Loop.DrainAsync(default);
            await http.Response.WriteAsync("slow");
        };
        await using var host = await HostAsync();

        var run = await RunAsync(host, Send("/", ("requestTimeout", "TimeSpan", "00:01:00")));

        Server.Calls.Should().ContainSingle();
        (await ResultAsync(host, run)).Outputs["ParsedContent"].Should().Be("slow");
    }

    [Fact]
    public async Task A_request_under_way_when_the_process_stops_is_taken_up_by_the_next_one_at_once()
    {
        var arrived = new TaskCompletionSource();
        Server.Answer = http =>
        {
            arrived.TrySetResult();
            return Server.Calls.Count == 1 ? LocalServer.AbortedAsync(http) : Task.CompletedTask;
        };
        var stopping = await HostAsync();
        await stopping.Loop.StartAsync(default);
        var run = await StartAsync(stopping, Send("/", ("method", "String", "POST")));
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await stopping.Loop.StopAsync(default);
        await stopping.DisposeAsync();

        await using var next = await HostAsync();
        await next.Loop.DrainAsync(default);

        Server.Calls.Should().HaveCount(2);
        Server.Calls.Select(call => call.Headers["Idempotency-Key"]).Distinct().Should().ContainSingle();
        (await ResultAsync(next, run)).Outcomes.Should().Equal("200", "Done");
    }
}
