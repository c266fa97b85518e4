using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using Consultation.Server.Telemetry;
using Consultation.ServerTests.Desk;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Telemetry;

/// <summary>/metrics: who may read it, and what stands there.</summary>
public sealed class MetricsTests
{
    private const string Token = "a-token-of-this-test";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Nothing_is_shown_unless_the_settings_ask_for_it()
    {
        await using var host = new DeskHost();
        using var client = host.CreateClient(new() { AllowAutoRedirect = false });

        (await client.GetAsync("/metrics")).Headers.Location!.ToString().Should()
            .Contain("/sign-in", "like any address that is not there");
        host.Services.GetService<LoadMeter>().Should().BeNull();
    }

    [Fact]
    public async Task The_token_opens_the_door_and_the_counters_follow_the_steps()
    {
        await using var desk = new SampleDesk(
            [new("Telemetry:Metrics", "true"), new("Telemetry:MetricsToken", Token),
                new("Mail:PollEvery", "00:00:00.1")]);
        await desk.InitializeAsync();
        using var client = desk.CreateClient(new() { AllowAutoRedirect = false });
        foreach (var header in new[]
        {
            null,
            new AuthenticationHeaderValue("Bearer", Token + "x"),
            new AuthenticationHeaderValue("Basic", Token),
        })
        {
            client.DefaultRequestHeaders.Authorization = header;
            var refused = await client.GetAsync("/metrics");
            refused.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
            (await refused.Content.ReadAsStringAsync()).Should()
                .Contain("Telemetry:MetricsToken").And.NotContain("consultation_");
        }

        client.DefaultRequestHeaders.Authorization = new("Bearer", Token);
        await desk.Services.GetRequiredService<LoadMeter>().ReadAsync(default);
        string[] expected =
        [
            "consultation_steps_total", "consultation_workflow=\"six-step-procedure\"",
            "consultation_step_duration_seconds_bucket",
            "consultation_stimulus=\"StartRun\"", "consultation_mail_attempts_total",
            "consultation_mail_result=\"Delivered\"",
            "consultation_mail_sent_total", "consultation_timers_overdue_seconds", "consultation_inbox_waiting",
            "consultation_outbox_waiting", "consultation_outbox_failed", "consultation_incidents_open",
            "consultation_runs_open",
            "http_server_request_duration_seconds_bucket", "dotnet_gc_collections_total",
        ];
        var said = "";
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < Patience && !Array.TrueForAll(expected, said.Contains);)
        {
            said = await client.GetStringAsync("/metrics");
            await Looking.AgainAsync();
        }

        foreach (var one in expected) said.Should().Contain(one);
        said.Split('\n').Where(line => line.StartsWith("consultation_runs_open", StringComparison.Ordinal))
            .Should().ContainSingle().Which.Should().NotMatchRegex(@" 0( \d+)?$", "a case and a plan run");
    }

    [Fact]
    public async Task Without_a_token_only_this_machine_is_answered_and_no_proxy_on_it()
    {
        using var host = new DeskHost([new("Telemetry:Metrics", "true")]);
        host.UseKestrel(0);
        host.StartServer();
        using var here = new HttpClient { BaseAddress = host.ClientOptions.BaseAddress };

        (await here.GetAsync("/metrics")).StatusCode.Should().Be(HttpStatusCode.OK);
        foreach (var header in new[] { "X-Forwarded-For", "X-Forwarded-Host", "Forwarded" })
        {
            using var passedOn = new HttpRequestMessage(HttpMethod.Get, "/metrics");
            passedOn.Headers.TryAddWithoutValidation(header, "203.0.113.9");
            var refused = await here.SendAsync(passedOn);
            refused.StatusCode.Should().Be(HttpStatusCode.Forbidden, header);
            (await refused.Content.ReadAsStringAsync()).Should().Contain("Only callers on this machine");
        }
    }

    [Fact]
    public async Task A_caller_of_another_machine_is_refused_while_no_token_is_set()
    {
        // In process a request comes from no address at all.
        await using var host = new DeskHost([new("Telemetry:Metrics", "true")]);
        using var client = host.CreateClient();

        (await client.GetAsync("/metrics")).StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }
}
