using System.Net;
using System.Text;
using Consultation.Engine.Running;
using Consultation.Runtime.Outside;
using Consultation.Runtime.Stimuli;
using Consultation.Testing.Runs;
using Microsoft.AspNetCore.Http;

namespace Consultation.StorageTests.Runs;

/// <summary>
/// What workflows send, against a real server on this machine: contents, time limit, allowed hosts, redirections, size.
/// </summary>
public sealed class HttpRequestTests : HttpRequestWorld
{
    [Fact]
    public async Task A_request_is_sent_as_it_is_drawn_and_its_answer_goes_on()
    {
        await using var host = await HostAsync();
        Server.Answer = http =>
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
        var call = Server.Calls.Should().ContainSingle().Subject;
        (call.Method, call.Path, call.Body, call.Headers["Authorization"]).Should()
            .Be(("POST", "/cases", "{\"name\":\"张三\"}", "Bearer abc"));
        call.Headers["Content-Type"].Should().Be("application/json");
    }

    [Fact]
    public async Task An_answer_in_a_chinese_character_set_is_read_as_such()
    {
        await using var host = await HostAsync();
        Server.Answer = http =>
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
        Server.Answer = http =>
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

        Server.Calls.Single().Body.Should().Be("name=%E5%BC%A0%20%E4%B8%89&tag=a&tag=b%26c");
    }

    [Fact]
    public async Task An_answer_that_does_not_come_in_time_is_a_timeout()
    {
        Server.Answer = async http =>
        {
            Clock.Advance(TimeSpan.FromSeconds(6));
            await LocalServer.AbortedAsync(http);
        };
        await using var host = await HostAsync();

        var run = await RunAsync(host, Send("/", ("requestTimeout", "TimeSpan", "00:00:05")));

        (await ResultAsync(host, run)).Outcomes.Should().Equal("Timeout");
        (await LinesAsync(host, run, "Error")).Should().ContainSingle().Which.Should().Contain("00:00:05");
    }

    [Fact]
    public async Task A_slow_answer_holds_up_nobody()
    {
        var (arrived, slow, quick) =
            (new TaskCompletionSource(), new TaskCompletionSource(), new TaskCompletionSource());
        Server.Answer = async http =>
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
    public async Task A_host_that_is_not_allowed_is_an_incident_that_says_so_and_is_retried_once_it_is()
    {
        var strict = await HostAsync("api.example.org");
        var run = await RunAsync(strict, Retrying(Send("/"), "constant", 5));
        await PassAsync(strict, TimeSpan.FromMinutes(5));
        Server.Calls.Should().BeEmpty();
        var (_, _, execution) = await ResultAsync(strict, run);
        execution.Status.Should().Be(ActivityStatus.Faulted);
        execution.FaultMessage.Should()
            .Contain("127.0.0.1").And.Contain("Runtime:HttpHosts").And.Contain("未允许访问").And.Contain("not allowed");
        await strict.DisposeAsync();

        await using var open = await HostAsync($"127.0.0.1:{Server.Port}");
        await open.ApplyAsync(new StimulusMessage.Retry(run));
        await open.Loop.DrainAsync(default);

        Server.Calls.Should().ContainSingle();
        (await ResultAsync(open, run)).Outcomes.Should().Equal("200", "Done");
    }

    [Fact]
    public async Task A_redirection_to_a_host_that_is_not_allowed_is_not_followed()
    {
        Server.Answer = http =>
        {
            http.Response.Redirect($"http://localhost:{Server.Port}/inside");
            return Task.CompletedTask;
        };
        await using var host = await HostAsync();

        var run = await RunAsync(host, Send("/"));

        Server.Calls.Should().ContainSingle();
        (await ResultAsync(host, run)).Execution.FaultMessage.Should()
            .Contain("localhost").And.Contain("重定向").And.Contain("redirection");
    }

    [Fact]
    public async Task A_redirection_to_another_allowed_host_takes_no_keys_along()
    {
        Server.Answer = http =>
        {
            if (http.Request.Path != "/there") http.Response.Redirect($"http://localhost:{Server.Port}/there");
            return Task.CompletedTask;
        };
        await using var host = await HostAsync("127.0.0.1", "localhost");
        var send = Send("/", ("method", "String", "POST"), ("content", "Object", "secret"),
            ("authorization", "String", "Bearer abc"));
        send["requestHeaders"] =
            Flows.Input("Object", "JavaScript", "({ 'X-Api-Key': 'k', 'Accept': 'text/plain', 'Host': 'elsewhere' })");

        var run = await RunAsync(host, send);

        (await ResultAsync(host, run)).Outcomes.Should().Equal("200", "Done");
        var (here, there) = (Server.Calls.First(), Server.Calls.Last());
        here.Headers.Should().Contain("X-Api-Key", "k").And.Contain("Host", $"127.0.0.1:{Server.Port}");
        there.Method.Should().Be("GET");
        there.Body.Should().BeEmpty();
        there.Headers.Should().NotContainKeys("X-Api-Key", "Authorization").And.Contain("Accept", "text/plain");
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("[::ffff:7f00:1]")]
    [InlineData("[0:0:0:0:0:ffff:127.0.0.1]")]
    [InlineData("2130706433")]
    [InlineData("0x7f.1")]
    [InlineData("0177.0.0.1")]
    [InlineData("127.1")]
    [InlineData("0.0.0.0")]
    [InlineData("①②⑦.0.0.1")]
    public async Task A_star_does_not_open_what_lies_inside_the_network(string name)
    {
        await using var host = await HostAsync("*");

        var run = await RunAsync(host, Send($"http://{name}:{Server.Port}/"));

        Server.Calls.Should().BeEmpty();
        (await ResultAsync(host, run)).Execution.FaultMessage.Should()
            .Contain("内部网络").And.Contain("inside the network");
    }

    [Fact]
    public async Task A_star_is_of_no_use_to_a_redirection_that_leads_inside_in_another_notation()
    {
        Server.Answer = http =>
        {
            http.Response.Redirect($"http://[::ffff:127.0.0.1]:{Server.Port}/inside");
            return Task.CompletedTask;
        };
        await using var host = await HostAsync($"127.0.0.1:{Server.Port}", "*");

        var run = await RunAsync(host, Send("/"));

        Server.Calls.Should().ContainSingle("only the named host was asked");
        (await ResultAsync(host, run)).Execution.FaultMessage.Should().Contain("inside the network");
    }

    [Fact]
    public async Task A_public_name_is_judged_by_the_address_that_it_leads_to_at_the_moment_of_connecting()
    {
        var asked = 0;
        using var handler = HttpConnections.Handler(new AllowedHosts(["*.example.org"]), (_, _) =>
        {
            asked++;
            return Task.FromResult(new[] { IPAddress.Loopback, IPAddress.Parse("::ffff:10.0.0.1") });
        });
        using var client = new HttpClient(handler);

        var call = () => client.GetAsync(new Uri($"http://api.example.org:{Server.Port}/"));

        (await call.Should().ThrowAsync<HttpRequestException>()).WithInnerException<HttpRefusedException>();
        asked.Should().Be(1, "what was judged is what would have been connected to");
        Server.Calls.Should().BeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_answer_that_is_too_large_is_not_taken(bool saysItsLength)
    {
        Server.Answer = async http =>
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

        Server.Calls.Should().BeEmpty();
        (await ResultAsync(host, run)).Execution.FaultMessage.Should().Contain("X-Name");
    }
}
